import pytest
from django.db import DatabaseError, connection, transaction

from madang.record.guard import appending
from madang.record.verify import Verdict, verify
from tests.makers.forums import a_record_of

TABLES = ["record_entry", "record_node", "record_opening", "record_head"]
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a statement of SQLite's alone"
)
on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="a statement of PostgreSQL's alone"
)

STATEMENTS = {
    "an entry's bytes": "UPDATE record_entry SET leaf = leaf_hash",
    "an entry's time": "UPDATE record_entry SET at = at",
    "an entry gone": 'DELETE FROM record_entry WHERE "index" = 2',
    "a node's hash": "UPDATE record_node SET level = 9",
    "a node gone": "DELETE FROM record_node",
    "an opening's value": "UPDATE record_opening SET field = 'other'",
    "a head that shrinks": "UPDATE record_head SET size = size - 1",
    "a log of another name": "UPDATE record_head SET log = 'elsewhere'",
    "the head gone": "DELETE FROM record_head",
}


def refused(statement):
    # The guard is stood down: it is the database that must refuse.
    refusal = pytest.raises(DatabaseError, match="append-only")
    with connection.cursor() as cursor, appending(), refusal, transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_itself_refuses_to_rewrite_the_record(statement):
    a_record_of(4)

    refused(statement)

    assert verify().verdict is Verdict.FINE


@on_sqlite
@pytest.mark.parametrize("table", ["record_entry", "record_node"])
def test_replacing_a_row_is_deleting_it(table):
    a_record_of(4)

    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@on_sqlite
def test_an_upsert_is_an_update():
    a_record_of(4)

    refused(
        "INSERT INTO record_entry SELECT * FROM record_entry WHERE true"
        ' ON CONFLICT ("index") DO UPDATE SET leaf = leaf_hash'
    )


@on_postgres
@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_the_record_can_be_truncated(table):
    a_record_of(4)
    with connection.cursor() as cursor:
        # Else it is the foreign keys, still to be checked, that refuse.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    refused(f"TRUNCATE {table} CASCADE")


def test_an_opening_can_be_erased():
    a_record_of(4)

    with appending(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_opening")

    assert verify().verdict is Verdict.FINE
