"""Take a list of proposals that were made elsewhere, once what becomes of each row was seen.

A long list is taken over part by part, an act and an entry each: while one act is under way all
others wait, and twenty thousand rows are seconds of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from madang.calls.intake import features_of, next_number
from madang.calls.models import Contact, Proposal, ProposalVersion
from madang.calls.reading import text_digest
from madang.calls.rules.importing import Line
from madang.calls.rules.permissions import MAY
from madang.calls.rules.words import ProposalState
from madang.documents.files import canonical_digest
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.planning.models import Plan
from madang.record.acting import action
from madang.record.events import Event

BATCH = 500
"""How many rows are written by one statement."""


@dataclass(frozen=True, kw_only=True)
class ProposalsImported(Event):
    """A list of proposals was taken over: the numbers they have here, and the file's hash.

    `texts` is the hash of the list of all their texts' hashes, in the order of the numbers; those
    of texts that are not public yet are left out, and `held` says how many there are.
    """

    KIND: ClassVar[str] = "proposals.imported"

    file: str
    rows: int
    added: int
    held: int
    first: int
    last: int
    texts: str


@action("proposals.import", may=MAY)
def import_proposals(
    plan: Plan,
    *,
    lines: Iterable[Line],
    file: str,
    rows: int,
    features: Mapping[str, bytes] | None = None,
    by: Actor,
    at: datetime,
) -> ProposalsImported:
    """Keep what a list says; what is here already is passed over, so that twice adds nothing.

    `rows` is how many rows the file had, `file` its SHA-256, `features` what was read of the
    words of each line before the act, by its key.

    Raises NotNow: calls.plan_not_announced, calls.nothing_new.
    """
    if plan.is_hidden or plan.withdrawn_at:
        raise NotNow("calls.plan_not_announced")
    offered = [line for line in lines if line.comes_in and line.words]
    known, numbered = _here(plan, offered)
    coming = [
        line
        for line in offered
        if line.key not in known and (line.platform, line.outside_number) not in numbered
    ]
    if not coming:
        raise NotNow("calls.nothing_new")
    first = next_number(plan)
    kept = _keep(plan, coming, first, features or {}, at)
    _keep_beside(kept, coming, at)
    return ProposalsImported(
        about=plan.ref,
        file=file,
        rows=rows,
        added=len(kept),
        held=sum(line.held for line in coming),
        first=first,
        last=first + len(kept) - 1,
        texts=canonical_digest([text_digest(p.title, p.text) for p in kept if p.published_at]),
    )


def line_features(line: Line) -> bytes:
    """What a line's words are found by, as if it were a proposal already."""
    assert line.words
    words = line.words
    return features_of(Proposal(title=words.title, text=words.text, title_only=words.title_only))


def _here(plan: Plan, lines: list[Line]) -> tuple[set[str], set[tuple[str, str]]]:
    """Of these lines the keys, and the platforms with their numbers, that the plan has already."""
    rows = Proposal.objects.filter(plan=plan)
    keys: set[str] = set()
    numbers: set[tuple[str, str]] = set()
    for start in range(0, len(lines), BATCH):
        part = lines[start : start + BATCH]
        keys.update(
            rows.filter(nonce__in=[line.key for line in part]).values_list("nonce", flat=True)
        )
        outside = [line.outside_number for line in part if line.outside_number]
        named = rows.filter(outside_number__in=outside)
        numbers.update(named.values_list("platform", "outside_number"))
    return keys, numbers


def _keep(
    plan: Plan, lines: list[Line], first: int, features: Mapping[str, bytes], at: datetime
) -> list[Proposal]:
    areas = {area.position: area for area in plan.areas.all()}
    today = timezone.localdate(at).isoformat()
    rows = [
        Proposal(
            plan=plan,
            number=number,
            state=ProposalState.RECEIVED if line.held else ProposalState.PUBLIC,
            language=line.words.language,
            title=line.words.title,
            text=line.words.text,
            area=areas.get(line.words.area) if line.words.area is not None else None,
            name=line.words.name,
            joint=line.words.joint,
            title_only=line.words.title_only,
            channel=line.channel,
            platform=line.platform,
            outside_number=line.outside_number,
            supports_elsewhere=line.supports,
            # A day after today was mistyped; what was not said is not known.
            proposed_on=line.proposed_on
            if line.proposed_on and line.proposed_on <= today
            else None,
            received_at=at,
            published_at=None if line.held else at,
            nonce=line.key,
            features=features.get(line.key) or line_features(line),
        )
        for number, line in enumerate(lines, first)
        if line.words
    ]
    return Proposal.objects.bulk_create(rows, batch_size=BATCH)


def _keep_beside(kept: list[Proposal], lines: list[Line], at: datetime) -> None:
    """The first version of each, and the address of whoever left one."""
    versions = (
        ProposalVersion(
            proposal=one,
            number=1,
            title=one.title,
            text=one.text,
            sha256=text_digest(one.title, one.text),
            made_at=at,
        )
        for one in kept
    )
    ProposalVersion.objects.bulk_create(versions, batch_size=BATCH)
    contacts = (
        Contact(proposal=one, email=line.email, language=one.language)
        for one, line in zip(kept, lines, strict=True)
        if line.email
    )
    Contact.objects.bulk_create(contacts, batch_size=BATCH)
