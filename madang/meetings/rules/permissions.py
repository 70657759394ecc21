"""Who may do what to a meeting and its agenda."""

from madang.members.rules.permissions import is_secretariat

MAY = {
    "meeting.call": [[is_secretariat]],
    "agenda.put": [[is_secretariat]],
    "agenda.take_off": [[is_secretariat]],
}
