"""Who may do what to an edition, and to the papers of what was decided."""

from madang.ballots.rules.permissions import is_co_chair
from madang.members.rules.permissions import is_clock, is_loader

MAY = {
    "edition.key": [[is_co_chair]],
    "edition.publish": [[is_co_chair]],
    "papers.fix": [[is_loader], [is_clock]],
    "decision.fix": [[is_clock]],
}
