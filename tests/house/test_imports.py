"""Who may look at whom. The contracts stand in pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder):
    return subprocess.run(
        [LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def copy(tmp_path):
    """The package's modules once more, where a contract may be broken."""
    code = shutil.ignore_patterns("static", "fonts", "templates", "locale", "__pycache__", "*.typ")
    shutil.copytree(ROOT / "madang", tmp_path / "madang", ignore=code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept():
    said = lint(ROOT)

    assert said.returncode == 0, said.stdout + said.stderr


ROGUES = {
    "a room that looks up": ("foundation/rogue.py", "import madang.members.models", "Floors"),
    "a room without a floor": ("lumber/__init__.py", "", "Floors"),
    "a rule that knows Django": (
        "plans/rules/rogue.py",
        "import django.utils.timezone",
        "Rules are pure",
    ),
    "a rule that reads tables": (
        "plans/rules/rogue.py",
        "import madang.plans.models",
        "Rules are pure",
    ),
    "a room at the record's tables": (
        "plans/rogue.py",
        "import madang.record.models",
        "Only the record",
    ),
}


@pytest.mark.parametrize(("file", "line", "contract"), ROGUES.values(), ids=ROGUES)
def test_a_broken_contract_is_noticed(file, line, contract, copy):
    rogue = copy / "madang" / file
    rogue.parent.mkdir(exist_ok=True)
    rogue.write_text(f"{line}\n")

    said = lint(copy)

    assert said.returncode == 1
    assert any(row.startswith(contract) and "BROKEN" in row for row in said.stdout.splitlines())
