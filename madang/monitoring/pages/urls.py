"""What became of the promises: a commitment's page, a plan's progress, agencies."""

from django.urls import path

from madang.foundation.addresses import twinned
from madang.monitoring.pages import agencies, assessments, commitment, feeds, progress, promised

BOTH = ("json", "csv")

urlpatterns = [
    *twinned(
        "plans/<number:number>/commitments/<number:commitment>",
        commitment.commitment,
        "commitment",
        ("json", "csv", "svg"),
    ),
    *twinned(
        "plans/<number:number>/progress",
        progress.progress,
        "plan.progress",
        ("json", "csv", "svg"),
    ),
    *twinned(
        "plans/<number:number>/promised-done-changed", promised.promised, "plan.promised", BOTH
    ),
    path("plans/<number:number>/progress.ics", feeds.plan_calendar, name="plan.calendar"),
    path("plans/<number:number>/progress.atom", feeds.plan_feed, name="plan.feed"),
    path(
        "plans/<number:number>/commitments/<number:commitment>.ics",
        feeds.commitment_calendar,
        name="commitment.calendar",
    ),
    path(
        "plans/<number:number>/commitments/<number:commitment>.atom",
        feeds.commitment_feed,
        name="commitment.feed",
    ),
    *twinned(
        "plans/<number:number>/assessments", assessments.assessments, "plan.assessments", BOTH
    ),
    *twinned(
        "plans/<number:number>/assessments/<number:assessment>",
        assessments.assessment,
        "plan.assessment",
    ),
    *twinned("plans/side-by-side", promised.side_by_side, "plans.side", BOTH),
    *twinned("agencies", agencies.agencies, "agencies", BOTH),
    *twinned("agencies/<slug:slug>", agencies.agency, "agency", BOTH),
]
