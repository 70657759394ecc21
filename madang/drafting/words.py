"""Words for the parts of a commitment, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from madang.drafting.rules.diff import Path
from madang.drafting.rules.quality import SUBSTANCE, Finding
from madang.drafting.rules.suggesting import Fate
from madang.foundation.pasted import Left
from madang.foundation.templatetags.madang import language_name

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
    "contribution": _("How will it help to solve the problem?"),
    "relevance": _("Why does it matter for open government?"),
    "peer_learning": _("Exchange and peer learning"),
    "additional": _("Additional information (budget, other programmes)"),
    "contact": _("Contact: department and telephone of the office"),
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
            said.append(language_name(key))
        elif key.startswith("new-"):
            said[-1] += f" ({gettext('new')})"
        elif key in PARTS:
            said.append(str(PARTS[key]))
        else:
            said[-1] += f" {key}"
    return " · ".join(said)


# --- suggestions ---------------------------------------------------------------------------------

FATES: dict[str | None, Promise] = {
    None: _("waits for an answer"),
    Fate.ACCEPTED: _("accepted"),
    Fate.PARTLY: _("accepted in part"),
    Fate.DECLINED: _("declined"),
    Fate.WITHDRAWN: _("taken back"),
}
ANSWERS: dict[str, Promise] = {
    Fate.ACCEPTED: _("Accept"),
    Fate.PARTLY: _("Accept in part"),
    Fate.DECLINED: _("Decline"),
}
_OFFICES: dict[str, Promise] = {
    "secretariat": _("the secretariat"),
    "member": pgettext_lazy("who wrote", "a member"),
    "group_member": _("a member of the group"),
    "clock": _("the clock"),
    "loader": _("the command line"),
}


def office_words(label: str) -> str:
    """An office as the record names it, in words; a seat by its number."""
    return str(_OFFICES.get(label, label))


_KINDS: dict[str, Promise] = {
    "candidate": _("candidate %(number)s"),
    "suggestion": _("suggestion %(number)s"),
    "change": _("change %(number)s of the adopted plan"),
    "comment": _("comment %(number)s"),
    "opinion": _("the opinion of %(number)s"),
}
"""What a text may go back to: the words for a kind of ref."""


def ref_words(ref: str, agencies: Mapping[str, str] | None = None) -> str:
    """What a paragraph goes back to, in words: `candidate:2-3` is candidate 3.

    `agencies` are names by slug, for opinions.
    """
    kind, _sep, key = ref.partition(":")
    number = key.rpartition("." if kind in ("suggestion", "opinion") else "-")[2]
    if kind == "opinion":
        number = (agencies or {}).get(number, number)
    words = _KINDS.get(kind)
    return str(words) % {"number": number or key} if words else ref


LEFT: dict[str, Promise] = {
    Left.INVISIBLE: _("characters that nobody sees"),
    Left.BREAKS: _("page and line breaks of a word processor"),
    Left.SPACES: _("spaces that hold words together"),
    Left.DIRECTION: _("characters that turn the reading direction"),
}
"""What came along with a pasted text."""

# --- the checklist -------------------------------------------------------------------------------

CHECKLIST: dict[str, tuple[Promise, Promise]] = {
    "verifiable": (
        _("It can be verified"),
        _(
            "Each milestone has an output that can be seen and a date. The reviewer does not "
            "assess what cannot be verified."
        ),
    ),
    "lens": (
        _("It opens government"),
        _(
            "It says how it serves transparency, accountability or participation. Technology or "
            "inclusion alone does not count."
        ),
    ),
    "baseline": (
        _("It says where it starts"),
        _("What was done so far, so that a change can be seen later."),
    ),
    "one_lead": (
        _("One body leads"),
        _("One agency answers for it, or one for each of its parts; others support."),
    ),
    "milestones": (
        _("Its milestones can be followed"),
        _("Enough to see the way, few enough to keep in sight."),
    ),
    "translated": (
        _("It is whole in each language"),
        _("A plan is sent in the country’s language and in English."),
    ),
}
"""What each line of the checklist asks, and why."""


def said_finding(found: Finding) -> str:
    """What a line of the checklist was seen by, as a sentence."""
    key, facts = found.criterion.key, found.facts
    if key == "verifiable":
        return _verifiable(facts)
    if key == "lens":
        return _lens(facts)
    if key == "one_lead":
        return ngettext("%(count)s agency leads.", "%(count)s agencies lead.", facts["count"]) % {
            "count": facts["count"]
        }
    if key == "milestones":
        return (
            gettext("%(count)s milestones; from %(fewest)s to %(most)s is a good number.") % facts
        )
    if key == "translated":
        return _translated(facts["missing"])
    if found.met:
        return gettext("It is answered.")
    return gettext("Not answered in substance yet: write at least %(least)s characters.") % {
        "least": SUBSTANCE
    }


def _verifiable(facts: Mapping[str, Any]) -> str:
    if not facts["count"]:
        return gettext("There is no milestone yet.")
    said = []
    if facts["no_output"]:
        said.append(
            gettext("Without an output: %(steps)s.") % {"steps": ", ".join(facts["no_output"])}
        )
    if facts["no_date"]:
        said.append(gettext("Without a date: %(steps)s.") % {"steps": ", ".join(facts["no_date"])})
    return " ".join(said) or gettext("Every milestone has both.")


def _lens(facts: Mapping[str, Any]) -> str:
    if not facts["said"]:
        return gettext("None of the three questions is answered in substance yet.")
    said = " · ".join(str(PARTS[key]) for key in facts["said"])
    return gettext("Answered: %(said)s") % {"said": said}


def _translated(missing: Sequence[Path]) -> str:
    if not missing:
        return gettext("Nothing is missing.")
    named = "; ".join(words_of(path) for path in missing[:_NAMED])
    if len(missing) > _NAMED:
        more = len(missing) - _NAMED
        named += ngettext(" and %(count)s more", " and %(count)s more", more) % {"count": more}
    return gettext("Missing: %(texts)s.") % {"texts": named}


_NAMED = 4
"""How many missing texts are named before the rest is counted."""
