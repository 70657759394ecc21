"""The package as pip installs it elsewhere: a wheel, without the clone and without a network."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.makers.command_line import ours_alone

ROOT = Path(__file__).parents[3]
BUILT_FROM = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds the package as its wheel brings it; nothing is fetched."""
    made, target, copy = (tmp_path_factory.mktemp(name) for name in ("wheel", "target", "copy"))
    # Building writes the catalogues anew, which other tests may be reading in the clone.
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, copy)
    for name in ("madang", "examples"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.mo"))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    quiet = ["--no-deps", "--no-index"]
    run([*pip, "wheel", *quiet, "--no-build-isolation", "-w", made, copy])
    [wheel] = made.glob("madang-*.whl")
    run([*pip, "install", *quiet, "--target", target, wheel])
    return target


def run(words, **environment):
    done = subprocess.run(
        list(map(str, words)),
        env={**ours_alone(), "LANG": "C.UTF-8", **environment},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    return done


def madang(installed, *words):
    """Run the command the wheel brings; its packages are this environment's, itself the wheel's."""
    there = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    command = [sys.executable, "-S", installed / "bin" / "madang"]
    return run([*command, *words], PYTHONPATH=there)


def test_the_wheel_brings_all_that_the_package_needs(installed):
    kept = {str(path.relative_to(installed / "madang")) for path in installed.rglob("madang/**/*")}

    assert "locale/ko/LC_MESSAGES/django.mo" in kept
    assert {"examples/korea.yaml", "examples/practice.yaml", "web/static/css/madang.css"} <= kept
    assert {"web/templates/base.html", "plans/papers/plan.typ"} <= kept
    assert not [one for one in kept if "test" in Path(one).parts]


def test_the_command_of_the_wheel_helps_makes_and_checks(installed, tmp_path):
    data = tmp_path / "data"
    names = [
        "--name-ko",
        "시험 포럼",
        "--name-en",
        "Forum under test",
        "--email",
        "a@forum.example",
    ]

    helped = madang(installed, "--help")
    made = madang(installed, "init", "--data", data, *names)
    checked = madang(installed, "check", "--data", data)
    verified = madang(installed, "verify", "--data", data)

    assert helped.returncode == 0
    assert "madang" in helped.stdout
    assert "init" in helped.stdout
    assert made.returncode == 0, made.stderr
    # Nothing is backed up yet and no mail server is set: those two are said, the rest is well.
    assert checked.returncode == 1
    assert [line[0] for line in checked.stdout.splitlines()] == ["✓", "✓", "✓", "!", "!"]
    assert verified.returncode == 0, verified.stderr


def test_what_runs_is_the_wheel_and_not_the_clone(installed):
    code = "import madang; print(madang.__file__)"
    there = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])

    said = run([sys.executable, "-S", "-c", code], PYTHONPATH=there)

    assert Path(said.stdout.strip()).is_relative_to(installed)
