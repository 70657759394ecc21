"""What the clock does to papers: it sets those that are owed, one after another."""

from datetime import datetime

from madang.ballots.decisions import decision_name
from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.documents.models import Document
from madang.foundation.actors import Actor
from madang.plans.actions.fix_decision import fix_decision, set_decisions
from madang.plans.actions.fix_papers import fix_papers, set_papers
from madang.plans.models import Edition
from madang.record.due import act_on_each


def papers_due(by: Actor, at: datetime) -> int:
    """Set the papers of every edition that has none; how many editions that were."""
    owed = Edition.objects.filter(papers=None).select_related("plan").order_by("pk")
    return act_on_each(
        owed, lambda one, by, at: fix_papers(one, made=set_papers(one), by=by, at=at), by, at
    )


def decisions_due(by: Actor, at: datetime) -> int:
    """Set the decision paper of every closed ballot that has none; how many were due."""
    closed = Ballot.objects.filter(status=BallotStatus.CLOSED).select_related("meeting__body")
    there = set(Document.objects.filter(about__startswith="ballot:").values_list("about", "name"))
    owed = (
        ballot
        for ballot in closed.order_by("closed_at", "pk")
        if (ballot.ref, decision_name(ballot, "ko")) not in there
    )
    return act_on_each(
        owed, lambda one, by, at: fix_decision(one, made=set_decisions(one), by=by, at=at), by, at
    )
