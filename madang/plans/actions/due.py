"""What the clock does to papers: it sets those that are owed, one after another."""

from datetime import datetime

from madang.ballots.decisions import decision_name
from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.documents.models import Document
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.plans.actions.fix_decision import fix_decision, set_decisions
from madang.plans.actions.fix_papers import fix_papers, set_papers
from madang.plans.models import Edition


def papers_due(by: Actor, at: datetime) -> int:
    """Set the papers of every edition that has none; how many editions that were."""
    done = 0
    for edition in Edition.objects.filter(papers=None).select_related("plan").order_by("pk"):
        made = set_papers(edition)
        try:
            fix_papers(edition, made=made, by=by, at=at)
        except NotNow:
            # Another worker was here first, or the loader: nothing is owed.
            continue
        done += 1
    return done


def decisions_due(by: Actor, at: datetime) -> int:
    """Set the decision paper of every closed ballot that has none; how many were due."""
    closed = Ballot.objects.filter(status=BallotStatus.CLOSED).select_related("meeting__body")
    there = set(Document.objects.filter(about__startswith="ballot:").values_list("about", "name"))
    done = 0
    for ballot in closed.order_by("closed_at"):
        if (ballot.ref, decision_name(ballot, "ko")) in there:
            continue
        made = set_decisions(ballot)
        try:
            fix_decision(ballot, made=made, by=by, at=at)
        except NotNow:
            continue
        done += 1
    return done
