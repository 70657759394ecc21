"""Focal points: one a post, letters to whoever comes, links that stop with the post."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import Gone, NotAllowed, NotFound, NotNow, NotValid
from madang.letters.focal import focal_link, issue_focal_link
from madang.letters.links import issue_link
from madang.letters.models import Letter
from madang.members.actions.focal import end_focal_point, hand_over, name_focal_points
from madang.members.focal import actor_of_focal, focal_point_of
from madang.members.models import FocalPoint, Forum
from madang.members.rules.focal import Post
from madang.record import log
from madang.record.guard import writing
from tests.makers.focal import NAMED, a_focal_point, address_in, newest_letter
from tests.makers.plans import SECRETARY

pytestmark = pytest.mark.usefixtures("practice_forum")
LATER = NAMED + timedelta(days=3)


def last() -> Any:
    return next(iter(log.entries().order_by("-index")[:1]))


def pass_on(focal: FocalPoint, **other: Any) -> None:
    given = {"name": "천바다", "email": "Cheon@Gaon.example", **other}
    hand_over(focal, **given, by=actor_of_focal(focal), at=LATER)


def test_a_focal_point_is_found_for_its_body_and_one_commitment_before_the_whole():
    whole = a_focal_point("finance")
    one = a_focal_point("finance", about="commitment:2-6", email="six@gaon.example")
    boss = a_focal_point("finance", duty="director", email="boss@gaon.example")

    assert focal_point_of("finance") == whole
    assert focal_point_of("finance", "commitment:2-5") == whole
    assert focal_point_of("finance", "commitment:2-6") == one
    assert focal_point_of("finance", duty="director") == boss
    assert focal_point_of("audit") is None


def test_the_record_says_who_speaks_for_whom_and_no_name_or_address():
    pass_on(a_focal_point("finance"))

    for entry in log.entries().order_by("-index")[:2]:
        leaf = bytes(entry.leaf).decode()
        assert "gaon.example" not in leaf.casefold() and "민가람" not in leaf
    assert '"by":"agency:finance"' in bytes(last().leaf).decode().replace(" ", "")


def test_whoever_follows_ends_the_one_before_and_naming_twice_changes_nothing():
    first = a_focal_point("finance")
    second = a_focal_point("finance", email="new@gaon.example", at=LATER)

    first.refresh_from_db()
    assert (first.until, second.since) == (LATER, LATER)
    with pytest.raises(NotNow) as refused:
        a_focal_point("finance", email="new@gaon.example", at=LATER)
    assert refused.value.code == "members.nothing_changed"


def test_the_database_keeps_one_to_a_post():
    first = a_focal_point("finance")
    again = FocalPoint(
        agency=first.agency, duty="focal", name="x", email="x@x.example", since=LATER
    )

    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        again.save()


def test_whoever_is_named_is_greeted_once_in_the_own_language():
    forum = Forum.objects.get(pk=1)
    boards = [
        Post("finance", "Han", "han@gaon.example", about=about, language="en")
        for about in ("", "commitment:2-6")
    ]
    name_focal_points(forum, posts=boards, by=SECRETARY, at=NAMED)

    (letter,) = Letter.objects.filter(kind="focal.welcome")
    assert (letter.to, letter.language) == ("han@gaon.example", "en")
    assert "Finance Bureau" in letter.subject
    assert address_in(letter, "focal")


def test_handing_over_takes_all_one_answers_for_and_stops_the_links_at_once():
    focal = a_focal_point("finance")
    a_focal_point("finance", about="commitment:2-6", email=focal.email)
    other = a_focal_point("audit")
    ends = LATER + timedelta(days=30)
    token = issue_focal_link("focal", focal, ends_at=ends, at=NAMED)
    assert focal_link(token, NAMED).actor.agency == "finance"

    pass_on(focal)

    posts = FocalPoint.objects.filter(agency=focal.agency, until=None)
    assert {(post.about, post.email) for post in posts} == {
        ("", "cheon@gaon.example"),
        ("commitment:2-6", "cheon@gaon.example"),
    }
    assert focal_point_of("audit") == other
    with pytest.raises(Gone) as gone:
        focal_link(token, LATER)
    assert (gone.value.code, gone.value.facts) == ("letters.post_passed_on", {"agency": "재정국"})
    assert newest_letter("cheon@gaon.example").kind == "focal.welcome"
    focal.refresh_from_db()
    with pytest.raises(NotNow):
        pass_on(focal)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "members.focal_name"),
        ({"name": "가" * 101}, "members.focal_name"),
        ({"email": "nowhere"}, "members.focal_email"),
        ({"email": "a" * 250 + "@gaon.example"}, "members.focal_email"),
    ],
)
def test_a_successor_without_a_name_or_an_address_is_none(given, code):
    focal = a_focal_point("finance")

    with pytest.raises(NotValid) as refused:
        pass_on(focal, **given)

    assert refused.value.code == code
    assert focal_point_of("finance") == focal


def test_nobody_hands_over_anothers_post():
    focal, other = a_focal_point("finance"), a_focal_point("audit")
    boss = a_focal_point("finance", duty="director", email="boss@gaon.example")
    office = Actor(roles=frozenset({Role.SECRETARIAT, Role.MEMBER}), seats=frozenset({"gov-1"}))

    for by in (actor_of_focal(other), actor_of_focal(boss), office):
        with pytest.raises(NotAllowed):
            hand_over(focal, name="천바다", email="c@gaon.example", by=by, at=LATER)


def test_an_ended_post_has_nobody_and_its_links_stop():
    focal = a_focal_point("finance")
    token = issue_focal_link("focal", focal, ends_at=LATER, at=NAMED)

    end_focal_point(focal, by=SECRETARY, at=NAMED)

    assert focal_point_of("finance") is None
    with pytest.raises(Gone):
        focal_link(token, NAMED)
    focal.refresh_from_db()
    with pytest.raises(NotNow):
        end_focal_point(focal, by=SECRETARY, at=LATER)


def test_a_link_for_something_else_or_of_someone_else_opens_nothing():
    focal = a_focal_point("finance")
    token = issue_focal_link("request:3", focal, ends_at=LATER, at=NAMED)
    seats = issue_link("ballot:7-1", "seat:gov-3", ends_at=LATER, at=NAMED)

    for wrong, task in ((token, "update:"), (seats, ""), ("no-such-token", "")):
        with pytest.raises(NotFound):
            focal_link(wrong, NAMED, for_task=task)
    with pytest.raises(Gone) as gone:
        focal_link(token, LATER)
    assert gone.value.code == "letters.focal_link_ended"
