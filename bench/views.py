"""Bare views: the same rows by plain queries, in the plainest template that shows them."""

import json
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from madang.drafting.models import Commitment
from madang.planning.models import Plan


def bare_list(request: HttpRequest, number: int) -> HttpResponse:
    plan = get_object_or_404(Plan, number=number)
    rows = Commitment.objects.filter(plan=plan).select_related("vision")
    rows = rows.prefetch_related("leads__agency", "sub_commitments", "identifiers")
    return render(request, "bench/list.html", {"plan": plan, "rows": rows})


def bare_detail(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    rows = Commitment.objects.select_related("plan", "vision").prefetch_related(
        *("leads__agency", "sub_commitments", "identifiers", "milestones__agency", "review_codes"),
        *("milestones__reports__evidence", "milestones__reports__opinions"),
        *("plan__reporting_periods", "changes", "handover_packs__document"),
    )
    row = get_object_or_404(rows, plan__number=number, number=commitment)
    return render(request, "bench/detail.html", {"row": row})


def bare_versions(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    rows = Commitment.objects.select_related("plan")
    row = get_object_or_404(rows, plan__number=number, number=commitment)
    versions = row.versions.values("number", "made_at", "office", "sha256")
    chosen = row.versions.filter(number__in=[request.GET["from"], request.GET["to"]])
    texts = [json.loads(bytes(one.text)) for one in chosen]
    shown = {"row": row, "versions": versions, "texts": texts}
    return render(request, "bench/versions.html", shown)


def kept(request: Any) -> HttpResponse:
    body = cache.get("bare")
    if body is None:
        body = b"x" * 12_000
        cache.set("bare", body)
    return HttpResponse(body)
