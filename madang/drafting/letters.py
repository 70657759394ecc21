"""The letter to whoever suggested a change: what became of it, and why."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from madang.drafting.actions.suggest import SuggestionAnswered
from madang.drafting.models import Suggestion
from madang.drafting.words import FATES, words_of
from madang.foundation.actors import Actor
from madang.letters import outbox, texts
from madang.letters.texts import KINDS, Kind

KINDS["suggestion.answered"] = Kind(
    subject=gettext_lazy("Suggestion %(number)s to commitment %(label)s: %(fate)s"),
    body=gettext_lazy(
        "What became of the change you suggested: %(fate)s\n"
        "\n"
        "%(title)s\n"
        "%(where)s\n"
        "\n"
        "You suggested:\n"
        "%(wording)s\n"
        "\n"
        "%(answer)s\n"
        "\n"
        "Every suggestion to this commitment, and what became of it:\n"
        "%(page)s"
    ),
)
_REASON = gettext_lazy("The reason: %(words)s")
_READS = gettext_lazy("The paragraph reads now: %(words)s")
_GONE = gettext_lazy("that the paragraph be taken out")


def tell_answered(event: SuggestionAnswered, by: Actor, at: datetime) -> None:
    """Tell whoever suggested a change what became of it, where they have an address here."""
    plan, _dash, number = event.about.partition(":")[2].partition("-")
    rows = Suggestion.objects.select_related("commitment__plan", "account")
    found = rows.get(
        commitment__plan__number=int(plan),
        commitment__number=int(number),
        number=event.suggestion,
    )
    if found.account is None or not found.account.email:
        return
    account, label = found.account, f"{plan}-{number}"
    spoken = account.language if account.language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        page = reverse("desk.draft", args=[int(plan), int(number)])
        facts = {
            "number": found.number,
            "label": label,
            "fate": str(FATES[found.fate]),
            "title": f"{number}. {found.commitment.title.say(spoken).words}",
            "where": words_of(tuple(found.piece.split("/"))),
            "wording": found.wording or str(_GONE),
            "answer": _answer(found),
            "page": f"{settings.INSTALLATION.address}{page}#s-{found.number}",
        }
        words = texts.write("suggestion.answered", spoken, facts)
    outbox.post(
        to=account.email,
        language=words.language,
        kind="suggestion.answered",
        reason=f"{found.ref}:answered",
        subject=words.subject,
        body=words.body,
        at=at,
    )


def _answer(found: Suggestion) -> str:
    lines = []
    if found.settled and found.settled != found.wording:
        lines.append(_READS % {"words": found.settled})
    if found.answer:
        lines.append(_REASON % {"words": found.answer})
    return "\n\n".join(lines)
