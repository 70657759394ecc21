"""What the repository may not hold: traces of the machine on which it was written."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
COMMON = {
    "/",
    "/home",
    "/root",
    "/tmp",
    "/usr",
    "/usr/src",
    "/opt",
    "/srv",
    "/app",
    "/var",
    "/builds",
}
PUBLIC = {"pypi.org", "files.pythonhosted.org", "localhost", "127.0.0.1"}
# Written in two pieces, so that this file does not name what no file may name.
WORDS = ["/fa" + "rm", "/wor" + "k/", "helper" + "-", "ses" + "sion-0"]


def files():
    """Every file that is or would be in git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no clone: there is no list of its files")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def this_machine():
    """Words that only this machine knows: the clone's folder and where it gets its packages."""
    words = {f"{folder}/" for folder in (ROOT, ROOT.parent) if str(folder) not in COMMON}
    said = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True
    )
    settings = said.stdout + " ".join(
        v for k, v in os.environ.items() if "INDEX" in k or "PROXY" in k.upper()
    )
    for address in re.findall(r"(?:https?|file)://[^\s'\"]+", settings):
        words.add(urlsplit(address).hostname or urlsplit(address).path)
    return {word for word in words if word not in PUBLIC}


def traces_in(text, words):
    return sorted(word for word in words if word in text)


def test_no_file_names_the_machine_on_which_it_was_written():
    words = this_machine() | set(WORDS)
    found = {}
    for path in files():
        if path.is_file() and (
            traces := traces_in(path.read_bytes().decode("utf-8", "replace"), words)
        ):
            found[path.relative_to(ROOT)] = traces

    assert found == {}


def test_a_trace_is_noticed():
    assert traces_in(f"see {ROOT}/notes", this_machine() | {str(ROOT)})
    assert traces_in("made by " + WORDS[2] + "7", WORDS)


def test_no_pinned_package_names_where_it_came_from():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text("utf-8")

        assert "-index-url" not in text and "--find-links" not in text, path
        assert not re.search(r"^\S+ @ ", text, re.MULTILINE), path


def test_no_compiled_file_no_database_and_no_secret_is_kept():
    never = re.compile(r"\.(mo|pyc|sqlite3|pem|key|env)$|/madang\.json$")

    assert [path for path in files() if never.search(str(path))] == []
