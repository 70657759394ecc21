"""What no single key can show, fault by fault; `broken/` holds the commonest as whole files."""

from pathlib import Path

import pytest

from madang.loading.rules.checking import check
from madang.loading.rules.reading import Refused, read_forum_file

SMALL = (Path(__file__).parents[2] / "forums" / "small.yaml").read_text("utf-8")
PERSON = "  - {slug: ada-quillfeather, name: {en: Ada Quillfeather}}\n"
FIRST = "        identifiers: [{scheme: ogp, value: ZZ0301, source: charter}]\n"
CHAIR = "  co_chairs:\n    - {side: government, by: office, seat: exo-1, source: charter}\n"
MEETING = (
    "meetings:\n  - {body: forum, number: 1, title: {en: First}, way: sitting, source: charter}\n"
)
SUB = '        sub_commitments:\n          - {label: "1.1", source: charter}\n'
STEP = '        milestones:\n          - {label: "1.1", title: {en: Step}, source: charter}\n'


def swap(old, new):
    assert SMALL.count(old) >= 1, old
    return SMALL.replace(old, new, 1)


def problems(text, **options):
    file, lines = read_forum_file(text.encode())
    try:
        check(file, lines, **options)
    except Refused as refused:
        return [
            (problem.code.removeprefix("loading."), problem.key) for problem in refused.problems
        ]
    return []


KINDS = "  seat_classes:\n"
RULES = '  rules:\n    - {title: {en: R}, in_force_from: "2024", source: charter}\n'
DUTY = "  functions:\n    - {key: advice, text: {en: Advice}, source: charter}\n"

CASES = {
    "a language twice": (swap("[en, fr]", "[en, fr, en]"), "named_twice", "languages"),
    "a role twice": (
        swap(
            "{en: Ada Quillfeather}",
            "{en: A}, email: a@b.example, roles: [secretariat, secretariat]",
        ),
        "named_twice",
        "people[0].roles",
    ),
    "a kind of seat twice": (
        swap("{key: government, prefix: gov", "{key: ex_officio, prefix: gov"),
        "named_twice",
        "forum.seat_classes[1].key",
    ),
    "a prefix twice": (
        swap("prefix: gov", "prefix: exo"),
        "named_twice",
        "forum.seat_classes[1].prefix",
    ),
    "two rules from one day on": (
        swap(KINDS, RULES + RULES.split("\n")[1] + "\n" + KINDS),
        "named_twice",
        "forum.rules[1].in_force_from",
    ),
    "a function twice": (
        swap(KINDS, DUTY + DUTY.split("\n")[1] + "\n" + KINDS),
        "named_twice",
        "forum.functions[1].key",
    ),
    "a kind of seat counted twice": (
        swap("{class: government, count: 6", "{class: ex_officio, count: 6"),
        "named_twice",
        "forum.terms[0].seats[1].class",
    ),
    "a part twice": (
        swap(FIRST, FIRST + SUB + SUB.split("\n")[1] + "\n"),
        "label_twice",
        "plans[0].commitments[0].sub_commitments[1].label",
    ),
    "a seat nobody has": (
        swap("seat: cso-2", "seat: cso-23"),
        "no_such_seat",
        "forum.terms[0].holdings[1].seat",
    ),
    "a stranger in a seat": (
        swap("person: ada-quillfeather", "person: ada"),
        "no_such_person",
        "forum.terms[0].holdings[0].person",
    ),
    "a body that is not there": (
        swap("  body: forum\n", "  body: forun\n"),
        "no_such_body",
        "forum.body",
    ),
    "a term of another body": (
        swap("      body: forum\n", "      body: forun\n"),
        "no_such_body",
        "forum.terms[0].body",
    ),
    "an unknown kind of seat": (
        swap("{class: government", "{class: ministers"),
        "no_such_class",
        "forum.terms[0].seats[1].class",
    ),
    "a person twice": (swap(PERSON, PERSON * 2), "person_twice", "people[1].slug"),
    "a role without an address": (
        swap("name: {en: Ada Quillfeather}", "name: {en: Ada}, roles: [secretariat]"),
        "role_without_email",
        "people[0]",
    ),
    "an agency twice": (swap("slug: lamps", "slug: works"), "agency_twice", "agencies[1].slug"),
    "a parent that is not there": (
        swap("parent: works", "parent: work"),
        "no_such_agency",
        "agencies[1].parent",
    ),
    "a chair in no seat": (
        swap("  terms:\n", CHAIR.replace("exo-1", "exo-9") + "  terms:\n"),
        "no_such_seat",
        "forum.co_chairs[0].seat",
    ),
    "two chairs on one side": (
        swap("  terms:\n", CHAIR + CHAIR.split("\n")[1] + "\n  terms:\n"),
        "chair_twice",
        "forum.co_chairs[1].side",
    ),
    "a vision that is not there": (
        swap(FIRST, FIRST + "        vision: bright\n"),
        "no_such_vision",
        "plans[0].commitments[0].vision",
    ),
    "a part of another commitment": (
        swap(FIRST, FIRST + SUB.replace("1.1", "2.1")),
        "label_of_another",
        "plans[0].commitments[0].sub_commitments[0].label",
    ),
    "a milestone of another commitment": (
        swap(FIRST, FIRST + STEP.replace("1.1", "11.1")),
        "label_of_another",
        "plans[0].commitments[0].milestones[0].label",
    ),
    "a label twice": (
        swap(FIRST, FIRST + SUB + STEP),
        "label_twice",
        "plans[0].commitments[0].milestones[0].label",
    ),
    "an agency that leads twice": (
        swap(
            "leads: [{agency: lamps, source: charter}]",
            "leads: [" + "{agency: lamps, source: charter}, " * 2 + "]",
        ),
        "named_twice",
        "plans[0].commitments[0].leads[1].agency",
    ),
    "a meeting twice": (
        SMALL + "\n" + MEETING + MEETING.split("\n")[1],
        "meeting_twice",
        "meetings[1].number",
    ),
    "a meeting of no body": (
        SMALL + "\n" + MEETING.replace("body: forum", "body: council"),
        "no_such_body",
        "meetings[0].body",
    ),
}


