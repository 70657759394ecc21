"""The proposals behind a practice forum's first plan: brought over from a list, and answered."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

import yaml

from madang.calls.actions.answer import publish_replies, write_replies
from madang.calls.actions.import_proposals import import_proposals
from madang.calls.actions.record_call import record_call
from madang.calls.importing import read_list
from madang.calls.models import Proposal
from madang.calls.rules.importing import SHAPE
from madang.calls.rules.replying import Answer, Draft
from madang.calls.rules.window import CallText
from madang.config.commands.demo import forum_file
from madang.config.days import on
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.planning.models import Plan

BROUGHT = -39
"""Days from today: the day after the forum was opened here."""
PLATFORM = "가온시 누리집"
OPENED, CLOSED, ANSWERED_BY = "2025-08-04", "2025-08-31", "2025-12-12"
"""The days of the call, as the plan's timeline has them, and of the decision."""
CRITERIA = (
    Text({"ko": "여러 사람에게 도움이 되는가", "en": "Does it help many people?"}),
    Text({"ko": "정보를 열거나 함께 정하게 하는가", "en": "Does it open or share decisions?"}),
    Text({"ko": "두 해 안에 시가 할 수 있는가", "en": "Can the city do it in two years?"}),
)
CHANNELS = {"paper": "종이", "telephone": "전화", "workshop": "워크숍"}


def bring_over(by: Actor, here: datetime) -> None:
    """Record the first plan's call and take its proposals over."""
    told = read_example()
    plan = Plan.objects.get(number=int(told["plan"]))
    at = on(here, BROUGHT, time(10))
    record_call(plan, text=_call(here), by=by, at=at)
    content = as_list(told["proposals"])
    lines = read_list(plan, content)
    digest = sha256(content).hexdigest()
    import_proposals(
        plan, lines=lines, file=digest, rows=len(lines), by=by, at=at + timedelta(minutes=20)
    )


def answer(by: Actor, here: datetime) -> None:
    """Answer the proposals that were brought over, and publish all answers on one day."""
    told = read_example()
    plan = Plan.objects.get(number=int(told["plan"]))
    at = on(here, BROUGHT, time(13))
    write_replies(plan, drafts=_drafts(plan, told), by=by, at=at)
    publish_replies(plan, by=by, at=at + timedelta(hours=2))


def read_example() -> dict[str, Any]:
    """What the file of the example says; all of it as text, `on` and numbers too."""
    content = forum_file("practice-proposals").read_text("utf-8")
    told: dict[str, Any] = yaml.load(content, Loader=yaml.BaseLoader)
    return told


def as_list(proposals: Iterable[dict[str, Any]]) -> bytes:
    """The proposals as an official's list: CSV as Excel in Korea writes it."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    columns = (
        "outside_number",
        "title",
        "text",
        "name",
        "email",
        "area",
        "proposed_on",
        "language",
    )
    sheet.writerow([SHAPE.headings[key] for key in (*columns, "platform", "channel")])
    for number, one in enumerate(proposals, 1):
        here = one["channel"] == "form"
        sheet.writerow(
            [
                f"2025-{number:03d}",
                one["title"],
                one["text"],
                one["name"],
                one.get("email", ""),
                one["area"],
                one["on"],
                one["language"],
                PLATFORM if here else "",
                CHANNELS.get(one["channel"], ""),
            ]
        )
    return out.getvalue().encode("utf-8")


def _drafts(plan: Plan, told: dict[str, Any]) -> list[Draft]:
    answers = {one["number"]: _answer(plan, one) for one in told["candidates"]}
    numbers = dict(Proposal.objects.filter(plan=plan).values_list("outside_number", "number"))
    return [
        Draft(numbers[f"2025-{n:03d}"], answers[one["candidate"]], one.get("line", ""))
        for n, one in enumerate(told["proposals"], 1)
    ]


def _answer(plan: Plan, one: dict[str, Any]) -> Answer:
    commitment = one.get("commitment")
    return Answer(
        outcome=one["outcome"],
        reason=one.get("reason"),
        text=Text(one["reply"]),
        agency=one["body"],
        place=(one.get("place") or {}).get("ko", ""),
        subject=f"commitment:{plan.number}-{commitment}" if commitment else "",
    )


def _call(here: datetime) -> CallText:
    return CallText(
        opens_at=_at(here, OPENED, time(9)),
        closes_at=_at(here, CLOSED, time(18)),
        answer_by=ANSWERED_BY,
        criteria=list(CRITERIA),
        languages=["ko", "en"],
    )


def _at(here: datetime, day: str, hour: time) -> datetime:
    there = datetime.combine(datetime.fromisoformat(day), hour, here.tzinfo)
    return there.astimezone(UTC)
