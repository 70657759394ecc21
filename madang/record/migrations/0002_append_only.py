"""The record is append-only: triggers refuse what the log never does, on both databases."""

from django.db import migrations

SENTENCE = "the record is append-only"
# What may never happen to a table: entries and nodes change never, openings may be erased,
# the head only grows.
NEVER = {
    "record_entry": ("UPDATE", "DELETE"),
    "record_node": ("UPDATE", "DELETE"),
    "record_opening": ("UPDATE",),
    "record_head": ("DELETE",),
}


def sqlite_triggers():
    for table, verbs in NEVER.items():
        for verb in verbs:
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
    yield (
        "CREATE TRIGGER record_head_only_grows BEFORE UPDATE ON record_head"
        " WHEN NEW.size < OLD.size OR (OLD.size > 0 AND NEW.log <> OLD.log)"
        f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def postgres_triggers():
    yield (
        "CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    for table, verbs in NEVER.items():
        for verb in verbs:
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION record_refuse()"
            )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()"
        )
    yield (
        "CREATE TRIGGER record_head_only_grows BEFORE UPDATE ON record_head FOR EACH ROW"
        " WHEN (NEW.size < OLD.size OR (OLD.size > 0 AND NEW.log <> OLD.log))"
        " EXECUTE FUNCTION record_refuse()"
    )


def lay(apps, schema_editor):
    make = sqlite_triggers if schema_editor.connection.vendor == "sqlite" else postgres_triggers
    for statement in make():
        schema_editor.execute(statement)


def first_row(apps, schema_editor):
    from madang.record.guard import appending

    with appending():
        apps.get_model("record", "Head").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [
        migrations.RunPython(first_row, migrations.RunPython.noop),
        migrations.RunPython(lay, migrations.RunPython.noop),
    ]
