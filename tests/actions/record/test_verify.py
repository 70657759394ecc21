"""What `madang verify` finds when someone with the database in hand has told a lie."""

from datetime import timedelta

import pytest
from django.db import connection

from madang.record import log, tree
from madang.record.leaf import fresh_key
from madang.record.verify import Verdict, verify
from tests.makers.forums import a_record_of
from tests.makers.triggers import lifted

SIZE = 7


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def change_a_byte():
    leaf = bytes(log.entries().get(pk=2).leaf)
    by_hand(
        'UPDATE record_entry SET leaf = %s WHERE "index" = 2', leaf.replace(b"2026", b"2027", 1)
    )


def change_a_byte_and_its_hash():
    leaf = bytes(log.entries().get(pk=2).leaf).replace(b'"to":"2026', b'"to":"2027')
    by_hand(
        'UPDATE record_entry SET leaf = %s, leaf_hash = %s WHERE "index" = 2',
        leaf,
        tree.leaf_hash(leaf),
    )


def take_an_entry(index):
    by_hand("DELETE FROM record_opening WHERE entry_id = %s", index)
    by_hand('DELETE FROM record_entry WHERE "index" = %s', index)


def turn_back_its_time():
    log.entries().filter(pk=2).update(at=log.entries().get(pk=1).at - timedelta(days=1))


LIES = {
    "a changed byte": (change_a_byte, 2, "not those that were hashed"),
    "a changed byte, hashed anew": (change_a_byte_and_its_hash, 3, "node 1/1"),
    "a missing entry": (lambda: take_an_entry(3), 3, "missing"),
    "a missing last entry": (lambda: take_an_entry(SIZE - 1), SIZE - 1, "head says 7"),
    "a missing first entry": (lambda: take_an_entry(0), 0, "missing"),
    "another kind": (
        lambda: by_hand("UPDATE record_entry SET kind = 'x' WHERE \"index\" = 4"),
        4,
        "columns",
    ),
    "another subject": (
        lambda: by_hand("UPDATE record_entry SET about = 'x' WHERE \"index\" = 4"),
        4,
        "columns",
    ),
    "another time": (turn_back_its_time, 2, "columns"),
    "a wrong node": (
        lambda: by_hand(
            'UPDATE record_node SET hash = %s WHERE level = 1 AND "index" = 1', bytes(32)
        ),
        3,
        "node 1/1",
    ),
    "a missing node": (lambda: by_hand("DELETE FROM record_node WHERE level = 2"), 3, "node 2/0"),
    "a node too many": (
        lambda: by_hand("UPDATE record_node SET level = 9 WHERE level = 2"),
        3,
        "node 2/0",
    ),
    "a wrong opening": (
        lambda: by_hand("UPDATE record_opening SET value = '\"bob\"' WHERE entry_id = 5"),
        5,
        "actor does not fit",
    ),
    "an opening of another salt": (
        lambda: by_hand("UPDATE record_opening SET key = %s WHERE entry_id = 5", fresh_key()),
        5,
        "actor does not fit",
    ),
    "an opening of nothing": (
        lambda: by_hand("UPDATE record_opening SET field = 'x' WHERE entry_id = 5"),
        5,
        "x does not fit",
    ),
    "a head that says more": (
        lambda: by_hand("UPDATE record_head SET size = 9"),
        SIZE,
        "head says 9",
    ),
    "a head that says less": (lambda: by_hand("UPDATE record_head SET size = 5"), 5, "head says 5"),
    "a head of another log": (lambda: by_hand("UPDATE record_head SET log = 'x'"), 0, "elsewhere"),
}


def test_a_record_that_was_let_be_is_fine():
    a_record_of(SIZE)

    found = verify()

    assert (found.verdict, found.size, found.root) == (Verdict.FINE, SIZE, log.root().hex())


@pytest.mark.parametrize(("lie", "index", "why"), LIES.values(), ids=LIES)
def test_a_lie_is_found_and_its_entry_named(lie, index, why):
    a_record_of(SIZE)

    with lifted():
        lie()

    found = verify()
    assert (found.verdict, found.index) == (Verdict.WRONG, index)
    assert why in found.why


def test_a_node_that_belongs_to_nothing_is_found():
    a_record_of(SIZE)

    with lifted():
        by_hand('INSERT INTO record_node (level, "index", hash) VALUES (5, 0, %s)', bytes(32))

    found = verify()
    assert (found.verdict, found.index) == (Verdict.WRONG, None)


def test_an_erased_opening_is_no_lie():
    a_record_of(SIZE)

    with lifted():
        by_hand("DELETE FROM record_opening WHERE entry_id = 5")

    assert verify().verdict is Verdict.FINE


def test_of_a_record_without_an_entry_nothing_can_be_told():
    assert verify().verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("name", ["forum", "three_languages", "korea", "practice_forum"])
def test_every_forum_that_was_loaded_has_a_record_that_is_fine(name, request):
    request.getfixturevalue(name)

    assert verify().verdict is Verdict.FINE
