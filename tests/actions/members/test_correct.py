"""What was set up is corrected: dated, recorded, and what stood before stays readable."""

from datetime import timedelta

import pytest

from madang.ballots.reading import roll_on, rules_on
from madang.foundation.actors import LOADER, Role
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.actions.change_member import correct_member, name_chair, pass_seat, sitting
from madang.members.actions.correct import correct_forum
from madang.members.actions.register import register_roll
from madang.members.actions.revise_rules import revise_rules
from madang.members.actors import actor_of
from madang.members.models import (
    Account,
    Agency,
    Body,
    CoChair,
    Forum,
    Holding,
    Person,
    RulesVersion,
    Seat,
    SeatClass,
    Source,
    Term,
)
from madang.members.pages.data import forum_data, rules_data, term_data
from madang.members.rules.correcting import KEPT, Facts, Naming, Revision
from madang.members.rules.rows import rows_of_file
from madang.record import log
from tests.makers.ballots import a_closed_ballot, a_drafted_ballot, an_open_ballot
from tests.makers.forums import SOMEONE, an_open_forum
from tests.makers.lists import FOUNDED, SECRETARY, a_founded_forum
from tests.makers.readers import Reader
from tests.makers.sheets import HEADINGS, a_csv, thirty

LATER = FOUNDED + timedelta(days=90)
SEATS = {"ex_officio": 2, "government": 6, "civil_society": 22}
NAME = Text({"ko": "견본시 열린포럼", "en": "Sample Open Forum"})


@pytest.fixture
def founded(db):
    an_open_forum()
    forum = a_founded_forum()
    rows = rows_of_file(a_csv([HEADINGS, *thirty()]))
    register_roll(forum, rows=rows, file="f" * 64, note="", by=SECRETARY, at=FOUNDED)
    return forum


def the_forum():
    return Forum.objects.get(pk=1)


def correct(by=SECRETARY, **other):
    kept = {"name": NAME, "basis": "", "since": "", "source": "조례 제2호", "seats": SEATS}
    return correct_forum(the_forum(), given=Naming(**{**kept, **other}), by=by, at=LATER)


def revise(by=SECRETARY, **other):
    rules = {"quorum": "two-thirds", "majority": "over-half-returned", "tie": "reject"}
    kept = {
        "rules": {**rules, "early-close": "yes"},
        "in_force_from": "2026-05-01",
        "source": "조례 제2호",
    }
    return revise_rules(the_forum(), given=Revision(**{**kept, **other}), by=by, at=LATER)


def facts(name="새이름", email="new@sample.example", organisation="견본기관4", **other):
    kept = {"office": Text({"ko": "위원", "en": None}), "language": "ko", "email": email}
    words = {"name": name, "organisation": organisation}
    return Facts(**{**kept, **{k: Text({"ko": v, "en": None}) for k, v in words.items()}, **other})


def seat(number):
    return Seat.objects.get(number=number)


def mend(number, by=SECRETARY, **other):
    held = sitting(seat(number))
    return correct_member(seat(number), holding=held.pk, given=facts(**other), by=by, at=LATER)


def pass_on(number, day="2026-05-01", to=None, by=SECRETARY):
    held = sitting(seat(number))
    shown = held.pk if held else None
    return pass_seat(seat(number), holding=shown, day=day, to=to, by=by, at=LATER)


def as_shown(on="2026-04-06"):
    return forum_data(Forum.objects.select_related("body").get(pk=1), on=on)


# --- name, legal basis, seats ---------------------------------------------------------------------


def test_the_legal_basis_that_was_typed_stands_on_the_forums_page(db):
    an_open_forum()
    assert as_shown()["legal_basis"] is None

    a_founded_forum(basis="견본시 조례 제1호")

    basis = as_shown()["legal_basis"]
    assert (basis["title"].words["ko"], basis["kind"], basis["source"]) == (
        "견본시 조례 제1호",
        None,
        "founding",
    )


