"""The exact text of a ballot as it is laid before those who check or approve it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from madang.ballots.models import Ballot, Key
from madang.ballots.pages.data import decided
from madang.ballots.reading import last_round_before, roll_on, rules_on
from madang.ballots.results import said_again, said_papers
from madang.ballots.rules.rounds import compare_papers
from madang.ballots.wording import REASONS, WRITTEN_RULE
from madang.documents.files import canonical_digest
from madang.foundation.addresses import address_of
from madang.foundation.answers import said
from madang.foundation.texts import Text
from madang.letters.texts import spell_moment
from madang.members.models import Holding
from madang.members.pages.figures import figure_words
from madang.members.pages.forum import SIDES


@dataclass(frozen=True)
class KeyPlace:
    """One of the two places for a key: whose side, and the key that stands in it, if one does."""

    side: str
    words: str | Promise
    key: Key | None


def text_shown(ballot: Ballot, languages: Iterable[str], roll: Sequence[Any]) -> dict[str, Any]:
    """All that a key signs, for the template `parts/ballot_text.html`."""
    assert ballot.opens_at and ballot.closes_at
    spoken = list(languages)
    day = timezone.localdate(ballot.opens_at).isoformat()
    return {
        "question": [(key, ballot.question.words.get(key)) for key in spoken],
        "languages": spoken,
        "decides": decided(ballot.decides),
        "reason": REASONS.get(ballot.written_reason or ""),
        "written_rule": WRITTEN_RULE,
        "papers": [_paper(paper, spoken) for paper in ballot.papers],
        "papers_digest": canonical_digest(ballot.papers),
        "rules": [_rule(figure) for figure in rules_on(day)],
        "sides": by_side(roll),
        "seats": len(roll),
        "opens_at": ballot.opens_at,
        "closes_at": ballot.closes_at,
    }


def beside_the_last(ballot: Ballot) -> dict[str, str]:
    """Why there is a further round, and how its papers differ; empty words for a first one."""
    earlier = last_round_before(ballot)
    if earlier is None:
        return {"again": "", "papers_said": ""}
    change = compare_papers(earlier.papers, ballot.papers)
    return {
        "again": said_again(ballot.round, earlier),
        "papers_said": said_papers(change, earlier.round),
    }


def roll_of(ballot: Ballot) -> list[Holding]:
    """Who would be on the roll of a ballot that has not opened."""
    assert ballot.opens_at
    return roll_on(timezone.localdate(ballot.opens_at).isoformat())


def by_side(roll: Sequence[Any]) -> list[dict[str, Any]]:
    """The roll's seats by side, in their order."""
    rows = list(roll)
    return [
        {"side": side, "words": words, "seats": [r for r in rows if r.seat.seat_class.side == side]}
        for side, words in SIDES.items()
    ]


def key_places(keys: Iterable[Key], digest: str = "") -> list[KeyPlace]:
    """The two places for keys; where `digest` is today's, a key on another text holds no more."""
    good = [key for key in keys if not key.voided_at and digest in ("", key.digest)]
    standing = {key.side: key for key in good}
    return [KeyPlace(side, words, standing.get(side)) for side, words in SIDES.items()]


def _paper(paper: dict[str, Any], languages: list[str]) -> dict[str, Any]:
    title = Text.of(paper["title"])
    return {
        "ref": paper["ref"],
        "url": address_of(paper["ref"]),
        "titles": [(key, title.words.get(key)) for key in languages],
        "sha256": paper["sha256"],
    }


def _rule(figure: dict[str, Any]) -> dict[str, Any]:
    return {
        **figure,
        "title": Text.of(figure["title"]),
        "words": figure_words(figure["figure"]),
        "text": Text.of(figure["text"]) if figure.get("text") else None,
    }


# --- what changed since it was read --------------------------------------------------------------


def read_form(ballot: Ballot, text: dict[str, Any], roll: Iterable[Holding]) -> dict[str, Any]:
    """What a co-chair reads, to be sent back signed with the key: `text` is that of `text_of`."""
    return {
        "ballot": ballot.ref,
        "digest": canonical_digest(text),
        "text": text,
        "roll": [[h.seat.number, said(h.person.name) if h.person else ""] for h in roll],
    }


@dataclass(frozen=True)
class Change:
    """A part of the text that reads differently now; `what` is a key of `PARTS` in the page."""

    what: str
    before: str
    after: str


def changes(read: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """What is different between the text that was read and the text as it is."""
    before, after = _lines(read), _lines(now)
    return [
        Change(what, before.get((what, part), ""), after.get((what, part), ""))
        for what, part in dict.fromkeys([*before, *after])
        if before.get((what, part)) != after.get((what, part))
    ]


def _lines(form: dict[str, Any]) -> dict[tuple[str, str], str]:
    """A text part by part, each as a line that can be compared and read."""
    text = form["text"]
    question = {k: v for k, v in text["question"].items() if isinstance(v, str)}
    return {
        **{("question", key): words for key, words in question.items()},
        ("written_reason", ""): str(REASONS.get(text["written_reason"], "")),
        ("window", "from"): _moment(text["window"][0]),
        ("window", "to"): _moment(text["window"][1]),
        **{
            ("papers", p["ref"]): f"{said(Text.of(p['title']))} · {p['sha256']}"
            for p in text["papers"]
        },
        **{
            ("rules", r["key"]): f"{said(Text.of(r['title']))}: {figure_words(r['figure'])}"
            for r in text["rules"]
        },
        **{("roll", seat): f"{seat} {name}".strip() for seat, name in form["roll"]},
    }


def _moment(iso: str) -> str:
    return spell_moment(datetime.fromisoformat(iso))
