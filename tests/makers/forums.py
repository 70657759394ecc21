"""Forums: one just opened, one filled from a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from madang.config.commands.rehearse import first_moment
from madang.config.rehearsal import rehearse
from madang.foundation.actors import LOADER, Actor, Role
from madang.foundation.texts import Text
from madang.loading.actions.load import load_forum, load_plans
from madang.loading.rules.checking import check
from madang.loading.rules.forum_file import ForumFile
from madang.loading.rules.reading import read_forum_file
from madang.members.actions.move_clock import move_clock
from madang.members.actions.open import open_forum
from madang.members.models import Agency, Forum
from madang.plans.actions.fix_papers import fix_papers
from madang.plans.models import Edition
from madang.record import log
from madang.record.log import Entry, the_log

FORUMS = Path(__file__).parents[1] / "forums"
EXAMPLES = Path(__file__).parents[2] / "examples"
OPENED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LOADED = OPENED + timedelta(minutes=1)
SOMEONE = Actor(roles=frozenset({Role.ANONYMOUS}), name="ada-quillfeather")
NAME = Text({"ko": "시험 포럼", "en": "Forum under test"})


def an_open_forum(*, practice: bool = False, log: str = "forum.example/record") -> Forum:
    """An installation that was named and holds nothing yet."""
    open_forum(the_log(), name=NAME, log=log, practice=practice, by=LOADER, at=OPENED)
    return Forum.objects.get(pk=1)


def a_checked_file(content: bytes, *, agencies: frozenset[str] = frozenset()) -> ForumFile:
    """A forum file as the door lets it through."""
    file, lines = read_forum_file(content)
    check(file, lines, agencies=agencies)
    return file


def load_file(path: Path, *, at: datetime = LOADED) -> None:
    """Load a file into the installation, as `madang load` does."""
    content = path.read_bytes()
    forum = Forum.objects.get(pk=1)
    kept = (
        frozenset(Agency.objects.values_list("slug", flat=True)) if forum.loaded_at else frozenset()
    )
    act = load_plans if forum.loaded_at else load_forum
    file = a_checked_file(content, agencies=kept)
    act(forum, file=file, content=content, by=LOADER, at=at)


def fix_all_papers(*, at: datetime = LOADED) -> None:
    """Set the papers of every edition that has none."""
    for edition in Edition.objects.filter(papers=None):
        fix_papers(edition, by=LOADER, at=at)


def a_loaded_forum(path: Path, *, practice: bool = False, papers: bool = False) -> Forum:
    """An installation filled from a file, with its plans' papers where they are wanted."""
    an_open_forum(practice=practice)
    load_file(path)
    if papers:
        fix_all_papers()
    return Forum.objects.get(pk=1)


def a_rehearsed_forum(path: Path) -> Forum:
    """A practice forum as `madang demo` sets it up, but for its papers: its past ends now."""
    now = datetime.now(UTC)
    began = first_moment(now, "Asia/Seoul")
    open_forum(
        the_log(), name=NAME, log="practice.example/record", practice=True, by=LOADER, at=began
    )
    load_file(path, at=began)
    rehearse(now)
    return Forum.objects.get(pk=1)


def a_record_of(size: int) -> list[Entry]:
    """A record of `size` entries: a practice forum opened, and its clock moved on."""
    forum = an_open_forum(practice=True)
    for n in range(1, size):
        at = OPENED + timedelta(minutes=n)
        move_clock(forum, to=at + timedelta(days=1), by=SOMEONE, at=at)
    return list(log.entries().order_by("index"))
