"""Direct a plan: its areas, its visions, and the dates that are announced for its stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import ProtectedError
from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.planning.models import Area, Plan, Stage, StageKey, Vision
from madang.planning.reading import direction_digest, draft_ref, rewritten
from madang.planning.rules.permissions import MAY
from madang.planning.rules.writing import Direction, Heading, check_can_write, check_direction
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanDirected(Event):
    """A plan's basic direction was written; `sha256` is the hash of it all."""

    KIND: ClassVar[str] = "plan.directed"

    areas: int
    visions: int
    sha256: str


@action("plan.direct", may=MAY)
def direct_plan(
    plan: Plan, *, direction: Direction, base: str, by: Actor, at: datetime
) -> PlanDirected:
    """Write a plan's direction, whole: one save is one event.

    `base` is the hash of the direction its writer started from.

    Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history, planning.changed_meanwhile, planning.nothing_changed,
    planning.vision_in_use, planning.area_in_use. Raises NotValid: planning.no_title, planning.no_period,
    planning.too_many_headings, planning.not_a_date, planning.ends_before_it_begins.
    """
    today = timezone.localdate(at).isoformat()
    check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    check_direction(direction)
    before = direction_digest(plan)

    _name(plan, direction)
    _write_areas(plan, direction.areas)
    _write_visions(plan, direction.visions)
    _write_timeline(plan, direction)

    written = direction_digest(Plan.objects.get(pk=plan.pk))
    if written == before:
        raise NotNow("planning.nothing_changed")
    if base != before:
        raise NotNow("planning.changed_meanwhile")
    return PlanDirected(
        about=draft_ref(plan),
        areas=len(direction.areas),
        visions=len(direction.visions),
        sha256=written,
    )


def _name(plan: Plan, direction: Direction) -> None:
    if (plan.starts, plan.ends) != (direction.starts, direction.ends):
        plan.period_source = None
    plan.title = rewritten(plan.title, direction.title)
    plan.starts, plan.ends = direction.starts, direction.ends
    plan.save(update_fields=["title", "starts", "ends", "period_source"])


def _write_areas(plan: Plan, areas: Sequence[Text]) -> None:
    there = {area.position: area for area in plan.areas.all()}
    for position, words in enumerate(areas):
        area = there.pop(position, None) or Area(plan=plan, position=position)
        _keep(area, words)
    try:
        Area.objects.filter(pk__in=[area.pk for area in there.values()]).delete()
    except ProtectedError as error:
        raise NotNow("planning.area_in_use") from error


def _write_visions(plan: Plan, visions: Sequence[Heading]) -> None:
    there = {vision.key: vision for vision in plan.visions.all()}
    used = set(there)
    for position, heading in enumerate(visions):
        key = heading.key if heading.key in there else _next_key(used)
        used.add(key)
        vision = there.pop(key, None) or Vision(plan=plan, key=key)
        vision.position = position
        _keep(vision, heading.text)
    for vision in there.values():
        if vision.commitments.exists():
            raise NotNow("planning.vision_in_use")
        vision.delete()


def _next_key(used: set[str]) -> str:
    return next(f"vision-{n}" for n in range(1, 1000) if f"vision-{n}" not in used)


def _keep(row: Any, words: Text) -> None:
    """Save a heading; one whose words are new has no source any more."""
    old = row.text if row.pk else None
    row.text = rewritten(old, words)
    if row.text is not old:
        row.source = None
    row.save()


def _write_timeline(plan: Plan, direction: Direction) -> None:
    there = {stage.key: stage for stage in plan.stages.all()}
    for position, key in enumerate(StageKey.values):
        starts, ends = direction.announced.get(key, (None, None))
        stage = there.get(key) or Stage(plan=plan, key=key, position=position)
        first = stage.announced[0] if stage.announced else {"from": None, "to": None}
        if (first["from"], first["to"]) == (starts, ends):
            continue
        # What a source announced stays beside the new date; what was written here is replaced.
        sourced = [claim for claim in stage.announced if claim["source"]]
        ours = {"from": starts, "to": ends, "source": None, "note": None}
        stage.announced = ([ours] if starts or ends else []) + sourced
        stage.save()
