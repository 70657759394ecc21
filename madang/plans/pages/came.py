"""How a commitment came to be: dates and bodies, one after another, from what is kept.

As Korea's sixth plan tells it of each commitment (DOMAIN §2.2): proposed, chosen by a group,
drafted, put before the public, decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from madang.ballots.wording import OUTCOMES
from madang.consultation.comments import SEEN
from madang.consultation.models import Asked, Comment, CommentAnswer, CommentRound
from madang.consultation.words import SAID
from madang.drafting.models import Commitment, CommitmentVersion, GrownFrom, Suggestion
from madang.drafting.rules.suggesting import Fate
from madang.drafting.words import office_words
from madang.foundation.answers import Table, answer, said
from madang.foundation.gathering import Gathered
from madang.foundation.texts import Text
from madang.planning.models import Stage
from madang.plans.models import Edition
from madang.plans.pages import data as shapes
from madang.plans.pages.heard import ballots_on
from madang.plans.pages.threads import INSIDE, in_every_language
from madang.plans.pages.words import STAGES
from madang.taskforces.models import GroupMeeting
from madang.taskforces.pages.data import counted

_ANSWERED = CommentAnswer.objects.filter(published_at__isnull=False)
_OWN_GROUP = Commitment.objects.filter(pk=OuterRef(OuterRef("pk"))).values("group")
_CANDIDATES_GROUPS = GrownFrom.objects.filter(
    commitment=OuterRef(OuterRef("pk")), ended_at=None
).values("candidate__group")
_ROWS: QuerySet[Any] = Commitment.objects.select_related("plan__call", "group").annotate(
    inside=INSIDE,
    stage_rows=Gathered(
        Stage.objects.filter(plan=OuterRef("plan")), key="key", actual="actual", text="text"
    ),
    version_rows=Gathered(
        CommitmentVersion.objects.filter(commitment=OuterRef("pk")).order_by("number"),
        number="number",
        made_at="made_at",
        office="office",
    ),
    meeting_rows=Gathered(
        GroupMeeting.objects.filter(
            Q(group__in=_OWN_GROUP) | Q(group__in=_CANDIDATES_GROUPS)
        ).order_by("group__number", "held_on"),
        group="group__number",
        group_name="group__name",
        held_on="held_on",
    ),
    suggestion_rows=Gathered(
        Suggestion.objects.filter(commitment=OuterRef("pk")).order_by("made_at"),
        fate="fate",
        made_at="made_at",
        answered_at="answered_at",
    ),
    grown_rows=Gathered(
        GrownFrom.objects.filter(commitment=OuterRef("pk"), ended_at=None).order_by("made_at"),
        number="candidate__number",
        title="candidate__title",
        made_at="candidate__made_at",
        group="candidate__group__number",
        group_name="candidate__group__name",
    ),
    asked_rows=Gathered(
        Asked.objects.filter(commitment=OuterRef("pk"))
        .annotate(said=FilteredRelation("opinions", condition=Q(opinions__newest=True)))
        .order_by("request__asked_at", "agency__position"),
        agency="agency__name",
        asked_at="request__asked_at",
        withdrawn_at="request__withdrawn_at",
        stance="said__stance",
        made_at="said__made_at",
    ),
    round_rows=Gathered(
        CommentRound.objects.filter(plan=OuterRef("plan"), status__in=SEEN)
        .annotate(
            mine=counted(
                Comment.objects.filter(round=OuterRef("pk"), commitment=OuterRef(OuterRef("pk"))),
                "round",
            )
        )
        .order_by("number"),
        number="number",
        opens_at="opens_at",
        closes_at="closes_at",
        comments="mine",
    ),
    answer_rows=Gathered(
        _ANSWERED.filter(comment__commitment=OuterRef("pk"))
        .order_by()
        .values("published_at")
        .annotate(count=Count("pk"), changed=Count("version")),
        at="published_at",
        count="count",
        changed="changed",
    ),
    ballot_rows=Gathered(
        ballots_on(OuterRef("plan__number")),
        decides="decides",
        address="meeting__address",
        round="round",
        opened_at="opened_at",
        closed_at="closed_at",
        outcome="outcome",
    ),
    edition_rows=Gathered(
        Edition.objects.filter(versions__commitment=OuterRef("pk"), loaded_from=None).order_by(
            "number"
        ),
        number="number",
        published_at="published_at",
    ),
)
"""Commitments with everything that happened on their way: one query."""


@dataclass(frozen=True)
class Step:
    """A step of the way: from when to when, which body, what it did; null is not recorded.

    `about` are the words of what it was done to. `after` is the day after which a step stands whose
    own day is not known.
    """

    key: str
    starts: str | None
    ends: str | None
    body: Text | Promise | None
    words: str
    url: str = ""
    source: str | None = None
    after: str | None = None
    about: Text | None = None

    @property
    def place(self) -> tuple[str, bool, str]:
        """Where it stands in the order of days."""
        first = self.starts or self.ends or self.after or "9999"
        return first, self.starts is None, self.ends or first

    def data(self) -> dict[str, Any]:
        body = in_every_language(self.body) if isinstance(self.body, Promise) else self.body
        return {
            "key": self.key,
            "from": self.starts,
            "to": self.ends,
            "body": body,
            "words": self.words,
            "about": self.about,
            "source": self.source,
            "url": self.url or None,
        }


CITIZENS = gettext_lazy("Citizens")
SECRETARIAT = gettext_lazy("The secretariat")
MEMBERS = gettext_lazy("Members of the forum and its groups")
PUBLIC = gettext_lazy("The public")
FORUM = gettext_lazy("The forum")


def came(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """The way of a commitment, step by step."""
    row: Any = shapes.find_commitment(number, commitment, request.actor, _ROWS)
    today = timezone.localdate(request.at).isoformat()
    steps = sorted(steps_of(row, today), key=lambda step: step.place)
    data = {
        "plan": shapes.plan_line(row.plan),
        "number": row.number,
        "title": row.title,
        "url": reverse("commitment", args=[number, row.number]),
        "steps": [step.data() for step in steps],
    }

    def table() -> Table:
        headings = [_("From"), _("To"), _("Body"), _("What it did"), _("Source"), _("Address")]
        rows = [
            [
                one["from"],
                one["to"],
                said(one["body"]),
                ": ".join(filter(None, [str(one["words"]), said(one["about"])])),
                one["source"],
                one["url"],
            ]
            for one in data["steps"]
        ]
        return Table(f"plan-{number}-commitment-{commitment}-came", headings, rows)

    return answer(request, twin, "plans/came.html", data, table=table)


def steps_of(row: Any, today: str) -> Iterator[Step]:
    """What happened to a commitment, from what is linked to it; its plan's dates from sources."""
    yield from _told_by_sources(row)
    yield from _proposed(row)
    yield from _weighed(row)
    yield from _met(row, today)
    yield from _written(row)
    yield from _suggested(row)
    yield from _consulted(row)
    yield from _commented(row)
    yield from _decided(row)


