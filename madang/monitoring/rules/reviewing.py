"""The independent reviewer's results as they are entered: each measure has its closed list of words.

Source: OGP's Independent Reporting Mechanism (docs/glossary.md, the reviewer's measures).
"""

from collections.abc import Iterable, Mapping

from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotValid
from madang.monitoring.rules.updating import check_link

VALUES: dict[str, tuple[str, ...]] = {
    "verifiable": ("Yes", "No"),
    "open_government_lens": ("Yes", "No"),
    "potential": ("Unclear", "Modest", "Substantial", "Low", "High"),
    "completion": (
        "No evidence available",
        "Not started",
        "Limited",
        "Substantial",
        "Complete",
        "Unclear",
        "Withdrawn",
    ),
    "early_results": ("No notable results", "Moderate", "Significant"),
    "promising": ("Yes", "No"),
    "specificity": ("None", "Low", "Medium", "High"),
    "relevance": ("Yes", "No"),
    "potential_impact": ("None", "Minor", "Moderate", "Transformative"),
    "starred": ("Yes", "No"),
}
EARLIER = ("specificity", "relevance", "potential_impact", "starred")
"""What the reviewer measured in earlier cycles; it still stands in OGP's data."""
IN_USE: dict[str, tuple[int | None, int | None]] = {
    "potential": (2020, None),
    "potential_impact": (None, 2019),
}
"""The first and the last year in which a plan that a measure is used for began; of what is not
here the years are not recorded. Source: https://opengovpartnership.org/glossary/ambition/
"""
MOST_TITLE, MOST_PAGE, MOST_WORDS = 300, 40, 2000


def check_codes(codes: Mapping[str, str]) -> None:
    """Raises NotValid: monitoring.no_codes, monitoring.no_such_code."""
    if not codes:
        raise NotValid("monitoring.no_codes", field="verifiable")
    for measure, value in codes.items():
        if value not in VALUES.get(measure, ()):
            raise NotValid("monitoring.no_such_code", value=value[:60], field=measure)


def check_report(titles: Iterable[str | None], url: str, page: str, dated: str) -> None:
    """The report that a result is taken from: what it is called, where it is, on which page.

    Raises NotValid: monitoring.no_report_title, monitoring.report_title_long,
    monitoring.no_report_page, monitoring.no_date, and what `check_link` raises.
    """
    longest = max((len(one or "") for one in titles), default=0)
    if not longest:
        raise NotValid("monitoring.no_report_title", field="title")
    if longest > MOST_TITLE:
        raise NotValid("monitoring.report_title_long", most=MOST_TITLE, field="title")
    check_link(url)
    if not page or len(page) > MOST_PAGE:
        raise NotValid("monitoring.no_report_page", most=MOST_PAGE, field="page")
    try:
        PartialDate(dated)
    except ValueError as error:
        raise NotValid("monitoring.no_date", value=dated[:40], field="dated") from error


def check_note(words: Iterable[str | None]) -> None:
    """Raises NotValid: monitoring.note_long."""
    if any(len(one or "") > MOST_WORDS for one in words):
        raise NotValid("monitoring.note_long", most=MOST_WORDS, field="note")
