"""`madang import-proposals`: the preview as JSON, and --confirm keeps it."""

import json
from pathlib import Path

from tests.makers.command_line import an_installation, madang
from tests.makers.proposal_lists import ROWS, a_list

EXAMPLE = Path(__file__).parents[3] / "examples" / "practice.yaml"


def test_a_list_is_shown_and_kept_once(tmp_path: Path) -> None:
    data = an_installation(tmp_path / "data")
    assert madang("load", EXAMPLE, "--data", data).returncode == 0
    file = tmp_path / "list.csv"
    file.write_bytes(a_list([*ROWS, ["9", "", "", "", "", "", ""]]))
    words = ["import-proposals", "--data", data, "--plan", "1", "--platform", "P", file]

    shown = json.loads(madang(*words).stdout)
    assert (shown["rows"], shown["same"], shown["refused"]) == (4, 0, 1)
    assert [one["row"] for one in shown["problems"]][-1] == 5
    assert shown["problems"][-1]["reason"] == "There is neither a title nor a text."
    coming = shown["new"] + shown["attention"]
    assert coming == 3
    assert json.loads(madang(*words, "--confirm").stdout) == shown

    again = json.loads(madang(*words, "--confirm").stdout)
    assert (again["same"], again["new"], again["refused"]) == (3, 0, 1)
    assert madang(*[*words[:4], "99", *words[5:]]).returncode == 1
    assert madang(*words[:-1], tmp_path / "none.csv").returncode == 1
