"""The pages on which what was set up is corrected, in both languages."""

from typing import Any

import pytest

from madang.foundation.actors import Role
from madang.members.actions.register import register_roll
from madang.members.models import Account, CoChair, Forum, Holding, Person, RulesVersion
from madang.members.rules.rows import rows_of_file
from madang.record import log
from tests.makers.lists import FOUNDED, SECRETARY, a_founded_forum
from tests.makers.readers import Reader, a_signed_in_client
from tests.makers.sheets import HEADINGS, a_csv, thirty
from tests.pages.reading import Page
from tests.pages.test_setup import an_empty_installation, an_officer, body_of

NAME, RULES, SEAT = "/desk/setup/name/", "/desk/setup/rules/", "/desk/setup/members/gov-2/"


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, db: None) -> Reader:
    """The officer of a forum of thirty."""
    an_empty_installation()
    forum = a_founded_forum(basis="견본시 조례 제1호")
    rows = rows_of_file(a_csv([HEADINGS, *thirty()]))
    register_roll(forum, rows=rows, file="f" * 64, note="", by=SECRETARY, at=FOUNDED)
    return an_officer(request.param)


def form_of(answer: Any, act: str = "") -> dict[str, str]:
    """What stands in a page's form, as a browser sends it back; `act` says which form."""
    page = Page(answer)
    start = {"correct": "is-", "pass": "new-"}.get(act, "")
    values = {
        one["name"]: one.get("value") or ""
        for one in page.all("input")
        if one.get("name")
        and one["name"] != "csrfmiddlewaretoken"
        and (one.get("type") != "radio" or "checked" in one.attributes)
    }
    return {
        name: value
        for name, value in values.items()
        if not act or name == "holding" or name.startswith(start) or name == "day"
    } | ({"act": act} if act else {})


def test_the_setup_leads_to_every_correction_once_there_is_something(officer):
    page = body_of(officer.get("/desk/setup/"))

    for path in (NAME, RULES, "/desk/setup/members/"):
        assert path in page
        assert officer.get(path).status_code == 200
    assert "members/gov-2/" in body_of(officer.get("/desk/setup/members/"))


def test_a_corrected_legal_basis_stands_on_the_forums_page(officer):
    public = Reader(officer.language)
    assert "견본시 조례 제1호" in body_of(public.get("/forum/"))
    typed = form_of(officer.get(NAME))

    answer = officer.post(NAME, {**typed, "basis": "견본시 조례 제2호", "source": "의회 공보"})

    assert answer.status_code == 302, body_of(answer)
    shown = body_of(public.get("/forum/"))
    assert "견본시 조례 제2호" in shown and "견본시 조례 제1호" not in shown
    assert "의회 공보" in body_of(public.get("/sources/"))


def test_a_new_name_stands_beside_the_old_one_on_the_forums_page(officer):
    typed = form_of(officer.get(NAME))
    new = {"name-ko": "견본시 열린위원회", "change": "dated", "since": "2026-03-01"}

    answer = officer.post(NAME, {**typed, **new, "source": "조례 제2호"})

    assert answer.status_code == 302, body_of(answer)
    shown = body_of(Reader("ko").get("/forum/"))
    assert shown.count("견본시 열린위원회") >= 2 and "견본시 열린포럼" in shown
    assert "2026-02-28" in shown


def test_a_change_from_no_day_is_asked_for_its_day(officer):
    typed = form_of(officer.get(NAME))
    typed |= {"name-en": "Other", "change": "dated", "source": "x"}

    answer = officer.post(NAME, typed)

    assert answer.status_code == 400
    assert 'value="Other"' in body_of(answer) and 'href="#since"' in body_of(answer)


def test_new_rules_stand_above_the_old_ones(officer):
    answer = officer.post(
        RULES,
        {
            "quorum": "two-thirds",
            "majority": "over-half-returned",
            "tie": "reject",
            "early-close": "yes",
            "in_force_from": "2099-05-01",
            "source": "조례 제2호",
        },
    )

    assert answer.status_code == 302, body_of(answer)
    assert RulesVersion.objects.count() == 2
    shown = body_of(Reader("ko").get("/forum/rules/"))
    assert shown.index("2099-05-01") < shown.index("2026-01-01")
    assert "2/3" in shown and "1/2" in shown


