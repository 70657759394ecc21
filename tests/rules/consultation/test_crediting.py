"""Which paragraphs go back to a comment: those that were new then, and stand now."""

from typing import Any

import pytest

from madang.consultation.rules.crediting import credited

HERE = ("description", "ko")
KEY = "description/ko"


@pytest.mark.parametrize(
    ("before", "after", "now", "had", "found"),
    [
        pytest.param("가", "가\n나", "가\n나", [], [[], ["c"]], id="what was added"),
        pytest.param("가", "나", "나", [["x"]], [["x", "c"]], id="what was there keeps its own"),
        pytest.param("가", "나", "다", [], None, id="what was written over since is another's"),
        pytest.param("가", "가", "가", [], None, id="nothing changed"),
        pytest.param("가", "나", "다\n나", [], [[], ["c"]], id="it may have moved down"),
        pytest.param("", "나", "나", [["c"]], [["c"]], id="once is enough"),
    ],
)
def test_a_paragraph_goes_back_to_a_comment(
    before: str, after: str, now: str, had: Any, found: Any
) -> None:
    origins = {KEY: had} if had else {}

    got = credited({HERE: before}, {HERE: after}, {HERE: now}, origins, "c")

    assert got.get(KEY) == found
    assert origins == ({KEY: had} if had else {})


def test_dates_and_agencies_are_no_paragraphs() -> None:
    paths = [("period", "from"), ("leads",), ("milestones", "1.1", "due")]

    assert credited({}, dict.fromkeys(paths, "new"), dict.fromkeys(paths, "new"), {}, "c") == {}
