"""Who may do what in a consultation."""

from madang.calls.rules.permissions import is_anyone
from madang.members.rules.permissions import is_clock, is_secretariat

MAY = {
    "comments.announce": [[is_secretariat]],
    "comments.open": [[is_clock]],
    "comments.close": [[is_clock]],
    "comments.extend": [[is_secretariat]],
    "comments.call_off": [[is_secretariat]],
    "comment.send": [[is_anyone]],
    "comment.stop_letters": [[is_anyone]],
    "comment.publish": [[is_secretariat]],
    "comment.ask_hiding": [[is_secretariat]],
    "comment.confirm_hiding": [[is_secretariat]],
    "comment.refuse_hiding": [[is_secretariat]],
    "comment.restore": [[is_secretariat]],
    "comment.answer": [[is_secretariat]],
    "comments.publish_answers": [[is_secretariat]],
}
