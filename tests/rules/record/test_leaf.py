import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.record.leaf import (
    MOST_BYTES,
    BadLeaf,
    canonical,
    commitment,
    fresh_key,
    moment,
    read_leaf,
    write_leaf,
)

AT = datetime(2026, 1, 5, 9, 0, 0, 999_999, tzinfo=UTC)
KEY = bytes(32)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc_", max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def a_leaf(clear=None, **changes):
    parts = {"index": 41, "log": "forum.example/record", "kind": "plan.recorded", "at": AT}
    return write_leaf(
        **{**parts, "clear": clear or {"about": "plan:5"}, "committed": {}, **changes}
    )


def test_the_bytes_are_canonical_json():
    assert a_leaf() == (
        b'{"at":"2026-01-05T09:00:00.999Z","c":{},"d":{"about":"plan:5"},"i":41,'
        b'"log":"forum.example/record","t":"plan.recorded","v":1}'
    )


def test_a_leaf_reads_back_as_it_was_written():
    said = read_leaf(a_leaf({"about": "plan:5", "title": "계획"}))

    assert said["d"] == {"about": "plan:5", "title": "계획"}
    assert (said["i"], said["t"], said["v"]) == (41, "plan.recorded", 1)


def test_a_moment_is_written_in_utc_whatever_its_zone():
    seoul = AT.astimezone(timezone(timedelta(hours=9)))

    assert moment(seoul) == moment(AT) == "2026-01-05T09:00:00.999Z"


@pytest.mark.parametrize(
    "value",
    [0.5, 1.0, [1, {"deep": 2.5}], float("nan")],
    ids=["half", "one", "deep inside", "not a number"],
)
def test_a_fraction_never_enters_the_record(value):
    with pytest.raises(BadLeaf):
        a_leaf({"share": value})


def test_a_leaf_of_4096_bytes_enters_and_a_longer_one_does_not():
    room = MOST_BYTES - len(a_leaf({"a": ""}))

    assert len(a_leaf({"a": "x" * room})) == MOST_BYTES
    with pytest.raises(BadLeaf):
        a_leaf({"a": "x" * (room + 1)})


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda leaf: b"", id="nothing"),
        pytest.param(lambda leaf: b"\xff" + leaf, id="not UTF-8"),
        pytest.param(lambda leaf: leaf[:-1], id="cut"),
        pytest.param(lambda leaf: leaf + b"\n", id="a line's end more"),
        pytest.param(lambda leaf: leaf.replace(b":41", b": 41"), id="a space more"),
        pytest.param(lambda leaf: leaf.replace(b'"v":1', b'"v":1,"v":1'), id="a key twice"),
        pytest.param(lambda leaf: leaf.replace(b'"v":1', b'"v":1.0'), id="a fraction"),
        pytest.param(lambda leaf: leaf.replace(b'"v":1', b'"w":1'), id="another key"),
        pytest.param(lambda leaf: leaf.replace(b'"v":1', b'"v":1,"w":1'), id="a key more"),
        pytest.param(lambda leaf: b"[]", id="a list"),
        pytest.param(
            lambda leaf: json.dumps(json.loads(leaf), sort_keys=False).encode(), id="written freely"
        ),
    ],
)
def test_bytes_that_writing_would_not_have_made_are_no_leaf(spoil):
    with pytest.raises(BadLeaf):
        read_leaf(spoil(a_leaf()))


@given(st.dictionaries(st.text("abc_", min_size=1, max_size=5), values, max_size=4))
def test_whatever_an_act_says_is_read_back_the_same(clear):
    leaf = a_leaf({"about": "plan:5", **clear})

    assert read_leaf(leaf)["d"] == {"about": "plan:5", **clear}


@given(st.binary(max_size=80))
def test_reading_any_bytes_refuses_them_or_is_silent(leaf):
    with pytest.raises(BadLeaf):
        read_leaf(leaf)


def test_a_commitment_is_the_hmac_of_its_field_place_and_value():
    # By hand: HMAC-SHA256 over {"f":"actor","i":7,"v":"ada"} with a key of 32 zero bytes.
    import hmac

    by_hand = hmac.new(KEY, b'{"f":"actor","i":7,"v":"ada"}', "sha256").hexdigest()

    assert commitment(KEY, field="actor", index=7, value="ada") == by_hand


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"field": "body"}, id="another field"),
        pytest.param({"index": 8}, id="another place"),
        pytest.param({"value": "adb"}, id="another value"),
        pytest.param({"key": b"\x01" * 32}, id="another salt"),
    ],
)
def test_a_commitment_fits_one_value_in_one_place(other):
    one = {"key": KEY, "field": "actor", "index": 7, "value": "ada"}

    def commit(*, key, **rest):
        return commitment(key, **rest)

    assert commit(**one) != commit(**{**one, **other})


def test_every_salt_is_fresh():
    keys = {fresh_key() for _ in range(100)}

    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


@given(values)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(value):
    turned = json.loads(json.dumps({"b": value, "a": 1}))

    assert canonical(turned) == canonical({"a": 1, "b": value})
