"""Words in several languages, told apart from words that are not there yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How the words of a language came about; the source's own words have no kind."""

    OFFICIAL = "official"
    WORKING = "working"
    MACHINE = "machine"


def tongue_of(words: str) -> str:
    """The language that words seem to be in: Korean where a Hangul syllable stands, else English."""
    return "ko" if any("가" <= sign <= "힣" for sign in words) else "en"


@dataclass(frozen=True)
class Said:
    """Words as a reader meets them.

    `language` is the language the words are in; when it is not the one asked for, the
    translation does not exist yet.
    """

    words: str
    language: str
    asked: str
    kind: Kind | None = None

    @property
    def untranslated(self) -> bool:
        return self.language != self.asked


@dataclass(frozen=True)
class Text:
    """The same words by language; None where a language has none yet.

    Kept as `{"ko": …, "en": …, "kind": {"ko": "working"}}`.
    """

    words: Mapping[str, str | None] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "Text":
        """Read the kept form."""
        kinds = kept.get("kind")
        return cls(
            words={
                k: v for k, v in kept.items() if k != "kind" and (v is None or isinstance(v, str))
            },
            kinds={k: Kind(v) for k, v in kinds.items()} if isinstance(kinds, Mapping) else {},
        )

    def kept(self) -> dict[str, object]:
        """The form in which the text is stored and hashed."""
        kinds = {"kind": {k: v.value for k, v in self.kinds.items()}} if self.kinds else {}
        return {**self.words, **kinds}

    def say(self, language: str, order: Iterable[str] = ()) -> Said:
        """The words for a reader of `language`, or the original where they are missing.

        `order` is the forum's languages, the original first. Own words go before translations.
        """
        if words := self.words.get(language):
            return Said(words, language, language, self.kinds.get(language))
        there = [key for key in (*order, *sorted(self.words)) if self.words.get(key)]
        if not there:
            return Said("", language, language)
        found = next((key for key in there if key not in self.kinds), there[0])
        return Said(self.words[found] or "", found, language, self.kinds.get(found))

    def data(self, languages: Iterable[str] = ()) -> dict[str, str | None]:
        """The words for open data: every language of the forum, null where there are none."""
        return {key: self.words.get(key) for key in (*languages, *self.words)}

    def __bool__(self) -> bool:
        return any(self.words.values())
