"""`madang init`, `load` and `verify` on real folders."""

import json
import os
import shutil
import socket
import sqlite3

import pytest

from tests.makers.command_line import an_installation, madang
from tests.makers.forums import FORUMS


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """An installation with a forum, its plan and its papers in it."""
    data = an_installation(tmp_path_factory.mktemp("loaded") / "data")
    said = madang("load", FORUMS / "three-languages.yaml", "--data", data)
    assert said.returncode == 0, said.stderr
    return data


@pytest.fixture
def copy(loaded, tmp_path):
    """A copy of it, to be spoilt."""
    return shutil.copytree(loaded, tmp_path / "copy")


def rewrite(data, *statements):
    """Change the database behind the forum's back."""
    with sqlite3.connect(data / "madang.sqlite3") as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def test_a_whole_record_is_fine(loaded):
    said = madang("verify", "--data", loaded)

    assert said.returncode == 0, said.stderr
    assert "The record is whole: 3 entries" in said.stdout


def test_a_wrong_entry_is_named(copy):
    rewrite(
        copy,
        "DROP TRIGGER record_entry_no_update",
        "UPDATE record_entry SET leaf = CAST(replace(leaf, '2019', '2020') || ' ' AS BLOB) WHERE \"index\" = 1",
    )

    said = madang("verify", "--data", copy)

    assert said.returncode == 1
    assert "entry 1" in said.stderr


@pytest.mark.parametrize("spoil", ["change", "lose"])
def test_a_paper_that_is_not_the_one_of_the_record_is_named(copy, spoil):
    paper = next((copy / "files").iterdir())
    if spoil == "change":
        paper.write_bytes(paper.read_bytes() + b" ")
    else:
        paper.unlink()

    said = madang("verify", "--data", copy)

    assert said.returncode == 1
    assert paper.name in said.stderr


def test_where_there_is_no_installation_nothing_can_be_told(tmp_path):
    said = madang("verify", "--data", tmp_path)

    assert said.returncode == 2
    assert str(tmp_path) in said.stderr


def test_of_a_broken_database_nothing_can_be_told(copy):
    for file in copy.glob("madang.sqlite3*"):
        file.unlink()
    (copy / "madang.sqlite3").write_bytes(b"this was a database" * 100)

    said = madang("verify", "--data", copy)

    assert said.returncode == 2
    assert "Traceback" not in said.stderr


def test_a_refused_file_is_named_with_its_line_and_key(loaded):
    said = madang("load", FORUMS / "broken" / "wrong-date.yaml", "--data", loaded)

    assert said.returncode == 1
    assert "wrong-date.yaml: nothing was loaded." in said.stderr
    assert "wrong-date.yaml:47: plans[0].period.from: “2020-13” is not a year" in said.stderr


def test_a_second_forum_is_refused_with_a_sentence(loaded):
    said = madang("load", FORUMS / "small.yaml", "--data", loaded)

    assert said.returncode == 1
    assert "already holds a forum" in said.stderr


def test_a_file_that_is_not_there_is_said_plainly(loaded, tmp_path):
    said = madang("load", tmp_path / "nowhere.yaml", "--data", loaded)

    assert said.returncode == 1
    assert "No such file" in said.stderr
    assert "Traceback" not in said.stderr


