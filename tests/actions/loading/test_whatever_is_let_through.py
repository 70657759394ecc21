"""Whatever the door lets through can be kept: no fault is left for the database to find."""

import copy
import json

import pytest
import yaml
from django.db import transaction

from madang.foundation.actors import LOADER
from madang.loading.actions.load import load_forum
from madang.loading.rules.reading import Refused
from madang.members.models import Forum
from tests.makers.forums import FORUMS, LOADED, a_checked_file, an_open_forum

LONG = "x" * 700


class Enough(Exception):
    """Raised to undo what was loaded."""


@pytest.fixture
def data():
    """The file in three languages, as plain data: every kind of part is in it."""
    found = yaml.load((FORUMS / "three-languages.yaml").read_bytes(), Loader=yaml.BaseLoader)
    return json.loads(
        json.dumps(found).replace('"null"', "null").replace('"true"', "true"), object_hook=_counted
    )


def _counted(part):
    numbers = {"madang", "number", "count", "seats", "years"}
    return {k: int(v) if k in numbers and isinstance(v, str) else v for k, v in part.items()}


def places(part, path=()):
    """Every place in the data, the innermost last."""
    keys = part if isinstance(part, dict) else range(len(part))
    for key in list(keys):
        yield (*path, key)
        if isinstance(part[key], dict | list):
            yield from places(part[key], (*path, key))


def at(data, path):
    for key in path:
        data = data[key]
    return data


def load(data):
    """Load the data and undo it; the door may refuse, but then nobody else may."""
    content = json.dumps(data).encode()
    try:
        file = a_checked_file(content)
    except Refused as refused:
        return refused
    with pytest.raises(Enough), transaction.atomic():
        load_forum(Forum.objects.get(pk=1), file=file, content=content, by=LOADER, at=LOADED)
        raise Enough
    return None


def test_the_file_itself_is_let_through(data):
    an_open_forum()

    assert load(data) is None


def test_anything_that_stands_twice_is_refused_at_the_door_or_can_be_kept(data):
    an_open_forum()

    for path in places(data):
        if isinstance(at(data, path[:-1]), list):
            doubled = copy.deepcopy(data)
            at(doubled, path[:-1]).append(copy.deepcopy(at(data, path)))
            load(doubled)


def test_words_as_long_as_the_door_lets_through_can_be_kept(data):
    an_open_forum()
    long = copy.deepcopy(data)
    for path in places(data):
        if isinstance(at(data, path), str):
            at(long, path[:-1])[path[-1]] = LONG

    while refused := load(long):
        for problem in refused.problems:
            path = problem.path
            while path[-1] not in (part := at(data, path[:-1])) and isinstance(part, dict):
                path = path[:-1]
            at(long, path[:-1])[path[-1]] = copy.deepcopy(at(data, path))

    assert LONG in json.dumps(long)
