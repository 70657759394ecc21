"""Several people write at the same moment: one number each, one text kept, none lost in silence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from madang.foundation.refusals import NotNow
from tests.actions.drafting.test_write import write
from tests.makers.forums import FORUMS, a_loaded_forum
from tests.makers.plans import a_plan_begun, a_written_commitment, base_of, both

THREADS = 8


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What came of it, for each: what the act gave, or the code it was refused with."""
    together = Barrier(THREADS)

    def one(n: int) -> Any:
        together.wait()
        try:
            return act(n)
        except NotNow as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.django_db(transaction=True)
def test_no_two_commitments_get_one_number() -> None:
    a_loaded_forum(FORUMS / "small.yaml")
    plan = a_plan_begun()

    numbers = at_once(lambda n: a_written_commitment(plan, title=both(f"과제 {n}")).number)

    assert sorted(numbers) == list(range(1, THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_on_one_text_one_is_first_and_the_others_are_told() -> None:
    a_loaded_forum(FORUMS / "small.yaml")
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    base = base_of(row)

    done = at_once(lambda n: write(plan, 1, base, title=both(f"제목 {n}")))

    assert done.count("drafting.changed_meanwhile") == THREADS - 1
    assert row.versions.count() == 2
