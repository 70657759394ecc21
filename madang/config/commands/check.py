"""`madang check`: is everything well? Plain sentences about database, disk, clock, mail, backup."""

import argparse
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from madang.config.commands import SubCommand, complain, tell

LEAST_FREE = 500 * 1024 * 1024
"""Free disk space, in bytes, below which the check complains."""
BACKUP_AGE = timedelta(days=2)
Found = tuple[bool, str]


def _run(given: argparse.Namespace) -> int:
    from madang.config.cli import start_django
    from madang.config.installation import read_installation

    if not read_installation(given.data).exists:
        return complain(f"There is no installation in {given.data}. Make one: madang init.")
    start_django(given.data)
    wrong, away = 0, False
    for look in (_database, _disk, _clock, _mail, _backup):
        if away and look in (_clock, _mail):
            # Asked once more, a database that is away would be waited for once more.
            continue
        found = list(_safely(look))
        away = away or (look is _database and not found[0][0])
        for fine, sentence in found:
            tell(f"{'✓' if fine else '!'} {sentence}")
            wrong += not fine
    return 1 if wrong else 0


def _safely(look: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    try:
        yield from look()
    except Exception as error:
        # A check that breaks is itself a finding; the others still have something to say.
        yield False, f"{look.__name__.strip('_')}: {error}"


def _database() -> Iterator[Found]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils.translation import ngettext

    from madang.record import log

    began = time.monotonic()
    size = log.size()
    took = (time.monotonic() - began) * 1000
    sentence = ngettext(
        "The database answers in %(ms).0f ms; the record has %(size)s entry.",
        "The database answers in %(ms).0f ms; the record has %(size)s entries.",
        size,
    )
    yield True, sentence % {"ms": took, "size": size}
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        sentence = ngettext(
            "%(count)s change to the tables waits: start madang serve once.",
            "%(count)s changes to the tables wait: start madang serve once.",
            len(waiting),
        )
        yield False, sentence % {"count": len(waiting)}


def _disk() -> Iterator[Found]:
    from django.conf import settings
    from django.utils.translation import gettext as _

    data = settings.INSTALLATION.data
    free = shutil.disk_usage(data).free
    sentence = _("%(free).1f GB are free on the disk of %(data)s.")
    yield free >= LEAST_FREE, sentence % {"free": free / 1024**3, "data": data}
    if not os.access(data, os.W_OK):
        yield False, _("%(data)s can’t be written to by this user.") % {"data": data}


def _clock() -> Iterator[Found]:
    from django.utils.translation import gettext as _

    from madang.foundation.templatetags.madang import spell
    from madang.members.models import Forum
    from madang.record import log

    last = log.entries().values_list("at", flat=True).first()
    now = datetime.now(UTC)
    # A practice forum's record runs ahead with its clock.
    now += timedelta(seconds=Forum.objects.values_list("clock_ahead", flat=True).get(pk=1))
    if last and last > now + timedelta(minutes=1):
        yield (
            False,
            _("The clock is behind the last entry of the record (%(at)s): set the machine’s time.")
            % {"at": last.isoformat()},
        )
    else:
        yield (
            True,
            _("The clock says %(day)s, %(time)s UTC.")
            % {
                "day": spell(now.date().isoformat()),
                "time": f"{now:%H:%M}",
            },
        )


def _mail() -> Iterator[Found]:
    from django.conf import settings
    from django.core.mail import get_connection
    from django.utils.translation import gettext as _
    from django.utils.translation import ngettext

    from madang.letters.models import Letter, LetterStatus

    waiting = Letter.objects.filter(status=LetterStatus.WAITING).count()
    failed = Letter.objects.filter(status=LetterStatus.FAILED)
    if failed:
        sentence = ngettext(
            "%(count)s letter could not be sent: %(why)s",
            "%(count)s letters could not be sent; the last one: %(why)s",
            len(failed),
        )
        yield False, sentence % {"count": len(failed), "why": failed[0].problem}
    if settings.INSTALLATION.practice:
        yield (
            True,
            _("A practice forum sends no mail: its letters are shown on /practice/letters/."),
        )
        return
    if not settings.MAIL:
        sentence = ngettext(
            "No mail server is set (MAIL_URL); %(count)s letter waits.",
            "No mail server is set (MAIL_URL); %(count)s letters wait.",
            waiting,
        )
        yield False, sentence % {"count": waiting}
        return
    try:
        server = get_connection()
        server.open()
        server.close()
    except OSError as error:
        sentence = ngettext(
            "The mail server does not answer: %(why)s. %(count)s letter waits; it leaves when it does.",
            "The mail server does not answer: %(why)s. %(count)s letters wait; they leave when it does.",
            waiting,
        )
        yield False, sentence % {"why": error, "count": waiting}
    else:
        sentence = ngettext(
            "The mail server answers; %(count)s letter waits.",
            "The mail server answers; %(count)s letters wait.",
            waiting,
        )
        yield waiting == 0, sentence % {"count": waiting}


def _backup() -> Iterator[Found]:
    from django.conf import settings
    from django.utils.translation import gettext as _

    stamps = [path.stat().st_mtime for path in Path(settings.INSTALLATION.data).glob("backups/*")]
    if not stamps:
        yield (
            False,
            _("There is no backup in %(folder)s.")
            % {"folder": settings.INSTALLATION.data / "backups"},
        )
        return
    newest = datetime.fromtimestamp(max(stamps), UTC)
    age = datetime.now(UTC) - newest
    hours = int(age.total_seconds() // 3600)
    yield age <= BACKUP_AGE, _("The newest backup is %(hours)s hours old.") % {"hours": hours}


COMMAND = SubCommand("check", "say in plain sentences whether all is well", _run)
