"""The independent reviewer's results, entered with the report and the page they stand on."""

import pytest

from madang.foundation.actors import Role
from madang.members.models import Source
from madang.monitoring.models import ReviewCode
from madang.record import log
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

pytestmark = pytest.mark.usefixtures("practice_forum")
DESK, PUBLIC = "/desk/plans/1/commitments/1/review/", "/plans/1/commitments/1/"
GIVEN = {
    "completion": "Substantial",
    "early_results": "Moderate",
    "note-en": "Spending can be read.",
    "title-en": "Results Report",
    "url": "https://irm.example/report",
    "page": "12–14",
    "dated": "2027-05",
}


def entered(**typed: str):
    return a_signed_in_client(Role.SECRETARIAT).post(DESK, {**GIVEN, **typed})


def test_done_and_changed_stand_side_by_side_with_report_and_page():
    before = ReviewCode.objects.filter(commitment__plan__number=1, commitment__number=1).count()

    assert entered().status_code == 302

    page = Page(Reader("en").get(PUBLIC))
    assert "Substantial" in page.text and "Moderate" in page.text
    assert "Results Report" in page.text and "p. 12–14" in page.text
    assert "Spending can be read." in page.text and not page.faults
    rows = ReviewCode.objects.filter(commitment__plan__number=1, commitment__number=1)
    assert rows.count() >= max(before, 2)
    said = log.said(log.entries()[0])["d"]
    assert said["codes"] == {"completion": "Substantial", "early_results": "Moderate"}
    assert (said["report"], said["page"]) == (GIVEN["url"], GIVEN["page"])


def test_a_later_report_replaces_a_result_and_the_record_has_both():
    entered()
    assert entered(completion="Complete", early_results="", dated="2028").status_code == 302

    row = ReviewCode.objects.get(
        commitment__plan__number=1, commitment__number=1, measure="completion"
    )
    assert (row.value, row.source.dated) == ("Complete", "2028")
    said = log.said(log.entries()[0])["d"]
    assert said["before"] == {"completion": "Substantial"}


def test_the_same_page_of_the_same_report_is_one_source():
    entered()
    count = Source.objects.count()

    entered(completion="Limited")

    assert Source.objects.count() == count


EARLIER = {
    "promising": "Yes",
    "specificity": "High",
    "relevance": "Yes",
    "potential_impact": "None",
    "starred": "No",
}


def test_promising_and_the_measures_of_earlier_reviews_are_entered_with_their_years():
    form = Page(a_signed_in_client(Role.SECRETARIAT, "en").get(DESK))
    assert "For plans that began in 2019 or earlier" in form.text and not form.faults

    assert entered(**EARLIER).status_code == 302

    page, found = (
        Page(Reader("en").get(PUBLIC)),
        ReviewCode.objects.filter(
            commitment__plan__number=1, commitment__number=1, measure__in=EARLIER
        ),
    )
    assert dict(found.values_list("measure", "value")) == EARLIER
    assert {one.source.url for one in found} == {GIVEN["url"]}
    for word in ("Promising commitment", "Specificity", "Potential impact", "Starred commitment"):
        assert word in page.text


@pytest.mark.parametrize(
    "typed",
    [{"starred": "Perhaps"}, {"specificity": "Moderate"}, {"potential_impact": "Medium"}],
)
def test_a_word_that_the_measure_does_not_know_is_refused_and_the_choice_stays_open(typed):
    page = Page(entered(**{**EARLIER, **typed}))

    assert page.all("details")[0].get("open") is not None
    assert not ReviewCode.objects.filter(source__url=GIVEN["url"]).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"completion": "", "early_results": ""},
        {"completion": "Nearly"},
        {"completion": "Moderate"},
        {"title-en": ""},
        {"title-en": "x" * 301},
        {"url": "javascript:alert(1)"},
        {"url": ""},
        {"page": ""},
        {"page": "<script>" * 10},
        {"dated": "soon"},
        {"note-en": "가" * 2001},
        {"part": "9.9"},
    ],
)
def test_what_makes_no_sense_is_said_and_the_typed_words_stay(typed):
    before = log.size()

    answer = entered(**typed)

    page = Page(answer)
    assert answer.status_code == 400 and 'role="alert"' in page.html and not page.faults
    assert log.size() == before
    kept = {**GIVEN, **typed}
    assert kept["note-en"][:50] in page.html
