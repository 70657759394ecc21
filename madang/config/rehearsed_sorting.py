"""A practice forum's groups at work: proposals placed, sorted, weighed, led to commitments.

What is sorted where stands in `examples/practice-proposals*.yaml`; all of it is played through
the real acts. A proposal that is not there is passed over, so that either half may stand alone.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

import yaml

from madang.calls.models import Proposal
from madang.calls.rules.words import ProposalState
from madang.config.commands.demo import forum_file
from madang.drafting.actions.tie import tie_commitment
from madang.drafting.models import Commitment
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.taskforces.actions.candidates import open_candidate, set_candidate_aside
from madang.taskforces.actions.groups import form_group, join_group, place_proposals
from madang.taskforces.actions.mark import Given, mark_proposal
from madang.taskforces.actions.weigh import argue, score_candidate
from madang.taskforces.models import Candidate, Group, Placement
from madang.taskforces.rules.weighing import CandidateText
from madang.taskforces.rules.words import Choice, Grade, Side

Spec = dict[str, Any]
Seated = Callable[[str, datetime], Actor]
FIRST, PRESENT = "practice-proposals", "practice-proposals-3"
STEP = timedelta(seconds=4)
"""How far apart two acts of a sitting lie."""
SEATS = (("cso-{}", 0), ("cso-{}", 6), ("gov-{}", 0), ("cso-{}", 12))
"""Who works in a group: the seats its number leads to."""


@cache
def read(name: str) -> Spec:
    """A file of invented proposals that ships with the package."""
    found: Spec = yaml.safe_load(forum_file(name).read_text("utf-8"))
    return found


class Sitting:
    """The groups of one plan at one sitting: each act a little later than the one before."""

    def __init__(self, spec: Spec, begins: datetime, secretary: Actor, seated: Seated) -> None:
        self.spec, self.secretary, self.seated = spec, secretary, seated
        self.plan = Plan.objects.get(number=spec["plan"])
        self.moments = _moments(begins)
        titles = {row["title"]: row for row in spec["proposals"]}
        public = Proposal.objects.filter(plan=self.plan, state=ProposalState.PUBLIC)
        self.rows = {
            row.number: titles[row.title]
            for row in public.order_by("number")
            if row.title in titles
        }

    def play(self) -> datetime | None:
        """Form the groups and sort; when the last act was, or none where nothing is there."""
        if not self.rows:
            return None
        self.form()
        self.place()
        self.open()
        self.sort()
        self.weigh()
        self.tie()
        return next(self.moments)

    def group(self, number: int) -> Group:
        return Group.objects.select_related("plan").get(plan=self.plan, number=number)

    def candidate(self, number: int) -> Candidate:
        rows = Candidate.objects.select_related("plan", "group__plan")
        return rows.get(plan=self.plan, number=number)

    def member(self, group: int, at: datetime, which: int = 0) -> Actor:
        pattern, beside = SEATS[which]
        return self.seated(pattern.format(group + beside), at)

    def form(self) -> None:
        for one in self.spec["groups"]:
            name, scope = Text.of(one["name"]), Text.of(one["scope"])
            form_group(self.plan, name=name, scope=scope, by=self.secretary, at=next(self.moments))
            group = self.group(one["number"])
            for which in range(len(SEATS)):
                at = next(self.moments)
                person = self.member(one["number"], at, which).name
                join_group(group, person=str(person), by=self.secretary, at=at)

    def place(self) -> None:
        for one in self.spec["groups"]:
            numbers = [n for n, row in self.rows.items() if self.lies(row) == one["number"]]
            if numbers:
                place_proposals(
                    self.group(one["number"]),
                    numbers=numbers,
                    by=self.secretary,
                    at=next(self.moments),
                )

    def lies(self, row: Spec) -> int | None:
        """The group a proposal is sorted by: named, or that of its candidate."""
        goes = row.get("candidate") or row.get("sorted")
        by_candidate = {one["number"]: one["group"] for one in self.spec["candidates"]}
        found: int | None = row.get("group") or (by_candidate.get(goes) if goes else None)
        return found

    def open(self) -> None:
        for one in self.spec["candidates"]:
            at, grade = next(self.moments), one.get("grade")
            text = CandidateText(title=Text.of(one["title"]), grade=Grade(grade) if grade else None)
            by = self.member(one["group"], at)
            open_candidate(self.group(one["group"]), text=text, by=by, at=at)

    def sort(self) -> None:
        for number, row in self.rows.items():
            goes = row.get("candidate") or row.get("sorted")
            if goes:
                at = next(self.moments)
                given = Given(choice=Choice.JOIN, candidate=goes)
                self.mark(number, given, self.member(self.lies(row) or 1, at), at)
        for number, choices in self.apart().items():
            for which, choice in enumerate(choices):
                at = next(self.moments)
                by = self.member(self.lies(self.rows[number]) or 1, at, which)
                self.mark(number, Given(choice=Choice(choice)), by, at)

    def apart(self) -> dict[int, list[str]]:
        """The proposals that members saw differently, with each one's choice."""
        return {n: row["marks"] for n, row in self.rows.items() if row.get("marks")}

    def mark(self, number: int, given: Given, by: Actor, at: datetime) -> None:
        rows = Placement.objects.select_related("group__plan", "proposal__plan")
        placement = rows.get(proposal__plan=self.plan, proposal__number=number)
        mark_proposal(placement, given=given, by=by, at=at)

    def weigh(self) -> None:
        for one in self.spec["candidates"]:
            for side in Side:
                for words in one.get(side.value, []):
                    at = next(self.moments)
                    by = self.member(one["group"], at, 1)
                    candidate = self.candidate(one["number"])
                    argue(candidate, side=side, text=words, language="ko", by=by, at=at)
            for which, points in enumerate(one.get("points", [])):
                for criterion, given in enumerate(points, 1):
                    at = next(self.moments)
                    score_candidate(
                        self.candidate(one["number"]),
                        criterion=str(criterion),
                        points=given,
                        by=self.member(one["group"], at, which),
                        at=at,
                    )

    def tie(self) -> None:
        """Lead the chosen candidates to their commitments, and set the others aside."""
        there = set(
            Commitment.objects.filter(plan=self.plan, withdrawn_at=None).values_list(
                "number", flat=True
            )
        )
        for one in self.spec["candidates"]:
            number = one.get("commitment")
            if number in there:
                tie_commitment(
                    self.plan,
                    number=number,
                    candidate=one["number"],
                    milestone=one.get("milestone"),
                    by=self.secretary,
                    at=next(self.moments),
                )
            elif one.get("outcome"):
                at = next(self.moments)
                by = self.member(one["group"], at)
                set_candidate_aside(self.candidate(one["number"]), by=by, at=at)


def _moments(begins: datetime) -> Iterator[datetime]:
    while True:
        yield begins
        begins += STEP


MORNING, EVENING = time(11), time(21, 30)
"""When the first plan's sorting is entered, and when the present one's groups sat."""
