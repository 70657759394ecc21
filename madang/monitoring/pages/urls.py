"""What became of the promises: a commitment's page, a plan's progress, agencies."""

from madang.foundation.addresses import twinned
from madang.monitoring.pages import agencies, commitment, progress, promised

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
    *twinned("plans/side-by-side", promised.side_by_side, "plans.side", BOTH),
    *twinned("agencies", agencies.agencies, "agencies", BOTH),
    *twinned("agencies/<slug:slug>", agencies.agency, "agency", BOTH),
]
