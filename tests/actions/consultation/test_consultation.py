"""Bodies are asked, answer, pass on, are reminded; everything that was said stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from madang.consultation.actions.answer import enter_opinions, give_opinions
from madang.consultation.actions.ask import withdraw_question
from madang.consultation.actions.delegate import delegate_request
from madang.consultation.actions.remind import remind_bodies
from madang.consultation.due import remind_due
from madang.consultation.links import speaker, speaker_of_post
from madang.consultation.models import Asked, Delegate, Opinion, Request
from madang.consultation.reading import opinions_on, places_of
from madang.consultation.rules.answering import Answer
from madang.consultation.rules.words import Channel, Standing, Step
from madang.drafting.models import Commitment, CommitmentVersion
from madang.foundation.actors import CLOCK, Actor, Role
from madang.foundation.addresses import address_of
from madang.foundation.refusals import Gone, NotAllowed, NotFound, NotNow, NotValid
from madang.letters.models import Letter
from madang.members.actions.focal import hand_over
from madang.members.focal import actor_of_focal, focal_point_of
from madang.record import log
from madang.record.guard import writing
from tests.makers.consultation import ASKED, DUE_ON, REASON, a_request, says
from tests.makers.focal import a_focal_point, address_in, newest_letter
from tests.makers.plans import SECRETARY

pytestmark = pytest.mark.usefixtures("practice_forum")
DUE_AT = datetime(2026, 3, 23, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
YES, NO = Answer(5, "accept"), Answer(6, "decline", REASON, "2029년으로 늦춘다.", "재정-31")


def token_of(letter: Letter) -> str:
    return address_in(letter, "c").split("/")[-2]


def standings(request: Request, at: datetime = ASKED + DAY) -> dict[tuple[str, int], Standing]:
    return {
        (one.asked.agency.slug, one.asked.commitment.number): one.standing
        for one in places_of(request, at)
    }


def test_bodies_are_asked_side_by_side_each_about_each_draft_in_its_wording():
    request = a_request(note="함께 보아 주십시오.")

    assert request.due_at == DUE_AT
    assert set(standings(request)) == {
        (body, number) for body in ("finance", "audit") for number in (5, 6)
    }
    for asked in request.asked.all():
        version = CommitmentVersion.objects.get(commitment=asked.commitment, number=asked.version)
        assert version.sha256
    letters = Letter.objects.filter(kind="consultation.asked")
    assert sorted(one.to for one in letters) == ["audit@gaon.example", "finance@gaon.example"]


def test_a_form_sent_twice_asks_once():
    first = a_request()

    with pytest.raises(NotNow) as refused:
        a_request()

    assert refused.value.facts == {"number": first.number}
    assert Letter.objects.filter(kind="consultation.asked").count() == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"commitments": (99,)}, "consultation.no_draft"),
        ({"bodies": ()}, "consultation.no_bodies"),
        ({"note": "가" * 3001}, "consultation.note_long"),
        ({"due_on": "2026-03-03"}, "consultation.due_short"),
    ],
)
def test_what_can_not_be_asked_writes_to_nobody(given, code):
    with pytest.raises(NotValid) as refused:
        a_request(*given.pop("commitments", ()), **given)

    assert refused.value.code == code
    assert not Request.objects.exists()


def test_nobody_is_asked_where_a_body_has_no_focal_point():
    a_request(bodies=["finance"])

    from madang.consultation.actions.ask import ask_bodies
    from madang.planning.models import Plan

    with pytest.raises(NotValid) as refused:
        ask_bodies(
            Plan.objects.get(number=2),
            commitments=[6],
            bodies=["finance", "transport"],
            due_on=DUE_ON,
            by=SECRETARY,
            at=ASKED,
        )

    assert refused.value.facts["names"] == "교통국"
    assert Request.objects.count() == 1


def test_a_plan_that_is_adopted_asks_nobody_any_more():
    with pytest.raises(NotNow):
        a_request(1, plan=1)


def test_a_body_answers_and_what_it_says_stands_by_the_draft():
    request = a_request()

    says(request, "finance", YES, NO)

    assert standings(request)[("finance", 6)] is Standing.ANSWERED
    assert standings(request)[("audit", 6)] is Standing.WAITING
    (said,) = opinions_on(Commitment.objects.get(plan__number=2, number=6))
    assert (said.stance, said.words.words, said.reference) == ("decline", {"ko": REASON}, "재정-31")
    assert not said.late
    entry = next(iter(log.entries().order_by("-index")[:1]))
    assert entry.kind == "opinion.given" and '"agency:finance"' in bytes(entry.leaf).decode()
    assert newest_letter("finance@gaon.example").kind == "consultation.receipt"


def test_a_later_answer_stands_beside_the_earlier_and_saying_the_same_adds_none():
    request = a_request(6)
    says(request, "finance", NO)
    with pytest.raises(NotNow) as refused:
        says(request, "finance", NO)
    assert refused.value.code == "consultation.said_already"

    says(request, "finance", Answer(6, "partly", REASON))

    rows = Opinion.objects.order_by("number")
    assert [(one.number, one.stance, one.newest) for one in rows] == [
        (1, "decline", False),
        (2, "partly", True),
    ]


def test_the_database_keeps_one_newest_answer_and_no_no_without_words():
    request = a_request(6)
    says(request, "finance", NO)
    kept = Opinion.objects.get()

    for change in ({"number": 2}, {"number": 2, "newest": False, "words": None}):
        wrong = Opinion(**{f.attname: getattr(kept, f.attname) for f in kept._meta.fields})
        wrong.pk = None
        for key, value in change.items():
            setattr(wrong, key, value)
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            wrong.save()


def test_what_comes_after_the_window_is_kept_and_marked_late():
    request = a_request(6)

    says(request, "finance", NO, at=DUE_AT)

    assert Opinion.objects.get().late
    assert standings(request, DUE_AT)[("finance", 6)] is Standing.ANSWERED_LATE
    assert standings(request, DUE_AT)[("audit", 6)] is Standing.OVERDUE
    assert standings(request, DUE_AT + 14 * DAY)[("audit", 6)] is Standing.VERY_OVERDUE


def test_nobody_speaks_for_a_body_that_was_not_asked_or_is_not_the_own():
    request = a_request(6, bodies=["finance"])
    other = actor_of_focal(a_focal_point("transport"))
    member = Actor(roles=frozenset({Role.MEMBER, Role.CO_CHAIR}), seats=frozenset({"gov-1"}))

    for by in (other, member, SECRETARY):
        with pytest.raises(NotAllowed):
            give_opinions(request, answers=[NO], channel=Channel.PAGE, by=by, at=ASKED)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([], "consultation.nothing_said"),
        ([Answer(4, "accept")], "consultation.row_not_asked"),
        ([YES, Answer(6, "decline", "")], "consultation.no_words"),
    ],
)
def test_half_an_answer_keeps_nothing(answers, code):
    request = a_request()

    with pytest.raises(NotValid) as refused:
        says(request, "finance", *answers)

    assert refused.value.code == code and not Opinion.objects.exists()


def test_a_colleague_answers_by_a_link_of_their_own_and_the_focal_points_stays_good():
    request = a_request(6)
    by = actor_of_focal(focal_point_of("finance"))
    given: dict[str, Any] = {"name": "한솔", "email": "Han@gaon.example", "language": "ko"}

    delegate_request(request, **given, by=by, at=ASKED)

    letter = newest_letter("han@gaon.example")
    assert letter.kind == "consultation.delegated" and "민가람" in letter.subject
    found = speaker(token_of(letter), ASKED)
    assert (found.agency.slug, found.name, found.focal) == ("finance", "한솔", None)
    give_opinions(request, answers=[NO], channel=Channel.PAGE, by=found.actor, at=ASKED)
    assert newest_letter("han@gaon.example").kind == "consultation.receipt"
    assert speaker(token_of(newest_letter("finance@gaon.example")), ASKED)
    with pytest.raises(NotNow):
        delegate_request(request, **given, by=by, at=ASKED)
    assert Delegate.objects.count() == 1


def test_a_successor_gets_what_is_still_owed_and_the_old_link_stops():
    request = a_request(6)
    focal = focal_point_of("finance")
    old = token_of(newest_letter(focal.email))
    done = a_request(5, bodies=["finance"])
    says(done, "finance", YES)

    hand_over(
        focal, name="천바다", email="c@gaon.example", by=actor_of_focal(focal), at=ASKED + DAY
    )

    letters = Letter.objects.filter(to="c@gaon.example", kind="consultation.asked")
    assert letters.count() == 1
    new = speaker(token_of(letters[0]), ASKED + DAY)
    assert new.request == request
    with pytest.raises(Gone):
        speaker(old, ASKED + DAY)
    welcome = newest_letter("c@gaon.example", "focal.welcome")
    token = address_in(welcome, "focal").split("/")[-2]
    assert speaker_of_post(token, done.label, ASKED + DAY).agency.slug == "finance"
    with pytest.raises(NotFound):
        speaker_of_post(token, "2-99", ASKED + DAY)


def test_the_clock_writes_once_at_each_step_and_to_the_director_at_the_last():
    request = a_request(6)
    a_focal_point("audit", duty="director", email="boss@gaon.example")
    says(request, "finance", NO)
    moments = (DUE_AT - 8 * DAY, DUE_AT - 7 * DAY, DUE_AT, DUE_AT + 14 * DAY)

    assert [remind_due(CLOCK, at) for at in moments] == [0, 1, 1, 1]
    assert [remind_due(CLOCK, at + DAY) for at in moments[1:]] == [0, 0, 0]

    kinds = Letter.objects.filter(to="audit@gaon.example").order_by("pk")
    assert [one.kind for one in kinds if one.kind.startswith("consultation")] == [
        "consultation.asked",
        "consultation.soon",
        "consultation.overdue",
        "consultation.overdue",
    ]
    assert Letter.objects.filter(to="boss@gaon.example", kind="consultation.director").count() == 1
    assert not Letter.objects.filter(to="finance@gaon.example", kind="consultation.soon").exists()


def test_an_officer_reminds_once_a_day_and_nobody_where_all_have_answered():
    request = a_request(6)
    who = {"by": SECRETARY, "at": ASKED + DAY}
    assert remind_bodies(request, step=Step.HAND, **who).bodies == ["finance", "audit"]
    with pytest.raises(NotNow):
        remind_bodies(request, step=Step.HAND, **who)
    says(request, "finance", NO)
    says(request, "audit", NO)

    with pytest.raises(NotNow) as refused:
        remind_bodies(request, step=Step.HAND, by=SECRETARY, at=ASKED + 5 * DAY)
    assert refused.value.code == "consultation.nobody_owes"


def test_a_withdrawn_question_takes_no_answer_and_keeps_what_was_said():
    request = a_request(6)
    says(request, "finance", NO)

    withdraw_question(
        request, reason="초안을 처음부터 다시 씁니다.", by=SECRETARY, at=ASKED + 4 * DAY
    )

    assert newest_letter("audit@gaon.example").kind == "consultation.withdrawn"
    assert newest_letter("finance@gaon.example").kind == "consultation.receipt"
    fresh = Request.objects.select_related("plan").get(pk=request.pk)
    assert standings(fresh)[("audit", 6)] is Standing.WITHDRAWN
    assert standings(fresh)[("finance", 6)] is Standing.ANSWERED
    with pytest.raises(NotNow):
        says(fresh, "audit", NO)
    with pytest.raises(NotNow):
        withdraw_question(
            fresh, reason="초안을 처음부터 다시 씁니다.", by=SECRETARY, at=ASKED + 5 * DAY
        )
    assert remind_due(CLOCK, DUE_AT) == 0


def test_what_an_officer_enters_shows_as_entered_and_names_its_letter():
    request = a_request(6)

    def enter(document: str) -> Any:
        return enter_opinions(
            request, agency="audit", answers=[NO], document=document, by=SECRETARY, at=ASKED
        )

    for wrong in ("", "가" * 81):
        with pytest.raises(NotValid):
            enter(wrong)
    enter("감사-12")

    kept = Opinion.objects.get()
    assert (kept.channel, kept.document) == ("office", "감사-12")
    assert newest_letter("audit@gaon.example").kind == "consultation.receipt"
    asked = Asked.objects.get(pk=kept.asked_id)
    assert asked.ref == "opinion:2-6.audit"
    assert address_of(asked.ref) == "/c/2-6#opinions"
    assert address_of(request.ref) == "/plans/2/consultation/"
