"""Calendars that calendars read and feeds that readers read, whatever stands in them."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.monitoring.rules.feeds import DueDate, Happened, calendar, feed

AT = datetime(2026, 4, 10, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
ANY = st.text(max_size=200)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def a_date(words="", title="켜다"):
    return DueDate("1-1.2@forum.example", date(2028, 2, 29), title, words, "https://f.example/")


def test_a_due_date_is_a_whole_day():
    lines = unfolded(calendar("계획", [a_date()], at=AT))

    assert "DTSTART;VALUE=DATE:20280229" in lines
    assert "DTEND;VALUE=DATE:20280301" in lines
    assert "UID:1-1.2@forum.example" in lines


@given(ANY, ANY)
def test_no_words_break_a_calendar(words, title):
    text = calendar(words, [a_date(words, title)], at=AT)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert len(lines) == 6 + 10 + 2


@pytest.mark.parametrize(
    ("words", "kept"), [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("a\nb", "a\\nb"), ("a\x00\x07b", "ab")]
)
def test_signs_of_the_calendar_are_escaped(words, kept):
    assert f"DESCRIPTION:{kept}" in unfolded(calendar("x", [a_date(words)], at=AT))


@given(ANY, ANY)
def test_no_words_break_a_feed(words, title):
    entry = Happened("https://f.example/1", AT, title, words, 'https://f.example/?a=1&b="2"')

    root = ElementTree.fromstring(feed(words, "https://f/", [entry], own="https://f/x", at=AT))

    assert len(root.findall(f"{ATOM}entry")) == 1


def test_the_newest_stands_first_and_gives_the_feed_its_moment():
    old, new = AT, datetime(2026, 5, 1, tzinfo=UTC)
    entries = [Happened("1", old, "old", "", "u"), Happened("2", new, "new", "", "u")]

    root = ElementTree.fromstring(feed("n", "u", entries, own="o", at=old))

    titles = [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
    assert titles == ["new", "old"]
    assert root.findtext(f"{ATOM}updated") == "2026-05-01T00:00:00Z"
