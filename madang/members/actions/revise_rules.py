"""Put new rules in force from a day on; the ones before stay as they were."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Forum, RulesVersion, Source
from madang.members.rules.correcting import Revision, check_revision, revised_figures
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class RulesRevised(Event):
    """New rules were given, in force from a day on."""

    KIND: ClassVar[str] = "rules.revised"

    rules: dict[str, Any]
    in_force_from: str
    source: str


@action("rules.revise", may=MAY)
def revise_rules(forum: Forum, *, given: Revision, by: Actor, at: datetime) -> RulesRevised:
    """Make the next version of the rules. No version is ever rewritten: votes were held under it.

    A ballot that opened has its figures for itself; one that waits for its opening has another
    text now, and its keys are void.

    Raises NotNow: members.not_set_up, members.nothing_changed. Raises NotValid: those of
    `check_revision`.
    """
    if not forum.loaded_at:
        raise NotNow("members.not_set_up")
    versions = RulesVersion.objects.all()
    today = timezone.localdate(at).isoformat()
    days = [str(version.in_force_from) for version in versions]
    check_revision(given, days=days, today=today)
    last = versions.filter(in_force_from__lt=given.in_force_from).first()
    key = f"rules-{len(days) + 1}"
    figures = [
        {**figure, "title": _words(forum, figure["title"])}
        for figure in revised_figures(last.figures if last else [], given, key)
    ]
    first = forum.languages[0]
    source = Source.objects.create(
        key=key,
        title=Text({one: given.source if one == first else None for one in forum.languages}),
        position=Source.objects.count(),
    )
    RulesVersion.objects.create(
        title=Text(_words(forum, {"ko": "포럼의 규정", "en": "The forum’s rules"})),
        in_force_from=given.in_force_from,
        source=source,
        figures=figures,
    )
    return RulesRevised(
        about="forum",
        rules={figure["key"]: figure["figure"] for figure in figures},
        in_force_from=given.in_force_from,
        source=given.source,
    )


def _words(forum: Forum, words: dict[str, Any]) -> dict[str, Any]:
    """Words in the forum's languages; what a file says in more of them stays."""
    kept = {key: words[key] for key in forum.languages if key in words}
    return kept or words
