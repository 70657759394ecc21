"""`madang verify`: check the record, the files it speaks of, and each ballot counted again."""

import argparse

from madang.config.commands import SubCommand, complain, tell


def _run(given: argparse.Namespace) -> int:
    from madang.config.cli import start_django
    from madang.config.installation import read_installation

    if not read_installation(given.data).exists:
        complain(f"There is no installation in {given.data}; its record can't be checked.")
        return 2
    start_django(given.data)

    from django.db import DatabaseError
    from django.utils.translation import gettext as _

    from madang.ballots.recount import miscounts
    from madang.documents.files import intact
    from madang.documents.models import Document
    from madang.record.verify import Verdict, verify

    tell(_("Reading the whole record; a long one takes a while …"))
    try:
        found = verify()
        wrong = list(miscounts()) if found.verdict is Verdict.FINE else []
        lost = [d for d in Document.objects.filter(withdrawn_at=None) if not intact(d.sha256)]
    except DatabaseError as error:
        complain(_("The record can’t be read: %(why)s") % {"why": error})
        return Verdict.CANNOT_TELL
    if found.verdict is Verdict.WRONG:
        place = (
            _("entry %(index)s") % {"index": found.index}
            if found.index is not None
            else _("the tree")
        )
        complain(
            _("The record is wrong at %(place)s: %(why)s.") % {"place": place, "why": found.why}
        )
        return Verdict.WRONG
    for one in wrong:
        complain(
            _("The ballot %(ballot)s does not count as the record says: %(why)s.")
            % {"ballot": one.ballot, "why": one.why}
        )
    for document in lost:
        complain(
            _("The file %(name)s is missing or changed; its hash is %(hash)s.")
            % {"name": document.name, "hash": document.sha256}
        )
    if wrong or lost:
        return Verdict.WRONG
    if found.verdict is Verdict.CANNOT_TELL:
        complain(found.why)
        return Verdict.CANNOT_TELL
    tell(
        _("The record is whole: %(size)s entries, root %(root)s.")
        % {"size": found.size, "root": found.root}
    )
    return Verdict.FINE


COMMAND = SubCommand("verify", "check the public record", _run, hindered=2)
