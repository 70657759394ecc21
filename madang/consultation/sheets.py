"""The sheet of drafts that goes out to an agency: locked but for the columns of its answer."""

from collections.abc import Iterable

from django.utils.translation import pgettext

from madang.consultation.models import Asked
from madang.consultation.reading import Place, answer_of
from madang.consultation.words import STANCES
from madang.drafting.models import Commitment
from madang.foundation.sheets import Column, locked_sheet


def sheet_of(places: Iterable[Place], *, language: str) -> bytes:
    """The drafts one agency was asked about, as .xlsx, with what it answered before."""
    columns = [
        Column(pgettext("column", "Commitment number"), 12),
        Column(pgettext("column", "Title"), 34),
        Column(pgettext("column", "Draft"), 60),
        Column(pgettext("column", "Milestones"), 48),
        # These are read again when the sheet comes back.
        Column(pgettext("column", "Opinion"), 18, True, [str(one) for one in STANCES.values()]),
        Column(pgettext("column", "Words"), 56, True),
        Column(pgettext("column", "Proposed wording"), 56, True),
        Column(pgettext("column", "Document number"), 22, True),
        # So is this one: an answer is one to the text its writer had before them.
        Column(pgettext("column", "Version"), 10),
    ]
    rows = [
        [*_draft(place.asked, language), *_answer(place), str(place.version)] for place in places
    ]
    return locked_sheet(pgettext("column", "Opinions"), columns, rows)


def _draft(asked: Asked, language: str) -> list[str]:
    draft = asked.commitment
    texts = [draft.description, draft.problem]
    said = "\n\n".join(one.say(language).words for one in texts if one)
    number = f"{draft.plan.number}-{draft.number}"
    return [number, draft.title.say(language).words, said, steps_of(draft, language)]


def steps_of(draft: Commitment, language: str) -> str:
    """A draft's milestones, each in a line: its number, what is done, its output and its date."""
    lines = []
    for step in draft.milestones.all():
        parts = [step.title, step.output]
        words = " · ".join(one.say(language).words for one in parts if one)
        lines.append(
            " ".join(filter(None, [step.label, words, f"({step.due})" if step.due else ""]))
        )
    return "\n".join(lines)


def _answer(place: Place) -> list[str]:
    if place.newest is None:
        return ["", "", "", ""]
    given = answer_of(place.newest)
    return [str(STANCES[place.newest.stance]), given.words, given.wording, given.reference]
