"""The letters to whoever commented on a draft; each is written in the transaction of its act."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from madang.calls.words import HIDDEN_FOR
from madang.consultation.actions.answer_comments import CommentsAnswered
from madang.consultation.actions.comment import CommentReceived
from madang.consultation.actions.moderate_comment import CommentHidden, CommentPublished
from madang.consultation.comment_words import FATES
from madang.consultation.comments import comment_at, title_of
from madang.consultation.models import Comment, CommentAnswer
from madang.consultation.rules.commenting import CommentState
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound
from madang.foundation.templatetags.madang import spell
from madang.letters import outbox, texts
from madang.letters.texts import KINDS, Kind

_END = gettext_lazy("\n\nStop the letters about this comment, at one press:\n%(stop)s")

KINDS.update(
    {
        "comment.code": Kind(
            subject=gettext_lazy("%(code)s: your number for sending the comment"),
            body=gettext_lazy(
                "Your number for sending the comment is\n"
                "\n"
                "    %(code)s\n"
                "\n"
                "It works once, until %(until)s, for what you wrote about:\n"
                "%(title)s\n"
                "\n"
                "Nothing is sent before you type it. If you did not write a comment, you need do "
                "nothing: nothing is kept of it."
            ),
            lasts=timedelta(minutes=30),
            opens_a_door=True,
        ),
        "comment.code_for": Kind(
            subject=gettext_lazy("%(code)s: your number for comment %(label)s"),
            body=gettext_lazy(
                "Your number for comment %(label)s is\n"
                "\n"
                "    %(code)s\n"
                "\n"
                "It works once, until %(until)s. If you did not ask for it, you need do nothing."
            ),
            lasts=timedelta(minutes=30),
            opens_a_door=True,
        ),
        "comment.received": Kind(
            subject=gettext_lazy(
                "Comment %(label)s was received: an answer comes by %(answer_by)s"
            ),
            body=gettext_lazy(
                "Your comment was received. Its number is %(label)s.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "Here you see it, and its answer, for good:\n"
                "%(page)s\n"
                "\n"
                "%(public)s\n"
                "The answer comes by %(answer_by)s, with the reason also where it can’t be taken "
                "up.\n"
                "\n"
                "Change it while the draft is open to comments, or withdraw it:\n"
                "%(mine)s"
            ),
        ),
        "comment.published": Kind(
            subject=gettext_lazy("Comment %(label)s is public"),
            body=gettext_lazy(
                "Your comment %(label)s was looked at and is public now.\n\n%(title)s\n\n%(page)s"
            ),
        ),
        "comment.hidden": Kind(
            subject=gettext_lazy("Comment %(label)s was hidden"),
            body=gettext_lazy(
                "%(title)s\n"
                "\n"
                "Two persons of the secretariat hid your comment: %(why)s.\n"
                "\n"
                "Its number and its page stay, with the reason:\n"
                "%(page)s"
            ),
        ),
        "comment.answered": Kind(
            subject=gettext_lazy("Comment %(label)s was answered: %(fate)s"),
            body=gettext_lazy(
                "Your comment %(label)s was answered.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "What became of it: %(fate)s\n"
                "%(answer)s\n"
                "\n"
                "The answer, and what changed in the draft, stand here for good:\n"
                "%(page)s"
            ),
        ),
    }
)
_PUBLIC_NOW = gettext_lazy("Everyone can read it now.")
_PUBLIC_LATER = gettext_lazy(
    "It seems to hold a telephone number or an e-mail address, so someone of the secretariat "
    "looks at it before everyone can read it."
)
Facts = Callable[[], dict[str, Any]]


def tell_received(event: CommentReceived, by: Actor, at: datetime) -> None:
    """Confirm to its author that a comment came in, with its number and what is promised."""
    found = comment_at(event.about)

    def facts() -> dict[str, Any]:
        public = found.state == CommentState.PUBLIC
        return {
            "answer_by": spell(found.round.answer_by),
            "public": str(_PUBLIC_NOW if public else _PUBLIC_LATER),
            "mine": settings.INSTALLATION.address
            + reverse("comment.mine", args=[found.plan.number, found.number]),
        }

    _tell(found, "comment.received", "received", facts, at)


def tell_published(event: CommentPublished, by: Actor, at: datetime) -> None:
    """Tell its author that a comment that waited for a look is public."""
    _tell(comment_at(event.about), "comment.published", "published", dict, at)


def tell_hidden(event: CommentHidden, by: Actor, at: datetime) -> None:
    """Tell its author that a comment was hidden, and why."""

    def facts() -> dict[str, Any]:
        return {"why": str(HIDDEN_FOR[event.reason])}

    _tell(comment_at(event.about), "comment.hidden", f"hidden:{at.isoformat()}", facts, at)


def tell_answered(event: CommentsAnswered, by: Actor, at: datetime) -> None:
    """Tell every author of a round whose answer was published just now."""
    plan, _dash, number = event.about.removeprefix("comments:").partition("-")
    rows = CommentAnswer.objects.filter(
        comment__plan__number=int(plan), comment__round__number=int(number), published_at=at
    )
    rows = rows.filter(comment__contact__isnull=False, comment__contact__stopped_at=None)
    beside = ("comment__plan", "comment__commitment", "comment__version", "comment__contact")
    for answer in rows.select_related(*beside):
        _tell_answer(answer, at)


def _tell_answer(answer: CommentAnswer, at: datetime) -> None:
    def facts() -> dict[str, Any]:
        language = translation.get_language() or "ko"
        return {"fate": str(FATES[answer.fate]), "answer": answer.reason.say(language).words}

    _tell(answer.comment, "comment.answered", "answered", facts, at)


def _tell(found: Comment, kind: str, why: str, facts: Facts, at: datetime) -> None:
    """Write to a comment's author, where that was not stopped; `facts` in the author's language.

    `why` names the letter: each is written once.
    """
    contact = getattr(found, "contact", None)
    if contact is None or contact.stopped_at:
        return
    spoken = contact.language if contact.language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        filled = {
            "label": found.label,
            "title": about_words(found, spoken),
            "page": settings.INSTALLATION.address
            + reverse("draft.comment", args=[found.plan.number, found.number]),
            "stop": settings.INSTALLATION.address
            + reverse("comment.stop", args=[stop_token(found)]),
            **facts(),
        }
        words = texts.write(kind, spoken, filled)
        end = str(_END) % filled
    outbox.post(
        to=contact.email,
        language=words.language,
        kind=kind,
        reason=f"{found.ref}:{why}",
        subject=words.subject,
        body=words.body + end,
        at=at,
    )


def about_words(found: Comment, language: str) -> str:
    """What a comment is about: its commitment as the public read it, or the plan."""
    if found.commitment and found.version:
        return f"{found.commitment.number}. {title_of(found.version).say(language).words}"
    return found.plan.title.say(language).words


# --- the one press that stops them ---------------------------------------------------------------


def stop_token(comment: Comment) -> str:
    """The token of a comment's stop link. Whoever has it can stop its letters, and no more."""
    return f"{comment.pk}-{_sign(comment.pk)}"


def find_by_stop_token(token: str) -> Comment:
    """Raises NotFound: letters.link_unknown."""
    key, _dash, sign = token.partition("-")
    known = key.isascii() and key.isdigit() and len(key) < 16
    if not known or not constant_time_compare(sign, _sign(int(key))):
        raise NotFound("letters.link_unknown")
    found = Comment.objects.select_related("plan").filter(pk=int(key)).first()
    if found is None:
        raise NotFound("letters.link_unknown")
    return found


def _sign(key: int) -> str:
    return salted_hmac("madang.consultation.stop", str(key), algorithm="sha256").hexdigest()[:32]
