"""The list of a plan's proposals, with its call; and their short addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.calls.models import Proposal
from madang.calls.pages.data import (
    FOR_THE_LIST,
    NO,
    NONE,
    PAGE,
    YES,
    Facets,
    call_data,
    chosen_rows,
    fates,
    find_plan,
    overdue,
    plan_head,
    row_data,
)
from madang.calls.reading import call_of
from madang.calls.rules.limits import LIMITS
from madang.calls.rules.proposing import ANSWER_PUBLIC, one_line
from madang.calls.rules.replying import days_over
from madang.calls.rules.words import CallStatus, ProposalState
from madang.calls.words import (
    CALL_STATES,
    CHANNELS,
    HIDDEN_FOR,
    LIMIT_WORDS,
    NOT_IN_PLAN,
    OUTCOME_WORDS,
    STATES,
)
from madang.foundation.answers import Table, answer, asked, said
from madang.foundation.paging import page_asked, pages_around, query_of
from madang.foundation.streams import long_csv, long_json
from madang.planning.models import Plan

LONGEST_SEARCH = 100


def proposals(request: Any, number: int, twin: str) -> Any:
    """All proposals of a plan, what everyone may read of each, and what became of it."""
    plan = find_plan(number, among=FOR_THE_LIST)
    areas = {str(area["position"] + 1): area for area in plan.area_rows}
    facets = Facets(plan)
    groups = {str(one["number"]): one for one in plan.group_rows}
    chosen = _chosen(request, facets, set(areas), set(groups))
    keys = {place: area["pk"] for place, area in areas.items()}
    rows = chosen_rows(plan, chosen, keys)
    if twin == "json":
        return _as_json(request, plan, rows)
    if twin == "csv":
        return _as_table(request, plan, rows)
    count = rows.count() if "q" in chosen else facets.count(chosen, keys)
    return _page(request, plan, facets, areas, chosen, rows, count)


def _chosen(
    request: HttpRequest, facets: Facets, areas: set[str], groups: set[str]
) -> dict[str, str]:
    """The filters asked for; the words of a search are anyone's, and a page is a number.

    Raises NotValid: web.unknown_value, web.unknown_key.
    """
    free: dict[str, list[str]] = {key: [request.GET.get(key, "")] for key in ("q", "page")}
    allowed: dict[str, list[str]] = {
        "area": [*areas, NONE],
        "outcome": list(OUTCOME_WORDS),
        "state": list(ProposalState),
        "source": [*facets.sources, *CHANNELS],
        "group": [*groups, NONE],
        "sorted": [YES, NO],
        **free,
    }
    found = asked(request, allowed)
    if "q" in found:
        found["q"] = one_line(found["q"])[:LONGEST_SEARCH]
    return {key: value for key, value in found.items() if value}


def _page(
    request: Any,
    plan: Any,
    facets: Facets,
    areas: Any,
    chosen: dict[str, str],
    rows: Any,
    count: int,
) -> HttpResponse:
    page, last = page_asked(chosen.pop("page", "1"), count, PAGE)
    shown = rows.select_related("area").defer("text", "features")[(page - 1) * PAGE : page * PAGE]
    call = call_of(plan)
    today = timezone.localdate(request.at)
    late = overdue(plan, facets, today.isoformat())
    closing = timezone.localdate(call.closes_at) if call else today
    return render(
        request,
        "calls/proposals.html",
        {
            "plan": plan_head(plan),
            "call": call_data(call),
            "call_state": CALL_STATES[CallStatus(call.status)] if call else "",
            "days_left": (closing - today).days,
            "days_over": days_over(call.answer_by, today.isoformat()) if call else 0,
            "overdue": late,
            "in_time": facets.waiting - late,
            "all": facets.all,
            "to_answer": facets.to_answer,
            "answered": facets.to_answer - facets.waiting,
            "count": count,
            "rows": [_shown(row, plan) for row in shown],
            "filters": _filters(plan, facets, areas, chosen),
            "chosen": chosen,
            "q": chosen.get("q", ""),
            "page": page,
            "last": last,
            "pages": pages_around(page, last, chosen),
            "query": query_of(chosen),
        },
    )


def _shown(row: Proposal, plan: Plan) -> dict[str, Any]:
    data = row_data(row, plan)
    return {
        **data,
        "state_words": STATES[ProposalState(row.state)],
        "outcome_words": OUTCOME_WORDS[data["outcome"]],
        "source_words": CHANNELS.get(data["source"], data["source"]),
    }


def _filters(plan: Any, facets: Facets, areas: Any, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The filters with their counts, each a link that adds itself or takes itself away."""
    by_area = [
        (place, said(area["text"]), facets.areas[area["pk"]]) for place, area in areas.items()
    ]
    if areas:
        by_area.append((NONE, _("no area given"), facets.areas[None]))
    offered: dict[str, tuple[str, list[tuple[str, Any, int]]]] = {
        "outcome": (
            _("What became of it"),
            [(key, words, facets.outcomes[key]) for key, words in OUTCOME_WORDS.items()],
        ),
        "area": (_("Area"), by_area),
        "source": (
            _("How it came"),
            [(key, CHANNELS.get(key, key), n) for key, n in facets.sources.most_common(12)],
        ),
        "state": (_("State"), [(key, STATES[key], facets.states[key]) for key in STATES]),
    }
    if plan.group_rows:
        by_group = [
            (str(one["number"]), said(one["name"]), facets.groups[str(one["number"])])
            for one in plan.group_rows
        ]
        by_group.append((NONE, _("in no group yet"), facets.groups[NONE]))
        whether = {YES: _("sorted by a group"), NO: _("not sorted yet")}
        offered["group"] = (_("Group"), by_group)
        offered["sorted"] = (
            _("Sorting"),
            [(key, words, facets.sorted[key]) for key, words in whether.items()],
        )
    return [
        {
            "name": name,
            "words": words,
            "choices": [
                {
                    "words": label,
                    "count": count,
                    "current": chosen.get(name) == key,
                    "query": query_of({**chosen, name: "" if chosen.get(name) == key else key}),
                }
                for key, label, count in choices
                if count or chosen.get(name) == key
            ],
        }
        for name, (words, choices) in offered.items()
    ]


