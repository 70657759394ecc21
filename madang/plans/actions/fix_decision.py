"""Set the decision paper of a closed ballot and fix it by its hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import translation
from django.utils.translation import gettext as _

from madang.ballots.decisions import decision_name
from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.documents.files import keep_bytes
from madang.documents.models import Document
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.plans.papers.decision import set_decision
from madang.plans.papers.decision_data import decision_data
from madang.plans.papers.setting import LANGUAGES
from madang.plans.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class DecisionFixed(Event):
    """The decision paper of a ballot was set; it is known by its hash from now on."""

    KIND: ClassVar[str] = "decision.fixed"

    papers: list[dict[str, Any]]


@action("decision.fix", may=MAY)
def fix_decision(
    ballot: Ballot, *, made: dict[str, bytes], by: Actor, at: datetime
) -> DecisionFixed:
    """Keep a closed ballot's decision paper in each language, once a ballot.

    `made` are the papers by language, as `set_decisions` sets them: setting takes seconds, in
    which nobody else could write.

    Raises NotNow: plans.no_decision, plans.decision_fixed.
    """
    if ballot.status != BallotStatus.CLOSED:
        raise NotNow("plans.no_decision")
    names = {language: decision_name(ballot, language) for language in made}
    if Document.objects.filter(about=ballot.ref, name__in=names.values()).exists():
        raise NotNow("plans.decision_fixed")
    title = _title(ballot)
    papers = []
    for language, content in made.items():
        document = Document.objects.create(
            sha256=keep_bytes(content),
            name=names[language],
            media_type="application/pdf",
            size=len(content),
            title=title,
            language=language,
            about=ballot.ref,
            kept_at=at,
        )
        papers.append({"language": language, "sha256": document.sha256, "bytes": len(content)})
    return DecisionFixed(about=ballot.ref, papers=papers)


def set_decisions(ballot: Ballot) -> dict[str, bytes]:
    """The decision paper in each language. Nothing is kept of it here."""
    forum = Forum.objects.select_related("body").get(pk=1)
    data = decision_data(ballot)
    return {language: set_decision(data, forum, language) for language in LANGUAGES}


def _title(ballot: Ballot) -> Text:
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            title = (
                _("Decision paper of meeting %(number)s")
                if ballot.round == 1
                else _("Decision paper of meeting %(number)s, round %(round)s")
            )
            words[language] = title % {"number": ballot.meeting.number, "round": ballot.round}
    return Text(words)
