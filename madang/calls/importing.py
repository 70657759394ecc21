"""A list of proposals on its way in: kept beside the forum, read and checked in pieces, and kept.

What is small is done in the request; the rest by the timer, so that whoever sent it may go.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from django.utils import timezone

from madang.calls.actions.import_proposals import (
    ProposalsImported,
    import_proposals,
    line_features,
)
from madang.calls.models import ImportedList, ImportedRow, ImportState, Proposal, ReplySheet
from madang.calls.rules.importing import (
    ATTENTION,
    NEW,
    OTHER_WORDS,
    REFUSED,
    SAME,
    SHAPE,
    STATES,
    Known,
    Line,
    Note,
    hash_of_words,
    read_rows,
)
from madang.calls.rules.proposing import Words
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, Refusal
from madang.foundation.tables import Row, plain_word, rows_of_file
from madang.members.actors import actor_of
from madang.members.models import Account, Forum
from madang.planning.models import Plan

AT_ONCE = 256 * 1024
"""A file of at most so many bytes is read, checked and kept while its sender waits."""
PART, FIRST, LEAST = 500, 50, 20
"""How many rows of a list one act takes over at most, at first, and at least."""
AT_MOST = 0.15
"""For so many seconds others may wait for such an act; the next part is as large as allows it."""
BREATH = 0.12
"""Seconds between two parts. On SQLite whoever waits looks every tenth of a second whether it is
their turn, and would find the next part begun each time."""
PIECE = 1000
"""How many rows are checked between two looks at whether it was cancelled."""
TURN = 5
"""Seconds after which a turn of the timer ends; what is left waits for the next."""
CLAIM = timedelta(minutes=5)
KEPT = timedelta(days=7)
"""How long a list is remembered after it came. Source: the privacy note."""
TOLD = (NEW, SAME, ATTENTION, REFUSED)
ADDED, KEPT_UNTIL = "added", "kept_until"
"""Beside the states in a list's counts: how many it added, once it is being kept, and up to which
row it was kept."""
RUNNING = (ImportState.READING, ImportState.CHECKING, ImportState.KEEPING)


def known_of(plan: Plan, platform: str = "") -> Known:
    """What the plan has, as a list is checked against it."""
    forum = Forum.objects.get(pk=1)
    areas = {
        plain_word(words): area.position
        for area in plan.areas.all()
        for words in area.text.kept().values()
        if words
    }
    return Known(
        keys=keys_of(plan),
        areas=areas,
        languages=tuple(forum.languages),
        language=forum.languages[0],
        platform=platform,
    )


def keys_of(plan: Plan) -> dict[str, str]:
    """The key of every row that was imported before, with the hash of its words as they are."""
    rows = Proposal.objects.filter(plan=plan, nonce__startswith="import-")
    return {
        nonce: hash_of_words(title, text)
        for nonce, title, text in rows.values_list("nonce", "title", "text").iterator()
    }


def read_list(plan: Plan, content: bytes, platform: str = "") -> list[Line]:
    """A file's rows with what becomes of each; nothing is kept of it.

    Raises NotValid: what `foundation.tables` raises.
    """
    return list(read_rows(rows_of_file(content, SHAPE), known_of(plan, platform)))


def preview_of(lines: list[Line], say: Callable[[Note], str]) -> dict[str, Any]:
    """What becomes of a list, as plain values; `say` says a note in the reader's language.

    Of a row that is here already only other words under its number are a problem.
    """
    counts = Counter(line.state for line in lines)
    problems = [
        {"row": line.number, "reason": " ".join(say(note) for note in line.notes)}
        for line in lines
        if line.notes and (line.state != SAME or line.notes[-1].code == OTHER_WORDS)
    ]
    return {"rows": len(lines), **{state: counts[state] for state in TOLD}, "problems": problems}


# --- in pieces ------------------------------------------------------------------------------------


def begin_list(
    plan: Plan, *, name: str, content: bytes, platform: str, account: int, at: datetime
) -> ImportedList:
    """Put a list beside the forum; what is small is read and checked at once.

    Raises NotValid: what `foundation.tables` raises, for one that is small.
    """
    if len(content) <= AT_ONCE:
        rows_of_file(content, SHAPE)
    made = ImportedList.objects.create(
        plan=plan,
        account=account,
        name=name[:200],
        sha256=sha256(content).hexdigest(),
        platform=platform,
        content=content,
        made_at=at,
        busy_until=at,
    )
    if len(content) <= AT_ONCE:
        work_on(made, at)
    return fresh(made)


def confirm_list(found: ImportedList, at: datetime) -> None:
    """Keep what was shown; what is small at once.

    Raises NotNow: calls.list_moved_on.
    """
    ready = ImportedList.objects.filter(pk=found.pk, state=ImportState.READY)
    if not ready.update(state=ImportState.KEEPING, busy_until=at):
        raise NotNow("calls.list_moved_on")
    if found.total <= PIECE:
        work_on(found, at)


def cancel_list(found: ImportedList, at: datetime) -> None:
    """Stop a list. Of one that is being kept the parts that are done stay, and one under way.

    Raises NotNow: calls.list_moved_on.
    """
    rows = ImportedList.objects.filter(pk=found.pk, state__in=(*RUNNING, ImportState.READY))
    if not rows.update(state=ImportState.CANCELLED, content=None, ended_at=at):
        raise NotNow("calls.list_moved_on")
    ImportedRow.objects.filter(list=found.pk).delete()


def work_on_lists(at: datetime) -> int:
    """One turn of the timer: work on the lists that wait for it; how many."""
    began, done = time.monotonic(), 0
    for one in ImportedList.objects.filter(state__in=RUNNING, busy_until__lte=at).order_by("pk"):
        if time.monotonic() - began > TURN:
            break
        work_on(one, at, until=began + TURN)
        done += 1
    return done


def sweep_lists(at: datetime) -> int:
    """Forget lists that came some days ago."""
    sheets = ReplySheet.objects.filter(made_at__lt=at - KEPT).delete()[0]
    return sheets + ImportedList.objects.filter(made_at__lt=at - KEPT).delete()[0]


def work_on(found: ImportedList, at: datetime, *, until: float | None = None) -> None:
    """Bring a list as far as it goes without a person, or as far as the turn goes."""
    mine = ImportedList.objects.filter(pk=found.pk, state__in=RUNNING, busy_until__lte=at)
    if not mine.update(busy_until=at + CLAIM):
        return
    try:
        while step := STEPS.get(fresh(found).state):
            step(fresh(found), at)
            if until is not None and time.monotonic() > until:
                break
    except Refusal as problem:
        _end(found, ImportState.FAILED, at, problem={"code": problem.code, "facts": problem.facts})
    except Exception:
        logging.getLogger("madang.calls").exception("list %s failed", found.pk)
        _end(found, ImportState.FAILED, at, problem={"code": "calls.list_failed", "facts": {}})
    ImportedList.objects.filter(pk=found.pk).update(busy_until=at)


def fresh(found: ImportedList) -> ImportedList:
    """The list as it is now, without the file."""
    return ImportedList.objects.select_related("plan").defer("content").get(pk=found.pk)


def _read(found: ImportedList, at: datetime) -> None:
    ImportedRow.objects.filter(list=found).delete()
    rows = rows_of_file(bytes(found.content or b""), SHAPE)
    staged = (ImportedRow(list=found, number=row.number, cells=dict(row.cells)) for row in rows)
    ImportedRow.objects.bulk_create(staged, batch_size=PIECE // 2)
    still = ImportedList.objects.filter(pk=found.pk, state=ImportState.READING)
    still.update(state=ImportState.CHECKING, total=len(rows), checked=0, content=None)


def _check(found: ImportedList, at: datetime) -> None:
    """Check one piece; it counts only if the list was not cancelled meanwhile."""
    waiting = list(ImportedRow.objects.filter(list=found, state="")[:PIECE])
    seen = {
        key: (number, words)
        for number, key, words in ImportedRow.objects.filter(
            list=found, state__in=(NEW, ATTENTION)
        ).values_list("number", "line__key", "line__hash")
    }
    rows = [Row(one.number, one.cells) for one in waiting]
    for one, line in zip(
        waiting, read_rows(rows, known_of(found.plan, found.platform), seen), strict=True
    ):
        one.state, one.line = line.state, kept_line(line)
    ImportedRow.objects.bulk_create(
        waiting,
        batch_size=PIECE // 2,
        update_conflicts=True,
        unique_fields=["list", "number"],
        update_fields=["state", "line"],
    )
    counts = Counter(ImportedRow.objects.filter(list=found).values_list("state", flat=True))
    left = counts.pop("", 0)
    still = ImportedList.objects.filter(pk=found.pk, state=ImportState.CHECKING)
    still.update(
        checked=found.total - left,
        counts=dict(counts),
        state=ImportState.CHECKING if left else ImportState.READY,
    )


def import_in_parts(
    plan: Plan,
    *,
    lines: Iterable[Line],
    file: str,
    rows: int,
    by: Actor,
    at: Callable[[], datetime],
    goes_on: Callable[[], bool] = lambda: True,
) -> Iterator[ProposalsImported]:
    """Keep a list part by part, each at its own moment; what a part adds is known when it is done.

    A part of which everything is here already makes no entry. Before each part `goes_on` is
    asked. What a list is stopped at is not lost: whoever confirms it again goes on there.

    Raises NotNow: calls.plan_not_announced.
    """
    rest, size = iter(lines), min(FIRST, PART)
    while goes_on() and (part := list(islice(rest, size))):
        features = {line.key: line_features(line) for line in part if line.words}
        began = time.monotonic()
        try:
            yield import_proposals(
                plan, lines=part, file=file, rows=rows, features=features, by=by, at=at()
            )
        except NotNow as refusal:
            if refusal.code != "calls.nothing_new":
                raise
        took = time.monotonic() - began
        size = next_size(len(part), took)
        time.sleep(min(BREATH, took))


def next_size(rows: int, took: float) -> int:
    """How many rows the next part may have, where one of `rows` took so many seconds."""
    return max(LEAST, min(PART, int(rows * AT_MOST / max(took, 0.001))))


def _keep(found: ImportedList, at: datetime) -> None:
    """Keep some rows part by part; the timer's turn may end after them, and the next one goes on
    from there. Whoever cancels the list stops it after the part that is under way."""
    account = Account.objects.get(pk=found.account)
    by: Actor = actor_of(account, on=timezone.localdate(at).isoformat())
    rows = ImportedRow.objects.filter(list=found, state__in=(NEW, ATTENTION))
    found.counts.setdefault(ADDED, 0)
    found.save(update_fields=["counts"])
    begun = found.counts.get(KEPT_UNTIL, 0)
    part = list(rows.filter(number__gt=begun).values_list("number", "line")[:PART])
    if not part:
        _end(found, ImportState.DONE, at)
        return
    done = import_in_parts(
        found.plan,
        lines=[line_of(line or {}) for _number, line in part],
        file=found.sha256,
        rows=found.total,
        by=by,
        at=lambda: at,
        goes_on=lambda: fresh(found).state == ImportState.KEEPING,
    )
    for event in done:
        found.first, found.last = found.first or event.first, event.last
        found.counts[ADDED] += event.added
        found.save(update_fields=["first", "last", "counts"])
    found.counts[KEPT_UNTIL] = part[-1][0]
    found.save(update_fields=["counts"])


STEPS: dict[str, Any] = {
    ImportState.READING: _read,
    ImportState.CHECKING: _check,
    ImportState.KEEPING: _keep,
}


def _end(found: ImportedList, state: ImportState, at: datetime, **more: Any) -> None:
    told = {"state": state, "ended_at": at, "content": None, **more}
    ImportedList.objects.filter(pk=found.pk, state__in=RUNNING).update(**told)


# --- lines, as they are kept beside the forum -----------------------------------------------------


def kept_line(line: Line) -> dict[str, Any]:
    """A line as plain values."""
    told = {key: value for key, value in vars(line).items() if key not in ("words", "notes")}
    return {
        **told,
        "words": vars(line.words) if line.words else None,
        "notes": [{"code": note.code, "facts": dict(note.facts)} for note in line.notes],
        "hash": hash_of_words(line.words.title, line.words.text) if line.words else "",
    }


def line_of(kept: dict[str, Any]) -> Line:
    """A line again from plain values."""
    told = {key: value for key, value in kept.items() if key != "hash"}
    words = Words(**told["words"]) if told["words"] else None
    notes = [Note(note["code"], note["facts"]) for note in told["notes"]]
    return Line(**{**told, "words": words, "notes": notes})


def in_order(lines: list[Line]) -> list[Line]:
    """What was refused on top, then what needs attention, then the rest as it came."""
    return sorted(lines, key=lambda line: STATES.index(line.state))