def test_an_installation_is_made_once(loaded):
    said = madang("init", "--data", loaded, "--name-en", "Another", "--email", "a@b.example")

    assert said.returncode == 1
    assert "nothing was changed" in said.stderr


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        pytest.param(["--email", "a@b.example"], "A name is needed", id="no name"),
        pytest.param(
            ["--name-en", "F", "--email", "nobody"], "not an e-mail address", id="no e-mail"
        ),
        pytest.param(
            ["--name-en", "F", "--email", "a@b.example", "--address", "forum"],
            "not a public address",
            id="no address",
        ),
        pytest.param(
            ["--name-en", "F", "--email", "a@b.example", "--time-zone", "Gaon"],
            "not a time zone",
            id="no time zone",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_made(answers, complaint, tmp_path):
    said = madang("init", "--data", tmp_path / "data", *answers)

    assert said.returncode == 1
    assert complaint in said.stderr
    assert not (tmp_path / "data").exists()


def test_the_settings_are_readable_by_their_owner_alone(loaded):
    assert (loaded / "madang.json").stat().st_mode & 0o077 == 0


def plainly(said, code=1):
    """It failed with this code and in words: what it said."""
    assert "Traceback" not in said.stderr
    assert said.returncode == code, said.stderr
    return said.stderr


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_an_installation_where_no_folder_can_be_is_refused_in_words(tmp_path, where):
    (tmp_path / "file").write_text("in the way")

    said = madang("init", "--data", tmp_path / where, "--name-en", "F", "--email", "a@b.example")

    assert str(tmp_path / where) in plainly(said)


@pytest.mark.parametrize(
    ("command", "code", "content", "why"),
    [
        ("check", 1, "{", "Expecting"),
        ("init", 1, "[1]", "mapping"),
        ("verify", 2, '{"nmae": {}}', "nmae"),
    ],
)
def test_settings_that_cannot_be_read_are_named(tmp_path, command, code, content, why):
    (tmp_path / "madang.json").write_text(content)

    said = plainly(madang(command, "--data", tmp_path), code)

    assert str(tmp_path / "madang.json") in said
    assert why in said


@pytest.mark.parametrize("content", [b"", b"this was a database" * 100], ids=["empty", "broken"])
@pytest.mark.parametrize(
    "words", [("load", FORUMS / "small.yaml"), ("check",), ("verify",)], ids=lambda w: w[0]
)
def test_a_database_that_is_none_is_said_plainly(copy, content, words):
    for file in copy.glob("madang.sqlite3*"):
        file.unlink()
    (copy / "madang.sqlite3").write_bytes(content)

    said = madang(*words, "--data", copy)

    plainly(said, 2 if words[0] == "verify" else 1)
    assert ("no such table" if not content else "not a database") in said.stdout + said.stderr


def test_a_broken_database_cannot_be_served(copy):
    for file in copy.glob("madang.sqlite3*"):
        file.unlink()
    (copy / "madang.sqlite3").write_bytes(b"this was a database" * 100)

    assert "The database can't be used" in plainly(madang("serve", "--data", copy, "--port", "9"))


def test_a_set_up_that_fails_leaves_no_half_installation(copy):
    (copy / "madang.json").unlink()
    answers = ["--data", copy, "--name-en", "Another", "--email", "a@b.example"]

    said = plainly(madang("init", *answers))

    assert said == "This installation already keeps a forum.\n"
    assert not (copy / "madang.json").exists()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_named_before_anything_is_done(loaded, tmp_path, command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        data = loaded if command == "serve" else tmp_path / "demo"
        said = plainly(madang(command, "--data", data, "--port", str(port)))

    assert f"127.0.0.1:{port}: Address already in use" in said
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("words", [("--port", "99999"), ("--port", "-1"), ("--workers", "0")])
def test_a_number_that_cannot_be_is_refused(loaded, words):
    said = plainly(madang("serve", "--data", loaded, *words), 2)

    assert f"{words[1]} is not a " in said


@pytest.mark.parametrize("name", ["DATABASE_URL", "MAIL_URL"])
def test_an_address_of_a_server_that_is_none_is_named_without_its_secret(loaded, name):
    settings = {"DATABASE_URL": "database", "MAIL_URL": "mail"}
    kept = json.loads((loaded / "madang.json").read_text("utf-8"))
    data = loaded.parent / name
    shutil.copytree(loaded, data)
    broken = {**kept, settings[name]: "tell-no-one@host"}
    (data / "madang.json").write_text(json.dumps(broken), "utf-8")

    said = plainly(madang("check", "--data", data))

    assert f"{name} begins with" in said
    assert "tell-no-one" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_said_plainly(tmp_path):
    tmp_path.chmod(0o500)

    said = madang("init", "--data", tmp_path / "x", "--name-en", "F", "--email", "a@b.example")

    assert "Permission denied" in plainly(said)
