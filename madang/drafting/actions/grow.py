"""Let a commitment's draft grow from the candidates of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.drafting.actions.write import next_number
from madang.drafting.models import Commitment, GrownFrom
from madang.drafting.rules.draft import Draft
from madang.drafting.rules.origins import Origins
from madang.drafting.rules.paragraphs import key_of, paragraphs
from madang.drafting.rules.permissions import MAY
from madang.drafting.saving import as_read, check_open, put_text
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.planning.reading import draft_ref
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.models import Candidate
from madang.taskforces.rules.weighing import check_stands
from madang.taskforces.rules.words import CandidateStatus


@dataclass(frozen=True, kw_only=True)
class DraftGrown(Event):
    """A commitment's draft grew from candidates; `sha256` is the hash of its first version."""

    KIND: ClassVar[str] = "draft.grown"

    number: int
    candidates: list[str]
    group: str
    version: int
    sha256: str


@action("draft.grow", may=MAY)
def grow_draft(
    candidate: Candidate, *, others: Sequence[int] = (), by: Actor, at: datetime
) -> DraftGrown:
    """Begin a commitment's draft with the words of a candidate, and of others of its plan.

    It is drafted by the candidate's group. Title and words are the candidates' own; each
    paragraph goes back to the candidate it came from.

    Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history, taskforces.not_standing, drafting.grown_already; NotFound:
    taskforces.no_such_candidate.
    """
    plan, group = candidate.plan, candidate.group
    check_open(plan, at)
    grown = [candidate, *(_other(plan, number) for number in dict.fromkeys(others))]
    grown = list({one.pk: one for one in grown}.values())
    for one in grown:
        check_stands(one.status, one.number)
        _check_is_free(one)
    commitment = Commitment(plan=plan, number=next_number(plan), group=group)
    problem, promise = _together(grown, "problem"), _together(grown, "promise")
    draft = Draft(title=candidate.title, problem=problem.text, description=promise.text)
    put_text(commitment, plan, as_read(draft))
    titles = {
        f"title/{key}": [[candidate.ref]] for key, words in draft.title.words.items() if words
    }
    commitment.origins = {**titles, **problem.origins("problem"), **promise.origins("description")}
    commitment.save(update_fields=["origins"])
    for one in grown:
        GrownFrom.objects.create(commitment=commitment, candidate=one, made_at=at)
    Candidate.objects.filter(pk__in=[one.pk for one in grown]).update(status=CandidateStatus.CHOSEN)
    refs = [one.ref for one in grown]
    text = as_it_reads(commitment)
    version = keep_version(commitment, text, at=at, office=by.label, because=refs)
    return DraftGrown(
        about=draft_ref(plan, commitment.number),
        number=commitment.number,
        candidates=refs,
        group=group.ref,
        version=version.number,
        sha256=version.sha256,
    )


def _other(plan: Plan, number: int) -> Candidate:
    found = Candidate.objects.filter(plan=plan, number=number).select_related("plan").first()
    if found is None:
        raise NotFound("taskforces.no_such_candidate", number=number, field="others")
    return found


def _check_is_free(candidate: Candidate) -> None:
    """A form sent twice begins one draft."""
    rows = GrownFrom.objects.filter(candidate=candidate, ended_at=None)
    there = rows.select_related("commitment").first()
    if there:
        facts = {"number": candidate.number, "commitment": there.commitment.number}
        raise NotNow("drafting.grown_already", field="others", **facts)


@dataclass(frozen=True)
class _Joined:
    """The words of several candidates under each other, and whose each paragraph is."""

    text: Text
    owners: dict[str, list[list[str]]]

    def origins(self, name: str) -> Origins:
        return {key_of((name, key)): refs for key, refs in self.owners.items() if refs}


def _together(grown: Sequence[Candidate], name: str) -> _Joined:
    words: dict[str, list[str]] = {}
    owners: dict[str, list[list[str]]] = {}
    for one in grown:
        text = getattr(one, name)
        for key, said in (text.words if text else {}).items():
            if said:
                words.setdefault(key, []).append(said)
                owners.setdefault(key, []).extend([one.ref] for _ in paragraphs(said))
    return _Joined(Text({key: "\n\n".join(said) for key, said in words.items()}), owners)