def test_a_slip_is_mended_where_it_stands_and_the_record_keeps_what_it_was(founded):
    event = correct(basis="견본시 조례 제2호", name=Text({"ko": "견본시 포럼", "en": None}))

    shown = as_shown()
    assert (shown["name"].words["ko"], len(shown["bodies"])) == ("견본시 포럼", 1)
    assert shown["bodies"][0]["name"].words["ko"] == "견본시 포럼"
    assert shown["legal_basis"]["title"].words["ko"] == "견본시 조례 제2호"
    assert Source.objects.get(pk=shown["legal_basis"]["source"]).dated == "2026-04-06"
    said = log.said(log.entries()[0])["d"]
    assert said["was"]["name"]["ko"] == "견본시 열린포럼" and said["since"] is None
    assert event.was["basis"] == ""


def test_a_new_name_from_a_day_on_leaves_the_old_one_with_its_end(founded):
    correct(name=Text({"ko": "견본시 열린위원회", "en": None}), since="2026-04-01")

    old, new = Body.objects.order_by("position")
    assert (old.name.words["ko"], old.ends) == ("견본시 열린포럼", "2026-03-31")
    assert (new.name.words["ko"], new.starts, new.ends) == ("견본시 열린위원회", "2026-04-01", None)
    assert the_forum().body == new
    assert [b["name"].words["ko"] for b in as_shown()["bodies"]] == [
        "견본시 열린포럼",
        "견본시 열린위원회",
    ]


def test_the_meetings_of_a_new_name_have_numbers_of_their_own(practice_forum):
    before = a_drafted_ballot()

    correct(name=Text({"ko": "가온시 열린위원회", "en": None}), since="2026-04-01", seats=None)
    after = a_drafted_ballot(at=LATER, opens_at=LATER, closes_at=LATER + timedelta(days=5))

    assert (after.meeting.number, after.meeting.body.name.words["ko"]) == (1, "가온시 열린위원회")
    assert before.meeting.body.name.words["ko"] != "가온시 열린위원회"
    assert Reader("ko").get(f"/meetings/{after.meeting.address}/ballot/").status_code == 200


def test_seats_can_be_more_and_never_fewer_than_are_filled(founded):
    correct(seats={**SEATS, "government": 8})

    assert Seat.objects.filter(seat_class__key="government").count() == 8
    assert Term.objects.get().seats[1] == {
        "class": "government",
        "count": 8,
        "source": "correction-1",
    }
    correct(seats=SEATS)
    assert Seat.objects.count() == 30
    with pytest.raises(NotValid) as refused:
        correct(seats={**SEATS, "civil_society": 21})
    assert refused.value.code == "members.seats_filled"
    assert refused.value.facts["place"] == 22


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"name": Text({"ko": None})}, "no_forum_name"),
        ({"source": ""}, "no_source"),
        ({"since": "soon"}, "not_a_day"),
        ({"since": "2026-01-01"}, "not_after"),
        ({"since": "2026-04-07"}, "still_to_come"),
        ({"seats": {"government": 301}}, "too_many_seats"),
        ({}, "nothing_changed"),
    ],
)
def test_what_corrects_nothing_is_refused_and_nothing_is_kept(founded, other, code):
    size, sources = log.size(), Source.objects.count()

    with pytest.raises((NotValid, NotNow)) as refused:
        correct(**other)

    assert refused.value.code == f"members.{code}"
    assert (log.size(), Source.objects.count(), Body.objects.count()) == (size, sources, 1)


# --- rules ---------------------------------------------------------------------------------------


