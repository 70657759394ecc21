"""What is still open about a plan's texts when they are put before the forum. It tells and never blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.consultation.comment_words import WAITING
from madang.consultation.comments import SEEN
from madang.consultation.models import Asked, Comment, CommentRound
from madang.consultation.reading import places
from madang.consultation.rules.commenting import CommentState, RoundStatus
from madang.drafting.models import Suggestion
from madang.drafting.rules.quality import findings
from madang.drafting.versions import commitments_of
from madang.drafting.wordings import parts_of
from madang.letters.texts import spell_moment
from madang.members.models import Forum
from madang.planning.models import Plan


@dataclass(frozen=True)
class StillOpen:
    """One thing that is still open: its sentence, and where its rows stand, each with its count."""

    words: str
    rows: list[tuple[str | Promise, str]] = field(default_factory=list)


def still_open(plan: Plan, at: datetime) -> list[StillOpen]:
    """What a co-chair had better know before the texts are fixed."""
    return [*_windows(plan), *_suggestions(plan), *_comments(plan), *_owed(plan, at), *_words(plan)]


def _windows(plan: Plan) -> Iterator[StillOpen]:
    going = CommentRound.objects.filter(
        plan=plan, status__in=(RoundStatus.ANNOUNCED, RoundStatus.OPEN)
    )
    for found in going:
        words = (
            _("The draft is open to comments until %(moment)s")
            if found.status == RoundStatus.OPEN
            else _("The draft is announced to be open to comments, until %(moment)s")
        )
        moment = spell_moment(found.closes_at)
        yield StillOpen(words % {"moment": moment}, [(_("The draft"), _to("draft", plan.number))])


def _suggestions(plan: Plan) -> Iterator[StillOpen]:
    rows = Suggestion.objects.filter(
        commitment__plan=plan, commitment__withdrawn_at=None, fate=None
    )
    counts = rows.order_by("commitment__number").values_list("commitment__number")
    found = list(counts.annotate(count=Count("pk")))
    if all_of := sum(count for _number, count in found):
        words = ngettext(
            "%(count)s suggestion to a text is not answered",
            "%(count)s suggestions to texts are not answered",
            all_of,
        )
        yield StillOpen(
            words % {"count": all_of},
            [
                (_named(number, count), _to("desk.draft", plan.number, number) + "#suggestions")
                for number, count in found
            ],
        )


def _comments(plan: Plan) -> Iterator[StillOpen]:
    rows = Comment.objects.filter(plan=plan, round__status__in=SEEN)
    rows = rows.exclude(answer__published_at__isnull=False).exclude(state=CommentState.WITHDRAWN)
    if count := rows.count():
        words = ngettext(
            "%(count)s comment on the draft is not answered",
            "%(count)s comments on the draft are not answered",
            count,
        )
        url = _to("draft.comments", plan.number) + f"?fate={WAITING}"
        yield StillOpen(words % {"count": count}, [(_("The comments"), url)])


def _owed(plan: Plan, at: datetime) -> Iterator[StillOpen]:
    asked = Asked.objects.filter(request__plan=plan, commitment__withdrawn_at=None)
    owing = {one.asked.agency_id for one in places(asked, at) if one.is_owed}
    if owing:
        words = ngettext(
            "%(count)s agency has not said what it thinks",
            "%(count)s agencies have not said what they think",
            len(owing),
        )
        url = _to("consultation", plan.number)
        yield StillOpen(words % {"count": len(owing)}, [(_("Consulting the agencies"), url)])


def _words(plan: Plan) -> Iterator[StillOpen]:
    spoken = Forum.objects.get(pk=1).languages or [key for key, _name in settings.LANGUAGES]
    found = {}
    for row in commitments_of(plan):
        for one in findings(parts_of(row), spoken):
            if one.criterion.key == "translated" and one.facts["missing"]:
                found[row.number] = len(one.facts["missing"])
    if all_of := sum(found.values()):
        words = ngettext(
            "%(count)s passage is not translated", "%(count)s passages are not translated", all_of
        )
        yield StillOpen(
            words % {"count": all_of},
            [
                (_named(number, count), _to("desk.draft", plan.number, number) + "#checklist")
                for number, count in found.items()
            ],
        )


def _named(number: int, count: int) -> str:
    return _("Commitment %(number)s (%(count)s)") % {"number": number, "count": count}


def _to(route: str, *args: int) -> str:
    return reverse(route, args=args)
