"""Change an adopted plan: a request, two keys, and the plan's next edition."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from madang.ballots.actions.close import BallotClosed
from madang.ballots.keys import both_turned, chair_of, turn
from madang.ballots.models import Key
from madang.ballots.reading import ballot_at
from madang.ballots.rules.words import Outcome
from madang.documents.files import canonical_digest
from madang.drafting.models import Commitment, CommitmentVersion
from madang.drafting.rules.draft import Draft, check_base, check_draft
from madang.drafting.rules.rewriting import draft_of_wording
from madang.drafting.rules.wording import fingerprint
from madang.drafting.saving import carry_origins, put_text
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import CLOCK, Actor, Role
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.plans.changing import (
    approved_by_forum,
    change_at,
    change_digest,
    check_decision,
    decided_another,
    figure_on,
    live_ballot,
    submitted_on,
    was_asked,
)
from madang.plans.models import ChangeRequest, Edition
from madang.plans.rules.amending import (
    WINDOWS,
    ChangeKind,
    ChangeState,
    RuleKey,
    check_can_amend,
    check_change_reason,
    check_decided,
    check_kind,
    check_steps_stay,
    check_waiting,
    is_late,
)
from madang.plans.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ChangeRequested(Event):
    """Somebody asked to change a commitment of an adopted plan; the hashes are of its two texts."""

    KIND: ClassVar[str] = "change.requested"

    number: int
    commitment: int
    kind: str
    before: str
    after: str
    decided_by: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class ChangeKeyed(Event):
    """A co-chair approved a change; `keys` are turned on it now."""

    KIND: ClassVar[str] = "change.keyed"

    change: str
    side: str
    seat: str
    stands_in: bool = False
    digest: str
    keys: int


@dataclass(frozen=True, kw_only=True)
class ChangeDecided(Event):
    """A meeting or a vote in writing decided a change; both co-chairs' keys put it in force."""

    KIND: ClassVar[str] = "change.decided"

    number: int
    decided_by: str


@dataclass(frozen=True, kw_only=True)
class CommitmentAmended(Event):
    """A change is in force: the commitment has a new version and its plan a new edition."""

    KIND: ClassVar[str] = "commitment.amended"

    number: int
    commitment: int
    version: int
    edition: str
    before: str
    sha256: str
    decided_by: str


@dataclass(frozen=True, kw_only=True)
class ChangeDropped(Event):
    """A change request was dropped, with the reason; the plan stays as it is."""

    KIND: ClassVar[str] = "change.dropped"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    number: int
    reason: dict[str, Any]


@action("change.request", may=MAY)
def request_change(
    plan: Plan,
    *,
    commitment: int,
    draft: Draft,
    base: str | None,
    kind: str,
    reason: Text,
    decided_by: str = "",
    by: Actor,
    at: datetime,
) -> ChangeRequested:
    """Ask for a commitment of an adopted plan to read otherwise. Nothing of it changes yet.

    `base` is the fingerprint of the text its writer started from. Asked for after the last day
    that the rules give, it says so for good.

    Raises NotNow: plans.not_adopted, plans.no_refresh, plans.change_waits,
    drafting.nothing_changed, drafting.changed_meanwhile. Raises NotFound:
    drafting.no_commitment. Raises NotValid: plans.no_change_kind, plans.no_change_reason,
    plans.change_reason_long, plans.step_taken_out, and what `check_decision`, `check_draft` and
    `put_text` raise.
    """
    today = timezone.localdate(at)
    check_can_amend(plan.status)
    row = _find(plan, commitment)
    if ChangeRequest.objects.filter(commitment=row, state=ChangeState.WAITING).exists():
        raise NotNow("plans.change_waits", number=commitment)
    check_draft(draft)
    check_kind(kind, starts=plan.starts, ends=plan.ends)
    check_change_reason(list(reason.words.values()))
    check_decision(decided_by, row, asked=today, today=today)
    check_steps_stay(row.milestones.values_list("label", flat=True), [s.label for s in draft.steps])
    before, after = as_it_reads(row), _would_read(row, plan, draft)
    check_base(base, current=fingerprint(before), written=fingerprint(after))
    change = ChangeRequest.objects.create(
        plan=plan,
        number=_next_number(plan),
        commitment=row,
        kind=kind,
        base=_version_of(row, before, at),
        text=after,
        sha256=fingerprint(after),
        reason=reason,
        decided_by=decided_by,
        late=is_late(
            submitted_on(plan), figure_on(WINDOWS[ChangeKind(kind)], today.isoformat()), today
        ),
        asked_at=at,
    )
    return ChangeRequested(
        about=change.ref,
        number=change.number,
        commitment=commitment,
        kind=kind,
        before=change.base.sha256,
        after=change.sha256,
        decided_by=decided_by,
        late=change.late,
    )


