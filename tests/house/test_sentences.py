"""Every refusal has its sentence, and every sentence its refusal."""

import ast
import re
from pathlib import Path

import madang
from madang.foundation import refusals
from madang.loading.rules import checking
from madang.loading.sentences import SENTENCES as LOADING
from madang.web.sentences import SENTENCES

PACKAGE = Path(madang.__file__).parent
CODE = re.compile(r"[a-z_]+\.[a-z_0-9]+")
REFUSALS = {name for name, kind in vars(refusals).items() if isinstance(kind, type)} - {"Any"}
EVERY = {**SENTENCES, **LOADING}


def calls_in(source):
    """Each refusal in a module: its code, and the names of its facts (None: not to be seen here)."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        codes = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        codes = [code for code in codes if CODE.fullmatch(code)]
        if name in REFUSALS:
            facts = {word.arg for word in node.keywords}
            yield from ((code, None if None in facts else facts) for code in codes[:1])
        elif name == "_refuse":
            facts = {word.arg for word in node.keywords} - {"path", "line"}
            yield from ((code, facts) for code in codes[:1])
        elif name == "Problem":
            yield from ((code, None) for code in codes[:1])


def raised():
    return [
        (path, code, facts)
        for path in sorted(PACKAGE.rglob("*.py"))
        for code, facts in calls_in(path.read_text("utf-8"))
    ]


def strings_of_the_package():
    """Every string in the code outside the tables of sentences."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name != "sentences.py":
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            found |= {
                n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
    return found


def places(sentence):
    return set(re.findall(r"%\((\w+)\)", str(sentence)))


def test_every_refusal_has_its_sentence():
    missing = {f"{path.name}: {code}" for path, code, _ in raised() if code not in EVERY}

    assert missing == set()


def test_every_sentence_is_given_the_facts_it_names():
    short = {
        f"{path.name}: {code} lacks {sorted(places(EVERY[code]) - facts)}"
        for path, code, facts in raised()
        if facts is not None and code in EVERY and places(EVERY[code]) - facts
    }

    assert short == set()


def test_every_sentence_has_a_refusal_that_says_it():
    said = strings_of_the_package()
    # The schema names its faults without the room: `not_a_date`.
    idle = {
        code for code in EVERY if code not in said and code.removeprefix("loading.") not in said
    }

    assert idle == set()


def test_a_code_stands_in_the_table_of_its_own_room():
    from importlib import import_module

    for path in sorted(PACKAGE.glob("*/sentences.py")):
        room = path.parent.name
        table = vars(import_module(f"madang.{room}.sentences"))
        own = table["_WEB"] if room == "web" else table["SENTENCES"]
        assert {code.split(".")[0] for code in own} <= {room}, path


def test_every_room_with_sentences_is_gathered_for_the_pages():
    from importlib import import_module

    for path in PACKAGE.glob("*/sentences.py"):
        if path.parent.name not in ("web", "loading"):
            own = import_module(f"madang.{path.parent.name}.sentences").SENTENCES
            assert own.items() <= SENTENCES.items()


def test_a_code_without_a_sentence_and_a_fact_forgotten_are_noticed():
    source = 'raise NotNow("ballots.no_such_sentence")\nraise NotFound("web.no_such_twin")'

    calls = dict(calls_in(source))
    assert "ballots.no_such_sentence" not in EVERY
    assert places(EVERY["web.no_such_twin"]) - calls["web.no_such_twin"] == {"twin"}


def test_every_problem_of_a_forum_file_is_known_by_its_full_code():
    source = Path(checking.__file__).read_text("utf-8")

    assert all(code.startswith("loading.") for code, _ in calls_in(source))
