"""What a proposal must be, whoever sends it, and whether it can be public at once."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.personal import holds_resident_number, personal_data
from madang.foundation.pasted import tidied
from madang.foundation.refusals import NotValid, Refusal

TITLE_MOST = 60
TEXT_LEAST, TEXT_MOST = 20, 2_000
NAME_MOST = 60
JOINT_MOST = 20
"""Characters, and joint proposers. Source: UX.md P1, step 2."""
ANSWER_PUBLIC = 3
"""Days within which a proposal is public. Source: UX.md P1, step 5."""


@dataclass(frozen=True)
class Words:
    """A proposal as its author wrote it; `area` is the area's place in the plan, from 0."""

    title: str
    text: str
    language: str
    area: int | None = None
    name: str = ""
    joint: list[str] = field(default_factory=list)
    title_only: bool = False


def one_line(value: str) -> str:
    """Text composed (NFC), on one line, without characters that nobody sees."""
    return " ".join(_composed(value).split())


def each_line(value: str) -> list[str]:
    """The lines that say something, each as `one_line` makes it."""
    return [line for line in map(one_line, value.splitlines()) if line]


def whole_text(value: str) -> str:
    """Text composed (NFC), its line ends made one kind, at most one empty line in between."""
    lines = _composed(value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _composed(value: str) -> str:
    """Text composed and tidied; composed again, as what lay between a letter and its mark is gone."""
    tidy = tidied(unicodedata.normalize("NFC", value)).text
    return unicodedata.normalize("NFC", tidy)


def says_something(value: str) -> bool:
    """Whether there is a letter, a digit or a sign to be seen, and not blanks of some kind alone."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in value)


def problems(words: Words, *, email: str | None = None, agreed: bool = True) -> list[Refusal]:
    """Everything that is wrong with a proposal, field by field, in the order of the form."""
    return list(_problems(words, email, agreed))


def check_words(words: Words) -> None:
    """Raises NotValid: the first of what `problems` finds."""
    for problem in _problems(words, None, True):
        raise problem


def _problems(words: Words, email: str | None, agreed: bool) -> Iterator[Refusal]:
    if not says_something(words.title):
        yield NotValid("calls.title_missing", field="title")
    elif len(words.title) > TITLE_MOST:
        yield NotValid("calls.title_long", most=TITLE_MOST, now=len(words.title), field="title")
    elif holds_resident_number(words.title):
        yield NotValid("calls.resident_number", field="title")
    if not says_something(words.text):
        yield NotValid("calls.text_missing", field="text")
    elif len(words.text) < TEXT_LEAST:
        yield NotValid("calls.text_short", least=TEXT_LEAST, now=len(words.text), field="text")
    elif len(words.text) > TEXT_MOST:
        yield NotValid("calls.text_long", most=TEXT_MOST, now=len(words.text), field="text")
    elif holds_resident_number(words.text):
        yield NotValid("calls.resident_number", field="text")
    if email is not None:
        try:
            check_email(email)
        except NotValid as problem:
            yield problem
    if len(words.name) > NAME_MOST:
        yield NotValid("calls.name_long", most=NAME_MOST, field="name")
    elif holds_resident_number(words.name):
        yield NotValid("calls.resident_number", field="name")
    if len(words.joint) > JOINT_MOST:
        yield NotValid("calls.joint_many", most=JOINT_MOST, field="joint")
    elif any(len(name) > NAME_MOST for name in words.joint):
        yield NotValid("calls.name_long", most=NAME_MOST, field="joint")
    elif holds_resident_number(*words.joint):
        yield NotValid("calls.resident_number", field="joint")
    if not agreed:
        yield NotValid("calls.not_agreed", field="agreed")


def waits_for_a_look(words: Words) -> bool:
    """Whether someone looks at it before it is public: it may hold personal data.

    A telephone number may be that of an office, so it stops nobody from proposing.
    """
    return bool(personal_data(words.title, words.text, words.name, *words.joint))
