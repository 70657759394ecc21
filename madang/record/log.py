"""The log: append an entry, find one, prove that it is there."""

from collections.abc import Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from madang.record import tree
from madang.record.guard import appending
from madang.record.leaf import commitment, fresh_key, read_leaf, write_leaf
from madang.record.models import Entry, Head, Opening
from madang.record.rules.openings import OPENINGS
from madang.record.tree import Place


@dataclass(frozen=True)
class Opened:
    """What a commitment stands for: with the key anyone can reckon the commitment again."""

    key: str
    value: Any


@dataclass(frozen=True)
class OpenedEntry:
    """What an entry says in clear, and its openings by field."""

    says: dict[str, Any]
    openings: dict[str, Opened]


@dataclass(frozen=True)
class Proof:
    """That an entry stands in a record of `size` entries whose root is `root`."""

    size: int
    root: bytes
    path: list[bytes]


_newest: ContextVar[int] = ContextVar("newest")


def the_log() -> Head:
    """The head row: subject of the acts that have no other."""
    return Head.objects.get(pk=1)


def state() -> tuple[int, str]:
    """The record's size and its last entry's hash: the same as long as nothing was done, and no longer.

    Whatever is kept is changed by acts alone, so what was read at a state is true at that state.
    """
    # By hand: this is the one query behind every repeated visit to a public page.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.size, e.leaf_hash FROM record_head h"
            ' LEFT JOIN record_entry e ON e."index" = h.size - 1 WHERE h.id = 1'
        )
        row = cursor.fetchone()
    return (int(row[0]), bytes(row[1] or b"").hex()[:32]) if row else (0, "")


def size() -> int:
    """How many entries the record has."""
    return state()[0]


def hold() -> Head:
    """Hold the head's row until the transaction ends: from here on acts go one after another."""
    # By hand, as all that every act asks while all others wait: of a small statement that is made
    # anew each time the making costs more than the asking.
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    return Head.objects.raw(f"SELECT id, log, size, at FROM record_head WHERE id = 1{lock}")[0]


def append(
    head: Head,
    kind: str,
    *,
    about: str,
    at: datetime,
    clear: dict[str, Any],
    hidden: dict[str, Any],
) -> Entry:
    """Add one entry at the end of the record whose head is held; `hidden` enters as commitments.

    The entry's time is never before that of the entry before it.
    """
    index, at = head.size, max(at, head.at or at)
    keys = {name: fresh_key() for name in hidden}
    leaf = write_leaf(
        index=index,
        log=head.log,
        kind=kind,
        at=at,
        clear=clear,
        committed={
            name: commitment(keys[name], field=name, index=index, value=value)
            for name, value in hidden.items()
        },
    )
    hashed = tree.leaf_hash(leaf)
    entry = Entry(index=index, kind=kind, about=about, at=at, leaf=leaf, leaf_hash=hashed)
    made = tree.completed_by(index, hashed, _hashes(tree.completed_with(index)))
    with appending(), connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(
            'INSERT INTO record_entry ("index", kind, about, at, leaf, leaf_hash)'
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [index, kind, about, moment, leaf, hashed],
        )
        Opening.objects.bulk_create(
            Opening(entry=entry, field=name, key=keys[name], value=value)
            for name, value in hidden.items()
        )
        for (level, number), value in made:
            cursor.execute(
                'INSERT INTO record_node (level, "index", hash) VALUES (%s, %s, %s)',
                [level, number, value],
            )
        cursor.execute(
            "UPDATE record_head SET size = %s, at = %s WHERE id = 1 AND size = %s",
            [index + 1, moment, index],
        )
        assert cursor.rowcount, "an act inside another follows from it: it is among its followers"
    _newest.set(index)
    return entry


def this_entry() -> int:
    """The number of the entry that the act under way has just made; for those who follow it."""
    return _newest.get()


def name_log(head: Head, log: str) -> None:
    """Give the log its name, once, before its first entry."""
    with appending():
        if Head.objects.filter(pk=1, size=0, log="").update(log=log):
            head.log = log


def _hashes(places: Iterable[Place]) -> dict[Place, bytes]:
    """The hashes of these places, by one query for all levels."""
    wanted = list(places)
    if not wanted:
        return {}
    leaves = [number for level, number in wanted if level == 0]
    nodes = [place for place in wanted if place[0]]
    asked, given = [], leaves
    if leaves:
        asked.append(
            f'SELECT 0, "index", leaf_hash FROM record_entry WHERE "index" IN ({_gaps(leaves)})'
        )
    if nodes:
        # A path has few nodes, so those of another level that are found beside them are few.
        levels, numbers = {level for level, _ in nodes}, {number for _, number in nodes}
        asked.append(
            f'SELECT level, "index", hash FROM record_node WHERE level IN ({_gaps(levels)})'
            f' AND "index" IN ({_gaps(numbers)})'
        )
        given = [*leaves, *levels, *numbers]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), given)
        return {(level, number): bytes(value) for level, number, value in cursor.fetchall()}


def _gaps(values: Collection[int]) -> str:
    return ", ".join(["%s"] * len(values))


def root(of_size: int | None = None) -> bytes:
    """The root of the record's tree, now or when it had `of_size` entries."""
    places = tree.peak_places(size() if of_size is None else of_size)
    hashes = _hashes(places)
    return tree.root_of(hashes[place] for place in places)


def prove(index: int, of_size: int) -> Proof:
    """The proof that entry `index` stands in the record of `of_size` entries."""
    steps = tree.path_places(index, of_size)
    peaks = tree.peak_places(of_size)
    hashes = _hashes([place for step in steps for place in step] + peaks)
    return Proof(
        size=of_size,
        root=tree.root_of(hashes[place] for place in peaks),
        path=[tree.root_of(hashes[place] for place in step) for step in steps],
    )


def entries() -> QuerySet[Entry]:
    """All entries, newest first."""
    return Entry.objects.all()


def about(ref: str) -> QuerySet[Entry]:
    """The entries about one thing, newest first."""
    return Entry.objects.filter(about=ref)


def said(entry: Entry) -> dict[str, Any]:
    """What an entry says: its leaf, read."""
    return read_leaf(bytes(entry.leaf))


def last(kind: str, *, about: str) -> Entry | None:
    """The newest entry of a kind about one thing."""
    return Entry.objects.filter(kind=kind, about=about).first()


def opened(kind: str, *, about: str) -> dict[int, OpenedEntry]:
    """The entries of a kind about one thing whose commitments are open to all, by their index.

    None until the entry that opens them stands in the record after them.
    """
    rule = OPENINGS.get(kind)
    if rule is None:
        return {}
    opens = Entry.objects.filter(kind=rule.kind, about=about).values("index")[:1]
    kept = Opening.objects.filter(
        entry__kind=kind, entry__about=about, field__in=rule.fields, entry__index__lt=opens
    )
    found: dict[int, OpenedEntry] = {}
    for opening in kept.select_related("entry").order_by("entry_id", "field"):
        entry = found.setdefault(opening.entry_id, OpenedEntry(said(opening.entry), {}))
        entry.openings[opening.field] = Opened(bytes(opening.key).hex(), opening.value)
    return found


def opening(index: int, field: str) -> Opened | None:
    """The opening of one commitment; none before its time, or once it was erased."""
    entry = Entry.objects.filter(pk=index).first()
    shown = opened(entry.kind, about=entry.about).get(index) if entry else None
    return shown.openings.get(field) if shown else None