def _told_by_sources(row: Any) -> Iterator[Step]:
    """The stages of its plan whose dates a source tells: what was not held here."""
    for stage in row.stage_rows:
        for claim in stage["actual"][:1]:
            if claim["source"]:
                yield Step(
                    f"stage-{stage['key']}",
                    claim["from"],
                    claim["to"],
                    None,
                    _("The plan’s stage: %(stage)s") % {"stage": STAGES[stage["key"]]},
                    reverse("plan.timeline", args=[row.plan.number]),
                    claim["source"],
                )


def _proposed(row: Any) -> Iterator[Step]:
    call = getattr(row.plan, "call", None)
    if call is None:
        return
    inside = row.inside or 0
    words = (
        ngettext(
            "%(count)s proposal that lies in it was received",
            "%(count)s proposals that lie in it were received",
            inside,
        )
        % {"count": inside}
        if inside
        else _("The call for proposals was open")
    )
    route = "commitment.proposals" if inside else "proposals"
    args = [row.plan.number, row.number] if inside else [row.plan.number]
    yield Step(
        "call",
        _day(call.opens_at),
        _day(call.closes_at),
        CITIZENS,
        words,
        reverse(route, args=args),
    )


def _weighed(row: Any) -> Iterator[Step]:
    call = getattr(row.plan, "call", None)
    # What was taken over from elsewhere was entered here later than it happened.
    taken_over = call is not None and call.announced_at is None
    for one in row.grown_rows:
        day = None if taken_over else _day(one["made_at"])
        after = _day(call.closes_at) if call and taken_over else None
        words = _("Weighed as candidate %(number)s") % {"number": one["number"]}
        url = reverse("candidate", args=[row.plan.number, one["number"]])
        yield Step(
            "candidate", day, day, one["group_name"], words, url, after=after, about=one["title"]
        )


