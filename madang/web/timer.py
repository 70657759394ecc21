"""The timer: what is due at a moment, done by the clock."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore

from madang.ballots.actions.due import close_due, open_due
from madang.calls import due as calls_due
from madang.calls import importing
from madang.consultation import comment_due
from madang.consultation import due as consultation_due
from madang.foundation.actors import CLOCK, Actor
from madang.letters.codes import sweep_codes
from madang.letters.following import sweep_following
from madang.letters.links import sweep_links
from madang.letters.outbox import send_due
from madang.letters.printed import sweep_printed
from madang.members.models import Forum
from madang.monitoring import due as updates_due
from madang.plans.actions.due import decisions_due, papers_due

Due = Callable[[Actor, datetime], object]

DUE: dict[str, Due] = {
    "ballots.open": lambda by, at: open_due(by, at),
    "ballots.close": lambda by, at: close_due(by, at),
    "calls.open": lambda by, at: calls_due.open_due(by, at),
    "calls.close": lambda by, at: calls_due.close_due(by, at),
    "comments.open": lambda by, at: comment_due.open_due(by, at),
    "comments.close": lambda by, at: comment_due.close_due(by, at),
    "updates.ask": lambda by, at: updates_due.ask_due(by, at),
    "updates.fall_silent": lambda by, at: updates_due.silent_due(by, at),
    "updates.remind": lambda by, at: updates_due.remind(at),
    "updates.sweep": lambda by, at: updates_due.sweep(at),
    "consultation.remind": lambda by, at: consultation_due.remind_due(by, at),
    "papers.fix": lambda by, at: papers_due(by, at),
    "decision.fix": lambda by, at: decisions_due(by, at),
    "letters.send": lambda by, at: send_due(at),
    "letters.sweep_codes": lambda by, at: sweep_codes(at),
    "letters.sweep_links": lambda by, at: sweep_links(at),
    "letters.sweep_following": lambda by, at: sweep_following(at),
    "letters.sweep_printed": lambda by, at: sweep_printed(at),
    "calls.import": lambda by, at: importing.work_on_lists(at),
    "calls.sweep_lists": lambda by, at: importing.sweep_lists(at),
    "calls.sweep": lambda by, at: calls_due.sweep_intakes(at),
    "sessions.sweep": lambda by, at: SessionStore.clear_expired(),
}
"""What may be due. Each finds by itself whether it is, and does nothing where it was done."""


def tick() -> None:
    """Do all that is due now. What fails is reported, and does not stop the others."""
    at = now()
    for name, do in DUE.items():
        try:
            do(CLOCK, at)
        except Exception:
            logging.getLogger("madang.timer").exception("%s failed", name)


def now() -> datetime:
    """The forum's moment: the machine's, and in a practice forum as far ahead as it was moved."""
    ahead = Forum.objects.filter(practice=True).values_list("clock_ahead", flat=True).first()
    return datetime.now(UTC) + timedelta(seconds=ahead or 0)
