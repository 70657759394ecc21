"""Marks that lead to a fact's source, and the list they lead to."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context: Any, key: str | None) -> SafeString | str:
    """A small number that leads to the source at the foot of the page."""
    if not key:
        return ""
    number = context["cited"].number(key)
    words = gettext("source")
    return format_html(
        '<sup><a class="cite" href="#source-{0}" title="{1} {0}">{0}</a></sup>', number, words
    )


@register.inclusion_tag("parts/sources.html", takes_context=True)
def sources(context: Any) -> dict[str, Any]:
    """The list of what the page has cited; the last thing in its body."""
    return {
        "listed": context["cited"].listed(),
        "LANGUAGE": context["LANGUAGE"],
        "languages": context["languages"],
    }