@pytest.mark.parametrize(("text", "code", "key"), CASES.values(), ids=CASES)
def test_a_file_that_contradicts_itself_is_refused_at_the_place(text, code, key):
    assert (code, key) in problems(text)


def test_every_problem_is_named_at_once_in_the_order_of_lines():
    text = swap("seat: cso-2", "seat: cso-23").replace("agency: works", "agency: work")

    assert [code for code, _ in problems(text)] == ["no_such_seat", "no_such_agency"]


def test_a_seat_may_pass_from_one_holder_to_the_next():
    text = swap("seat: cso-1, ", 'seat: cso-1, to: "2024-05-31", ').replace(
        "seat: cso-2", "seat: cso-1"
    )

    assert problems(text) == []


def test_a_term_whose_seats_nobody_counted_adds_up():
    text = swap("{class: government, count: 6", "{class: government, count: null")

    assert problems(text) == []


def test_a_file_that_adds_a_plan_may_name_agencies_that_are_there():
    start, rest = SMALL.split("forum:", 1)
    text = start + "plans:" + rest.split("plans:", 1)[1]

    assert problems(text, agencies=frozenset({"lamps", "works"})) == []
    assert {code for code, _ in problems(text)} == {"no_such_agency"}


def test_meetings_come_with_their_forum():
    start = SMALL.split("forum:", 1)[0]

    assert problems(start + MEETING) == [("meetings_need_a_forum", "meetings")]


def test_a_seat_that_is_held_without_an_end_is_held_in_the_next_term_too():
    start, rest = SMALL.split("  terms:\n")
    term, after = rest.split("agencies:")
    following = (
        term.replace("number: 1", "number: 2").replace("2024-", "2028-").replace("2027-", "2031-")
    )

    found = problems(f"{start}  terms:\n{term.rstrip()}\n{following.rstrip()}\n\nagencies:{after}")

    assert found == [("seat_twice", f"forum.terms[1].holdings[{n}].seat") for n in (0, 1)]
