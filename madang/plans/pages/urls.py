"""Plans, commitments and their short addresses."""

from django.urls import path

from madang.foundation.addresses import twinned
from madang.plans.pages import (
    came,
    changes,
    heard,
    history,
    plans,
    short,
    threads,
    written,
)

urlpatterns = [
    *twinned("plans", plans.plans, "plans", ("json", "csv")),
    *twinned("plans/<number:number>", plans.plan, "plan", ("json", "csv")),
    *twinned("plans/<number:number>/timeline", plans.timeline, "plan.timeline", ("json", "csv")),
    *twinned(
        "plans/<number:number>/how-it-was-made", plans.made, "plan.made", ("json", "csv", "svg")
    ),
    *twinned("plans/<number:number>/co-creation", heard.heard, "plan.heard", ("json", "csv")),
    path("plans/<number:number>/how-it-was-made/fates.csv", threads.fates, name="plan.fates"),
    path("plans/<number:number>/plan-<slug:language>.pdf", plans.paper, name="plan.paper"),
    *twinned(
        "plans/<number:number>/commitments", plans.commitments, "commitments", ("json", "csv")
    ),
    *twinned(
        "plans/<number:number>/commitments/<number:commitment>/proposals",
        threads.proposals,
        "commitment.proposals",
        ("json", "csv"),
    ),
    *twinned(
        "plans/<number:number>/commitments/<number:commitment>/history",
        history.history,
        "commitment.history",
        ("json", "csv"),
    ),
    *twinned(
        "plans/<number:number>/commitments/<number:commitment>/how-it-came-to-be",
        came.came,
        "commitment.came",
        ("json", "csv"),
    ),
    *twinned(
        "plans/<number:number>/draft/<number:commitment>/history",
        history.history,
        "draft.history",
        ("json", "csv"),
    ),
    *twinned(
        "plans/<number:number>/draft/<number:commitment>/suggestions",
        written.suggestions,
        "draft.suggestions",
        ("json", "csv"),
    ),
    path(
        "plans/<number:number>/commitments/<label:label>/",
        short.part,
        name="commitment.part",
    ),
    *twinned("plans/<number:number>/changes", changes.changes, "plan.changes", ("json", "csv")),
    *twinned("plans/<number:number>/changes/<number:change>", changes.change, "plan.change"),
    path("ogp/<slug:value>", short.identifier, name="ogp"),
    path("c/<number:plan>-<label:label>", short.commitment, name="short.commitment"),
]
