"""`madang check`: each of its sentences, when all is well and when it is not."""

import os
import re
import time
from collections import namedtuple
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation

from madang.config.commands import check
from madang.letters.models import Letter, LetterStatus
from madang.record import log

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def data(forum, settings, tmp_path):
    settings.INSTALLATION = replace(settings.INSTALLATION, data=tmp_path, practice=False)
    settings.MAIL = "smtp://mail.forum.example"
    return tmp_path


def found_by(look):
    """What a look says in English; in Korean it says as much, and says it in Korean."""
    with translation.override("en"):
        found = list(check._safely(look))
    with translation.override("ko"):
        korean = list(check._safely(look))
    assert [fine for fine, _ in korean] == [fine for fine, _ in found]
    assert all(re.search("[가-힣]", said) for _, said in korean) or korean == found
    return found


def a_letter(status, number, problem=""):
    now = timezone.now()
    Letter.objects.create(
        to="reader@forum.example",
        language="ko",
        kind="code",
        reason=f"test:{number}",
        subject="S",
        body="B",
        status=status,
        problem=problem,
        written_at=now,
        next_try_at=now,
    )


def test_the_database_is_well_when_it_answers():
    [(fine, said)] = found_by(check._database)

    assert fine
    assert re.fullmatch(r"The database answers in \d+ ms; the record has \d+ entries\.", said)


def test_the_database_is_not_well_with_changes_waiting(monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [1, 2])

    assert found_by(check._database)[1] == (
        False,
        "2 changes to the tables wait: start madang serve once.",
    )


def test_a_database_that_is_away_is_a_finding(monkeypatch):
    def away():
        raise connection.Database.OperationalError("could not connect")

    monkeypatch.setattr("madang.record.log.size", away)

    [(fine, said)] = found_by(check._database)
    assert (fine, said) == (False, "database: could not connect")


@pytest.mark.parametrize("free, fine", [(check.LEAST_FREE, True), (check.LEAST_FREE - 1, False)])
def test_the_disk_is_well_while_enough_is_free(data, monkeypatch, free, fine):
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**12, 10**12 - free, free))

    assert found_by(check._disk) == [(fine, f"0.5 GB are free on the disk of {data}.")]


def test_a_disk_that_cannot_be_written_to_is_not_well(data, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    assert found_by(check._disk)[1] == (False, f"{data} can’t be written to by this user.")


def test_the_clock_is_well_after_the_last_entry():
    [(fine, said)] = found_by(check._clock)

    assert fine
    assert re.fullmatch(r"The clock says .+ \d{4}, \d\d:\d\d UTC\.", said)


def test_a_clock_behind_the_record_is_not_well(monkeypatch):
    class Behind(datetime):
        @classmethod
        def now(cls, tz=None):
            return last - timedelta(minutes=2)

    last = log.entries().first().at
    monkeypatch.setattr(check, "datetime", Behind)

    [(fine, said)] = found_by(check._clock)
    assert not fine
    assert said.startswith("The clock is behind the last entry of the record (")


def test_mail_is_well_when_the_server_answers_and_nothing_waits():
    assert found_by(check._mail) == [(True, "The mail server answers; 0 letters wait.")]


def test_letters_that_wait_or_failed_are_said():
    for number in (1, 2):
        a_letter(LetterStatus.WAITING, number)
        a_letter(LetterStatus.FAILED, number + 2, "mailbox full")

    assert found_by(check._mail) == [
        (False, "2 letters could not be sent; the last one: mailbox full"),
        (False, "The mail server answers; 2 letters wait."),
    ]


def test_one_of_anything_is_told_as_one(monkeypatch, settings):
    class Away:
        def open(self):
            raise ConnectionRefusedError("refused")

    a_letter(LetterStatus.WAITING, 1)
    a_letter(LetterStatus.FAILED, 2, "mailbox full")
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [1])
    monkeypatch.setattr(log, "size", lambda: 1)

    database = found_by(check._database)
    answering = found_by(check._mail)
    monkeypatch.setattr(mail, "get_connection", Away)
    away = found_by(check._mail)
    settings.MAIL = ""
    unset = found_by(check._mail)

    assert database[0][1].endswith("the record has 1 entry.")
    assert database[1][1] == "1 change to the tables waits: start madang serve once."
    failed = (False, "1 letter could not be sent: mailbox full")
    assert answering == [failed, (False, "The mail server answers; 1 letter waits.")]
    refused = "The mail server does not answer: refused. 1 letter waits; it leaves when it does."
    assert away == [failed, (False, refused)]
    assert unset == [failed, (False, "No mail server is set (MAIL_URL); 1 letter waits.")]


def test_a_mail_server_that_is_away_or_not_set_is_said(monkeypatch, settings):
    class Away:
        def open(self):
            raise ConnectionRefusedError("refused")

    monkeypatch.setattr(mail, "get_connection", Away)
    away = found_by(check._mail)
    settings.MAIL = ""

    assert away == [
        (
            False,
            "The mail server does not answer: refused. 0 letters wait; they leave when it does.",
        )
    ]
    assert found_by(check._mail) == [(False, "No mail server is set (MAIL_URL); 0 letters wait.")]


def test_a_practice_forum_needs_no_mail(settings):
    settings.MAIL = ""
    settings.INSTALLATION = replace(settings.INSTALLATION, practice=True)

    [(fine, said)] = found_by(check._mail)
    assert fine
    assert said.startswith("A practice forum sends no mail")


@pytest.mark.parametrize("hours, fine", [(47, True), (50, False)])
def test_a_backup_is_well_for_two_days(data, hours, fine):
    kept = data / "backups" / "copy"
    kept.parent.mkdir()
    kept.write_text("copy")
    then = time.time() - hours * 3600 - 60
    os.utime(kept, (then, then))

    assert found_by(check._backup) == [(fine, f"The newest backup is {hours} hours old.")]


def test_no_backup_is_not_well(data):
    assert found_by(check._backup) == [(False, f"There is no backup in {data / 'backups'}.")]
