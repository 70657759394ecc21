"""A rule's figure in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

BASES = {
    "roll": gettext_lazy("the members on the roll"),
    "returned": gettext_lazy("the votes returned"),
    "present": gettext_lazy("the members present"),
    "all": gettext_lazy("all seats"),
}
WORDS = {
    "reject": gettext_lazy("rejects"),
    "rejects": gettext_lazy("rejects"),
    "approve": gettext_lazy("approves"),
    "approves": gettext_lazy("approves"),
    "chair": gettext_lazy("the chair decides"),
    "open": gettext_lazy("open"),
    "secret": gettext_lazy("secret"),
    "none": gettext_lazy("none"),
    "office": gettext_lazy("by office"),
    "election": gettext_lazy("by election"),
    "keys": gettext_lazy("both co-chairs’ keys"),
    "meeting": gettext_lazy("a meeting"),
    "ballot": gettext_lazy("a ballot"),
}


def figure_words(figure: dict[str, Any] | None) -> str:
    """The figure as a reader says it; empty when it is not recorded."""
    if figure is None:
        return ""
    if "fraction" in figure:
        return _fraction(figure)
    if "days" in figure:
        return ngettext("%(n)s day", "%(n)s days", figure["days"]) % {"n": figure["days"]}
    if "years" in figure:
        return ngettext("%(n)s year", "%(n)s years", figure["years"]) % {"n": figure["years"]}
    if "count" in figure:
        return f"{figure['count']:,}"
    if "is" in figure:
        return _("yes") if figure["is"] else _("no")
    return str(WORDS.get(figure["word"], figure["word"]))


def _fraction(figure: dict[str, Any]) -> str:
    base = BASES.get(figure["base"], figure["base"])
    values = {"fraction": figure["fraction"], "base": base}
    if figure["comparator"] in (">", "＞"):
        return _("more than %(fraction)s of %(base)s") % values
    return _("at least %(fraction)s of %(base)s") % values
