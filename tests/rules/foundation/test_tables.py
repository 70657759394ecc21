"""A cell's words: one line, composed, however they were put into the sheet."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from madang.foundation.tables import one_line


@given(st.text(max_size=40))
@example("e\x80\u0301")
@example("\u2003\u200ca")
def test_a_cell_is_one_line_and_composed(text):
    line = one_line(text)

    assert line == " ".join(line.split())
    assert one_line(line) == line
    assert unicodedata.normalize("NFC", line) == line