def _met(row: Any, today: str) -> Iterator[Step]:
    """The meetings of the groups that weighed what it grew from, and of the one that drafts it."""
    for number, rows in groupby(row.meeting_rows, key=lambda one: one["group"]):
        held = [one for one in rows if one["held_on"] <= today]
        if not held:
            continue
        words = ngettext(
            "%(count)s meeting of the group", "%(count)s meetings of the group", len(held)
        ) % {"count": len(held)}
        url = reverse("group", args=[row.plan.number, number]) + "#meetings"
        first, last = held[0]["held_on"], held[-1]["held_on"]
        yield Step("meetings", first, last, held[0]["group_name"], words, url)


def _written(row: Any) -> Iterator[Step]:
    versions = row.version_rows
    # A text that came from a file was fixed once, and says so by its source.
    if not versions or (len(versions) == 1 and row.source_id):
        return
    words = ngettext(
        "The text was written, in %(count)s version",
        "The text was written, in %(count)s versions",
        len(versions),
    ) % {"count": len(versions)}
    url = reverse("commitment.history", args=[row.plan.number, row.number])
    first, last = _day(versions[0]["made_at"]), _day(versions[-1]["made_at"])
    body = row.group.name if row.group else _writers(versions)
    yield Step("written", first, last, body, words, url)


def _writers(versions: list[dict[str, Any]]) -> Promise | None:
    """In which offices a text was written, as the record names them; none where it names none."""
    offices = dict.fromkeys(one["office"] for one in versions if one["office"])
    if not offices:
        return None
    words = lazy(lambda: capfirst(", ".join(office_words(one) for one in offices)), str)()
    return cast(Promise, words)


def _suggested(row: Any) -> Iterator[Step]:
    """Other wordings that were suggested for its paragraphs, and how many of them were taken."""
    rows = row.suggestion_rows
    if not rows:
        return
    taken = sum(1 for one in rows if one["fate"] in (Fate.ACCEPTED, Fate.PARTLY))
    words = ngettext(
        "%(count)s change to its wording was suggested; %(taken)s taken up",
        "%(count)s changes to its wording were suggested; %(taken)s taken up",
        len(rows),
    ) % {"count": len(rows), "taken": taken}
    days = [_day(one["answered_at"]) or _day(one["made_at"]) or "" for one in rows]
    url = reverse("draft.suggestions", args=[row.plan.number, row.number])
    yield Step("suggestions", _day(rows[0]["made_at"]), max(days), MEMBERS, words, url)


def _consulted(row: Any) -> Iterator[Step]:
    """Each agency that was asked about its draft: from when it was asked to when it answered."""
    url = reverse("consultation", args=[row.plan.number])
    for one in row.asked_rows:
        words = _("Asked about the draft; no answer is recorded")
        if one["stance"]:
            words = _("Consulted about the draft: %(said)s") % {"said": SAID[one["stance"]]}
        elif one["withdrawn_at"]:
            words = _("Asked about the draft; the question was withdrawn")
        asked = _day(one["asked_at"])
        yield Step("consultation", asked, _day(one["made_at"]), one["agency"], words, url)


def _commented(row: Any) -> Iterator[Step]:
    url = reverse("draft.commitment", args=[row.plan.number, row.number])
    for one in row.round_rows:
        count = one["comments"] or 0
        words = (
            ngettext(
                "%(count)s comment on the draft of it",
                "%(count)s comments on the draft of it",
                count,
            )
            % {"count": count}
            if count
            else _("The draft was open to comments; none was on this commitment")
        )
        yield Step(
            "comments",
            _day(one["opens_at"]),
            _day(one["closes_at"]),
            PUBLIC,
            words,
            f"{url}?round={one['number']}" if count else "",
        )
    for told in row.answer_rows:
        words = _(
            "Comments on it answered: %(count)s; texts changed because of them: %(changed)s"
        ) % {
            "count": told["count"],
            "changed": told["changed"],
        }
        day = _day(told["at"])
        yield Step("answers", day, day, SECRETARIAT, words, url)


def _decided(row: Any) -> Iterator[Step]:
    for one in row.ballot_rows:
        plan = one["decides"].startswith("plan:")
        asked = _("Vote on the plan") if plan else _("Vote on the plan’s direction")
        words = f"{asked}: {OUTCOMES[one['outcome']]}"
        url = reverse("ballot.round", args=[one["address"], one["round"]])
        yield Step("vote", _day(one["opened_at"]), _day(one["closed_at"]), FORUM, words, url)
    for one in row.edition_rows:
        day = _day(one["published_at"])
        words = _("Published in edition %(number)s of the plan") % {"number": one["number"]}
        url = reverse("plan", args=[row.plan.number])
        yield Step("published", day, day, FORUM, words, url)


def _day(at: datetime | None) -> str | None:
    return timezone.localdate(at).isoformat() if at else None
