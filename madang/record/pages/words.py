"""The kinds of entries in the reader's language."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "forum.opened": _("The installation was opened"),
    "forum.loaded": _("The forum was loaded from a file"),
    "plan.recorded": _("A plan was added from a file"),
    "papers.fixed": _("The plan’s papers were set and fixed by their hash"),
    "ballot.drafted": _("A question was drafted for a vote in writing"),
    "ballot.revised": _("A ballot’s text was changed before it opened"),
    "ballot.returned": _("A co-chair sent a ballot back to the secretariat"),
    "ballot.annulled": _("A ballot was dropped before it opened"),
    "ballot.reminded": _("Members who had not answered were reminded"),
    "key.entered": _("An officer entered a co-chair’s approval by document"),
    "vote.entered": _("An officer entered a vote that came on paper or by telephone"),
    "document.dropped": _("An entry from paper was dropped unconfirmed"),
    "key.turned": _("A co-chair turned a key"),
    "ballot.opened": _("A ballot was opened at its time"),
    "ballot.cast": _("A seat answered a ballot"),
    "ballot.closed": _("A ballot was closed and counted"),
    "texts.fixed": _("The wording of a plan’s commitments was fixed by its hashes"),
    "edition.keyed": _("A co-chair turned a key to publish a plan"),
    "plan.published": _("A plan was published as the forum adopted it"),
    "decision.fixed": _("A ballot’s decision paper was set and fixed by its hash"),
    "plan.begun": _("The secretariat began to prepare a plan"),
    "plan.directed": _("A plan’s basic direction was written"),
    "plan.frozen": _("A plan’s text was put before the forum"),
    "plan.thawed": _("A plan’s text was given back to its writers"),
    "commitment.written": _("A commitment was written"),
    "commitment.withdrawn": _("A commitment was withdrawn"),
    "clock.moved": _("The practice clock was moved on"),
}
