"""The draft of a plan as it was put before the public: its texts, the comments, what changed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from madang.calls.words import CHANNELS, HIDDEN_FOR
from madang.consultation.comment_words import COMMENT_STATES, FATE_WORDS, STEPS
from madang.consultation.comments import SEEN, title_of
from madang.consultation.models import Comment
from madang.consultation.pages import data as shapes
from madang.consultation.rules.commenting import FROM, CommentState, RoundStatus
from madang.drafting.rules.draft import TEMPLATE
from madang.drafting.words import PARTS
from madang.foundation.answers import Table, answer, asked, said
from madang.foundation.refusals import NotFound
from madang.foundation.streams import long_csv, long_json, pieces

SHOWN, CAUSES = 15, 8
"""How many comments stand on one page, and how many behind a change; data and tables have all."""


def draft(request: Any, number: int, twin: str) -> HttpResponse:
    """The whole draft in lines, with its window; `?round=1` shows an earlier one."""
    found, rounds = _round(request, number)
    texts = shapes.Texts(found)
    tally = shapes.Tally(Comment.objects.filter(round=found))
    data = {
        "plan": shapes.draft_head(found),
        "round": shapes.round_data(found),
        "rounds": [one.number for one in rounds],
        "texts": [
            {
                **shapes.text_line(texts, one, number),
                "comments": tally.by_commitment.get(one, 0),
            }
            for one in texts.numbers
        ],
        "comments": {**tally.data(), "on_the_whole": tally.by_commitment.get(None, 0)},
    }

    def table() -> Table:
        headings = [_("Number"), _("Title"), _("Version"), _("Changed to"), _("Comments")]
        keys = ("number", "title", "version", "changed_to", "comments")
        rows = [[_cell(line[key]) for key in keys] for line in data["texts"]]
        return Table(f"plan-{number}-draft", headings, rows)

    extra = {
        **_window(request, found),
        "fates": _fates(tally, number),
        "changed": any(line["changed_to"] for line in data["texts"]),
        "twin_list": ("json", "csv"),
    }
    return answer(
        request,
        twin,
        "consultation/draft.html",
        data,
        table=table,
        filters=("round",),
        extra=extra,
    )


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else said(value)


def _round(request: HttpRequest, number: int) -> tuple[Any, list[Any]]:
    """The round asked for, the newest else, and all of the plan's."""
    rounds = shapes.find_rounds(number)
    chosen = asked(request, {"round": [str(one.number) for one in rounds]})
    wanted = chosen.get("round", str(rounds[0].number))
    return next(one for one in rounds if str(one.number) == wanted), rounds


def _window(request: Any, found: Any, on: int | None = None) -> dict[str, Any]:
    say = reverse("draft.say", args=[found.plan.number])
    closing = timezone.localdate(found.closes_at)
    today = timezone.localdate(request.at)
    return {
        "say": f"{say}?on={on}" if on else say,
        # What the clock has not closed yet is closed to the form; the page says what was said last.
        "running": found.status == RoundStatus.OPEN,
        "days_left": (closing - today).days,
        "overdue": found.answer_by < today.isoformat(),
    }


def _fates(tally: shapes.Tally, number: int) -> list[dict[str, Any]]:
    list_of = reverse("draft.comments", args=[number])
    return [
        {"words": words, "count": tally.fates[fate], "url": f"{list_of}?fate={fate}"}
        for fate, words in FATE_WORDS.items()
        if tally.fates[fate]
    ]


# --- one commitment ------------------------------------------------------------------------------


