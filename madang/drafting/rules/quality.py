"""What makes a commitment one that can be checked: reckoned while it is drafted, never in its way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from madang.drafting.rules.diff import Path
from madang.drafting.rules.paragraphs import piece_at, writable

SUBSTANCE = 40
"""From how many characters on an answer is one in substance. Source: ours; the reviewer reads."""
FEWEST_MILESTONES, MOST_MILESTONES = 2, 8
"""How many milestones can be followed over a plan's years. Source: ours; OGP sets no number."""
LENS = ("transparency", "accountability", "participation")


@dataclass(frozen=True)
class Criterion:
    """Something a good commitment has: its key, the reviewer's code for it, since when, says who.

    `code` is the column of OGP's own data that the independent reviewer fills, where there is one.
    """

    key: str
    code: str
    since: str
    title: str
    url: str


CRITERIA = (
    Criterion(
        "verifiable",
        "Verifiable",
        "2022-01-01",
        "OGP Glossary: Verifiability",
        "https://opengovpartnership.org/glossary/verifiability",
    ),
    Criterion(
        "lens",
        "Open government lens",
        "2022-01-01",
        "OGP Glossary: Relevance",
        "https://www.opengovpartnership.org/glossary/relevance/",
    ),
    Criterion(
        "baseline",
        "",
        "2022-01-01",
        "OGP commitments dataset: the template’s fields",
        "https://github.com/g0v/ogp-commitments",
    ),
    Criterion(
        "one_lead",
        "Lead Institution",
        "2022-01-01",
        "OGP commitments dataset: the template’s fields",
        "https://github.com/g0v/ogp-commitments",
    ),
    Criterion("milestones", "", "2026-11-23", "", ""),
    Criterion(
        "translated",
        "",
        "2016-06-05",
        "OGP: Clarifying action plan deadlines",
        "http://www.opengovpartnership.org/blog/ogp-webmaster/2016/06/05/"
        "clarifying-ogp-national-action-plan-deadlines",
    ),
)
"""The checklist, in its order. Source: DOMAIN 2 and 3; what has no address is ours."""


@dataclass(frozen=True)
class Finding:
    """Whether a criterion is met, and what it was seen by: milestones' labels, paths, a count."""

    criterion: Criterion
    met: bool
    facts: Mapping[str, Any] = field(default_factory=dict)


Parts = Mapping[str, Any]
Check = Callable[[Parts, Sequence[str]], tuple[bool, dict[str, Any]]]


def findings(parts: Parts, languages: Sequence[str]) -> list[Finding]:
    """The checklist for a wording, as it stands, in a forum of these languages."""
    return [Finding(one, *_CHECKS[one.key](parts, languages)) for one in CRITERIA]


def _words(kept: Mapping[str, Any] | None) -> list[str]:
    return [str(value) for key, value in (kept or {}).items() if key != "kind" and value]


def _in_substance(kept: Mapping[str, Any] | None) -> bool:
    return any(len(words) >= SUBSTANCE for words in _words(kept))


def _verifiable(parts: Parts, languages: Sequence[str]) -> tuple[bool, dict[str, Any]]:
    steps = parts["milestones"]
    no_output = [step["label"] for step in steps if not _words(step["output"])]
    no_date = [step["label"] for step in steps if not step["due"]]
    facts = {"count": len(steps), "no_output": no_output, "no_date": no_date}
    return bool(steps) and not no_output and not no_date, facts


def _lens(parts: Parts, languages: Sequence[str]) -> tuple[bool, dict[str, Any]]:
    answers = parts.get("template", {})
    said = [key for key in LENS if _in_substance(answers.get(key))]
    return bool(said), {"said": said, "open": [key for key in LENS if key not in said]}


def _baseline(parts: Parts, languages: Sequence[str]) -> tuple[bool, dict[str, Any]]:
    return _in_substance(parts.get("template", {}).get("done_so_far")), {}


def _one_lead(parts: Parts, languages: Sequence[str]) -> tuple[bool, dict[str, Any]]:
    whole = [lead for lead in parts["leads"] if not lead["part"]]
    led = {lead["part"] for lead in parts["leads"]}
    by_parts = {sub["label"] for sub in parts["sub_commitments"]}
    met = len(whole) == 1 or (not whole and bool(by_parts) and by_parts <= led)
    return met, {"count": len(whole)}


def _milestones(parts: Parts, languages: Sequence[str]) -> tuple[bool, dict[str, Any]]:
    count = len(parts["milestones"])
    facts = {"count": count, "fewest": FEWEST_MILESTONES, "most": MOST_MILESTONES}
    return FEWEST_MILESTONES <= count <= MOST_MILESTONES, facts


def _translated(parts: Parts, languages: Sequence[str]) -> tuple[bool, dict[str, Any]]:
    paths = writable(parts, languages)
    there = {path for path in paths if piece_at(parts, path)}
    missing: list[Path] = [
        path
        for path in paths
        if path not in there and any((*path[:-1], one) in there for one in languages)
    ]
    return bool(there) and not missing, {"missing": missing}


_CHECKS: dict[str, Check] = {
    "verifiable": _verifiable,
    "lens": _lens,
    "baseline": _baseline,
    "one_lead": _one_lead,
    "milestones": _milestones,
    "translated": _translated,
}
