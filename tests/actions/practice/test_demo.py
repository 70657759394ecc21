"""`madang demo`: set up once, and the second time everything is as it was left."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.makers.command_line import an_installation, madang

TYPED = "다시 켠 뒤에도 남는 제안"


def entries(data: Path) -> list[tuple[str, datetime]]:
    with sqlite3.connect(data / "madang.sqlite3") as kept:
        rows = kept.execute('SELECT kind, at FROM record_entry ORDER BY "index"').fetchall()
    return [(kind, datetime.fromisoformat(at).replace(tzinfo=UTC)) for kind, at in rows]


def typed(data: Path) -> None:
    """One proposal more, in the practice forum's open call."""
    rows = data / "typed.csv"
    rows.write_text(f"제목,내용\n{TYPED},사람이 적은 글은 다시 시작해도 남아 있어야 합니다.\n")
    given = ("--data", data / "practice", "--plan", "3", "--confirm", rows)
    kept = madang("import-proposals", *given)
    assert kept.returncode == 0, kept.stderr


def titles(data: Path) -> list[str]:
    with sqlite3.connect(data / "madang.sqlite3") as kept:
        return [title for (title,) in kept.execute("SELECT title FROM calls_proposal")]


def test_the_demo_is_set_up_once_and_its_practice_forum_is_rehearsed(tmp_path: Path) -> None:
    first = madang("demo", "--data", tmp_path, "--no-serve")
    assert first.returncode == 0, first.stderr
    typed(tmp_path)
    made = {name: entries(tmp_path / name) for name in ("korea", "practice")}
    again = madang("demo", "--data", tmp_path, "--no-serve")

    assert again.returncode == 0, again.stderr
    assert "Rehearsed two ballots" in first.stdout
    assert "Rehearsed" not in again.stdout
    assert {name: entries(tmp_path / name) for name in made} == made
    assert titles(tmp_path / "practice").count(TYPED) == 1
    assert madang("verify", "--data", tmp_path / "practice").returncode == 0

    now = datetime.now(UTC)
    assert all(now - at < timedelta(hours=1) for _, at in made["korea"])
    assert timedelta(days=39) < now - made["practice"][0][1] < timedelta(days=41)
    assert [kind for kind, _ in made["practice"]].count("ballot.cast") == 48


def test_a_real_forum_always_begins_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADANG_REHEARSED_FROM", "2020-01-01T00:00:00+00:00")

    data = an_installation(tmp_path / "data")

    [(_, at)] = entries(data)
    assert datetime.now(UTC) - at < timedelta(hours=1)
