"""Short and outside addresses that lead to a commitment."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from madang.drafting.models import Identifier
from madang.foundation.refusals import NotFound
from madang.plans.pages import data as shapes


def identifier(request: HttpRequest, value: str) -> HttpResponse:
    """`/ogp/KR0056` leads to the commitment OGP knows by that name."""
    found = (
        Identifier.objects.filter(scheme="ogp", value=value.upper())
        .select_related("commitment__plan", "sub_commitment")
        .first()
    )
    if found is None or found.commitment.plan.is_draft:
        raise NotFound("plans.no_identifier", value=value, nearest=[reverse("plans")])
    row, sub = found.commitment, found.sub_commitment
    address = reverse("commitment", args=[row.plan.number, row.number])
    return HttpResponsePermanentRedirect(f"{address}#part-{sub.label}" if sub else address)


def commitment(request: HttpRequest, plan: int, label: str) -> HttpResponse:
    """`/c/5-6` and `/c/5-4.1`."""
    return _to_part(request, plan, label)


def part(request: HttpRequest, number: int, label: str) -> HttpResponse:
    """`/plans/5/commitments/4.1/`: a part stands on its commitment's page."""
    return _to_part(request, number, label)


def _to_part(request: Any, number: int, label: str) -> HttpResponse:
    row = shapes.find_commitment(number, int(label.split(".")[0]), request.actor)
    address = reverse("commitment", args=[number, row.number])
    return HttpResponsePermanentRedirect(f"{address}#part-{label}" if "." in label else address)
