from typing import Any

import pytest

from madang.planning.rules.stage import is_over, stage_now


def a_stage(key: str, *, announced: str | None = None, actual: str | None = None) -> dict[str, Any]:
    def dates(start: str | None) -> dict[str, Any] | None:
        return {"from": start, "to": None} if start else None

    return {"key": key, "announced": dates(announced), "actual": dates(actual)}


CYCLE = [
    a_stage("planning", actual="2020-03"),
    a_stage("call", actual="2020-03-22"),
    a_stage("task_force"),
    a_stage("decision", announced="2020-08", actual="2021-07-06"),
    a_stage("implementation", actual="2021-08"),
    a_stage("assessment"),
]


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        pytest.param("2020-02-29", None, id="before the first stage there is none"),
        pytest.param("2020-03-01", "planning", id="a month has begun with its first day"),
        pytest.param("2020-03-21", "planning", id="the day before a stage it has not begun"),
        pytest.param("2020-03-22", "call", id="on its first day a stage has begun"),
        pytest.param("2020-08-15", "call", id="an actual date counts before an announced one"),
        pytest.param("2021-07-06", "decision", id="a stage nobody dated is passed over"),
        pytest.param("2030-01-01", "implementation", id="the last begun stage lasts"),
    ],
)
def test_the_stage_now_is_the_last_that_has_begun(today: str, stage: str | None) -> None:
    assert stage_now(CYCLE, today) == stage


def test_an_announced_stage_counts_where_nothing_is_known_to_have_happened() -> None:
    assert stage_now([a_stage("call", announced="2026-01-05")], "2026-01-05") == "call"


def test_the_end_of_a_stage_counts_where_its_beginning_is_not_recorded() -> None:
    stage = {"key": "call", "announced": None, "actual": {"from": None, "to": "2026-02"}}

    assert stage_now([stage], "2026-01-31") is None
    assert stage_now([stage], "2026-02-01") == "call"


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        pytest.param("2024-05-01", "implementation", id="a review that is out ends nothing"),
        pytest.param("2027-06-30", "implementation", id="nor on the last day of the plan"),
        pytest.param("2027-07-01", "assessment", id="after it the review is what is left"),
    ],
)
def test_the_assessment_runs_beside_the_implementation(today: str, stage: str) -> None:
    until_june = {"from": "2023", "to": "2027-06"}
    implementation = {"key": "implementation", "announced": until_june, "actual": None}
    stages = [*CYCLE[:4], implementation, a_stage("assessment", actual="2024")]

    assert stage_now(stages, today) == stage


@pytest.mark.parametrize(
    ("ends", "today", "over"),
    [
        pytest.param("2023", "2023-12-31", False, id="a period that ends in 2023 lasts through it"),
        pytest.param("2023", "2024-01-01", True, id="on the first day after it is over"),
        pytest.param("2024-02", "2024-02-29", False, id="a leap day belongs to its month"),
        pytest.param("2024-02", "2024-03-01", True, id="the day after a leap day does not"),
        pytest.param("2023-08-31", "2023-08-31", False, id="on its last day it is not over"),
        pytest.param(None, "2999-01-01", False, id="without a recorded end nothing is over"),
    ],
)
def test_a_period_is_over_after_its_last_day(ends: str | None, today: str, over: bool) -> None:
    assert is_over(ends, today) is over
