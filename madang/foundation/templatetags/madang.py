"""What every template may say: words in the reader's language, dates, numbers."""

import html
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from madang.foundation.addresses import address_of
from madang.foundation.dates import PartialDate
from madang.foundation.texts import Text, tongue_of

register = template.Library()
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@register.simple_tag(takes_context=True)
def said(context: Any, text: Text | dict[str, Any] | None) -> SafeString | str:
    """The words in the page's language; else the original, marked with its language.

    The mark reads "not yet translated"; the original carries its `lang`.
    """
    if isinstance(text, dict):
        text = Text.of(text)
    if not text:
        return ""
    found = text.say(
        context.get("LANGUAGE") or get_language() or "ko", context.get("languages", ())
    )
    if not found.untranslated:
        return found.words
    return format_html(
        '<span lang="{}">{}</span> <span class="untranslated">{}</span>',
        found.language,
        found.words,
        gettext("not yet translated"),
    )


@register.simple_tag(takes_context=True)
def foreign(context: Any, language: str) -> SafeString | str:
    """The mark "not yet translated" behind words in another language than the page's."""
    if language == (context.get("LANGUAGE") or get_language() or "ko"):
        return ""
    return format_html('<span class="untranslated">{}</span>', gettext("not yet translated"))


@register.filter
def as_written(words: str | None) -> SafeString | str:
    """A name or a wording that is nobody's to translate, marked with the language it seems to be in."""
    if not words:
        return ""
    return format_html('<bdi lang="{}">{}</bdi>', tongue_of(str(words)), words)


@register.filter
def seems(words: str) -> str:
    """The language that words seem to be in, for those kept without one."""
    return tongue_of(words)


@register.simple_tag(takes_context=True)
def quoted(context: Any, text: Text | None) -> SafeString | str:
    """A source's own wording, in whatever language it is: a quotation needs no translation."""
    if not text:
        return ""
    found = text.say(context.get("LANGUAGE") or "ko", context.get("languages", ()))
    return format_html('<span lang="{}">{}</span>', found.language, found.words)


@register.simple_tag(takes_context=True)
def plain(context: Any, text: Text | dict[str, Any] | None) -> str:
    """The words alone, for a title or an attribute."""
    if isinstance(text, dict):
        text = Text.of(text)
    if not text:
        return ""
    asked = context.get("LANGUAGE") or get_language() or "ko"
    return text.say(asked, context.get("languages", ())).words


@register.filter
def kind(text: Text | None) -> str:
    """How the words in the page's language came about: `working`, `machine`, … or nothing."""
    found = text.kinds.get(get_language() or "ko") if text else None
    return found.value if found else ""


def spell(value: PartialDate | str | None) -> str:
    """A year, month or day in the page's language."""
    if not value:
        return ""
    found = PartialDate(value) if isinstance(value, str) else value
    if get_language() == "en":
        month = _MONTHS[found.month - 1] if found.month else ""
        return " ".join(str(part) for part in (found.day, month, found.year) if part)
    if found.day:
        return f"{found.year}. {found.month}. {found.day}."
    return f"{found.year}년 {found.month}월" if found.month else f"{found.year}년"


@register.filter
def dated(value: PartialDate | str | None) -> SafeString | str:
    """A date of the domain as `<time>`, no more precise than it is known."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value, spell(value))


@register.simple_tag
def between(start: str | None, end: str | None) -> SafeString | str:
    """From one date to another, as `<time>`s; an end that is not known is left open."""
    if start and end and start != end:
        return mark_safe(f"{dated(start)} – {dated(end)}")  # both parts are escaped
    if start and end:
        return dated(start)
    if start:
        return mark_safe(f"{dated(start)} –")
    return mark_safe(f"– {dated(end)}") if end else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment in the forum's time zone, the zone named."""
    if not value:
        return ""
    local = timezone.localtime(value)
    words = f"{spell(local.date().isoformat())} {local:%H:%M} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.filter
def grouped(value: int | None) -> str:
    """A count with its thousands apart."""
    return "" if value is None else f"{value:,}"


@register.filter
def prose(value: str | None) -> SafeString | str:
    """Plain text as paragraphs; no markup of its own survives."""
    if not value:
        return ""
    parts = [part.strip() for part in str(value).replace("\r\n", "\n").split("\n\n")]
    return mark_safe("".join(f"<p>{escape(part)}</p>" for part in parts if part))


_MARKS = {"added": "<ins>%s</ins>", "removed": "<del>%s</del>"}


@register.filter
def marked(runs: Iterable[dict[str, str]]) -> SafeString:
    """A changed text with its marks: what is new inserted, what is gone deleted."""
    # One string: a long text has hundreds of runs, and a template is slow for each of them, as is
    # Django's own `escape`, which does this and asks what it was given.
    return mark_safe(
        "".join(_MARKS.get(run["mark"], "%s") % html.escape(run["words"]) for run in runs)
    )


@register.filter
def tongue(path: Sequence[str] | None) -> str:
    """The language of a piece of text, the last of its path; empty where it is in none."""
    return path[-1] if path and path[-1] in dict(settings.LANGUAGES) else ""


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """A mapping's value, for keys that come from data."""
    return mapping.get(key)


@register.filter
def address(ref: str | None) -> str:
    """The address of what a ref points to; empty where it has no page."""
    return address_of(ref) if ref else ""


@register.filter
def language_name(key: str) -> str:
    """A language in the reader's words; its code where we have none."""
    return {"ko": gettext("Korean"), "en": gettext("English")}.get(key, key)


@register.filter
def joined(values: Iterable[Any], sign: str = " · ") -> str:
    return sign.join(str(value) for value in values)
