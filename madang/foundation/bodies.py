"""How large a request's body may be: small, but where a list of proposals comes in."""

MOST_BODY = 2 * 1024 * 1024
MOST_LIST = 33 * 1024 * 1024
LISTS = ("/desk/proposals/import/", "/en/desk/proposals/import/")
"""Where lists come in: 32 MB of file, and its form."""


def most_body(path: str) -> int:
    """The most bytes of a body that are read at an address."""
    return MOST_LIST if path in LISTS else MOST_BODY
