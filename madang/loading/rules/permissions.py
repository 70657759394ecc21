"""Who may load a file: the command line, on the installation's own machine."""

from madang.members.rules.permissions import is_loader

MAY = {
    "forum.load": [[is_loader]],
    "plan.load": [[is_loader]],
}
