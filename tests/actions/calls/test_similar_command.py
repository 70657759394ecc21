"""`madang similar`, as a person runs it: what it prints, and what it says of a bad file."""

import json
import os
from collections.abc import Iterator

import pytest
from django.utils import translation

from madang.config import cli
from tests.makers.command_line import madang

TEXTS = [
    {"id": 1, "text": "주민참여예산을 모든 구에서 공개해 주세요"},
    {"id": "둘", "text": "모든 구의 주민 참여 예산을 공개하면 좋겠습니다."},
    {"id": 3, "text": "Open the library on Sundays"},
]


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command is a process of its own: what it sets for itself ends with it."""
    monkeypatch.setenv("MADANG_DATA", os.environ["MADANG_DATA"])
    with translation.override(translation.get_language()):
        yield


def lines(path, rows):
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def said(capsys, *words):
    """Exit code, rows printed, sentences of refusal."""
    code = cli.main(["similar", *map(str, words)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_each_near_pair_and_each_group_is_a_line(tmp_path, capsys):
    code, rows, _ = said(capsys, lines(tmp_path / "texts.jsonl", TEXTS))

    pair, group = rows
    assert code == 0
    assert (pair["a"], pair["b"]) == (1, "둘")
    assert 0.35 <= pair["score"] <= 1
    assert group == {"group": [1, "둘"]}


def test_it_says_why_and_of_what_when_asked(tmp_path, capsys):
    texts = TEXTS + [{"id": n, "text": f"꿀벌{x} 살린다"} for n, x in enumerate("이을의은", 10)]
    _, rows, _ = said(
        capsys, lines(tmp_path / "t", texts), "--why", "--topics", "--at-least", "0.6"
    )

    assert [row["why"] for row in rows if (row.get("a"), row.get("b")) == (1, "둘")] == [
        ["공개", "모든", "주민"]
    ]
    assert rows[-1] == {"topic": ["꿀벌"], "ids": [10, 11, 12, 13]}
    assert all(row["score"] >= 0.6 for row in rows if "score" in row)


def test_exactly_the_given_pairs_are_scored_in_their_order(tmp_path, capsys):
    pairs = lines(
        tmp_path / "pairs.jsonl",
        [
            {"a": "점자 안내판", "b": "", "label": 1},
            {"a": "점자 안내판", "b": "점자 안내판"},
            {"a": "예산", "b": "library"},
        ],
    )

    code, rows, _ = said(capsys, "--pairs", pairs)

    assert code == 0
    assert [row["score"] for row in rows] == [0, 1, 0]
    assert rows[0] == {"a": "점자 안내판", "b": "", "label": 1, "score": 0}


def test_with_a_file_of_texts_pairs_are_ids(tmp_path, capsys):
    texts = lines(tmp_path / "t", TEXTS)
    pairs = lines(tmp_path / "p", [{"a": "둘", "b": 1}, {"a": 3, "b": 1}])

    _, rows, _ = said(capsys, texts, "--pairs", pairs)

    assert [row["score"] >= 0.35 for row in rows] == [True, False]


@pytest.mark.parametrize(
    "content", ["", "\n\n", "\ufeff"], ids=["nothing", "blank lines", "a mark"]
)
def test_a_file_without_rows_has_no_pairs(tmp_path, capsys, content):
    path = tmp_path / "t"
    path.write_text(content, encoding="utf-8")

    assert said(capsys, path)[:2] == ((0, []) if content != "\ufeff" else (1, []))


def test_half_a_character_is_printed_as_it_was_written(tmp_path, capsys):
    rows = ['{"id": "\\ud800", "text": "점자 안내판"}', '{"id": 2, "text": "점자 안내판"}']

    code, printed, _ = said(capsys, lines(tmp_path / "t", rows))

    assert code == 0
    assert printed[0]["a"] == "\ud800"


BAD = {
    '{"id": 1}': "The key “text” is missing.",
    '{"text": ""}': "The key “id” is missing.",
    '{"id": 1, "text": null}': "“text” is not text.",
    '{"id": true, "text": ""}': "“id” is neither text nor a whole number.",
    '{"id": [1], "text": ""}': "“id” is neither text nor a whole number.",
    "[1]": "The line is no JSON object.",
    "id,text": "The line is not readable as JSON.",
    "[" * 100_000: "The line is not readable as JSON.",
    '{"id": ' + "9" * 5_000 + ', "text": ""}': "The line is not readable as JSON.",
}


@pytest.mark.parametrize(("row", "sentence"), BAD.items(), ids=BAD.values())
def test_a_bad_row_is_named_and_nothing_is_printed(tmp_path, capsys, row, sentence):
    path = lines(tmp_path / "t.jsonl", [TEXTS[0] | {"id": "good"}, row])

    code, rows, err = said(capsys, path)

    assert (code, rows, err) == (1, [], f"{path}:2: {sentence}\n")


def test_an_id_twice_a_pair_without_its_text_and_too_many_faults(tmp_path, capsys):
    twice = lines(tmp_path / "t", [TEXTS[0], TEXTS[0]])
    texts = lines(tmp_path / "u", TEXTS)
    pairs = lines(tmp_path / "p", [{"a": 1, "b": 99}] * 30)

    assert "The id “1” stands twice." in said(capsys, twice)[2]
    err = said(capsys, texts, "--pairs", pairs)[2]
    assert "p:1: “b” is an id that the file of texts does not have." in err
    assert err.splitlines()[-1] == "… and 10 more."


def test_bytes_that_are_no_text_are_a_fault_of_their_line(tmp_path, capsys):
    path = tmp_path / "t"
    path.write_bytes('{"id": 1, "text": "예산"}\n{"id": 2, "text": "예산"}'.encode("cp949"))

    assert said(capsys, path)[2].count("The line is not text in UTF-8.") == 2


def test_no_file_and_a_file_that_is_not_there(tmp_path, capsys):
    assert said(capsys)[0] == 1
    assert said(capsys, tmp_path / "none")[::2] == (
        1,
        f"{tmp_path}/none: No such file or directory\n",
    )
    assert said(capsys, tmp_path)[0] == 1


def test_a_threshold_out_of_range_is_refused(tmp_path, capsys):
    for wrong in ("0", "1.1", "nan", "much"):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["similar", str(tmp_path), "--at-least", wrong])
        assert stopped.value.code == 2
    capsys.readouterr()


def test_it_speaks_the_terminals_language(tmp_path):
    ran = madang("similar", language="ko_KR")

    assert ran.returncode == 1
    assert ran.stderr == "글이 든 파일을 적거나, --pairs로 짝이 든 파일을 적으세요.\n"
