import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from madang.record.guard import guarded_tables


@pytest.fixture
def a_model_nobody_migrated():
    """A table that the code knows of and no migration makes."""
    body = {
        "__module__": "madang.meetings.models",
        "Meta": type("Meta", (), {"app_label": "meetings"}),
    }
    model = type("Rogue", (models.Model,), body)
    guarded_tables.cache_clear()
    yield model
    del apps.all_models["meetings"]["rogue"]
    apps.clear_cache()


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_missing_migration_is_noticed(db, a_model_nobody_migrated):
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_of_a_room_is_guarded_or_says_that_it_is_machinery():
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("madang."):
            machinery = getattr(model, "machinery", False)
            assert (model._meta.db_table in guarded_tables()) is not machinery, model


def test_a_new_table_is_guarded_without_a_word_said(a_model_nobody_migrated):
    assert a_model_nobody_migrated._meta.db_table in guarded_tables()


def leaves_no_tie(model: type[models.Model]) -> bool:
    """Whether the model's own order ends where two rows cannot be equal."""
    last = model._meta.ordering[-1].lstrip("-")
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    if last == "pk" or any(last in one.fields for one in unique):
        return True
    return "__" not in last and model._meta.get_field(last).unique


def test_rows_of_one_place_always_stand_in_the_same_order():
    """PostgreSQL may give equal rows in any order, and what is hashed must read the same."""
    ordered = [model for model in apps.get_models() if model._meta.ordering]
    ours = [model for model in ordered if model.__module__.startswith("madang.")]

    assert ours
    assert [model for model in ours if not leaves_no_tie(model)] == []


def test_an_order_with_ties_is_noticed(a_model_nobody_migrated):
    a_model_nobody_migrated._meta.ordering = ["-pk", "weight"]
    a_model_nobody_migrated.add_to_class("weight", models.IntegerField(null=True))

    assert not leaves_no_tie(a_model_nobody_migrated)
