"""The comments on a practice forum's second plan: its draft put before the public, and answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import yaml

from madang.config.commands.demo import forum_file
from madang.config.days import Planned, on
from madang.consultation.actions.answer_comments import answer_comment, publish_comment_answers
from madang.consultation.actions.comment import send_comment
from madang.consultation.actions.comment_round import (
    announce_comments,
    close_comments,
    open_comments,
)
from madang.consultation.actions.moderate_comment import (
    ask_comment_hiding,
    confirm_comment_hiding,
)
from madang.consultation.models import Comment, CommentRound
from madang.consultation.rules.commenting import Answer, RoundText, Words
from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment
from madang.drafting.rules.draft import Draft, Step
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.foundation.actors import ANONYMOUS, CLOCK, Actor
from madang.foundation.texts import Text
from madang.planning.models import Plan

MORNING, EVENING = time(9), time(18)


def announce(by: Actor, here: datetime) -> None:
    """Announce when the second plan's draft is open to comments."""
    told = read_example()
    text = RoundText(
        opens_at=on(here, told["opens"], MORNING),
        closes_at=on(here, told["closes"], EVENING),
        answer_by=(here.date() + timedelta(days=told["answer_by"])).isoformat(),
        invitation=Text(told["invitation"]),
    )
    plan = Plan.objects.get(number=told["plan"])
    announce_comments(plan, text=text, by=by, at=on(here, told["announced"], time(17)))


def road(officers: list[Actor], here: datetime) -> Iterator[Planned]:
    """Open it, let citizens comment, close it, change what they changed, and answer them all."""
    told = read_example()
    found = CommentRound.objects.get(plan__number=told["plan"])
    at = found.opens_at + timedelta(seconds=5)
    yield at, partial(open_comments, found, by=CLOCK, at=at)
    for n, one in enumerate(told["comments"]):
        at = on(here, one["day"], time(one["hour"], 10 + n))
        yield at, partial(_send, found, one, n, officers, at)
    at = found.closes_at + timedelta(seconds=8)
    yield at, partial(close_comments, found, by=CLOCK, at=at)
    begins, by = on(here, told["answered"], time(10)), officers[0]
    for n, change in enumerate(told["changes"]):
        at = begins + timedelta(minutes=n)
        yield at, partial(_change, found.plan, change, by, at)
    for n, one in enumerate(told["comments"]):
        at = begins + timedelta(minutes=30 + n)
        yield at, partial(_answer, found, one, n + 1, by, at)
    at = begins + timedelta(hours=4)
    yield at, partial(publish_comment_answers, found, by=by, at=at)


def _send(
    found: CommentRound, one: dict[str, Any], n: int, officers: list[Actor], at: datetime
) -> None:
    words = Words(
        text=one["text"],
        language=one.get("language", "ko"),
        commitment=one.get("about"),
        name=one.get("name", ""),
    )
    email = f"reader{n + 1}@people.gaon.example"
    send_comment(found, words=words, email=email, nonce=f"rehearsed-{n}", by=ANONYMOUS, at=at)
    if reason := one.get("hidden"):
        row = Comment.objects.get(plan=found.plan, number=n + 1)
        first, second = officers[0], officers[-1]
        ask_comment_hiding(row, reason=reason, note="", by=first, at=at + timedelta(minutes=40))
        confirm_comment_hiding(row, by=second, at=at + timedelta(hours=2))


def _change(plan: Plan, change: dict[str, Any], by: Actor, at: datetime) -> None:
    row = Commitment.objects.get(plan=plan, number=change["commitment"])
    draft, outputs = draft_of(row), change.get("outputs", {})
    more = change["description"]
    draft = replace(
        draft,
        description=Text(
            {key: f"{words} {more[key]}" for key, words in draft.description.words.items()}
        ),
        steps=[
            replace(step, output=Text(outputs[step.label])) if step.label in outputs else step
            for step in draft.steps
        ],
    )
    base = fingerprint(as_it_reads(row))
    write_commitment(plan, number=row.number, draft=draft, base=base, by=by, at=at)


def draft_of(row: Commitment) -> Draft:
    """A commitment as a form would hold it."""
    nothing = Text({})
    return Draft(
        title=row.title,
        vision=row.vision.key if row.vision else None,
        description=row.description or nothing,
        problem=row.problem or nothing,
        template={key: Text.of(words) for key, words in row.template.items()},
        starts=row.starts,
        ends=row.ends,
        leads=[lead.agency.slug for lead in row.leads.filter(sub_commitment=None)],
        steps=[
            Step(
                step.label,
                step.title,
                step.output or nothing,
                step.starts,
                step.due,
                step.agency.slug if step.agency else None,
            )
            for step in row.milestones.all()
        ],
    )


def _answer(found: CommentRound, one: dict[str, Any], number: int, by: Actor, at: datetime) -> None:
    row = Comment.objects.get(plan=found.plan, number=number)
    changed = (one["changed"], _newest(found.plan, one["changed"])) if "changed" in one else None
    answer = Answer(fate=one["fate"], reason=Text(one["reason"]), changed=changed)
    answer_comment(row, answer=answer, by=by, at=at)


def _newest(plan: Plan, number: int) -> int:
    newest = Commitment.objects.get(plan=plan, number=number).versions.first()
    assert newest
    return newest.number


def read_example() -> Any:
    """The invented comments, as their file has them."""
    return yaml.safe_load(forum_file("practice-comments-2").read_text("utf-8"))