@action("change.key", may=MAY)
def turn_change_key(change: ChangeRequest, *, digest: str, by: Actor, at: datetime) -> ChangeKeyed:
    """Turn one of the two keys to a change; the second one puts it in force.

    `digest` is that of the change the co-chair read.

    Raises NotNow: plans.change_settled, plans.change_outdated, plans.change_wants_ballot,
    plans.change_wants_meeting, plans.other_ballot, plans.change_on_ballot, ballots.text_changed,
    ballots.key_turned. Raises NotAllowed: ballots.not_a_chair.
    """
    current = check_can_key(change, digest, at)
    chair = chair_of(by, at)
    turned = turn(change.ref, chair, on=current, at=at)
    return ChangeKeyed(
        about=change.ref,
        change=change.ref,
        side=chair.side,
        seat=chair.seat.number,
        stands_in=chair.stands_in,
        digest=current,
        keys=turned,
    )


def check_can_key(change: ChangeRequest, digest: str, at: datetime) -> str:
    """What a key to the change signs now, where one may be turned.

    Raises NotNow: plans.change_settled, plans.change_outdated, plans.change_wants_ballot,
    plans.change_wants_meeting, plans.other_ballot, plans.change_on_ballot, ballots.text_changed,
    and where the rules want the forum's decision what `check_decision` raises.
    """
    check_waiting(change.state)
    if live_ballot(change):
        raise NotNow("plans.change_on_ballot")
    word = _decided_word(at)
    check_decided(change.decided_by, word, on_another=decided_another(change))
    if word in ("ballot", "meeting"):
        _check_decision(change, change.decided_by, at)
    _check_current(change)
    current = change_digest(change)
    if digest != current:
        raise NotNow("ballots.text_changed")
    return current


@action("change.decide", may=MAY)
def decide_change(
    change: ChangeRequest, *, decided_by: str, by: Actor, at: datetime
) -> ChangeDecided:
    """Name the meeting or the ballot that decided a change. The keys are turned on that.

    Raises NotNow: plans.change_settled, plans.change_decided, plans.change_on_ballot,
    plans.other_ballot. Raises NotValid: plans.no_such_decision, and what `check_decision` raises.
    """
    check_waiting(change.state)
    if change.decided_by:
        raise NotNow("plans.change_decided")
    if live_ballot(change):
        raise NotNow("plans.change_on_ballot")
    if not decided_by:
        raise NotValid("plans.no_such_decision", value="", field="decided_by")
    _check_decision(change, decided_by, at)
    change.decided_by = decided_by
    if decided_another(change):
        raise NotNow("plans.other_ballot", field="decided_by")
    change.save(update_fields=["decided_by"])
    # A key that was turned before the forum had decided was turned on something else.
    Key.objects.filter(what=change.ref, voided_at=None).update(voided_at=at)
    return ChangeDecided(about=change.ref, number=change.number, decided_by=decided_by)


@action("change.apply", may=MAY)
def apply_change(change: ChangeRequest, *, by: Actor, at: datetime) -> CommitmentAmended:
    """Put a change with both keys in force: the commitment's next version, the plan's next edition.

    Raises NotNow: plans.change_settled, plans.change_outdated, plans.change_keys_missing.
    """
    check_waiting(change.state)
    if not both_turned(change.ref, on=change_digest(change)):
        raise NotNow("plans.change_keys_missing")
    _check_current(change)
    plan, row = change.plan, change.commitment
    before = as_it_reads(row)
    put_text(row, plan, draft_of_wording(json.loads(bytes(change.text))))
    if fingerprint(as_it_reads(row)) != change.sha256:
        raise NotNow("plans.change_outdated")
    carry_origins(row, before, [change.ref])
    version = keep_version(row, bytes(change.text), at=at, because=[change.ref])
    edition = _next_edition(plan, version, at)
    change.state, change.settled_at = ChangeState.IN_FORCE, at
    change.version, change.edition = version, edition
    change.save()
    return CommitmentAmended(
        about=row.ref,
        number=change.number,
        commitment=row.number,
        version=version.number,
        edition=edition.ref,
        before=change.base.sha256,
        sha256=version.sha256,
        decided_by=change.decided_by,
    )


