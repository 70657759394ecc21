"""Who may do what to an edition."""

from madang.members.rules.permissions import is_loader

MAY = {
    "papers.fix": [[is_loader]],
}
