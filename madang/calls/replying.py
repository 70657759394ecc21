"""What is read to answer proposals: who waits, what is written, and the sheet's words."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from madang.calls.models import Proposal, Reply
from madang.calls.rules.replying import Answer, Draft, SheetKnown
from madang.calls.rules.words import NotInPlan, Outcome, ProposalState
from madang.calls.words import NOT_IN_PLAN, OUTCOMES
from madang.documents.files import canonical_digest
from madang.foundation.refusals import NotFound
from madang.foundation.tables import plain_word
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import Plan


def waiting_replies(plan: Plan) -> QuerySet[Reply]:
    """The answers of a plan that are written and not published.

    One to what its author withdrew meanwhile goes to nobody.
    """
    rows = Reply.objects.filter(proposal__plan=plan, published_at=None)
    rows = rows.exclude(proposal__state=ProposalState.WITHDRAWN)
    return rows.select_related("proposal", "proposal__plan", "agency")


def reply_parts(row: Reply) -> dict[str, Any]:
    """What an answer says, as plain values."""
    return {
        "proposal": row.proposal.label,
        "round": row.round,
        "outcome": row.outcome,
        "reason": row.reason,
        "text": row.text.kept(),
        "line": row.line,
        "place": row.place,
        "subject": row.subject,
        "agency": row.agency.slug if row.agency else None,
    }


def written_digest(plan: Plan, numbers: Iterable[int]) -> str:
    """What is written to these proposals and not published; empty where nothing is."""
    wanted = set(numbers)
    return digest_of_replies(one for one in waiting_replies(plan) if one.proposal.number in wanted)


def digest_of_replies(replies: Iterable[Reply]) -> str:
    """One hash of answers, whatever order they come in."""
    told = [reply_parts(one) for one in sorted(replies, key=lambda one: one.proposal.number)]
    return canonical_digest(told) if told else ""


def spans(numbers: Iterable[int]) -> str:
    """Numbers in few words: `1-3, 7`."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def counted(plan: Plan) -> dict[str, int]:
    """How many of a plan's proposals there are to answer, how many are, and what is written.

    A proposal that its author withdrew needs no answer. One whose author asked for another look
    counts as answered, and as asked again until the second answer is published.
    """
    rows = Proposal.objects.filter(plan=plan).exclude(state=ProposalState.WITHDRAWN)
    told = rows.aggregate(
        all=Count("pk"),
        answered=Count("pk", filter=Q(outcome__isnull=False)),
        asked=Count("pk", filter=Q(reexamination__isnull=False)),
    )
    second = Reply.objects.filter(proposal__plan=plan, round=2, published_at__isnull=False).count()
    written = waiting_replies(plan).count()
    return {
        **told,
        "asked": told["asked"] - second,
        "written": written,
        "left": told["all"] - told["answered"],
    }


def unanswered(plan: Plan) -> int:
    """How many proposals of a plan have no published answer."""
    rows = Proposal.objects.filter(plan=plan, outcome=None)
    return rows.exclude(state=ProposalState.WITHDRAWN).count()


# --- the author's own link ------------------------------------------------------------------------


def author_token(proposal: Proposal) -> str:
    """The token of the link with which an author speaks about the answer."""
    return f"{proposal.pk}-{_sign(proposal.pk)}"


def find_by_author_token(token: str) -> Proposal:
    """Raises NotFound: letters.link_unknown."""
    key, _dash, sign = token.partition("-")
    known = key.isascii() and key.isdigit() and len(key) < 16
    if not known or not constant_time_compare(sign, _sign(int(key))):
        raise NotFound("letters.link_unknown")
    rows = Proposal.objects.select_related("plan").defer("features")
    found = rows.filter(pk=int(key)).first()
    if found is None:
        raise NotFound("letters.link_unknown")
    return found


def _sign(key: int) -> str:
    return salted_hmac("madang.calls.author", str(key), algorithm="sha256").hexdigest()[:32]


# --- the sheet ------------------------------------------------------------------------------------


def sheet_known(plan: Plan, *, subjects: Iterable[str], agency: str = "") -> SheetKnown:
    """What a sheet that came back is read against. `subjects` are the refs an answer may name."""
    return SheetKnown(
        plan=plan.number,
        numbers=set(Proposal.objects.filter(plan=plan).values_list("number", flat=True)),
        outcomes=_words(OUTCOMES, Outcome),
        reasons=_words(NOT_IN_PLAN, NotInPlan),
        agencies=_agencies(),
        subjects=set(subjects),
        written=written_drafts(plan),
        closed=closed_numbers(plan),
        sheet_agency=agency,
    )


def closed_numbers(plan: Plan) -> dict[int, str]:
    """The proposals that can't be answered now, each with the code that says why."""
    rows = Proposal.objects.filter(plan=plan).annotate(
        published=Count("replies", filter=Q(replies__published_at__isnull=False))
    )
    closed = {}
    for number, state, published, asked in rows.values_list(
        "number", "state", "published", "reexamination__pk"
    ):
        if state == ProposalState.WITHDRAWN:
            closed[number] = "calls.withdrawn"
        elif published and not (published == 1 and asked):
            closed[number] = "calls.answered_before"
    return closed


def written_drafts(plan: Plan) -> dict[int, Draft]:
    """The answers that are written and not published, as drafts by the proposal's number."""
    return {draft.number: draft for draft in map(draft_of, waiting_replies(plan))}


def draft_of(row: Reply) -> Draft:
    """A written answer as a draft again."""
    answer = Answer(
        outcome=row.outcome,
        reason=row.reason,
        text=Text({key: words for key, words in row.text.words.items() if words}),
        agency=row.agency.slug if row.agency else "",
        place=row.place,
        subject=row.subject,
    )
    return Draft(row.proposal.number, answer, row.line)


def _words(table: Any, enum: Any) -> dict[str, str]:
    """The plain words of every language for the values of a list, and the values themselves."""
    found = {plain_word(value): str(value) for value in enum}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {plain_word(str(table[value])): str(value) for value in enum}
    return found


def _agencies() -> dict[str, str]:
    found: dict[str, str] = {}
    for agency in Agency.objects.all():
        words = [word for word in agency.name.kept().values() if isinstance(word, str)]
        found |= {plain_word(word): agency.slug for word in [agency.slug, *words]}
    return found
