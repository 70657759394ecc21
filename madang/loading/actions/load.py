"""Load a forum file: one act, one entry, all of it or nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from django.db.models import Model

from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.documents.files import canonical_digest
from madang.drafting.models import (
    Commitment,
    CommitmentVersion,
    Identifier,
    Lead,
    Milestone,
    SubCommitment,
)
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.wordings import parts_of
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.loading.rules import forum_file as said
from madang.loading.rules.permissions import MAY
from madang.meetings.models import Meeting
from madang.members.models import (
    Account,
    Agency,
    Body,
    CoChair,
    Forum,
    Holding,
    Person,
    RoleGrant,
    RulesVersion,
    Seat,
    SeatClass,
    Source,
    Term,
    normal_email,
)
from madang.monitoring.models import Evidence, MilestoneReport, ReviewCode
from madang.planning.models import Area, Plan, PlanStatus, Stage, StageKey, Vision
from madang.plans.models import AmendmentRule, Edition
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ForumLoaded(Event):
    """An installation was filled from a forum file."""

    KIND: ClassVar[str] = "forum.loaded"

    file: str
    counts: dict[str, int]
    editions: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class PlanRecorded(Event):
    """A plan, or more than one, was added from a file."""

    KIND: ClassVar[str] = "plan.recorded"

    file: str
    plans: list[int]
    counts: dict[str, int]
    editions: dict[str, str]


@action("forum.load", may=MAY)
def load_forum(
    forum: Forum, *, file: said.ForumFile, content: bytes, by: Actor, at: datetime
) -> ForumLoaded:
    """Fill an empty installation from a checked file.

    The entry's time is now; history stands in the data. Old acts are not replayed.

    Raises NotNow: loading.forum_already_loaded. Raises NotValid: loading.nothing_to_load.
    """
    if forum.loaded_at:
        raise NotNow("loading.forum_already_loaded")
    if not file.forum:
        raise NotValid("loading.no_forum_yet")
    file = _spelt_out(file)
    filling = _Filling(at, sha256(content).hexdigest())
    filling.sources(file)
    filling.agencies(file)
    filling.people(file)
    filling.forum(forum, file)
    filling.meetings(file)
    filling.amendment_rules(file)
    filling.plans(file)
    return ForumLoaded(
        about="forum", file=filling.digest, counts=filling.count(), editions=filling.editions
    )


@action("plan.load", may=MAY)
def load_plans(
    forum: Forum, *, file: said.ForumFile, content: bytes, by: Actor, at: datetime
) -> PlanRecorded:
    """Add the plans of a checked file to a forum that is already here.

    Raises NotNow: loading.no_forum_yet, loading.plan_there. Raises NotValid:
    loading.nothing_to_load, loading.source_differs, loading.identifier_there.
    """
    if not forum.loaded_at:
        raise NotNow("loading.no_forum_yet")
    if not file.plans:
        raise NotValid("loading.nothing_to_load")
    numbers = [plan.number for plan in file.plans]
    if there := Plan.objects.filter(number__in=numbers).first():
        raise NotNow("loading.plan_there", number=there.number)
    file = _spelt_out(file)
    filling = _Filling(at, sha256(content).hexdigest())
    filling.sources(file)
    filling.agencies(file)
    filling.amendment_rules(file)
    filling.plans(file)
    return PlanRecorded(
        about=f"plan:{numbers[0]}",
        file=filling.digest,
        plans=numbers,
        counts=filling.count(),
        editions=filling.editions,
    )


def _spelt_out(file: said.ForumFile) -> said.ForumFile:
    """The file with every text naming every language: null where it has no words yet."""
    empty = dict.fromkeys(file.languages)

    def spell(value: Any) -> Any:
        if isinstance(value, dict):
            inner = {key: part if key == "kind" else spell(part) for key, part in value.items()}
            return (
                {**empty, **inner} if value and set(value) <= {*file.languages, "kind"} else inner
            )
        return [spell(part) for part in value] if isinstance(value, list) else value

    return said.ForumFile.model_validate(spell(file.model_dump(by_alias=True)))


def _text(words: dict[str, Any] | None) -> Text | None:
    return Text.of(words) if words else None


def _span(part: said.Between | None) -> dict[str, Any]:
    return {"starts": part.start if part else None, "ends": part.end if part else None}


def _dump(part: Any) -> Any:
    return part.model_dump(by_alias=True)


class _Filling:
    """The rows made from one file, room by room."""

    def __init__(self, at: datetime, digest: str) -> None:
        self.at = at
        self.digest = digest
        self.editions: dict[str, str] = {}
        self._made: Counter[str] = Counter()
        self._agencies: dict[str, Agency] = {}
        self._people: dict[str, Person] = {}
        self._bodies: dict[str, Body] = {}
        self._status_words: dict[str, str] = {}

    def count(self) -> dict[str, int]:
        return dict(sorted(self._made.items()))

    def _add(self, rows: Iterable[Model]) -> list[Any]:
        kept = list(rows)
        if kept:
            type(kept[0])._base_manager.bulk_create(kept)
            self._made[kept[0]._meta.model_name or ""] += len(kept)
        return kept

    def sources(self, file: said.ForumFile) -> None:
        here = Source.objects.in_bulk(list(file.sources))
        start = Source.objects.count()
        rows: list[Source] = []
        for key, part in file.sources.items():
            title = Text.of(part.title)
            if key in here:
                if here[key].title != title or here[key].url != part.url:
                    raise NotValid("loading.source_differs", key=key)
                continue
            rows.append(
                Source(
                    key=key,
                    title=title,
                    publisher=_text(part.publisher),
                    url=part.url,
                    dated=part.dated,
                    note=_text(part.note),
                    position=start + len(rows),
                )
            )
        self._add(rows)

    def agencies(self, file: said.ForumFile) -> None:
        self._agencies = {agency.slug: agency for agency in Agency.objects.all()}
        start = len(self._agencies)
        new = [part for part in file.agencies if part.slug not in self._agencies]
        rows = self._add(
            Agency(
                slug=part.slug,
                name=Text.of(part.name),
                note=_text(part.note),
                source_id=part.source,
                position=start + n,
            )
            for n, part in enumerate(new)
        )
        self._agencies |= {row.slug: row for row in rows}
        children = [part for part in new if part.parent]
        for part in children:
            self._agencies[part.slug].parent = self._agencies[part.parent or ""]
        Agency.objects.bulk_update([self._agencies[part.slug] for part in children], ["parent"])

    def people(self, file: said.ForumFile) -> None:
        rows = self._add(
            Person(
                slug=part.slug,
                name=Text.of(part.name),
                organisation=_text(part.organisation),
                agency=self._agencies.get(part.agency or ""),
            )
            for part in file.people
        )
        self._people = {row.slug: row for row in rows}
        with_account = [part for part in file.people if part.email]
        self._accounts(with_account, file.languages[0])

    def _accounts(self, parts: list[said.Person], language: str) -> None:
        """An account for each address; the one `madang init` made gets its person here."""
        first = {account.email: account for account in Account.objects.filter(person=None)}
        accounts: dict[str, Account] = {}
        for part in parts:
            email = normal_email(part.email or "")
            account = first.get(email) or Account(email=email, key=Account.new_key())
            account.person = self._people[part.slug]
            account.language = part.language or language
            accounts[part.slug] = account
        self._add(account for account in accounts.values() if account.pk is None)
        there = [account for account in accounts.values() if account.email in first]
        Account.objects.bulk_update(there, ["person", "language"])
        granted = set(RoleGrant.objects.filter(ended_at=None).values_list("account_id", "role"))
        self._add(
            RoleGrant(account=accounts[part.slug], role=role, granted_at=self.at)
            for part in parts
            for role in part.roles
            if (accounts[part.slug].pk, role) not in granted
        )

    def forum(self, forum: Forum, file: said.ForumFile) -> None:
        part = file.forum
        assert part is not None
        bodies = self._add(
            Body(
                slug=body.slug,
                name=Text.of(body.name),
                basis=_text(body.basis),
                starts=body.start,
                ends=body.end,
                seats=body.seats,
                note=_text(body.note),
                source_id=body.source,
                position=n,
            )
            for n, body in enumerate(part.bodies)
        )
        self._bodies = {body.slug: body for body in bodies}
        self._add(
            RulesVersion(
                title=Text.of(version.title),
                in_force_from=version.in_force_from,
                source_id=version.source,
                figures=[_dump(figure) for figure in version.figures],
            )
            for version in part.rules
        )
        self._seats(part)
        forum.name = Text.of(part.name)
        forum.languages = file.languages
        forum.body = self._bodies[part.body]
        forum.legal_basis = _dump(part.legal_basis) if part.legal_basis else None
        forum.appointed_by = _dump(part.appointed_by) if part.appointed_by else None
        forum.functions = [_dump(function) for function in part.functions]
        forum.loaded_at = self.at
        forum.save()

    def _seats(self, part: said.Forum) -> None:
        most: Counter[str] = Counter()
        for term in part.terms:
            for seats in term.seats:
                most[seats.seat_class] = max(most[seats.seat_class], seats.count or 0)
        classes = self._add(
            SeatClass(
                key=kind.key,
                prefix=kind.prefix,
                side=kind.side,
                name=Text.of(kind.name),
                position=n,
            )
            for n, kind in enumerate(part.seat_classes)
        )
        rows = self._add(
            Seat(number=f"{kind.prefix}-{n}", seat_class=kind, position=n)
            for kind in classes
            for n in range(1, most[kind.key] + 1)
        )
        numbered = {seat.number: seat for seat in rows}
        self._add(
            CoChair(
                side=chair.side,
                by=chair.by,
                office=_text(chair.office),
                seat=numbered.get(chair.seat or ""),
                source_id=chair.source,
            )
            for chair in part.co_chairs
        )
        terms = self._add(
            Term(
                number=term.number,
                body=self._bodies[term.body],
                starts=term.start,
                ends=term.end,
                seats=[_dump(seats) for seats in term.seats],
                note=_text(term.note),
                source_id=term.source,
            )
            for term in part.terms
        )
        self._add(
            Holding(
                seat=numbered[holding.seat],
                term=row,
                person=self._people.get(holding.person or ""),
                office=_text(holding.office),
                starts=holding.start or term.start,
                ends=holding.end,
                source_id=holding.source,
            )
            for term, row in zip(part.terms, terms, strict=True)
            for holding in term.holdings
        )

    def meetings(self, file: said.ForumFile) -> None:
        taken: set[str] = set()
        for part in file.meetings:
            address = str(part.number)
            if address in taken:
                address = f"{part.body}-{part.number}"
            taken.add(address)
            [meeting] = self._add(
                [
                    Meeting(
                        body=self._bodies[part.body],
                        number=part.number,
                        address=address,
                        title=Text.of(part.title),
                        way=part.way,
                        **_span(part.held),
                        held_source_id=part.held.source if part.held else None,
                        note=_text(part.note),
                        source_id=part.source,
                    )
                ]
            )
            if part.ballot:
                self._add([self._ballot(meeting, part.ballot)])

    def _ballot(self, meeting: Meeting, part: said.Ballot) -> Ballot:
        return Ballot(
            meeting=meeting,
            question=Text.of(part.question),
            decides=part.decides,
            way=part.way,
            status=BallotStatus.RECORDED,
            **_span(part.window),
            window_source_id=part.window.source,
            note=_text(part.note),
            source_id=part.source,
        )

    def amendment_rules(self, file: said.ForumFile) -> None:
        """The rules about changes that are not here yet; one of the same day stays as it is."""
        here = set(AmendmentRule.objects.values_list("key", "starts"))
        self._add(
            AmendmentRule(
                key=rule.key,
                title=Text.of(rule.title),
                figure=rule.figure,
                text=_text(rule.text),
                note=_text(rule.note),
                starts=rule.start,
                ends=rule.end,
                source_id=rule.source,
            )
            for rule in file.amendment_rules
            if (rule.key, rule.start) not in here
        )

    def plans(self, file: said.ForumFile) -> None:
        for part in file.plans:
            self._status_words = dict(part.status_words)
            plan = self._plan(part)
            visions = {vision.key: vision for vision in self._direction(plan, part)}
            self._check_identifiers(part)
            for commitment in part.commitments:
                self._commitment(plan, commitment, visions)
            if part.status == "published":
                self._edition(plan, part)

    def _plan(self, part: said.Plan) -> Plan:
        [plan] = self._add(
            [
                Plan(
                    number=part.number,
                    title=Text.of(part.title),
                    identifier=part.identifier,
                    **_span(part.period),
                    period_source_id=part.period.source if part.period else None,
                    status=PlanStatus(part.status),
                    summary=_text(part.summary),
                    direction_note=_text(part.direction_note),
                    adoption=_dump(part.adoption) if part.adoption else None,
                    totals=[_dump(total) for total in part.totals],
                    links=[_dump(link) for link in part.links],
                    missing=part.missing,
                    source_id=part.source,
                )
            ]
        )
        return plan

    def _direction(self, plan: Plan, part: said.Plan) -> list[Vision]:
        self._add(
            Area(plan=plan, position=n, text=Text.of(area.text), source_id=area.source)
            for n, area in enumerate(part.areas, 1)
        )
        order = StageKey.values
        self._add(
            Stage(
                plan=plan,
                key=stage.key,
                position=order.index(stage.key),
                text=_text(stage.text),
                announced=[_dump(dates) for dates in stage.announced],
                actual=[_dump(dates) for dates in stage.actual],
            )
            for stage in part.stages
        )
        return self._add(
            Vision(
                plan=plan,
                key=vision.key,
                position=n,
                text=Text.of(vision.text),
                as_in_source=_text(vision.as_in_source),
                note=_text(vision.note),
                source_id=vision.source,
            )
            for n, vision in enumerate(part.visions)
        )

    def _check_identifiers(self, part: said.Plan) -> None:
        pieces: list[said.Commitment | said.SubCommitment] = list(part.commitments)
        pieces += [sub for row in part.commitments for sub in row.sub_commitments]
        values = [identifier.value for piece in pieces for identifier in piece.identifiers]
        if there := Identifier.objects.filter(value__in=values).first():
            raise NotValid("loading.identifier_there", value=there.value)

    def _commitment(self, plan: Plan, part: said.Commitment, visions: dict[str, Vision]) -> None:
        [row] = self._add(
            [
                Commitment(
                    plan=plan,
                    number=part.number,
                    title=Text.of(part.title),
                    vision=visions.get(part.vision or ""),
                    description=_text(part.description),
                    problem=_text(part.problem),
                    **_span(part.period),
                    period_source_id=part.period.source if part.period else None,
                    note=_text(part.note),
                    source_id=part.source,
                )
            ]
        )
        subs = self._add(
            SubCommitment(
                commitment=row,
                label=sub.label,
                title=_text(sub.title),
                position=n,
                source_id=sub.source,
            )
            for n, sub in enumerate(part.sub_commitments)
        )
        pieces: list[tuple[Any, SubCommitment | None]] = [(part, None)]
        pieces += zip(part.sub_commitments, subs, strict=True)
        for piece, sub in pieces:
            self._piece(row, piece, sub)

    def _piece(self, row: Commitment, piece: Any, sub: SubCommitment | None) -> None:
        whole: dict[str, Any] = {"commitment": row, "sub_commitment": sub}
        self._add(
            Lead(
                **whole,
                agency=self._agencies[lead.agency],
                position=n,
                as_in_source=lead.as_in_source,
                unit=_text(lead.unit),
                source_id=lead.source,
            )
            for n, lead in enumerate(piece.leads)
        )
        self._add(
            Identifier(
                **whole,
                scheme=identifier.scheme,
                value=identifier.value,
                note=_text(identifier.note),
                source_id=identifier.source,
            )
            for identifier in piece.identifiers
        )
        steps = self._add(
            Milestone(
                **whole,
                label=step.label,
                numbered_here=step.numbered_here,
                position=n + 100 * (sub.position + 1 if sub else 0),
                title=Text.of(step.title),
                output=_text(step.output),
                starts=step.start,
                due=step.due,
                agency=self._agencies.get(step.agency or ""),
                source_id=step.source,
            )
            for n, step in enumerate(piece.milestones)
        )
        for step, part in zip(steps, piece.milestones, strict=True):
            self._history(step, part.history)
        self._add(
            ReviewCode(
                **whole,
                measure=code.measure,
                value=code.value,
                text=_text(code.text),
                source_id=code.source,
                position=n,
            )
            for n, code in enumerate(piece.review)
        )

    def _history(self, step: Milestone, parts: list[said.Report]) -> None:
        """What sources say was reported of a milestone. None of it was said here."""
        holds, rows = step.due, []
        for number, part in enumerate(parts, 1):
            rows.append(
                MilestoneReport(
                    milestone=step,
                    number=number,
                    status=part.status or self._status_words.get(part.word or ""),
                    status_as_in_source=part.word or "",
                    said_on=part.on,
                    text=_text(part.text),
                    done_on=part.done_on,
                    old_due=holds if part.new_due else None,
                    new_due=part.new_due,
                    cause=part.cause,
                    reason=_text(part.reason),
                    reported_by="loader",
                    made_at=self.at,
                    source_id=part.source,
                )
            )
            holds = part.new_due or holds
        self._add(rows)
        self._add(
            Evidence(report=row, position=n, url=one.url or "", words=_text(one.words))
            for row, part in zip(rows, parts, strict=True)
            for n, one in enumerate(part.evidence)
        )

    def _edition(self, plan: Plan, part: said.Plan) -> None:
        rows = Commitment.objects.filter(plan=plan).select_related("vision")
        full = rows.prefetch_related(
            "leads__agency", "leads__sub_commitment", "sub_commitments", "milestones__agency"
        )
        versions = []
        for commitment in full:
            text = wording(parts_of(commitment))
            versions.append(
                CommitmentVersion(
                    commitment=commitment,
                    number=1,
                    text=text,
                    sha256=fingerprint(text),
                    made_at=self.at,
                )
            )
        self._add(versions)
        digest = canonical_digest([[v.commitment.number, v.sha256] for v in versions])
        [edition] = self._add(
            [
                Edition(
                    plan=plan,
                    number=1,
                    adopted_by=part.adoption.ballot if part.adoption else None,
                    loaded_from=self.digest,
                    sha256=digest,
                    published_at=self.at,
                )
            ]
        )
        edition.versions.set(versions)
        self.editions[edition.ref] = digest