def test_new_rules_come_into_force_beside_the_old_ones(founded):
    revise()

    new, old = rules_data()["versions"]
    assert (new["in_force_from"], old["in_force_from"]) == ("2026-05-01", "2026-01-01")
    assert rules_on("2026-04-30")[0]["figure"]["fraction"] == "1/2"
    assert rules_on("2026-05-01")[0]["figure"]["fraction"] == "2/3"
    sources = {figure["key"]: figure["source"] for figure in new["figures"]}
    assert sources["quorum"] == "rules-2" and sources["majority"] == "founding"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"in_force_from": "2026-01-01"}, "not_after"),
        ({"in_force_from": "2025-12-31"}, "not_after"),
        ({"in_force_from": "May"}, "not_a_day"),
        ({"source": ""}, "no_source"),
        ({"rules": {"quorum": "everyone"}}, "unknown_rule"),
        ({"rules": dict.fromkeys(("quorum", "majority", "tie", "early-close"), KEPT)}, "nothing"),
    ],
)
def test_rules_that_would_rewrite_or_say_nothing_are_refused(founded, other, code):
    size = log.size()

    with pytest.raises((NotValid, NotNow)) as refused:
        revise(**other)

    assert refused.value.code.startswith(f"members.{code}")
    assert (log.size(), RulesVersion.objects.count()) == (size, 1)


def test_no_second_version_for_the_same_day(founded):
    revise()

    with pytest.raises(NotValid) as refused:
        revise(source="조례 제3호")

    assert refused.value.code == "members.rules_that_day"


def test_a_ballot_keeps_the_rules_it_was_opened_under(practice_forum):
    ballot = a_closed_ballot()
    frozen, keys = ballot.rules, {one["key"] for one in rules_on("2026-04-06")}

    revise(in_force_from="2026-04-07", rules={"quorum": "two-thirds", "majority": KEPT})

    ballot.refresh_from_db()
    assert ballot.rules == frozen
    # What a file brought beside the rules that are asked for stays in force.
    assert {one["key"] for one in rules_on("2026-04-07")} >= keys


# --- members -------------------------------------------------------------------------------------


def test_a_misspelt_name_and_address_are_mended_and_sealed_in_the_record(founded):
    account = Account.objects.get(person__holdings__seat__number="gov-2")
    key, before = account.key, Person.objects.count()

    event = mend("gov-2", email="Right@Sample.example")

    account.refresh_from_db()
    assert account.email == "right@sample.example" and account.key != key
    assert account.person.name.words["ko"] == "새이름"
    assert event.fields == ["name", "email"]
    assert Person.objects.count() == before
    leaf = bytes(log.entries()[0].leaf)
    assert "새이름".encode() not in leaf and b"sample.example" not in leaf
    assert Holding.objects.filter(seat__number="gov-2").count() == 1


def test_a_misspelt_organisation_takes_its_agency_along(founded):
    mend("gov-2", organisation="견본교육청")

    person = Person.objects.get(holdings__seat__number="gov-2")
    assert person.agency.name.words["ko"] == "견본교육청"
    assert Agency.objects.count() == 8


def test_an_organisation_that_others_share_is_not_renamed_under_them(founded):
    mend("gov-2", organisation="견본기관5")
    mend("gov-2", organisation="견본교육청", email="m4@sample.example")

    assert Person.objects.get(holdings__seat__number="gov-3").agency.name.words["ko"] == "견본기관5"
    assert Person.objects.get(holdings__seat__number="gov-2").agency.slug == "agency-9"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"name": ""}, "row_no_name"),
        ({"name": "가" * 101}, "row_too_long"),
        ({"email": "nobody"}, "row_not_an_email"),
        ({"email": ""}, "address_stays"),
        ({"email": "m5@sample.example"}, "row_email_taken"),
        ({"language": "xx"}, "row_unknown_language"),
        ({"name": "가상4", "email": "M4@sample.example"}, "nothing_changed"),
    ],
)
def test_a_member_is_not_corrected_into_nonsense(founded, other, code):
    size = log.size()

    with pytest.raises((NotValid, NotNow)) as refused:
        mend("gov-2", **other)

    assert refused.value.code == f"members.{code}"
    assert log.size() == size
    assert Account.objects.get(person__holdings__seat__number="gov-2").email == "m4@sample.example"