@action("change.drop", may=MAY)
def drop_change(change: ChangeRequest, *, reason: Text, by: Actor, at: datetime) -> ChangeDropped:
    """Drop a change request with the reason: the secretariat takes it back, a co-chair refuses it.

    What the forum approved in writing only a co-chair refuses, who withholds a key by it.

    Raises NotNow: plans.change_settled, plans.change_on_ballot, plans.change_approved. Raises
    NotValid: plans.no_change_reason, plans.change_reason_long.
    """
    check_waiting(change.state)
    if live_ballot(change):
        raise NotNow("plans.change_on_ballot")
    if approved_by_forum(change) and not by.has(Role.CO_CHAIR):
        raise NotNow("plans.change_approved")
    check_change_reason(list(reason.words.values()))
    Key.objects.filter(what=change.ref, voided_at=None).update(voided_at=at)
    change.state, change.settled_at, change.dropped_for = ChangeState.DROPPED, at, reason
    change.save()
    return ChangeDropped(about=change.ref, number=change.number, reason=reason.kept())


def apply_when_keyed(event: ChangeKeyed, by: Actor, at: datetime) -> None:
    """With the second key the change is in force, in the same act."""
    if event.keys == 2:
        change = change_at(event.change)
        assert change
        # A key by document is an officer's act, and no officer amends: then it is the clock's.
        chair = by if by.has(Role.CO_CHAIR) else CLOCK
        apply_change(change, by=chair, at=at)


def decide_when_approved(event: BallotClosed, by: Actor, at: datetime) -> None:
    """What the forum approved in writing decides the change that it was asked about."""
    ballot = ballot_at(event.about)
    if event.outcome != Outcome.APPROVED:
        return
    change = change_at(ballot.decides)
    # Whatever is wrong with the change, the ballot closes: its result stands by itself.
    if change and change.state == ChangeState.WAITING and was_asked(ballot, change):
        decide_change(change, decided_by=ballot.ref, by=CLOCK, at=at)


def _find(plan: Plan, number: int) -> Commitment:
    found = Commitment.objects.filter(plan=plan, number=number, withdrawn_at=None).first()
    if found is None:
        raise NotFound("drafting.no_commitment", plan=plan.number, number=number)
    return found


def _next_number(plan: Plan) -> int:
    last = ChangeRequest.objects.filter(plan=plan).aggregate(most=Max("number"))["most"]
    return (last or 0) + 1


class _Tried(Exception):
    """Ends a trial; what was written in it is undone."""


def _would_read(row: Commitment, plan: Plan, draft: Draft) -> bytes:
    """How the commitment would read with this draft: it is written, read, and undone."""
    read = b""
    try:
        with transaction.atomic():
            put_text(Commitment.objects.get(pk=row.pk), plan, draft)
            read = as_it_reads(row)
            raise _Tried
    except _Tried:
        return read


def _version_of(row: Commitment, text: bytes, at: datetime) -> CommitmentVersion:
    """The version that says this text; one is kept where none does yet."""
    kept = row.versions.filter(sha256=fingerprint(text)).order_by("-number").first()
    return kept or keep_version(row, text, at=at)


def _check_current(change: ChangeRequest) -> None:
    """Raises NotNow: plans.change_outdated, where the commitment reads otherwise by now."""
    if fingerprint(as_it_reads(change.commitment)) != change.base.sha256:
        raise NotNow("plans.change_outdated")


def _check_decision(change: ChangeRequest, decided_by: str, at: datetime) -> None:
    asked, today = timezone.localdate(change.asked_at), timezone.localdate(at)
    row = Commitment.objects.select_related("plan").get(pk=change.commitment_id)
    check_decision(decided_by, row, asked=asked, today=today, change=change.ref)


def _decided_word(at: datetime) -> str | None:
    figure = figure_on(RuleKey.DECIDED_BY, timezone.localdate(at).isoformat())
    return str(figure["word"]) if figure and "word" in figure else None


def _next_edition(plan: Plan, version: CommitmentVersion, at: datetime) -> Edition:
    """The last edition's versions with the new one in place of its commitment's.

    The plan is still the one its ballot adopted; who decided the change stands with the change.
    """
    last = Edition.objects.filter(plan=plan).order_by("-number").first()
    if last is None:
        raise NotNow("plans.not_adopted")
    kept = last.versions.select_related("commitment").exclude(commitment=version.commitment)
    versions = sorted([*kept, version], key=lambda one: one.commitment.number)
    edition = Edition.objects.create(
        plan=plan,
        number=last.number + 1,
        adopted_by=last.adopted_by,
        sha256=canonical_digest([[one.commitment.number, one.sha256] for one in versions]),
        published_at=at,
    )
    edition.versions.set(versions)
    return edition
