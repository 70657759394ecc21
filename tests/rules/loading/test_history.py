"""What a file says was reported of a milestone: in order, with a word, with evidence that is some."""

import pytest

from tests.rules.loading.test_checking import STEP, problems, swap

FIRST = "        identifiers: [{scheme: ogp, value: ZZ0301, source: charter}]\n"


def with_history(entries):
    step = STEP.replace("source: charter}", f"source: charter, history: [{entries}]}}")
    return swap(FIRST, FIRST + step)


GOOD = "{on: 2026-03-02, word: On Track, source: charter}"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        (GOOD, None),
        (f"{GOOD}, {{on: 2026-03-02, status: done, source: charter}}", None),
        (f"{GOOD}, {{on: 2026, status: done, source: charter}}", None),
        (f"{GOOD}, {{on: 2026-02, status: done, source: charter}}", "history_backwards"),
        ("{on: 2026-03-02, source: charter}", "says_no_status"),
        ("{on: 2026-13, status: done, source: charter}", "not_a_date"),
        ("{on: 2026, status: no_word, source: charter}", "not_one_of"),
        ("{on: 2026, status: late, cause: laziness, source: charter}", "not_one_of"),
        ("{on: 2026, status: done, evidence: [{}], source: charter}", "empty_evidence"),
        (
            "{on: 2026, status: done, evidence: [{url: 'javascript:x'}], source: charter}",
            "wrong_form",
        ),
        ("{on: 2026, status: done, source: nobody}", "no_such_source"),
        (f"{{on: 2026, word: '{'x' * 201}', source: charter}}", "wrong_value"),
    ],
)
def test_a_history_that_makes_no_sense_is_refused_by_its_line(entries, code):
    try:
        found = [one for one, _ in problems(with_history(entries))]
    except Exception as refused:
        found = [p.code.removeprefix("loading.") for p in refused.problems]
    assert found == ([code] if code else [])
