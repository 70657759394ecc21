"""Who may do what while a plan is carried out."""

from madang.members.rules.permissions import is_secretariat

MAY = {
    "assessment.begin": [[is_secretariat]],
    "assessment.write": [[is_secretariat]],
    "assessment.put_out": [[is_secretariat]],
    "assessment.publish": [[is_secretariat]],
}
