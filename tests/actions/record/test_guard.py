import pytest
from django.db import connection, transaction

from madang.letters.models import MailedCode
from madang.members.models import Body, Forum, Source
from madang.record.guard import _WRITES, WrittenOutsideAction, guarded_tables, writing
from tests.makers.forums import OPENED, an_open_forum

WRITES = {
    "an insert": ("INSERT INTO members_forum VALUES (1)", ["members_forum"]),
    "a quoted name": ('INSERT INTO "members_forum" ("id") VALUES (1)', ["members_forum"]),
    "a backquoted name": ("insert into `members_forum` values (1)", ["members_forum"]),
    "an insert or replace": (
        'INSERT OR REPLACE INTO "members_forum" VALUES (1)',
        ["members_forum"],
    ),
    "a replace": ("REPLACE INTO members_forum VALUES (1)", ["members_forum"]),
    "an update": ('UPDATE "members_forum" SET a = 1', ["members_forum"]),
    "an update or ignore": ("UPDATE OR IGNORE members_forum SET a = 1", ["members_forum"]),
    "an update only": ("UPDATE ONLY members_forum SET a = 1", ["members_forum"]),
    "a delete": ('DELETE FROM "members_forum" WHERE 1', ["members_forum"]),
    "a delete only": ("DELETE FROM ONLY members_forum", ["members_forum"]),
    "a truncate": ("TRUNCATE TABLE members_forum", ["members_forum"]),
    "a truncate without its noun": ('TRUNCATE "members_forum" CASCADE', ["members_forum"]),
    "lines and spaces": ("  insert\n  into\n  members_forum values (1)", ["members_forum"]),
    "a write behind a with": ("WITH a AS (SELECT 1) DELETE FROM members_forum", ["members_forum"]),
    "two statements": ("SELECT 1; UPDATE members_forum SET a = 1", ["members_forum"]),
    "a named schema": ("UPDATE public.members_forum SET a = 1", ["members_forum"]),
    "a quoted schema": ('UPDATE "main"."members_forum" SET a = 1', ["members_forum"]),
    "a remark between": ("DELETE /* quietly */ FROM members_forum", ["members_forum"]),
    "a merge": ("MERGE INTO members_forum USING a ON true", ["members_forum"]),
}
READS = {
    "a select": 'SELECT * FROM "members_forum"',
    "a lock": 'SELECT * FROM "members_forum" WHERE id = 1 FOR UPDATE',
    "a savepoint": 'SAVEPOINT "s1"',
}


@pytest.mark.parametrize(("sql", "tables"), WRITES.values(), ids=WRITES)
def test_the_guard_sees_every_way_to_write(sql, tables):
    assert _WRITES.findall(sql) == tables


@pytest.mark.parametrize("sql", READS.values(), ids=READS)
def test_the_guard_lets_reading_be(sql):
    assert not set(_WRITES.findall(sql)) & set(guarded_tables())


def by_hand(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


ROGUES = {
    "a save": lambda: Source(key="x", title={"en": "X"}).save(),
    "a create": lambda: Forum.objects.create(pk=1, name={"en": "X"}),
    "an update": lambda: Forum.objects.update(practice=True),
    "a delete": lambda: Forum.objects.all().delete(),
    "rows in bulk": lambda: Source.objects.bulk_create([Source(key="x", title={"en": "X"})]),
    "an update in bulk": lambda: Forum.objects.bulk_update(Forum.objects.all(), ["practice"]),
    "an upsert": lambda: Source.objects.update_or_create(key="x", defaults={"title": {"en": "X"}}),
    "SQL by hand": lambda: by_hand("UPDATE members_forum SET practice = practice"),
    "another room": lambda: Body.objects.create(slug="x", name={"en": "X"}, source_id="x"),
}


@pytest.mark.parametrize("write", ROGUES.values(), ids=ROGUES)
def test_what_is_kept_is_not_written_outside_an_act(write):
    an_open_forum()

    with pytest.raises(WrittenOutsideAction), transaction.atomic():
        write()

    assert not Forum.objects.get(pk=1).practice
    assert not Source.objects.exists()


def test_many_rows_by_hand_are_seen_too():
    with pytest.raises(WrittenOutsideAction), connection.cursor() as cursor:
        cursor.executemany("DELETE FROM members_forum WHERE id = %s", [[1], [2]])


def test_not_even_an_act_writes_into_the_record_by_itself():
    an_open_forum()

    with writing(), pytest.raises(WrittenOutsideAction):
        by_hand("DELETE FROM record_opening")


def test_machinery_is_written_freely():
    times = {"sent_at": OPENED, "ends_at": OPENED}
    MailedCode.objects.create(email="a@b.example", purpose="signin", code_hash="0", **times)

    assert MailedCode.objects.exists()
