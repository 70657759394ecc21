"""Enter what the independent reviewer found of a commitment, with the report and the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max

from madang.drafting.models import Commitment, SubCommitment
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.models import Source
from madang.monitoring.models import ReviewCode
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.reviewing import VALUES, check_codes, check_note, check_report
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True)
class Report:
    """A report of the reviewer, as it is cited: `page` is where the results stand in it."""

    title: Text
    url: str
    page: str
    dated: str


@dataclass(frozen=True, kw_only=True)
class ReviewEntered(Event):
    """The independent reviewer's results of a commitment were entered; `before` are those replaced."""

    KIND: ClassVar[str] = "review.entered"

    part: str
    codes: dict[str, str]
    before: dict[str, str]
    report: str
    page: str


@action("review.enter", may=MAY)
def enter_review(
    commitment: Commitment,
    *,
    codes: Mapping[str, str],
    report: Report,
    note: Text,
    part: str = "",
    by: Actor,
    at: datetime,
) -> ReviewEntered:
    """Enter the reviewer's results in the reviewer's own words. One entered before is replaced.

    `note` goes with the early results, or with the first of them where there are none.

    Raises NotNow: monitoring.plan_not_decided. Raises NotValid: monitoring.no_part, and what
    `check_codes`, `check_report` and `check_note` raise.
    """
    if commitment.plan.is_draft or commitment.plan.withdrawn_at or commitment.withdrawn_at:
        raise NotNow("monitoring.plan_not_decided")
    check_codes(codes)
    check_report(report.title.words.values(), report.url, report.page, report.dated)
    check_note(note.words.values())
    sub = SubCommitment.objects.filter(commitment=commitment, label=part).first() if part else None
    if part and sub is None:
        raise NotValid("monitoring.no_part", field="part")
    rows = ReviewCode.objects.filter(commitment=commitment, sub_commitment=sub)
    before = dict(rows.filter(measure__in=codes).values_list("measure", "value"))
    source = _cited(commitment, report)
    noted = "early_results" if "early_results" in codes else next(iter(codes))
    for measure, value in codes.items():
        rows.update_or_create(
            measure=measure,
            defaults={
                "commitment": commitment,
                "sub_commitment": sub,
                "value": value,
                "text": note if note and measure == noted else None,
                "source": source,
                "position": list(VALUES).index(measure),
            },
        )
    return ReviewEntered(
        about=commitment.ref,
        part=part,
        codes=dict(codes),
        before=before,
        report=report.url,
        page=report.page,
    )


def _cited(commitment: Commitment, report: Report) -> Source:
    """The report as a source: the same page of the same report is one."""
    note = Text({"ko": f"{report.page}쪽", "en": f"p. {report.page}"})
    same = Source.objects.filter(url=report.url, dated=report.dated)
    for one in same:
        if (one.title, one.note) == (report.title, note):
            return one
    prefix = f"review-{commitment.plan.number}-{commitment.number}"
    count = Source.objects.filter(key__startswith=f"{prefix}-").count()
    last = Source.objects.aggregate(most=Max("position"))["most"] or 0
    return Source.objects.create(
        key=f"{prefix}-{count + 1}",
        title=report.title,
        url=report.url,
        dated=report.dated,
        note=note,
        position=last + 1,
    )
