"""Who may do what to the text of a plan."""

from madang.members.rules.permissions import is_secretariat

MAY = {
    "texts.fix": [[is_secretariat]],
    "commitment.write": [[is_secretariat]],
    "commitment.withdraw": [[is_secretariat]],
    "commitment.tie": [[is_secretariat]],
    "commitment.untie": [[is_secretariat]],
}
