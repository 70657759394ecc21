import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.foundation.dates import PartialDate, Span


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("2020", (2020, None, None), id="a year"),
        pytest.param("2020-03", (2020, 3, None), id="a month"),
        pytest.param("2020-02-29", (2020, 2, 29), id="a leap day"),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_known(text, parts):
    date = PartialDate(text)

    assert (date.year, date.month, date.day) == parts
    assert str(date) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("20", id="half a year"),
        pytest.param("2020-3", id="a month of one digit"),
        pytest.param("2020-13", id="a thirteenth month"),
        pytest.param("2021-02-29", id="a leap day in another year"),
        pytest.param("0000", id="the year nought"),
        pytest.param("2020-03-22T00:00", id="a moment"),
        pytest.param(" 2020", id="a space before it"),
        pytest.param("2020\n", id="a line's end behind it"),
        pytest.param("２０２０", id="full-width digits"),
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate(text)


@given(st.dates(), st.dates())
def test_days_sort_in_the_order_of_time(one, other):
    dates = PartialDate(one.isoformat()), PartialDate(other.isoformat())

    assert (dates[0] < dates[1]) == (one < other)


@given(st.dates())
def test_a_year_sorts_before_its_months_and_a_month_before_its_days(day):
    text = day.isoformat()
    year, month, whole = (PartialDate(text[:length]) for length in (4, 7, 10))

    assert year < month < whole
    assert year.first_day <= month.first_day <= whole.first_day == day


@pytest.mark.parametrize(
    ("start", "end", "known"),
    [
        pytest.param(None, None, False, id="neither end known"),
        pytest.param("2020", None, True, id="an open end"),
        pytest.param(None, "2020", True, id="an open beginning"),
    ],
)
def test_a_span_is_something_when_either_end_is_known(start, end, known):
    assert bool(Span.of(start, end)) is known
