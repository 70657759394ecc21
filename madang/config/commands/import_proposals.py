"""`madang import-proposals --plan N FILE`: what becomes of a list of proposals; `--confirm` keeps it."""

import argparse
import json
from pathlib import Path

from madang.config.commands import SubCommand, complain, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, or .csv in UTF-8 or CP949")
    parser.add_argument("--plan", type=int, required=True, metavar="N", help="the plan's number")
    parser.add_argument("--platform", default="", help="where the list comes from")
    parser.add_argument("--confirm", action="store_true", help="keep what the preview shows")


def _run(given: argparse.Namespace) -> int:
    from madang.config.cli import start_django
    from madang.config.installation import read_installation

    if not read_installation(given.data).exists:
        return complain(f"There is no installation in {given.data}. Make one: madang init.")
    start_django(given.data)
    try:
        content = given.file.read_bytes()
    except OSError as error:
        return complain(f"{given.file}: {error.strerror}")
    return _import(given, content)


def _import(given: argparse.Namespace, content: bytes) -> int:
    from hashlib import sha256

    from madang.calls.importing import import_in_parts, preview_of, read_list
    from madang.foundation.actors import LOADER
    from madang.foundation.refusals import Refusal
    from madang.planning.models import Plan
    from madang.web.sentences import SENTENCES, sentence
    from madang.web.timer import now

    plan = Plan.objects.filter(number=given.plan).first()
    if plan is None:
        return complain(f"There is no plan {given.plan} here.")
    try:
        lines = read_list(plan, content, given.platform)
        told = preview_of(lines, lambda note: str(SENTENCES[note.code]) % note.facts)
        if given.confirm:
            digest = sha256(content).hexdigest()
            parts = import_in_parts(
                plan, lines=lines, file=digest, rows=len(lines), by=LOADER, at=now
            )
            for _part in parts:
                pass
    except Refusal as refusal:
        return complain(f"{given.file.name}: {sentence(refusal)}")
    tell(json.dumps(told, ensure_ascii=False))
    return 0


COMMAND = SubCommand(
    "import-proposals",
    "say what becomes of a list of proposals, and with --confirm keep it",
    _run,
    _arguments,
)
