"""Following by mail: an address, a button in the letter, and one press to stop.

It is no act of the forum and leaves no entry: who reads what is nobody's business.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from madang.foundation.refusals import NotFound
from madang.letters import outbox, texts
from madang.letters.models import Following
from madang.letters.texts import KINDS, Kind

LASTS = timedelta(days=7)
"""How long the letter that asks for a button can be answered. Source: UX P2."""
KEPT = timedelta(days=30)
"""How long an address that never pressed the button is kept, so that it can be asked again."""
BETWEEN = timedelta(minutes=1)
MOST_AN_HOUR = 5
"""One a minute for a thing followed and five an hour for an address. Source: as for mailed codes
(SECURITY.md §6)."""

KINDS["follow.confirm"] = Kind(
    subject=gettext_lazy("Press once to be told of changes: %(title)s"),
    body=gettext_lazy(
        "You asked to be told by mail when something changes about\n"
        "\n"
        "%(title)s\n"
        "\n"
        "Open this page and press the button there. It works until %(until)s:\n"
        "%(link)s\n"
        "\n"
        "Opening the link does nothing by itself. If it was not you, you need do nothing: no "
        "letter comes, and your address is forgotten."
    ),
    lasts=LASTS,
    opens_a_door=True,
)


def ask_to_follow(about: str, title: Any, email: str, language: str, at: datetime) -> None:
    """Write the letter with the button to an address, where it does not follow already.

    Whoever asks learns nothing: it is the same for one that follows, and for one too often asked.
    """
    lately = Following.objects.filter(email=email, asked_at__gt=at - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        return
    row, new = Following.objects.get_or_create(
        about=about, email=email, defaults={"language": language, "asked_at": at}
    )
    if row.confirmed_at or (not new and row.asked_at > at - BETWEEN):
        return
    row.language, row.asked_at = language, at
    row.save(update_fields=["language", "asked_at"])
    facts = {"title": title, "until": at + LASTS, "link": address_of_link(row)}
    _post(row, "follow.confirm", f"follow:{row.pk}:asked:{at.isoformat()}", facts, at)


def follow_token(row: Following) -> str:
    """The token of the page that starts and stops the letters. It opens nothing else."""
    return f"{row.pk}-{_sign(row.pk)}"


def address_of_link(row: Following) -> str:
    """The address of that page, in the follower's language."""
    with translation.override(_spoken(row.language)):
        return settings.INSTALLATION.address + reverse("follow", args=[follow_token(row)])


def find_following(token: str) -> Following | None:
    """The row of a token; None where whoever has it stopped. Raises NotFound: letters.link_unknown."""
    key, _dash, sign = token.partition("-")
    known = key.isascii() and key.isdigit() and len(key) < 16
    if not known or not constant_time_compare(sign, _sign(int(key))):
        raise NotFound("letters.link_unknown")
    return Following.objects.filter(pk=int(key)).first()


def is_ended(row: Following, at: datetime) -> bool:
    """Whether the letter's button is too old to be pressed."""
    return row.confirmed_at is None and at >= row.asked_at + LASTS


def confirm(row: Following, at: datetime) -> None:
    """From now on the address is told."""
    Following.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=at)


def stop(row: Following) -> None:
    """No letter any more, and the address is forgotten."""
    Following.objects.filter(pk=row.pk).delete()


def tell_followers(
    abouts: Iterable[str],
    kind: str,
    why: str,
    facts: Callable[[], Mapping[str, Any]],
    at: datetime,
) -> None:
    """Write to everyone who follows one of the refs, once for a reason.

    `facts` is called in each follower's language.
    """
    told: set[str] = set()
    rows = Following.objects.filter(about__in=list(abouts), confirmed_at__isnull=False)
    for row in rows.order_by("pk"):
        if row.email in told:
            continue
        told.add(row.email)
        with translation.override(_spoken(row.language)):
            filled = {**facts(), "stop": address_of_link(row)}
        _post(row, kind, f"{why}:{row.pk}", filled, at)


def sweep_following(at: datetime) -> int:
    """Forget the addresses that never pressed the button; how many."""
    old = Following.objects.filter(confirmed_at=None, asked_at__lt=at - KEPT)
    return old.delete()[0]


def _post(row: Following, kind: str, reason: str, facts: Mapping[str, Any], at: datetime) -> None:
    words = texts.write(kind, row.language, facts)
    outbox.post(
        to=row.email,
        language=words.language,
        kind=kind,
        reason=reason,
        subject=words.subject,
        body=words.body,
        at=at,
    )


def _spoken(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else "en"


def _sign(key: int) -> str:
    return salted_hmac("madang.letters.follow", str(key), algorithm="sha256").hexdigest()[:32]