def commitment(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """A commitment as the public reads it, what changed because of which comment, the comments."""
    found, _rounds = _round(request, number)
    texts = shapes.Texts(found, commitment)
    if commitment not in texts.numbers:
        nearest = [reverse("draft", args=[number])]
        raise NotFound("consultation.comment_no_text", number=commitment, nearest=nearest)
    because = Q(answer__published_at__isnull=False, answer__version__commitment__number=commitment)
    rows = shapes.COMMENTS.filter(because | Q(commitment__number=commitment), round=found)
    told = [shapes.comment_data(row) for row in rows.order_by("-number")]
    changed = texts.changed.get(commitment)
    data = {
        "plan": shapes.draft_head(found),
        "round": shapes.round_data(found),
        "number": commitment,
        **shapes.text_data(texts.newest(commitment), found.vision_rows),
        "first_version": texts.first[commitment].number if commitment in texts.first else None,
        "changes": shapes.what_changed(texts.first.get(commitment), changed),
        "because_of": [
            one["number"]
            for one in reversed(told)
            if one["answer"]
            and one["answer"]["changed"]
            and one["answer"]["changed"]["commitment"] == commitment
        ],
        "comments": [one for one in told if one["commitment"] == commitment],
        "url": reverse("draft.commitment", args=[number, commitment]),
    }
    shown = data["comments"][:SHOWN]
    by_number = {one["number"]: one for one in told}
    extra = {
        **_window(request, found, commitment),
        "answers": [
            {"label": PARTS[key], "text": data["template"][key]}
            for key in TEMPLATE
            if key in data["template"]
        ],
        "changed": changed,
        "causes": [for_page(by_number[one]) for one in data["because_of"][:CAUSES]],
        "more_causes": len(data["because_of"]) > CAUSES,
        "shown": [for_page(one) for one in shown],
        "count": len(data["comments"]),
        "more": len(data["comments"]) > SHOWN,
        "twin_list": ("json", "csv"),
    }

    def table() -> Table:
        headings = [_("Milestone"), _("Title"), _("Output"), _("From"), _("Due"), _("Agency")]
        rows = [
            [
                step["label"],
                *(said(step[key]) for key in ("title", "output")),
                *(step[key] for key in ("from", "due")),
                said(step["agency"]["name"]) if step["agency"] else None,
            ]
            for step in data["milestones"]
        ]
        return Table(f"plan-{number}-draft-{commitment}", headings, rows)

    return answer(
        request,
        twin,
        "consultation/draft_commitment.html",
        data,
        table=table,
        filters=("round",),
        extra=extra,
    )


def for_page(one: dict[str, Any]) -> dict[str, Any]:
    """A comment with its words for the page."""
    return {
        **one,
        "fate_words": FATE_WORDS[one["fate"]],
        "state_words": COMMENT_STATES[one["state"]],
        "hidden_words": HIDDEN_FOR.get(one["hidden_for"] or "", ""),
    }


# --- all comments --------------------------------------------------------------------------------


def comments(request: Any, number: int, twin: str) -> Any:
    """Every comment on a plan's draft, and what became of each."""
    found = shapes.find_rounds(number)[0]
    rows = Comment.objects.filter(plan=found.plan)
    tally = shapes.Tally(rows)
    chosen = _chosen(request, tally)
    page = chosen.pop("page", "1")
    chosen_rows = _filtered(shapes.COMMENTS.filter(plan=found.plan), chosen)
    head: dict[str, Any] = {
        "plan": shapes.draft_head(found),
        "round": shapes.round_data(found),
        "totals": tally.data(),
    }
    if twin:
        return _long(request, number, twin, head, chosen_rows)
    count = _count(chosen, tally, chosen_rows)
    last = max(1, -(-count // SHOWN))
    at = max(1, min(int(page), last)) if page.isdecimal() and len(page) < 7 else 1
    lines = [shapes.comment_data(row) for row in chosen_rows[(at - 1) * SHOWN : at * SHOWN]]
    shown = {
        **head,
        "comments": lines,
        **_window(request, found),
        "shown": [for_page(one) for one in lines],
        "count": count,
        "chosen": chosen,
        "groups": _groups(tally, chosen),
        "pages": [
            {"number": n, "query": urlencode({**chosen, "page": n})}
            for n in sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)})
        ],
        "page": at,
        "last": last,
        "twin_list": ("json", "csv"),
    }
    return render(request, "consultation/comments.html", shown)


def _long(request: HttpRequest, number: int, twin: str, head: dict[str, Any], rows: Any) -> Any:
    """All comments that the filters let through, as data or as a table."""
    told = ([shapes.comment_data(row) for row in piece] for piece in pieces(rows, "number"))
    if twin == "json":
        return long_json(request, head, "comments", told)
    headings = [
        *(_("Number"), _("Commitment"), _("State"), _("Received on"), _("Comment")),
        *(_("What became of it"), _("Reason"), _("Changed to"), _("Answered on")),
        _("Address"),
    ]
    lines = ([_row(one) for one in piece] for piece in told)
    return long_csv(request, f"plan-{number}-comments", headings, lines)


