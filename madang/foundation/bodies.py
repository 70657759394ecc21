"""How large a request's body may be: small, but where lists and files come in."""

import re

MEGABYTE = 1024 * 1024
MOST_BODY = 2 * MEGABYTE
MOST_LIST = 33 * MEGABYTE
MOST_FORM = 24 * MEGABYTE
"""A list has 32 MB at most, a file that comes with a proposal, an update or a key 10."""
MOST_SENT = 256 * MEGABYTE
"""The most that is looked through of a form whose file is too large (`Shortened`)."""
BEYOND = 64 * 1024
"""How much more than `most_body` is let through of one file: enough to be seen as too large."""
_LARGE = (
    (re.compile(r"(?:/en)?/desk/(?:proposals/import|replies/sheets)/"), MOST_LIST),
    (re.compile(r"(?:/en)?/desk/proposals/new/"), MOST_FORM),
    (re.compile(r"(?:/en)?/plans/[1-9][0-9]{0,8}/proposals/new/"), MOST_FORM),
    (re.compile(r"(?:/en)?/plans/[1-9][0-9]{0,8}/proposals/[0-9]{4,9}/mine/"), MOST_FORM),
    (re.compile(r"(?:/en)?/u/[^/]+/"), MOST_FORM),
    (re.compile(r"(?:/en)?/desk/(?:ballots|publish)/[^/]+/paper/"), MOST_FORM),
    (re.compile(r"(?:/en)?/desk/plans/[^/]+/changes/[^/]+/paper/"), MOST_FORM),
)


def most_body(path: str) -> int:
    """The most bytes of a body that are read at an address."""
    return next((most for address, most in _LARGE if address.fullmatch(path)), MOST_BODY)


class Shortened:
    """A form with files on its way in, each of its fields at most so many bytes with its headers.

    Who chose a file far too large gets the form back with what was typed in it, before and after
    the file, and nothing of the file beyond that is kept anywhere. Source of the boundary's form:
    RFC 2046 §5.1.1.
    """

    def __init__(self, boundary: str, most: int) -> None:
        self._mark = b"\r\n--" + boundary.encode()
        self._most = self._left = most
        self._held = b""

    def feed(self, piece: bytes, *, last: bool = False) -> bytes:
        """What of the next piece goes on. The last one also lets go what was held back."""
        data, kept, start = self._held + piece, [], 0
        while (at := data.find(self._mark, start)) >= 0:
            kept += [self._within(data[start:at]), self._mark]
            start, self._left = at + len(self._mark), self._most
        # The beginning of a mark may stand at the end.
        cut = len(data) if last else max(start, len(data) - len(self._mark) + 1)
        self._held = data[cut:]
        return b"".join([*kept, self._within(data[start:cut])])

    def _within(self, part: bytes) -> bytes:
        kept = part[: self._left]
        self._left -= len(kept)
        return kept
