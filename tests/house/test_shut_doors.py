"""What the tests themselves may not do: reach the network, or give a rule a database."""

import ast
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "rules"
# The warning comes on top of the error; elsewhere either ends the test.
blocked = pytest.mark.filterwarnings("ignore:A test tried to use socket")


@blocked
def test_the_network_is_shut():
    # An address kept for documentation: nobody answers there, and nothing is sent to it.
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@blocked
def test_no_page_of_another_host_can_be_fetched():
    with pytest.raises(SocketConnectBlockedError):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)


def test_this_machine_can_be_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


ROGUES = {
    "by_its_mark": "import pytest\n@pytest.mark.django_db\ndef test(): pass\n",
    "by_a_fixture": "def test(db): pass\n",
    "by_a_forum": "def test(forum): pass\n",
    "by_stealth": "def test():\n    from madang.members.models import Forum\n    Forum.objects.count()\n",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What pytest says of rogues in tests/rules, and of a good test beside them."""
    root = tmp_path_factory.mktemp("rogues")
    everything_else = shutil.ignore_patterns(
        "rules", "actions", "pages", "journeys", "house", "forums"
    )
    shutil.copytree(ROOT / "tests", root / "tests", ignore=everything_else)
    shutil.copy(ROOT / "pyproject.toml", root)
    rules = root / "tests" / "rules"
    rules.mkdir()
    for name, source in {**ROGUES, "good": "def test(): pass\n"}.items():
        (rules / f"test_{name}.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", rules]
    wide = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=wide, capture_output=True, text=True).stdout


@pytest.mark.parametrize("rogue", ROGUES)
def test_a_test_of_rules_gets_no_database(rogue, said):
    [verdict] = [
        line for line in said.splitlines() if f"test_{rogue}.py::test" in line and " - " in line
    ]

    assert verdict.startswith(("FAILED", "ERROR"))
    assert "gets no database" in verdict or "Database access not allowed" in verdict


def test_a_test_of_rules_that_needs_none_is_let_be(said):
    assert "PASSED tests/rules/test_good.py::test" in said


def test_what_the_tests_of_rules_import_knows_nothing_of_django():
    modules = sorted({name for path in RULES.rglob("*.py") for name in imported_by(path)})
    assert len(modules) > 20

    imports = "; ".join(f"import {module}" for module in modules)
    code = f"import sys; {imports}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def imported_by(path):
    """The modules of ours a file imports; `from madang.x.rules import y` may name a module `y`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("madang"):
            yield node.module
            inner = (f"{node.module}.{one.name}" for one in node.names)
            yield from (name for name in inner if is_module(name))


def is_module(name):
    return ROOT.joinpath(*name.split(".")).with_suffix(".py").exists()
