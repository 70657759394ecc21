"""Proposals, and their short addresses."""

from django.urls import path

from madang.calls.pages import proposals
from madang.foundation.addresses import twinned

urlpatterns = [
    *twinned("plans/<number:number>/proposals", proposals.proposals, "proposals", ("json", "csv")),
    path("about/moderation/", proposals.policy, name="moderation"),
    path("p/<number:plan>-<serial:number>", proposals.short, name="short.proposal"),
]
