"""Documents by their hash, always a download, never a program."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from madang.documents.files import path_of
from madang.documents.models import Document
from madang.foundation.texts import Text
from madang.record.guard import writing
from tests.makers.readers import Reader
from tests.pages.reading import Page, body_of


@pytest.fixture(autouse=True)
def _forum(korea: Any) -> None:
    pass


def test_every_paper_is_listed_with_its_hash(each_reader: Reader) -> None:
    page = Page(each_reader.get("/documents/"))
    rows = each_reader.get("/documents.json").json()["documents"]

    assert {row["language"] for row in rows} == {"ko", "en"}
    for row in rows:
        assert row["sha256"] in page.text and row["url"] in page.links


def test_a_document_is_the_bytes_its_address_names(each_reader: Reader) -> None:
    for row in each_reader.get("/documents.json").json()["documents"]:
        response = each_reader.get(row["url"])
        content = body_of(response)

        assert sha256(content).hexdigest() == row["sha256"]
        assert len(content) == row["size"]
        assert response["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["ETag"] == f'"{row["sha256"]}"'


def test_a_paper_is_not_sent_again_to_whoever_has_it(reader: Reader) -> None:
    for address in (
        "/plans/5/plan-ko.pdf",
        reader.get("/documents.json").json()["documents"][0]["url"],
    ):
        first = reader.get(address)
        body_of(first)

        again = reader.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

        assert again.status_code == 304
        assert again["ETag"] == first["ETag"] and not body_of(again)


def test_a_withdrawn_document_is_gone_and_says_why(english_reader: Reader) -> None:
    row = Document.objects.all()[0]
    with writing():
        Document.objects.filter(pk=row.pk).update(
            withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC), reason=Text({"en": "It named a person."})
        )

    response = english_reader.get(f"/documents/{row.sha256}/")

    assert response.status_code == 410
    assert f"{row.name} was withdrawn on 2026-03-01. It named a person." in Page(response).text
    assert row.sha256 not in english_reader.get("/documents.csv").content.decode()


def test_a_document_whose_file_is_lost_says_so(english_reader: Reader) -> None:
    row = Document.objects.all()[0]
    path = path_of(row.sha256)
    aside = path.with_suffix(".aside")
    path.rename(aside)
    try:
        response = english_reader.get(f"/documents/{row.sha256}/")
    finally:
        aside.rename(path)

    assert response.status_code == 404
    assert row.sha256 in Page(response).text or row.name in Page(response).text


@pytest.mark.parametrize("name", ["0" * 64, "x", "..", "%2e%2e%2fmadang.json", "a" * 300])
def test_no_other_file_can_be_had(name: str, reader: Reader) -> None:
    assert reader.get(f"/documents/{name}/").status_code in (404, 410)
