"""How large a request's body may be: small, but where a list of proposals comes in."""

MOST_BODY = 2 * 1024 * 1024
MOST_LIST = 33 * 1024 * 1024
LISTS = tuple(
    f"{language}/desk/{page}/"
    for language in ("", "/en")
    for page in ("proposals/import", "replies/sheets")
)
"""Where lists come in: 32 MB of file, and its form."""


def most_body(path: str) -> int:
    """The most bytes of a body that are read at an address."""
    return MOST_LIST if path in LISTS else MOST_BODY
