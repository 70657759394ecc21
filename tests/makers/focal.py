"""Focal points of bodies, named through the real act, and the links in their letters."""

import re
from datetime import UTC, datetime
from typing import Any

from madang.letters.models import Letter
from madang.members.actions.focal import name_focal_points
from madang.members.models import FocalPoint, Forum
from madang.members.rules.focal import Post
from tests.makers.plans import SECRETARY

NAMED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def a_focal_point(agency: str, *, at: datetime = NAMED, **other: Any) -> FocalPoint:
    """Someone who answers for a body from now on."""
    given = {"name": "민가람", "email": f"{agency}@gaon.example", **other}
    post = Post(agency=agency, **given)
    name_focal_points(Forum.objects.get(pk=1), posts=[post], by=SECRETARY, at=at)
    rows = FocalPoint.objects.select_related("agency").filter(until=None, about=post.about)
    return rows.get(agency__slug=agency, duty=post.duty)


def address_in(letter: Letter, route: str) -> str:
    """The path of the link to a page (`/focal/`) in a letter, without the language."""
    found = re.search(rf"(/{route}/[\w-]+/)", letter.body)
    assert found, letter.body
    return found[1]


def newest_letter(to: str, kind: str = "") -> Letter:
    """The newest letter to an address, of a kind where one is named."""
    rows = Letter.objects.filter(to=to)
    return (rows.filter(kind=kind) if kind else rows).order_by("pk").reverse()[0]
