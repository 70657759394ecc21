"""A commitment as it is typed: OGP's template, and what it must say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from madang.foundation.pasted import DIRECTION
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.planning.rules.writing import check_dates

NEWER = (
    "causes",
    "done_so_far",
    "solution",
    "results",
    "transparency",
    "accountability",
    "participation",
    "with_government",
    "with_civil_society",
    "with_others",
)
"""The further questions of OGP's template, in its order; the last three name who supports.

Source: DOMAIN 2.1 (OGP's commitment template since 2022, recovered from real texts).
"""
OLDER = ("contribution", "relevance", "peer_learning", "additional", "contact")
"""What the template before it asked besides.

Source: DOMAIN 2.2 (OGP's commitment template of 2015 to 2021).
"""
TEMPLATE = NEWER + OLDER
MOST_MILESTONES = 20
"""The most milestones a commitment can be given here, so that its form stays one page.

Source: ours, since 2026-11-23; OGP sets no limit. What a commitment had better keep to is the
checklist's to say (`quality.MOST_MILESTONES`), and that never blocks.
"""


@dataclass(frozen=True)
class Step:
    """A milestone as typed; `label` is None for one that is new."""

    label: str | None
    title: Text
    output: Text
    starts: str | None = None
    due: str | None = None
    agency: str | None = None


@dataclass(frozen=True)
class Draft:
    """A commitment as typed, whole. Agencies are named by their slugs, the vision by its key."""

    title: Text
    vision: str | None = None
    description: Text = field(default_factory=Text)
    problem: Text = field(default_factory=Text)
    template: Mapping[str, Text] = field(default_factory=dict)
    starts: str | None = None
    ends: str | None = None
    leads: Sequence[str] = ()
    steps: Sequence[Step] = ()


def check_draft(draft: Draft) -> None:
    """A draft may be unfinished; only what makes no sense is refused.

    Raises NotValid: drafting.no_title, drafting.step_without_title, drafting.too_many_steps,
    planning.not_a_date, planning.ends_before_it_begins.
    """
    if not draft.title:
        raise NotValid("drafting.no_title", field="title")
    check_dates(draft.starts, draft.ends, field="period")
    if len(draft.steps) > MOST_MILESTONES and any(not step.label for step in draft.steps):
        raise NotValid("drafting.too_many_steps", most=MOST_MILESTONES, field="steps")
    for place, step in enumerate(draft.steps, 1):
        if not step.title:
            raise NotValid("drafting.step_without_title", place=place, field=f"step-{place}")
        check_dates(step.starts, step.due, field=f"step-{place}")


def check_direction(text: str, *, field: str) -> None:
    """What is voted on reads as it is kept. Raises NotValid: drafting.turns_direction."""
    if any(sign in DIRECTION for sign in text):
        raise NotValid("drafting.turns_direction", field=field)


def check_base(base: str | None, *, current: str, written: str) -> None:
    """The writer started from the text as it stands, and changed it.

    `base`, `current` and `written` are fingerprints: of the text the form was opened with, of
    the one that stands now, of the one that is to be saved.

    Raises NotNow: drafting.nothing_changed, drafting.changed_meanwhile.
    """
    # Asked first: a form sent twice has done its work and is no clash.
    if written == current:
        raise NotNow("drafting.nothing_changed")
    if base != current:
        raise NotNow("drafting.changed_meanwhile")


def next_label(commitment: int, used: Sequence[str]) -> str:
    """The label of a new milestone: after every one there ever was, so that none is used twice.

    A part of the commitment takes its place too, and so does 4.2.1 for the part 4.2.
    """
    own = [label.split(".")[1] for label in used if label.startswith(f"{commitment}.")]
    last = max((int(place) for place in own if place.isdecimal()), default=0)
    return f"{commitment}.{last + 1}"
