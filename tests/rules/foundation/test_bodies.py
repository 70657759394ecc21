"""A form with a file far too large goes on without the end of that file, and with all else."""

from hypothesis import given
from hypothesis import strategies as st

from madang.foundation.bodies import Shortened

MOST = 100


def form(parts: list[bytes]) -> bytes:
    return b"--xyz" + b"".join(b"\r\n%b\r\n--xyz" % part for part in parts) + b"--\r\n"


def fed(body: bytes, cuts: list[int]) -> bytes:
    """What comes out when a body comes in pieces."""
    short, ends = Shortened("xyz", MOST), sorted(cut % (len(body) + 1) for cut in cuts)
    pieces = [body[begin:end] for begin, end in zip([0, *ends], [*ends, len(body)], strict=True)]
    return b"".join(
        short.feed(piece, last=number == len(pieces)) for number, piece in enumerate(pieces, 1)
    )


fields = st.lists(st.text("-\r\nxyz:a", max_size=30).map(str.encode), max_size=5).filter(
    lambda parts: not any(b"\r\n--xyz" in b"\r\n" + part + b"\r\n" for part in parts)
)
places = st.lists(st.integers(0, 10**6), max_size=12)


@given(fields, places)
def test_what_is_short_goes_on_as_it_is(parts: list[bytes], cuts: list[int]) -> None:
    assert fed(form(parts), cuts) == form(parts)


@given(fields, fields, places)
def test_of_what_is_long_the_beginning_goes_on(
    before: list[bytes], after: list[bytes], cuts: list[int]
) -> None:
    first = [b"name", *before]

    found = fed(form([*first, b"f" * 3 * MOST, *after]), cuts)

    # The line's end before a field is counted with it.
    assert found == form([*first, b"f" * (MOST - 2), *after])
