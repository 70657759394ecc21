from hypothesis import given
from hypothesis import strategies as st

from madang.drafting.rules.wording import fingerprint, wording

TITLE = {"ko": "고장을 알리는 가로등", "en": "Lamps that report when they fail"}


def test_a_wording_is_the_same_bytes_in_whatever_order_its_parts_come():
    one = wording({"number": 1, "title": TITLE})
    other = wording({"title": dict(reversed(TITLE.items())), "number": 1})

    assert one == other
    assert fingerprint(one) == fingerprint(other)


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_wordings_have_one_fingerprint_only_when_they_are_the_same(one, other):
    prints = [fingerprint(wording({"title": {"en": words}})) for words in (one, other)]

    assert (prints[0] == prints[1]) == (one == other)


def test_what_is_not_recorded_is_null_and_not_left_out():
    assert wording({"number": 1, "problem": None}) == b'{"number":1,"problem":null}'
