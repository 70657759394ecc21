"""The pages of the record: every act, and the proof that it stands there."""

from hashlib import sha256
from typing import Any

import pytest

from madang.record import tree
from madang.record.tree import leaf_hash, root_from_path
from tests.makers.forums import a_record_of
from tests.makers.readers import Reader
from tests.pages.reading import Page, body_of


def page_of(reader: Reader, address: str) -> Page:
    response = reader.get(address)
    assert response.status_code == 200
    return Page(response)


def test_every_act_has_its_line_and_its_page(korea: Any, each_reader: Reader) -> None:
    page = page_of(each_reader, "/record/")
    data = each_reader.get("/record.json").json()

    assert data["size"] == len(data["entries"]) >= 3
    assert [entry["index"] for entry in data["entries"]] == list(range(data["size"]))[::-1]
    for entry in data["entries"]:
        assert entry["url"] in page.links
        assert page_of(each_reader, entry["url"]).heading


def test_an_entry_proves_itself_to_whoever_reckons_it(korea: Any, reader: Reader) -> None:
    head = reader.get("/record.json").json()
    for entry in head["entries"]:
        shown = reader.get(f"/record/{entry['index']}.json").json()

        hashed = leaf_hash(shown["leaf"].encode())
        assert hashed.hex() == shown["leaf_hash"] == entry["leaf_hash"]
        path = [bytes.fromhex(step) for step in shown["proof"]["path"]]
        root = root_from_path(shown["index"], shown["proof"]["size"], hashed, path)
        assert root.hex() == shown["proof"]["root"] == head["root"]


def test_the_hash_of_a_paper_stands_in_the_record(korea: Any, reader: Reader) -> None:
    entry = next(
        e for e in reader.get("/record.json").json()["entries"] if e["kind"] == "papers.fixed"
    )
    page = page_of(reader, entry["url"])

    for language in ("ko", "en"):
        paper = body_of(reader.get(f"/plans/5/plan-{language}.pdf"))
        assert sha256(paper).hexdigest() in page.text


def test_what_an_entry_is_about_can_be_gone_to(korea: Any, each_reader: Reader) -> None:
    prefix = "/en" if each_reader.language == "en" else ""

    assert f"{prefix}/plans/5/" in page_of(each_reader, "/record/").links


def test_persons_stand_in_the_record_as_commitments_alone(db: None, english_reader: Reader) -> None:
    a_record_of(3)

    shown = english_reader.get("/record/2.json").json()
    page = page_of(english_reader, "/record/2/")

    assert shown["openings"] == {"actor": {"open": True}}
    assert "Committed, not shown" in page.text
    assert "ada-quillfeather" not in page.html + str(shown)


def test_a_long_record_is_read_page_by_page(db: None, reader: Reader) -> None:
    a_record_of(120)

    seen: list[int] = []
    address: str | None = "/record.json"
    steps = 0
    while address:
        data = reader.get(address).json()
        seen += [entry["index"] for entry in data["entries"]]
        older = data["older"]
        address = older and older.replace("/record/", "/record.json")
        steps += 1
    assert seen == list(range(120))[::-1]
    assert steps == 3
    page = page_of(reader, "/record/?before=70")
    assert "/record/" in page.links and "/record/?before=20" in page.links


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9])
def test_a_record_of_any_size_has_its_proofs(size: int, db: None, reader: Reader) -> None:
    entries = a_record_of(size)

    for index in range(size):
        shown = reader.get(f"/record/{index}.json").json()
        assert len(shown["proof"]["path"]) == len(tree.path_places(index, size))
        assert shown["leaf"].encode() == bytes(entries[index].leaf)


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "9" * 16, "%EF%BC%91", "", "%20"])
def test_a_page_of_the_record_that_makes_no_sense_is_refused(
    before: str, korea: Any, each_reader: Reader
) -> None:
    assert each_reader.get(f"/record/?before={before}").status_code == 400


@pytest.mark.parametrize("before", ["0", "1", "3", "999999999999999"])
def test_a_page_of_the_record_beyond_its_ends_is_empty_or_whole(
    before: str, korea: Any, reader: Reader
) -> None:
    assert page_of(reader, f"/record/?before={before}").faults == []


@pytest.mark.parametrize("index", ["3000", "99999999999", "999999999999999"])
def test_an_entry_that_is_not_there_says_how_many_are(
    index: str, korea: Any, english_reader: Reader
) -> None:
    response = english_reader.get(f"/record/{index}/")

    assert response.status_code == 404
    assert "/en/record/" in Page(response).links
