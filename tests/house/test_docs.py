"""docs/: what is printed from the code is what the code says, and what is written leads somewhere."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import madang
from madang.foundation.actors import Role
from madang.loading.rules.checking import check
from madang.loading.rules.reading import read_forum_file
from madang.web.management.commands import print_docs
from madang.web.management.printed import forum_file, pages
from madang.web.routes import ROUTES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = Path(madang.__file__).parent
PRINTED = ("forum-file.md", "forum-file.schema.json", "permissions.md", "routes.md")
WRITTEN = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LATER = "to come"


@pytest.fixture(scope="module")
def printed():
    return pages()


def test_these_pages_are_printed_and_no_others(printed):
    assert sorted(printed) == sorted(PRINTED)


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_is_what_the_code_says(name, printed):
    assert (DOCS / name).read_text("utf-8") == printed[name], "docs/ lags behind: make docs"


def test_a_page_that_lags_behind_is_noticed(monkeypatch):
    monkeypatch.setitem(ROUTES, "desk", {"GET": frozenset({Role.SECRETARIAT})})

    assert pages()["routes.md"] != (DOCS / "routes.md").read_text("utf-8")


def test_printing_again_changes_nothing(capsys):
    before = {name: (DOCS / name).stat().st_mtime_ns for name in PRINTED}

    call_command("print_docs")

    assert capsys.readouterr().out == ""
    assert {name: (DOCS / name).stat().st_mtime_ns for name in PRINTED} == before


def test_an_installed_madang_says_that_it_has_no_docs(monkeypatch, tmp_path):
    monkeypatch.setattr(print_docs, "DOCS", tmp_path / "docs")

    with pytest.raises(CommandError, match="in a clone, with: make docs"):
        call_command("print_docs")
    assert not (tmp_path / "docs").exists()


# --- the forum file -------------------------------------------------------------------------------


def test_the_example_of_a_forum_file_loads(printed):
    example = re.search(r"```yaml\n(.*?)```", printed["forum-file.md"], re.DOTALL).group(1)

    file, lines = read_forum_file(example.encode())

    check(file, lines)
    assert file.plans[0].commitments[0].title["en"]


def test_every_part_and_every_key_of_the_file_is_explained(printed):
    schema = json.loads(printed["forum-file.schema.json"])

    for name, part in {"ForumFile": schema, **schema["$defs"]}.items():
        section = printed["forum-file.md"].partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert [key for key in part["properties"] if f"| `{key}` |" not in section] == [], name


def test_what_the_module_says_of_a_key_stands_in_the_schema_too(printed):
    person = json.loads(printed["forum-file.schema.json"])["$defs"]["Person"]["properties"]

    assert "kept private" in person["email"]["description"]


def test_a_key_of_a_kind_nobody_can_explain_is_noticed():
    with pytest.raises(NotImplementedError):
        forum_file._type(forum_file.ast.parse("set[str]", mode="eval").body)


# --- what people wrote ----------------------------------------------------------------------------


def broken_links(page, text):
    """The links of a page that lead to no file of the repository."""
    found = re.findall(r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL))
    return [link for link in found if "://" not in link and not (page.parent / link).exists()]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page):
    assert broken_links(page, page.read_text("utf-8")) == []


def test_a_link_that_leads_nowhere_is_noticed():
    assert broken_links(DOCS / "process.md", "see [this](adr/9999-nothing.md)") == [
        "adr/9999-nothing.md"
    ]


def decisions():
    return {path.name[:4]: path for path in sorted((DOCS / "adr").glob("[0-9]*.md"))}


def test_decisions_are_numbered_without_a_gap_and_say_what_they_must():
    assert list(decisions()) == [f"{n:04}" for n in range(1, len(decisions()) + 1)]
    for number, path in decisions().items():
        text = path.read_text("utf-8")
        assert text.startswith(f"# {number} "), path
        for heading in ("Context", "Decision", "Consequences"):
            assert f"\n## {heading}\n" in text, f"{path}: {heading}"


def test_every_decision_the_code_names_is_there():
    cited = {
        number
        for folder in (PACKAGE, ROOT / "tests")
        for path in folder.rglob("*.py")
        for number in re.findall(r"\bADR (\d{4})", path.read_text("utf-8"))
    }

    assert cited <= decisions().keys()


def names_in(glossary):
    """The names in code that a glossary says exist today."""
    rows = [line.split("|") for line in glossary.splitlines() if line.startswith("| ")]
    return {name for row in rows if LATER not in row[3] for name in re.findall(r"`(\w+)`", row[3])}


def missing_from_the_code(glossary):
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    return sorted(name for name in names_in(glossary) if not re.search(rf"\b{name}\b", code))


def test_every_word_of_the_glossary_is_in_the_code_or_said_to_come():
    glossary = (DOCS / "glossary.md").read_text("utf-8")

    assert len(names_in(glossary)) > 50
    assert missing_from_the_code(glossary) == []


def test_a_word_that_is_not_in_the_code_is_noticed():
    assert missing_from_the_code("| 대리 | proxy | `Proxy_vote` |") == ["Proxy_vote"]
    assert missing_from_the_code(f"| 대리 | proxy | `Proxy_vote` {LATER} |") == []


def test_a_change_is_noted_once():
    lines = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line]

    assert {line for line in lines if lines.count(line) > 1} == set()
