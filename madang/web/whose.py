"""Whose a mailed link is: it says so to somebody else who is signed in, and nothing more."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed
from madang.members.models import Agency, normal_email


def see_that_it_is_theirs(request: Any, holder: Actor, agency: Agency) -> None:
    """A link opens for whoever has it, but not for one who is signed in as somebody else.

    In a practice forum everyone reads all letters, so there everyone opens every link.
    Raises NotAllowed: web.anothers_link.
    """
    if settings.INSTALLATION.practice or request.actor.account is None:
        return
    if normal_email(request.user.email) != normal_email(holder.name or ""):
        whose = agency.name.say(get_language() or "ko").words
        raise NotAllowed("web.anothers_link", agency=whose)
