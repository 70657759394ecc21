"""What is read of comments on milestones and self-assessments by more than one."""

from django.db.models import Q, QuerySet

from madang.foundation.refusals import NotFound
from madang.monitoring.models import Assessment, Remark
from madang.monitoring.rules.words import CommentState


def unanswered(assessment: Assessment) -> QuerySet[Remark]:
    """The comments on a report that wait for a look, for a second person or for an answer."""
    rows = Remark.objects.filter(assessment=assessment)
    asked = Q(moderations__isnull=False, moderations__done_at=None)
    open_now = Q(state=CommentState.HELD) | Q(state=CommentState.PUBLIC, answered_at=None) | asked
    return rows.filter(open_now).distinct()


def find_remark(key: int) -> Remark:
    """Raises NotFound: monitoring.no_comment."""
    rows = Remark.objects.select_related("milestone__commitment__plan", "assessment__plan")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound("monitoring.no_comment")
    return found
