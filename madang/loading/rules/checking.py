"""Check what no single key can show: that everything named exists, once, and adds up."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from madang.loading.rules.forum_file import Commitment, Forum, ForumFile, Plan, Report
from madang.loading.rules.reading import Lines, Path, Problem, Refused

NOT_WORDS = ("sources", "figure", "kind", "status_words")
"""The keys whose value is a mapping and no text by language."""


def check(file: ForumFile, lines: Lines, *, agencies: frozenset[str] = frozenset()) -> None:
    """Refuse a file that contradicts itself.

    `agencies` are those already kept in the installation, for a file that adds a plan.

    Raises Refused with every problem found.
    """
    found = [
        *_unknown_sources(file),
        *_languages(file),
        *_agencies(file, agencies),
        *_people(file),
        *_plans(file),
        *_meetings(file),
        *_amendment_rules(file),
    ]
    if file.forum:
        found += _forum(file.forum, {person.slug for person in file.people})
    if found:
        raise Refused([Problem(p.path, p.code, p.facts, lines.of(p.path)) for p in found])


def _walk(part: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value in the file with its place."""
    yield path, part
    if isinstance(part, BaseModel):
        for name, info in type(part).model_fields.items():
            yield from _walk(getattr(part, name), (*path, info.alias or name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _walk(value, (*path, key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _walk(value, (*path, number))


def _unknown_sources(file: ForumFile) -> Iterator[Problem]:
    for path, value in _walk(file):
        if path and path[-1] == "source" and value is not None and value not in file.sources:
            yield Problem(path, "loading.no_such_source", {"key": value})


def _languages(file: ForumFile) -> Iterator[Problem]:
    for language in _twice(file.languages):
        yield Problem(("languages",), "loading.named_twice", {"value": language})
    known = set(file.languages)
    for path, value in _walk(file):
        if not (isinstance(value, dict) and path and path[-1] not in NOT_WORDS):
            continue
        for language in value.keys() - known - {"kind"}:
            yield Problem((*path, language), "loading.language_not_listed", {"language": language})


def _twice(values: list[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _place_of_second(values: list[Any], value: Any) -> int:
    return values.index(value, values.index(value) + 1)


def _repeats(values: list[Any], path: Path, key: str, code: str) -> Iterator[Problem]:
    for value in _twice(values):
        yield Problem((*path, _place_of_second(values, value), key), code, {"value": value})


def _agencies(file: ForumFile, kept: frozenset[str]) -> Iterator[Problem]:
    slugs = [agency.slug for agency in file.agencies]
    yield from _repeats(slugs, ("agencies",), "slug", "loading.agency_twice")
    known = kept | set(slugs)
    for path, value in _walk(file):
        if path and path[-1] in ("agency", "parent") and value is not None and value not in known:
            yield Problem(path, "loading.no_such_agency", {"value": value})


def _people(file: ForumFile) -> Iterator[Problem]:
    if file.people and not file.forum:
        yield Problem(("people",), "loading.people_need_a_forum")
        return
    slugs = [person.slug for person in file.people]
    yield from _repeats(slugs, ("people",), "slug", "loading.person_twice")
    addresses = [(person.email or person.slug).casefold() for person in file.people]
    yield from _repeats(addresses, ("people",), "email", "loading.email_twice")
    for number, person in enumerate(file.people):
        for role in _twice(person.roles):
            yield Problem(("people", number, "roles"), "loading.named_twice", {"value": role})
        if person.roles and not person.email:
            yield Problem(("people", number), "loading.role_without_email", {"value": person.slug})


def _forum(forum: Forum, people: set[str]) -> Iterator[Problem]:
    bodies = {body.slug: body for body in forum.bodies}
    classes = {kind.key: kind for kind in forum.seat_classes}
    path: Path = ("forum",)
    if forum.body not in bodies:
        yield Problem((*path, "body"), "loading.no_such_body", {"value": forum.body})
    yield from _repeats(
        [b.slug for b in forum.bodies], (*path, "bodies"), "slug", "loading.body_twice"
    )
    yield from _repeats(
        [t.number for t in forum.terms], (*path, "terms"), "number", "loading.term_twice"
    )
    for part, name, values in (
        ("functions", "key", [function.key for function in forum.functions]),
        ("seat_classes", "key", [kind.key for kind in forum.seat_classes]),
        ("seat_classes", "prefix", [kind.prefix for kind in forum.seat_classes]),
        ("rules", "in_force_from", [version.in_force_from for version in forum.rules]),
    ):
        yield from _repeats(values, (*path, part), name, "loading.named_twice")
    # Seats outlast terms, so a holding without an end goes on into the next term.
    held: dict[str, list[tuple[str, str]]] = {}
    for place, term in enumerate(forum.terms):
        here: Path = (*path, "terms", place)
        if term.body not in bodies:
            yield Problem((*here, "body"), "loading.no_such_body", {"value": term.body})
        for n, seats in enumerate(term.seats):
            if seats.seat_class not in classes:
                place_of_class = (*here, "seats", n, "class")
                yield Problem(place_of_class, "loading.no_such_class", {"value": seats.seat_class})
        counted = [seats.seat_class for seats in term.seats]
        yield from _repeats(counted, (*here, "seats"), "class", "loading.named_twice")
        yield from _seats_add_up(term, bodies, here)
        yield from _holdings(forum, term, people, held, here)
    known = _seat_numbers(forum)
    for n, chair in enumerate(forum.co_chairs):
        if chair.seat and chair.seat not in known:
            yield Problem(
                (*path, "co_chairs", n, "seat"), "loading.no_such_seat", {"value": chair.seat}
            )
    yield from _repeats(
        [chair.side for chair in forum.co_chairs],
        (*path, "co_chairs"),
        "side",
        "loading.chair_twice",
    )


def _seats_add_up(term: Any, bodies: dict[str, Any], here: Path) -> Iterator[Problem]:
    counts = [seats.count for seats in term.seats]
    body = bodies.get(term.body)
    if not counts or None in counts or not body or body.seats is None:
        return
    if sum(counts) != body.seats:
        facts = {"sum": sum(counts), "seats": body.seats}
        yield Problem((*here, "seats"), "loading.seats_do_not_add_up", facts)


def _seat_numbers(forum: Forum) -> set[str]:
    prefixes = {kind.key: kind.prefix for kind in forum.seat_classes}
    most: Counter[str] = Counter()
    for term in forum.terms:
        for seats in term.seats:
            most[seats.seat_class] = max(most[seats.seat_class], seats.count or 0)
    return {
        f"{prefixes[key]}-{n}"
        for key, count in most.items()
        if key in prefixes
        for n in range(1, count + 1)
    }


def _holdings(
    forum: Forum, term: Any, people: set[str], held: dict[str, list[tuple[str, str]]], here: Path
) -> Iterator[Problem]:
    known = _seat_numbers(forum)
    for n, holding in enumerate(term.holdings):
        place: Path = (*here, "holdings", n)
        if holding.seat not in known:
            yield Problem((*place, "seat"), "loading.no_such_seat", {"value": holding.seat})
        if holding.person and holding.person not in people:
            yield Problem((*place, "person"), "loading.no_such_person", {"value": holding.person})
        span = (holding.start or term.start or "", holding.end or "9999")
        if any(span[0] <= end and start <= span[1] for start, end in held.get(holding.seat, [])):
            yield Problem((*place, "seat"), "loading.seat_twice", {"value": holding.seat})
        held.setdefault(holding.seat, []).append(span)


def _plans(file: ForumFile) -> Iterator[Problem]:
    yield from _repeats([p.number for p in file.plans], ("plans",), "number", "loading.plan_twice")
    identifiers: list[str] = []
    for place, plan in enumerate(file.plans):
        here: Path = ("plans", place)
        yield from _plan(plan, here)
        for n, commitment in enumerate(plan.commitments):
            yield from _commitment(commitment, (*here, "commitments", n), identifiers)


def _plan(plan: Plan, here: Path) -> Iterator[Problem]:
    numbers = [commitment.number for commitment in plan.commitments]
    yield from _repeats(numbers, (*here, "commitments"), "number", "loading.commitment_twice")
    visions = [vision.key for vision in plan.visions]
    yield from _repeats(visions, (*here, "visions"), "key", "loading.vision_twice")
    stages = [stage.key for stage in plan.stages]
    yield from _repeats(stages, (*here, "stages"), "key", "loading.stage_twice")
    for n, commitment in enumerate(plan.commitments):
        if commitment.vision and commitment.vision not in visions:
            place = (*here, "commitments", n, "vision")
            yield Problem(place, "loading.no_such_vision", {"value": commitment.vision})
    total = next((t for t in plan.totals if t.key == "commitments" and not t.about), None)
    if total and plan.status == "published" and total.count != len(numbers):
        facts = {"sum": len(numbers), "total": total.count}
        yield Problem((*here, "commitments"), "loading.commitments_do_not_add_up", facts)


def _commitment(commitment: Commitment, here: Path, identifiers: list[str]) -> Iterator[Problem]:
    parts: list[tuple[Any, Path]] = [(commitment, here)]
    for n, sub in enumerate(commitment.sub_commitments):
        place: Path = (*here, "sub_commitments", n)
        parts.append((sub, place))
        if not sub.label.startswith(f"{commitment.number}."):
            facts = {"value": sub.label, "parent": commitment.number}
            yield Problem((*place, "label"), "loading.label_of_another", facts)
    yield from _repeats(
        [sub.label for sub in commitment.sub_commitments],
        (*here, "sub_commitments"),
        "label",
        "loading.label_twice",
    )
    labels: list[str] = [sub.label for sub in commitment.sub_commitments]
    for part, place in parts:
        parent = getattr(part, "label", None) or str(commitment.number)
        for n, milestone in enumerate(part.milestones):
            at: Path = (*place, "milestones", n, "label")
            if not milestone.label.startswith(f"{parent}."):
                yield Problem(
                    at, "loading.label_of_another", {"value": milestone.label, "parent": parent}
                )
            if milestone.label in labels:
                yield Problem(at, "loading.label_twice", {"value": milestone.label})
            labels.append(milestone.label)
            yield from _in_order(milestone.history, (*place, "milestones", n, "history"))
        for n, identifier in enumerate(part.identifiers):
            if identifier.value in identifiers:
                at = (*place, "identifiers", n, "value")
                yield Problem(at, "loading.identifier_twice", {"value": identifier.value})
            identifiers.append(identifier.value)
        for key, values in (
            ("leads", [lead.agency for lead in part.leads]),
            ("review", [code.measure for code in part.review]),
        ):
            name = "agency" if key == "leads" else "measure"
            yield from _repeats(values, (*place, key), name, "loading.named_twice")


def _in_order(history: list[Report], here: Path) -> Iterator[Problem]:
    """What was reported stands in the order of time, as far as the dates are known."""
    for n, (one, after) in enumerate(pairwise(history), 1):
        known = min(len(one.on), len(after.on))
        if after.on[:known] < one.on[:known]:
            facts = {"value": after.on, "before": one.on}
            yield Problem((*here, n, "on"), "loading.history_backwards", facts)


def _amendment_rules(file: ForumFile) -> Iterator[Problem]:
    rules = [(rule.key, rule.start) for rule in file.amendment_rules]
    yield from _repeats(rules, ("amendment_rules",), "from", "loading.named_twice")


def _meetings(file: ForumFile) -> Iterator[Problem]:
    if file.meetings and not file.forum:
        yield Problem(("meetings",), "loading.meetings_need_a_forum")
        return
    bodies = {body.slug for body in file.forum.bodies} if file.forum else set()
    names = [(meeting.body, meeting.number) for meeting in file.meetings]
    yield from _repeats(names, ("meetings",), "number", "loading.meeting_twice")
    for n, meeting in enumerate(file.meetings):
        if meeting.body not in bodies:
            yield Problem(("meetings", n, "body"), "loading.no_such_body", {"value": meeting.body})