def _chosen(request: HttpRequest, tally: shapes.Tally) -> dict[str, str]:
    allowed: Mapping[str, list[str]] = {
        "commitment": ["whole", *(str(one) for one in tally.by_commitment if one)],
        "fate": list(FATE_WORDS),
        "page": [request.GET.get("page", "")],
    }
    return {key: value for key, value in asked(request, allowed).items() if value}


def _filtered(rows: Any, chosen: dict[str, str]) -> Any:
    if place := chosen.get("commitment"):
        whole = place == "whole"
        rows = rows.filter(commitment=None) if whole else rows.filter(commitment__number=int(place))
    if fate := chosen.get("fate"):
        known, gone = {"answer__published_at__isnull": False}, {"state": CommentState.WITHDRAWN}
        match fate:
            case "waiting":
                rows = rows.exclude(**known).exclude(**gone)
            case "withdrawn":
                rows = rows.filter(**gone)
            case _:
                rows = rows.filter(answer__fate=fate, **known)
    return rows.order_by("-number")


def _count(chosen: dict[str, str], tally: shapes.Tally, rows: Any) -> int:
    if not chosen:
        return tally.all
    if set(chosen) == {"fate"}:
        return tally.fates[chosen["fate"]]
    if set(chosen) == {"commitment"}:
        place = chosen["commitment"]
        return tally.by_commitment.get(None if place == "whole" else int(place), 0)
    return int(rows.count())


def _groups(tally: shapes.Tally, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The filters with their counts, each a link that adds itself or takes itself away."""
    places: list[tuple[str, Any, int]] = [
        (
            str(one or "whole"),
            _("Commitment %(number)s") % {"number": one} if one else _("the whole draft"),
            n,
        )
        for one, n in sorted(tally.by_commitment.items(), key=lambda pair: pair[0] or 0)
    ]
    fates = [(fate, words, tally.fates[fate]) for fate, words in FATE_WORDS.items()]
    offered: dict[str, tuple[str, list[tuple[str, Any, int]]]] = {
        "fate": (_("What became of it"), fates),
        "commitment": (_("About"), places),
    }
    return [
        {
            "name": name,
            "words": words,
            "choices": [
                {
                    "words": label,
                    "count": count,
                    "current": chosen.get(name) == key,
                    "query": _query({**chosen, name: "" if chosen.get(name) == key else key}),
                }
                for key, label, count in choices
                if count or chosen.get(name) == key
            ],
        }
        for name, (words, choices) in offered.items()
    ]


def _query(chosen: dict[str, Any]) -> str:
    return urlencode({key: value for key, value in chosen.items() if value})


def _row(one: dict[str, Any]) -> list[Any]:
    told = one["answer"]
    changed = told["changed"] if told else None
    return [
        one["label"],
        one["commitment"] or _("the whole draft"),
        COMMENT_STATES[one["state"]],
        one["received"],
        one["text"],
        FATE_WORDS[one["fate"]],
        said(told["reason"]) if told else "",
        f"{changed['commitment']}, {changed['version']}" if changed else "",
        timezone.localdate(told["published_at"]).isoformat() if told else "",
        one["url"],
    ]


# --- one comment ---------------------------------------------------------------------------------


def comment(request: Any, number: int, comment: int, twin: str) -> HttpResponse:
    """A comment with its answer; right after sending also the receipt."""
    rows = shapes.WITH_STEPS.filter(plan__number=number, number=comment)
    row = rows.select_related("round").first()
    if row is None or row.plan.is_hidden or row.plan.withdrawn_at:
        raise NotFound("consultation.comment_no_comment", label=f"{number}-{comment}", nearest=[])
    data = {
        **shapes.comment_data(row),
        "plan": {**shapes.draft_head(row.round)},
        "answer_by": row.round.answer_by,
        "title": title_of(row.version) if row.version else None,
        "steps": shapes.steps_of(row),
        "earlier": shapes.earlier_of(row),
    }
    extra = {
        "one": for_page(data),
        "way": [
            {**step, "words": STEPS[step["key"]], "why": HIDDEN_FOR.get(step["reason"] or "", "")}
            for step in data["steps"]
        ],
        "receipt": "receipt" in request.GET,
        "running": row.round.status == RoundStatus.OPEN,
        "is_own": data["answer"] is None and row.state in FROM["withdraw"],
        "came_by": CHANNELS[row.channel] if row.said_on else "",
        "seen": row.round.status in SEEN,
        "twin_list": ("json",),
    }
    return answer(request, twin, "consultation/comment.html", data, extra=extra)
