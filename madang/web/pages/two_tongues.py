"""Form fields in the forum's languages side by side, with what was typed kept in them."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from madang.calls.rules.proposing import whole_text
from madang.drafting.words import TONGUES
from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.texts import Text
from madang.web.sentences import sentence

Values = dict[str, str]
"""What stands in a form: the value of each field by its name, `title-ko`, `starts`."""
LINE, PROSE = 300, 6000
"""The most characters of a line and of a text."""


@dataclass(frozen=True)
class Cell:
    """One input; `rows` is 0 for a line."""

    id: str
    language: str
    value: str
    rows: int

    @property
    def tongue(self) -> str:
        return TONGUES.get(self.language, self.language)


@dataclass(frozen=True)
class Field:
    """The same question in each language, with what is wrong with its answer."""

    id: str
    label: str | Promise
    cells: list[Cell]
    hint: str | Promise = ""
    error: str = ""


def field(
    name: str,
    label: str | Promise,
    values: Values,
    languages: Iterable[str],
    *,
    rows: int = 0,
    hint: str | Promise = "",
    problem: Refusal | None = None,
) -> Field:
    """A question with the values that stand in the form."""
    cells = [Cell(f"{name}-{key}", key, values.get(f"{name}-{key}", ""), rows) for key in languages]
    wrong = sentence(problem) if problem and problem.facts.get("field") == name else ""
    return Field(name, label, cells, hint, wrong)


def all_typed(request: HttpRequest) -> Values:
    """Everything typed into a form, as it is shown again: nothing refused, nothing lost."""
    return {
        name: _clean(" ".join(request.POST.getlist(name)))
        for name in request.POST
        if name != "csrfmiddlewaretoken"
    }


def _clean(value: str) -> str:
    composed = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    return composed.replace("\x00", "").strip()


def text_of(values: Values, name: str, languages: Iterable[str], *, most: int = PROSE) -> Text:
    """The words typed for a question, by language, without what came along with a pasted text.

    Raises NotValid: web.too_much.
    """
    words = typed_of(values, name, languages, most=most).words
    return Text({key: whole_text(one or "") or None for key, one in words.items()})


def typed_of(values: Values, name: str, languages: Iterable[str], *, most: int = PROSE) -> Text:
    """The same to the letter. Raises NotValid: web.too_much."""
    return Text({key: limited(values, f"{name}-{key}", most, name) or None for key in languages})


def limited(values: Values, key: str, most: int, name: str = "") -> str:
    """Raises NotValid: web.too_much, beyond `most` characters."""
    value = values.get(key, "")
    if len(value) > most:
        raise NotValid("web.too_much", most=most, field=name or key)
    return value


def put(
    values: Values, name: str, kept: Mapping[str, Any] | None, languages: Iterable[str]
) -> None:
    """Put a kept text into a form's values."""
    for key in languages:
        values[f"{name}-{key}"] = str((kept or {}).get(key) or "")


def where(problem: Refusal | None, first: str) -> str:
    """The id of the field a problem is about."""
    return str(problem.facts.get("field") or first) if problem else first
