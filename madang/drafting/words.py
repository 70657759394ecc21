"""Words for the parts of a commitment, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.drafting.rules.diff import Path

TONGUES = {"ko": "한국어", "en": "English"}
"""Languages by their own names."""

PARTS: dict[str, str | Promise] = {
    "number": _("Number"),
    "title": _("Title"),
    "vision": _("Vision"),
    "description": _("Brief description of the commitment"),
    "problem": _("What problem does it address?"),
    "causes": _("What are the causes?"),
    "done_so_far": _("What has been done so far?"),
    "solution": _("What solution is proposed?"),
    "results": _("What results are wanted?"),
    "transparency": _("How will it promote transparency?"),
    "accountability": _("How will it foster accountability?"),
    "participation": _("How will it improve citizens’ participation?"),
    "with_government": _("Supporting: government"),
    "with_civil_society": _("Supporting: civil society"),
    "with_others": _("Supporting: others (parliament, private sector …)"),
    "period": _("Period"),
    "leads": _("Lead agencies"),
    "sub_commitments": pgettext_lazy("of a commitment", "Parts"),
    "milestones": _("Milestone"),
    "output": _("Output"),
    "from": _("From"),
    "to": _("To"),
    "due": _("Due"),
    "agency": _("Responsible agency"),
}


def words_of(path: Path) -> str:
    """Where a piece of text stands, in words: `Milestone 6.2 · Output · English`."""
    first, *rest = path
    said = [str(PARTS.get(first, first))] if first != "template" else []
    for key in rest:
        if key in TONGUES:
            said.append(TONGUES[key])
        elif key.startswith("new-"):
            said[-1] += f" ({_now('new')})"
        elif key in PARTS:
            said.append(str(PARTS[key]))
        else:
            said[-1] += f" {key}"
    return " · ".join(said)
