"""What the forum stands on, as it is said in one line."""

from madang.foundation.texts import Text
from madang.members.models import Forum


def basis_of(forum: Forum) -> str:
    """The title of the forum's legal basis in its first language; empty where none is recorded."""
    if forum.legal_basis:
        title = Text.of(forum.legal_basis["title"])
    else:
        title = (forum.body and forum.body.basis) or Text()
    return title.say(forum.languages[0], forum.languages).words
