"""The pages on which focal points are named, and the one on which they hand over."""

from datetime import UTC, datetime
from typing import Any

import pytest

from madang.foundation.actors import Role
from madang.letters.models import Letter
from madang.members.focal import focal_point_of
from madang.members.models import FocalPoint
from tests.makers.focal import a_focal_point, address_in, newest_letter
from tests.makers.readers import Reader, a_signed_in_client
from tests.makers.sheets import a_csv, a_spreadsheet
from tests.pages.reading import Page

DESK, LIST = "/desk/focal-points/", "/desk/focal-points/list/"
HOSTILE = "<script>x</script>\u202e\u200b=1+1"
pytestmark = pytest.mark.usefixtures("practice_forum")


@pytest.fixture(params=["ko", "en"])
def officer(request: Any) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def name(officer: Reader, **other: str) -> Any:
    given = {"act": "name", "agency": "finance", "duty": "focal", "language": "ko"}
    return officer.post(DESK, {**given, "name": "민가람", "email": "Min@gaon.example", **other})


def test_an_officer_names_one_and_ends_the_post(officer):
    assert name(officer).status_code == 302

    page = officer.get(DESK).content.decode()
    assert "민가람" in page and "min@gaon.example" in page
    entry = FocalPoint.objects.get().pk
    assert officer.post(DESK, {"act": "end", "entry": entry}).status_code == 302
    assert focal_point_of("finance") is None


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"agency": ""}, 400),
        ({"email": "nowhere"}, 400),
        ({"name": ""}, 400),
        ({"name": "가" * 400}, 400),
        ({"about": "commitment:9-9"}, 400),
        ({"language": "xx"}, 400),
        ({"act": "x"}, 400),
        ({"act": "end", "entry": "7"}, 404),
    ],
)
def test_what_names_nobody_is_said_and_the_typed_words_stay(officer, given, status):
    answer = name(officer, **given)

    assert answer.status_code == status
    page = Page(answer)
    assert 'role="alert"' in page.html
    assert ('value="min@gaon.example"' in page.html.casefold()) is ("email" not in given)
    assert not FocalPoint.objects.exists()


def test_hostile_words_are_words(officer):
    answer = name(officer, name=HOSTILE)

    assert answer.status_code == 302
    page = officer.get(DESK).content.decode()
    assert "<script>x" not in page and "&lt;script&gt;x" in page


@pytest.mark.parametrize("make", [a_spreadsheet, a_csv])
def test_a_list_is_shown_row_by_row_before_anyone_is_named(officer, make):
    rows = [["부서명", "담당자", "이메일"], ["재정국", "민가람", "min@gaon.example"]]
    rows += [["교통국", "천바다", "cheon@gaon.example"]]
    file = _file(make(rows))

    shown = officer.post(LIST, {"step": "read", "file": file})
    assert shown.status_code == 200 and not FocalPoint.objects.exists()
    typed = Page(shown)
    text = next(one for one in typed.all("textarea"))
    answer = officer.post(LIST, {"step": "name", "rows": "".join(text.words)})

    assert answer.status_code == 302, answer.content.decode()
    assert FocalPoint.objects.filter(until=None).count() == 2
    assert Letter.objects.filter(kind="focal.welcome").count() == 2


def test_a_list_with_a_bad_row_names_nobody(officer):
    rows = "기관\t이름\t전자우편\n재정국\t민가람\tmin@gaon.example\n없는국\t천\tc@gaon.example"

    answer = officer.post(LIST, {"step": "name", "rows": rows})

    assert answer.status_code == 400 and not FocalPoint.objects.exists()
    assert "없는국" in answer.content.decode()


@pytest.mark.parametrize("rows", ["", "\x00", "이름\n가", "가" * 400_001, "기관\t이름\t전자우편"])
def test_what_is_no_list_is_said(officer, rows):
    answer = officer.post(LIST, {"step": "read", "rows": rows})

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_handing_over_takes_two_fields_and_one_press(reader):
    focal = a_focal_point("finance", at=datetime.now(UTC))
    path = address_in(newest_letter(focal.email), "focal")
    page = Page(reader.get(path))
    asked = [one for one in page.all("input") if one.get("type") != "hidden"]
    assert [one["name"] for one in asked] == ["name", "email"]

    answer = reader.post(path, {"step": "hand-over", "name": "천바다", "email": "c@gaon.example"})

    assert answer.status_code == 200 and "c@gaon.example" in answer.content.decode()
    over = reader.get(path)
    assert over.status_code == 410
    assert "재정국" in over.content.decode() and "천바다" not in over.content.decode()
    successor = address_in(newest_letter("c@gaon.example"), "focal")
    welcome = reader.get(successor).content.decode()
    assert "천바다" in welcome and 'id="since"' in welcome


@pytest.mark.parametrize(
    "given",
    [{"step": "x"}, {"step": "hand-over"}, {"step": "hand-over", "name": "천", "email": "c"}],
)
def test_half_a_handing_over_is_none_and_what_was_typed_stays(reader, given):
    focal = a_focal_point("finance", at=datetime.now(UTC))
    path = address_in(newest_letter(focal.email), "focal")

    answer = reader.post(path, given)

    assert answer.status_code == 400 and focal_point_of("finance") == focal
    assert f'value="{given.get("name", "")}"' in answer.content.decode()


def test_opening_the_link_as_often_as_one_likes_does_nothing(reader):
    focal = a_focal_point("finance", at=datetime.now(UTC))
    path = address_in(newest_letter(focal.email), "focal")
    letters = Letter.objects.count()

    assert [reader.get(path).status_code for _ in range(3)] == [200, 200, 200]

    assert Letter.objects.count() == letters and focal_point_of("finance") == focal


def _file(content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("list", content)
