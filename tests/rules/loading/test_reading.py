import json
import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madang.loading.rules import reading
from madang.loading.rules.checking import check
from madang.loading.rules.forum_file import ForumFile
from madang.loading.rules.reading import Refused, read_forum_file

SMALL = (Path(__file__).parents[2] / "forums" / "small.yaml").read_bytes()
LEAST = 'madang: 1\nlanguages: [en]\nsources: {s: {title: {en: "T"}}}\n'
junk = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [
            b"\x00",
            b"\xff\xfe",
            b"\t",
            b": ",
            b"- ",
            b"&a ",
            b"*a",
            b"!!python/object:os.system ",
            b"{",
            b"]",
        ]
    ),
    st.sampled_from(
        [
            b"null",
            b"9" * 400,
            b"2024-13",
            b"-1",
            b"1e999",
            b"\xed\xa0\x80",
            b"? ",
            b"<<: ",
            b"%YAML 9\n",
            b"---\n",
        ]
    ),
)


def refused(text):
    with pytest.raises(Refused) as caught:
        read_forum_file(text if isinstance(text, bytes) else text.encode())
    [problem] = caught.value.problems
    return problem


def test_yaml_and_json_say_the_same():
    data = yaml.load(SMALL, Loader=yaml.BaseLoader)
    data["madang"] = 1
    for seats in data["forum"]["terms"][0]["seats"]:
        seats["count"] = int(seats["count"])
    for part in (*data["forum"]["terms"], *data["plans"], *data["plans"][0]["commitments"]):
        part["number"] = int(part["number"])
    data["forum"]["bodies"][0]["seats"] = 30

    assert read_forum_file(json.dumps(data, indent="\t").encode())[0] == read_forum_file(SMALL)[0]


def test_a_mark_of_byte_order_is_let_be():
    assert read_forum_file(b"\xef\xbb\xbf" + SMALL)[0] == read_forum_file(SMALL)[0]


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        pytest.param("", "loading.empty", None, id="an empty file"),
        pytest.param("# nothing\n", "loading.empty", None, id="a file of remarks"),
        pytest.param(b"madang: 1\nname: \xff", "loading.not_utf8", 2, id="not UTF-8"),
        pytest.param("madang: 1\nname: \x00", "loading.not_yaml", 2, id="a NUL"),
        pytest.param('madang: 1\nname: "\\0"', "loading.nul", 2, id="a NUL written out"),
        pytest.param("madang: 1\n---\nmadang: 1", "loading.not_yaml", 2, id="two files in one"),
        pytest.param("a: &x 1\nb: *x", "loading.alias", 2, id="an alias"),
        pytest.param("a: 1\nb: 2\na: 3", "loading.key_twice", 3, id="a key twice"),
        pytest.param("a: !!python/name:os.system x", "loading.not_yaml", 1, id="a call of Python"),
        pytest.param("a: " + "[" * 60 + "]" * 60, "loading.too_deep", 1, id="a deep hole"),
        pytest.param("[" * 100_000, "loading.not_yaml", None, id="a bottomless hole"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(words, code, line):
    problem = refused(words)

    assert (problem.code, problem.line) == (code, line)


def test_a_file_beyond_all_bounds_is_refused_unread(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)

    assert refused("madang: 1\n" * 9).code == "loading.too_large"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param("2020", "2020", id="a year"),
        pytest.param("2020-03-22", "2020-03-22", id="a day"),
    ],
)
def test_a_date_is_the_text_that_was_written(words, text):
    file, _ = read_forum_file(LEAST.replace('"T"}', f'"T"}}, dated: {words}').encode())

    assert file.sources["s"].dated == text


@pytest.mark.parametrize("word", ["no", "on", "yes", "off"])
def test_a_language_may_be_called_no(word):
    file, _ = read_forum_file(LEAST.replace('"T"', word).encode())

    assert file.sources["s"].title["en"] == word


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("{}", "no_words", id="no words"),
        pytest.param("{en: null}", "no_words", id="no words yet"),
        pytest.param('{en: "  "}', "not_words", id="blank words"),
        pytest.param("{en: [a]}", "not_words", id="a list"),
        pytest.param("{english: a}", "not_a_language", id="a language by its name"),
        pytest.param("{en: a, kind: {ko: working}}", "kind_without_words", id="a kind of nothing"),
        pytest.param("{en: a, kind: {en: guessed}}", "unknown_kind", id="an unknown kind"),
        pytest.param("{en: a, kind: working}", "kind_without_words", id="a kind for all"),
    ],
)
def test_a_text_is_words_by_language(text, code):
    assert refused(LEAST.replace('{en: "T"}', text)).code == f"loading.{code}"


@given(st.data())
def test_a_file_with_random_damage_is_read_or_refused_and_nothing_else(data):
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 12))] = data.draw(junk)

    try:
        file, lines = read_forum_file(bytes(content))
        check(file, lines)
    except Refused as found:
        assert found.problems


@given(st.integers(0, 2**32))
def test_a_file_with_a_value_of_another_shape_is_read_or_refused_and_nothing_else(seed):
    chance = random.Random(seed)
    data = yaml.safe_load(SMALL)
    for _ in range(chance.randint(1, 3)):
        _bend(data, chance)

    try:
        file, lines = read_forum_file(json.dumps(data, default=str).encode())
        check(file, lines)
    except Refused as found:
        assert all(problem.line for problem in found.problems)
    else:
        assert isinstance(file, ForumFile)


def _bend(part, chance):
    """Put something of another shape somewhere into the data."""
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(part[key], dict | list) or chance.random() < 0.2:
            strange = [
                None,
                [],
                {},
                "",
                "x",
                0,
                -1,
                10**30,
                1.5,
                True,
                "2024-13-45",
                [[]],
                {"": None},
                "\ud800",
            ]
            part[key] = chance.choice(strange)
            return
        part = part[key]
