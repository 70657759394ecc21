"""Each file of `tests/forums/broken` differs from `small.yaml` by one fault, named in its first line."""

from pathlib import Path

import pytest

from madang.loading.rules.checking import check
from madang.loading.rules.reading import Refused, read_forum_file

FORUMS = Path(__file__).parents[2] / "forums"
BROKEN = sorted((FORUMS / "broken").glob("*.yaml"))


def read(path):
    file, lines = read_forum_file(path.read_bytes())
    check(file, lines)
    return file


@pytest.mark.parametrize(
    "name", ["small", "three-languages", "../../examples/korea", "../../examples/practice"]
)
def test_a_sound_file_is_let_through(name):
    assert read(FORUMS / f"{name}.yaml").forum


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_line_and_key(path):
    line, key = path.read_text("utf-8").split("\n")[0].removeprefix("# expects: ").split(" ")[:2]

    with pytest.raises(Refused) as refused:
        read(path)

    first = refused.value.problems[0]
    assert first.line == int(line)
    assert key == "-" or first.key == key
