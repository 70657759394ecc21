"""Proposals, and their short addresses."""

from django.urls import path

from madang.calls.pages import proposals
from madang.foundation.addresses import twinned

urlpatterns = [
    *twinned("plans/<number:number>/proposals", proposals.proposals, "proposals", ("json", "csv")),
    *twinned("about/moderation", proposals.policy, "moderation", ("json", "csv")),
    path("p/<number:plan>-<serial:number>", proposals.short, name="short.proposal"),
]
