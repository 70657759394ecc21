"""What holds for every test: a shut network, no database for rules, a clean slate in between."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_socket
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
LOOPBACK = ["127.0.0.1", "::1"]
# Under CI the same examples every time: a change is never red by chance.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def _shelf(item: pytest.Item) -> str:
    """The folder of tests that a test stands in: `rules`, `actions`, …"""
    return item.path.relative_to(HERE).parts[0]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # What stands under actions/ and pages/ is about what is kept, so it gets a database.
        if _shelf(item) in ("actions", "pages") and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)
    if _shelf(item) == "rules":
        wants = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if wants or item.get_closest_marker("django_db"):
            pytest.fail("a test of rules gets no database", pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """A test that leaves the process in another language or installation makes others fail far off."""
    from django.utils import translation

    before = (translation.get_language(), os.environ.get("MADANG_DATA"))
    yield
    after = (translation.get_language(), os.environ.get("MADANG_DATA"))
    translation.activate(before[0] or "ko")
    assert after == before, "left behind: another language or installation"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Whatever the process keeps from one request to the next is gone before the next test."""
    yield
    from tests.makers.forgetting import forget_everything

    forget_everything()


@pytest.fixture(autouse=True, scope="session")
def _record_survives_a_flush() -> Iterator[None]:
    """After a transactional test the tables are emptied, though the record's refuse it.

    What migrations put there, the head of the record, is put there again.
    """
    from django.test import TransactionTestCase

    from madang.record.models import Head
    from tests.makers.triggers import lifted

    flush = TransactionTestCase._fixture_teardown

    def lift_and_flush(case: Any) -> None:
        with lifted():
            flush(case)
            Head.objects.create(pk=1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield


# --- forums ---------------------------------------------------------------------------------------


def _forum(name: str, path: Path, make: Any = None, **options: Any) -> Any:
    from madang.members.models import Forum
    from tests.makers.again import again
    from tests.makers.forums import a_loaded_forum

    again(name, lambda: (make or a_loaded_forum)(path, **options))
    return Forum.objects.get(pk=1)


@pytest.fixture
def forum(db: None) -> Any:
    """A small forum in two languages with a plan of two commitments."""
    return _forum("small", HERE / "forums" / "small.yaml")


@pytest.fixture
def three_languages(db: None) -> Any:
    """An invented forum in three languages, none of them Korean, with its papers."""
    return _forum("three languages", HERE / "forums" / "three-languages.yaml", papers=True)


@pytest.fixture
def korea(db: None) -> Any:
    """The Open Government Forum Korea as `make demo` loads it, papers included."""
    return _forum("korea", HERE.parent / "examples" / "korea.yaml", papers=True)


@pytest.fixture
def practice_forum(db: None, settings: Any) -> Any:
    """The practice forum as `make demo` loads it, in an installation that says it is one."""
    settings.INSTALLATION = replace(settings.INSTALLATION, practice=True)
    path = HERE.parent / "examples" / "practice.yaml"
    return _forum("practice", path, practice=True, papers=True)


@pytest.fixture
def rehearsed_forum(db: None, settings: Any) -> Any:
    """The practice forum as `make demo` leaves it: one vote held, another open these two days."""
    from tests.makers.forums import a_rehearsed_forum

    settings.INSTALLATION = replace(settings.INSTALLATION, practice=True)
    path = HERE.parent / "examples" / "practice.yaml"
    return _forum("rehearsed", path, make=a_rehearsed_forum)


# --- readers --------------------------------------------------------------------------------------


@pytest.fixture
def reader() -> Any:
    """Someone who reads the site in Korean."""
    from tests.makers.readers import Reader

    return Reader("ko")


@pytest.fixture
def english_reader() -> Any:
    """Someone who reads the site in English."""
    from tests.makers.readers import Reader

    return Reader("en")


@pytest.fixture(params=["ko", "en"])
def each_reader(request: pytest.FixtureRequest) -> Any:
    """A reader of each language in turn."""
    from tests.makers.readers import Reader

    return Reader(request.param)
