"""The rows that are measured: an invented plan of 15 commitments and one of 150."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from madang.calls.models import Proposal
from madang.config.commands.demo import forum_file
from madang.foundation.actors import LOADER, Actor, Role
from madang.foundation.texts import Text
from madang.loading.actions.load import load_forum, load_plans
from madang.loading.rules.reading import read_forum_file
from madang.members.actions.move_clock import move_clock
from madang.members.actions.open import open_forum
from madang.members.models import Forum
from madang.planning.models import Plan
from madang.record.guard import writing
from madang.record.log import the_log


def _plan(number: int, count: int) -> dict[str, Any]:
    words = {
        "ko": f"과제를 정하고 함께 지킵니다 {number}",
        "en": f"A promise made and kept {number}",
    }
    step = {
        "title": words,
        "output": words,
        "from": "2026-01",
        "due": "2026-12-31",
        "source": "bench",
    }
    return {
        "number": number,
        "title": words,
        "source": "bench",
        "status": "recorded",
        "visions": [{"key": f"v{n}", "text": words, "source": "bench"} for n in range(3)],
        "commitments": [
            {
                "number": n,
                "title": words,
                "description": words,
                "vision": f"v{n % 3}",
                "source": "bench",
                "leads": [{"agency": slug, "source": "bench"} for slug in ("bench-a", "bench-b")],
                "identifiers": [
                    {"scheme": "ogp", "value": f"ZZ{number}{n:04d}", "source": "bench"}
                ],
                "milestones": [{**step, "label": f"{n}.{m}"} for m in range(1, 5)],
            }
            for n in range(1, count + 1)
        ],
    }


def fill() -> None:
    """Open a practice forum, load it, and add the two plans, all through the actions."""
    at = datetime.now(UTC)
    open_forum(
        the_log(), name=Text({"ko": "재기"}), log="bench/record", practice=True, by=LOADER, at=at
    )
    content = forum_file("practice").read_bytes()
    file, _ = read_forum_file(content)
    load_forum(Forum.objects.get(), file=file, content=content, by=LOADER, at=at)
    name = {"ko": "기관", "en": "Agency"}
    added = {
        "madang": 1,
        "languages": ["ko", "en"],
        "sources": {"bench": {"title": {"ko": "재기", "en": "Bench"}}},
        "agencies": [
            {"slug": slug, "name": name, "source": "bench"} for slug in ("bench-a", "bench-b")
        ],
        "plans": [_plan(15, 15), _plan(16, 150)],
    }
    content = json.dumps(added).encode()
    file, _ = read_forum_file(content)
    load_plans(Forum.objects.get(), file=file, content=content, by=LOADER, at=at)


_ANYONE = Actor(roles=frozenset({Role.MEMBER}), name="bench")


def act() -> None:
    """The smallest act there is: the practice clock, one second on."""
    forum = Forum.objects.get()
    at = datetime.now(UTC)
    move_clock(forum, to=at + timedelta(seconds=1), by=_ANYONE, at=at)


def bare_act() -> None:
    """The same row read under a lock and written, and nothing else."""
    with transaction.atomic(), writing():
        forum = Forum.objects.select_for_update().get()
        forum.clock_ahead += 1
        forum.save(update_fields=["clock_ahead"])


def add_proposals(plan: int, up_to: int) -> None:
    """Give a plan proposals up to that many, as rows alone."""
    found, at = Plan.objects.get(number=plan), datetime.now(UTC)
    first = found.proposals.count() + 1
    rows = (
        Proposal(
            plan=found,
            number=n,
            state="public",
            language="ko",
            title=f"재기 {n}",
            text="버스 정류장 시간표를 소리로 알려 주세요. " * 8,
            channel="form",
            proposed_on=at.date().isoformat(),
            received_at=at,
            published_at=at,
            nonce=f"bench-{n}",
        )
        for n in range(first, up_to + 1)
    )
    with transaction.atomic(), writing():
        Proposal.objects.bulk_create(rows, batch_size=500)
