"""How large a request's body may be: small, but where lists and files come in."""

import re

MEGABYTE = 1024 * 1024
MOST_BODY = 2 * MEGABYTE
MOST_LIST = 33 * MEGABYTE
MOST_FORM = 24 * MEGABYTE
"""A list has 32 MB at most, a file that comes with a proposal or an update 10. Who chose one of 12 gets the form
back, with what was typed and a sentence; so that form takes more than it keeps."""
_LARGE = (
    (re.compile(r"(?:/en)?/desk/(?:proposals/import|replies/sheets)/"), MOST_LIST),
    (re.compile(r"(?:/en)?/desk/proposals/new/"), MOST_FORM),
    (re.compile(r"(?:/en)?/plans/[1-9][0-9]{0,8}/proposals/new/"), MOST_FORM),
    (re.compile(r"(?:/en)?/plans/[1-9][0-9]{0,8}/proposals/[0-9]{4,9}/mine/"), MOST_FORM),
    (re.compile(r"(?:/en)?/u/[^/]+/"), MOST_FORM),
)


def most_body(path: str) -> int:
    """The most bytes of a body that are read at an address."""
    return next((most for address, most in _LARGE if address.fullmatch(path)), MOST_BODY)
