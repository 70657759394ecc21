"""Ballots."""

from django.urls import path

from madang.ballots.pages import ballots, decision
from madang.foundation.addresses import twinned

urlpatterns = [
    *twinned("meetings/<slug:address>/ballot", ballots.ballot, "ballot", ("json", "csv")),
    path(
        "meetings/<slug:address>/ballot/decision-<slug:language>.pdf",
        decision.decision,
        name="ballot.decision",
    ),
    *twinned(
        "meetings/<slug:address>/ballot/<number:round>",
        ballots.ballot,
        "ballot.round",
        ("json", "csv"),
    ),
    path(
        "meetings/<slug:address>/ballot/<number:round>/decision-<slug:language>.pdf",
        decision.decision,
        name="ballot.round.decision",
    ),
]