def test_rules_of_a_day_that_has_its_own_are_refused_with_what_was_typed(officer):
    answer = officer.post(
        RULES, {"quorum": "half", "in_force_from": "2026-01-01", "source": "새것"}
    )

    assert answer.status_code == 400
    assert 'value="half" selected' in body_of(answer) and "새것" in body_of(answer)
    assert RulesVersion.objects.count() == 1


def test_a_figure_of_a_files_own_stays_when_the_rules_are_revised(practice_forum):
    officer = a_signed_in_client(Role.SECRETARIAT)

    assert officer.get(RULES).status_code == 200
    assert officer.get("/desk/setup/members/").status_code == 200
    assert officer.get(SEAT).status_code == 200


def test_a_name_is_mended_on_the_page_of_its_seat(officer):
    typed = form_of(officer.get(SEAT), "correct")
    assert typed["is-email"] == "m4@sample.example"

    answer = officer.post(SEAT, {**typed, "is-name-ko": "바른이름", "is-language": "en"})

    assert answer.status_code == 302, body_of(answer)
    assert "바른이름" in body_of(Reader("ko").get("/forum/terms/1/"))
    assert Account.objects.get(email="m4@sample.example").language == "en"


def test_a_seat_changes_hands_on_its_page_and_the_term_shows_both(officer):
    typed = form_of(officer.get(SEAT), "pass")
    typed |= {"day": "2026-05-01", "new-name-ko": "다음이", "new-email": "next@sample.example"}

    answer = officer.post(SEAT, {**typed, "new-language": "ko"})

    assert answer.status_code == 302, body_of(answer)
    shown = body_of(Reader("ko").get("/forum/terms/1/"))
    assert "가상4" in shown and "다음이" in shown and "2026-04-30" in shown
    assert "가상4" in body_of(officer.get(SEAT))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "soon", "new-name-ko": "다음이"}, "day"),
        ({"day": "2026-05-01", "new-email": "next@sample.example"}, "new-name"),
        ({"day": "2026-05-01", "new-name-ko": "다음이", "new-email": "next"}, "new-email"),
        ({"day": "2026-05-01", "new-name-ko": "다음이", "new-language": "xx"}, "new-language"),
    ],
)
def test_what_is_wrong_about_a_successor_is_said_where_it_was_typed(officer, typed, field):
    size = log.size()
    filled = form_of(officer.get(SEAT), "pass")

    answer = officer.post(SEAT, {**filled, "new-language": "ko", **typed})

    page = body_of(answer)
    assert answer.status_code == 400
    assert f'href="#{field}"' in page and f'id="{field}"' in page
    assert all(f'value="{words}"' in page for words in typed.values() if words != "xx")
    assert (log.size(), Holding.objects.count()) == (size, 30)


def test_pressing_twice_changes_a_seat_once(officer):
    typed = form_of(officer.get(SEAT), "pass") | {"day": "2026-05-01", "new-name-ko": "다음이"}

    answers = [officer.post(SEAT, typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert Person.objects.filter(holdings__seat__number="gov-2").count() == 2


def test_the_co_chair_is_named_at_one_press(officer):
    answer = officer.post("/desk/setup/members/cso-2/", {"act": "chair"})

    assert answer.status_code == 302
    assert CoChair.objects.get(side="civil_society").seat.number == "cso-2"


@pytest.mark.parametrize("path", ["/desk/setup/members/gov-99/", "/desk/setup/members/0/"])
def test_a_seat_that_is_not_there_has_no_page(officer, path):
    assert officer.get(path).status_code == 404


@pytest.mark.parametrize("holding", ["", "x", "9" * 30, "²"])
def test_a_form_about_another_holder_changes_nothing(officer, holding):
    size = log.size()

    answer = officer.post(SEAT, {"act": "correct", "holding": holding, "is-name-ko": "x"})

    assert (answer.status_code, log.size()) == (409, size)


def test_before_the_forum_is_set_up_there_is_nothing_to_correct(db):
    an_empty_installation()
    officer = an_officer("ko")

    for path in (NAME, RULES, "/desk/setup/members/"):
        assert officer.get(path).status_code == 200
    assert officer.post(NAME, {"name-ko": "x", "source": "y"}).status_code == 409
    assert officer.post(RULES, {"in_force_from": "2026-05-01", "source": "y"}).status_code == 409
    assert Forum.objects.get(pk=1).loaded_at is None