def test_a_seat_changes_hands_on_a_day(founded):
    pass_on("gov-2", to=facts())

    old, new = Holding.objects.filter(seat__number="gov-2").order_by("pk")
    assert (old.ends, new.starts, new.ends) == ("2026-04-30", "2026-05-01", None)
    held = {h.seat.number: h.person for h in roll_on("2026-04-30")}
    assert held["gov-2"] == old.person
    assert {h.seat.number: h.person for h in roll_on("2026-05-01")}["gov-2"] == new.person
    came, left = new.person.account, old.person.account
    assert actor_of(came, on="2026-05-01").seats == {"gov-2"}
    assert actor_of(left, on="2026-05-01").roles == {Role.ANONYMOUS}
    data = term_data(Term.objects.get(), SeatClass.objects.all())
    shown = next(s for s in data["holdings"] if s["seat"] == "gov-2")
    assert [held["to"] for held in shown["held"]] == ["2026-04-30", None]


def test_a_seat_left_empty_is_taken_later_and_not_before_it_was_left(founded):
    pass_on("cso-3")
    assert len(roll_on("2026-05-01")) == 29

    with pytest.raises(NotValid) as refused:
        pass_on("cso-3", day="2026-04-30", to=facts())
    pass_on("cso-3", day="2026-06-01", to=facts())

    assert refused.value.code == "members.not_after"
    assert len(roll_on("2026-06-01")) == 30


def test_someone_who_left_comes_back_with_the_same_address(founded):
    person = sitting(seat("cso-3")).person
    pass_on("cso-3")

    pass_on("cso-3", day="2026-07-01", to=facts(email="m11@sample.example"))

    assert sitting(seat("cso-3")).person == person


def test_who_sits_elsewhere_or_is_an_officer_takes_no_second_seat(founded):
    with pytest.raises(NotValid) as refused:
        pass_on("gov-2", to=facts(email="m5@sample.example"))

    assert refused.value.code == "members.row_email_taken"
    assert sitting(seat("gov-2")).ends is None


def test_what_changed_meanwhile_is_shown_before_it_is_changed_again(founded):
    shown = sitting(seat("gov-2")).pk
    pass_on("gov-2", to=facts())

    with pytest.raises(NotNow) as refused:
        pass_seat(seat("gov-2"), holding=shown, day="2026-06-01", to=None, by=SECRETARY, at=LATER)

    assert refused.value.code == "members.holder_changed"


def test_an_open_ballot_keeps_its_roll_when_a_seat_changes_hands(practice_forum):
    ballot = an_open_ballot()
    held = sitting(seat("cso-3"))

    pass_on("cso-3", day="2026-03-11", to=facts())

    assert ballot.roll.get(seat__number="cso-3").person == held.person


def test_another_seat_of_the_side_becomes_the_co_chairs(founded):
    event = name_chair(seat("cso-2"), by=SECRETARY, at=LATER)

    assert (event.side, event.was) == ("civil_society", "cso-1")
    assert CoChair.objects.get(side="civil_society").seat.number == "cso-2"
    assert CoChair.objects.count() == 2
    with pytest.raises(NotNow):
        name_chair(seat("cso-2"), by=SECRETARY, at=LATER)


def test_an_empty_seat_is_no_co_chairs(founded):
    pass_on("cso-3")

    with pytest.raises(NotNow) as refused:
        name_chair(seat("cso-3"), by=SECRETARY, at=LATER)

    assert refused.value.code == "members.seat_empty"


@pytest.mark.parametrize("by", [SOMEONE, LOADER], ids=["a stranger", "the loader"])
def test_nobody_but_the_secretariat_corrects_anything(founded, by):
    for do in (
        lambda: correct(by=by, basis="x"),
        lambda: revise(by=by),
        lambda: mend("gov-2", by=by),
        lambda: pass_on("gov-2", by=by),
        lambda: name_chair(seat("gov-2"), by=by, at=LATER),
    ):
        with pytest.raises(NotAllowed):
            do()
