"""What is to come as a calendar, and what has happened as a feed: text in, text out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

FOLD = 75
"""The most octets of a calendar's line. Source: RFC 5545 §3.1."""


@dataclass(frozen=True)
class DueDate:
    """A date in the calendar: a whole day, with words and where to read more."""

    key: str
    day: date
    title: str
    words: str
    url: str


@dataclass(frozen=True)
class Happened:
    """An entry of the feed."""

    key: str
    at: datetime
    title: str
    words: str
    url: str


def calendar(name: str, dates: Iterable[DueDate], *, at: datetime) -> str:
    """The dates as iCalendar (RFC 5545), each a whole day that keeps its key when it moves."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Madang//due dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_plain(name)}",
    ]
    for one in dates:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_plain(one.key)}",
            f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_plain(one.title)}",
            f"DESCRIPTION:{_plain(one.words)}",
            f"URL:{one.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _plain(words: str) -> str:
    """Words as a value of a calendar: its signs escaped, its lines one."""
    safe = "".join(char for char in words if char in "\n\t" or (char >= " " and char != "\x7f"))
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        safe = safe.replace(sign, instead)
    return safe


def _folded(line: str) -> str:
    """A long line in pieces of few octets, none of which cuts a letter in two."""
    pieces: list[str] = []
    piece = ""
    for char in line:
        # What goes on begins with a space, which counts.
        if len((piece + char).encode()) > FOLD - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += char
    return "\r\n ".join([*pieces, piece])


def feed(name: str, url: str, entries: Iterable[Happened], *, own: str, at: datetime) -> str:
    """What has happened as Atom (RFC 4287), the newest first. `own` is the feed's own address."""
    rows = sorted(entries, key=lambda one: (one.at, one.key), reverse=True)
    updated = rows[0].at if rows else at
    body = "".join(
        f"<entry><id>{_xml(one.key)}</id><title>{_xml(one.title)}</title>"
        f"<updated>{_moment(one.at)}</updated><link href={quoteattr(one.url)}/>"
        f"<summary>{_xml(one.words)}</summary></entry>"
        for one in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{_xml(own)}</id><title>{_xml(name)}</title><updated>{_moment(updated)}</updated>"
        f"<author><name>{_xml(name)}</name></author>"
        f'<link rel="self" href={quoteattr(own)}/><link href={quoteattr(url)}/>{body}</feed>\n'
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(words: str) -> str:
    # XML has no way to write most control characters, not even escaped.
    return escape(
        "".join(c for c in words if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
    )