# --- to take away --------------------------------------------------------------------------------


def _as_json(request: Any, plan: Plan, rows: Any) -> Any:
    """Every proposal that the filters let through."""
    head = {"plan": plan_head(plan), "call": call_data(call_of(plan))}
    return long_json(request, head, "proposals", fates(rows, plan))


def _as_table(request: Any, plan: Plan, rows: Any) -> Any:
    headings = [
        _("Number"),
        _("Title"),
        _("State"),
        _("Area"),
        _("How it came"),
        _("Number there"),
        _("Proposed on"),
        _("Received on"),
        _("What became of it"),
        _("Reason"),
        _("Answered on"),
        _("Address"),
        _("Text"),
    ]
    told = ([_fate_row(one) for one in piece] for piece in fates(rows, plan))
    return long_csv(request, f"plan-{plan.number}-proposals", headings, told)


def _fate_row(one: dict[str, Any]) -> list[Any]:
    answered = timezone.localdate(one["answered_at"]).isoformat() if one["answered_at"] else ""
    return [
        one["label"],
        one["title"],
        STATES[one["state"]],
        said(one["area"]),
        CHANNELS.get(one["source"], one["source"]),
        one["outside_number"],
        one["proposed_on"],
        one["received"],
        OUTCOME_WORDS[one["outcome"]],
        NOT_IN_PLAN.get(one["reason"], ""),
        answered,
        one["url"],
        one["text"],
    ]


def policy(request: HttpRequest, twin: str) -> HttpResponse:
    """The policy of moderation, with the figures that the software keeps to."""
    limits = [
        {
            "what": words,
            "most": LIMITS[name].most,
            "hours": int(LIMITS[name].within.total_seconds() // 3600),
            "since": LIMITS[name].since,
        }
        for name, words in LIMIT_WORDS.items()
    ]
    data = {"hidden_for": HIDDEN_FOR, "limits": limits}

    def table() -> Table:
        headings = [_("What"), _("At most"), _("Hours"), _("In force since")]
        return Table("moderation", headings, [list(limit.values()) for limit in limits])

    extra = {"days": ANSWER_PUBLIC}
    return answer(request, twin, "web/proposals_policy.html", data, table=table, extra=extra)


# --- addresses -----------------------------------------------------------------------------------


def short(request: HttpRequest, plan: int, number: int) -> HttpResponse:
    """`/p/5-0412`: the address that is spoken and printed."""
    return HttpResponsePermanentRedirect(reverse("proposal", args=[plan, number]))
