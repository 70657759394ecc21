"""`madang load FILE`: fill an empty installation, or add a plan to one."""

import argparse
import time
from pathlib import Path

from madang.config.commands import SubCommand, complain, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a forum file, YAML or JSON")


def _run(given: argparse.Namespace) -> int:
    from madang.config.cli import start_django
    from madang.config.installation import read_installation

    if not read_installation(given.data).exists:
        return complain(f"There is no installation in {given.data}. Make one: madang init.")
    start_django(given.data)
    tell(f"Reading {given.file.name} …")
    try:
        content = given.file.read_bytes()
    except OSError as error:
        return complain(f"{given.file}: {error.strerror}")
    return load(given.file.name, content)


def load(name: str, content: bytes) -> int:
    """Check and load a file's content, telling what happens; 0 when it is in."""
    from madang.config.installation import moment_of_set_up
    from madang.foundation.actors import LOADER
    from madang.foundation.refusals import Refusal
    from madang.loading.actions.load import load_forum, load_plans
    from madang.loading.rules.checking import check
    from madang.loading.rules.reading import Refused, read_forum_file
    from madang.loading.sentences import SENTENCES
    from madang.members.models import Agency, Forum

    began = time.monotonic()
    forum = Forum.objects.filter(pk=1).first()
    if forum is None:
        return complain("The database holds no forum. Make one: madang init.")
    try:
        file, lines = read_forum_file(content)
        kept = frozenset(Agency.objects.values_list("slug", flat=True))
        check(file, lines, agencies=frozenset() if file.forum else kept)
        act = load_forum if file.forum else load_plans
        event = act(forum, file=file, content=content, by=LOADER, at=moment_of_set_up())
    except Refused as refused:
        complain(f"{name}: nothing was loaded.")
        for problem in refused.problems:
            place = f"{name}:{problem.line}" if problem.line else name
            where = f" {problem.key}:" if problem.path else ""
            complain(f"  {place}:{where} {SENTENCES[problem.code] % problem.facts}")
        return 1
    except Refusal as refusal:
        sentence = SENTENCES.get(refusal.code, refusal.code) % refusal.facts
        return complain(f"{name}: nothing was loaded. {sentence}")
    tell(f"Loaded {name}: {sum(event.counts.values())} rows in {time.monotonic() - began:.1f} s.")
    _set_papers(event.editions)
    return 0


def _set_papers(editions: dict[str, str]) -> None:
    from madang.config.installation import moment_of_set_up
    from madang.foundation.actors import LOADER
    from madang.foundation.refusals import NotNow
    from madang.plans.actions.fix_papers import fix_papers
    from madang.plans.models import Edition

    for edition in Edition.objects.select_related("plan").filter(sha256__in=editions.values()):
        began = time.monotonic()
        try:
            fix_papers(edition, by=LOADER, at=moment_of_set_up())
        except NotNow:
            # The worker of an installation that is served sets papers too, and was here first.
            continue
        tell(f"Set the papers of plan {edition.plan.number} in {time.monotonic() - began:.1f} s.")


COMMAND = SubCommand("load", "load a forum file", _run, _arguments)
