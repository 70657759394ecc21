"""Every address is declared in the role × method table, and the table is what happens."""

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import translation

from madang.documents.models import Document
from madang.foundation.actors import Role
from madang.record import log
from madang.web.routes import EVERYONE, ROUTES, is_public
from tests.makers.readers import Reader, a_signed_in_client

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
PEOPLE = EVERYONE - {Role.CLOCK, Role.LOADER, Role.FOCAL_POINT}
"""Those who sign in, and anyone; a focal point comes by a link of its own."""
PRACTICE = sorted(name for name in ROUTES if name.startswith("practice"))
OPEN = sorted(name for name, methods in ROUTES.items() if methods.get("GET") == EVERYONE)
CLOSED = sorted(name for name, methods in ROUTES.items() if EVERYONE not in methods.values())

SAMPLES = {
    "agency": ["acrc"],
    "ballot": ["7"],
    "ballot.decision": ["7", "ko"],
    "ballot.round": ["7", 1],
    "ballot.round.decision": ["7", 1, "ko"],
    "commitment": [5, 6],
    "commitment.part": [5, "4.1"],
    "commitments": [5],
    "desk.ballot": ["7"],
    "desk.ballot.revise": ["7"],
    "desk.ballot.round": ["7"],
    "desk.ballot.paper": ["7"],
    "desk.ballot.codes": ["7"],
    "desk.file": ["no-such-file"],
    "desk.publish.paper": [5],
    "desk.key": ["7"],
    "desk.publish": [5],
    "desk.plan": [5],
    "desk.direction": [5],
    "desk.announce": [5],
    "desk.call": [5],
    "desk.import.list": [1],
    "desk.sheet": [1],
    "proposal.answer": ["no-such-token"],
    "desk.commitment.new": [5],
    "desk.draft": [5, 6],
    "desk.suggest": [5, 6],
    "desk.draft.write": [5, 6],
    "desk.commitment.withdraw": [5, 6],
    "desk.changes": [5],
    "desk.review": [5, 6],
    "desk.change.paper": [5, 1],
    "desk.change.new": [5, 6],
    "desk.change": [5, 1],
    "plan.changes": [5],
    "plan.assessments": [5],
    "plan.assessment": [5, 1],
    "assessment.comment": [5, 1],
    "desk.remark": [1],
    "desk.assessments": [5],
    "desk.assessment": [5, 1],
    "plan.progress": [5],
    "plan.calendar": [5],
    "plan.feed": [5],
    "commitment.calendar": [5, 6],
    "commitment.feed": [5, 6],
    "follow.plan": [5],
    "follow.commitment": [5, 6],
    "follow": ["no-such-token"],
    "plan.promised": [5],
    "plan.change": [5, 1],
    "commitment.history": [5, 6],
    "draft.history": [5, 6],
    "draft.suggestions": [5, 6],
    "document": [lambda: Document.objects.all()[0].sha256],
    "entry": [1],
    "meeting": ["7"],
    "ogp": ["KR0056"],
    "plan": [5],
    "plan.made": [5],
    "plan.paper": [5, "ko"],
    "plan.fates": [5],
    "commitment.proposals": [5, 6],
    "commitment.came": [5, 6],
    "plan.heard": [5],
    "plan.timeline": [5],
    "proposals": [5],
    "groups": [5],
    "group": [5, 2],
    "candidates": [5],
    "candidate": [5, 31],
    "desk.groups": [5],
    "desk.group": [5, 2],
    "desk.sort": [5, 2],
    "desk.candidate": [5, 31],
    "proposal": [5, 412],
    "proposal.file": [5, 412],
    "desk.proposal.file": [5, 412],
    "short.proposal": [5, 412],
    "moderation.log": [5],
    "draft": [5],
    "draft.comments": [5],
    "draft.commitment": [5, 6],
    "draft.comment": [5, 12],
    "draft.say": [5],
    "draft.say.check": [5],
    "draft.say.code": [5],
    "comment.stop": ["no-such-token"],
    "desk.comments": [5],
    "desk.comment.new": [5],
    "comment.mine": [5, 12],
    "desk.comment": [5, 12],
    "proposal.support": [5, 412],
    "proposal.mine": [5, 412],
    "desk.proposal": [5, 412],
    "propose": [5],
    "propose.check": [5],
    "propose.code": [5],
    "focal": ["no-such-token"],
    "update": ["no-such-token"],
    "update.sheet": ["no-such-token"],
    "update.sheet.out": ["no-such-token"],
    "consult": ["no-such-token"],
    "consult.of": ["no-such-token", 5, 1],
    "consult.sheet": ["no-such-token", 5, 1],
    "consultation": [5],
    "desk.consult.new": [5],
    "desk.consult.one": [5, 1],
    "desk.consult.sheet": [5, 1, "acrc"],
    "milestone": [5, 6, "6.1"],
    "milestone.comment": [5, 6, "6.1"],
    "desk.weigh": [5, "6.1"],
    "desk.view": [5, "6.1"],
    "proposal.stop": ["no-such-token"],
    "practice.letter": [1],
    "short.commitment": [5, "6"],
    "short.meeting": ["7"],
    "signin.link": ["no-such-token"],
    "term": [3],
    "vote": ["no-such-token"],
    "desk.vote": ["7"],
    "desk.setup.seat": ["gov-1"],
}
"""What stands in the addresses, from the forum of Korea."""
NOT_HERE = {
    "assessment.comment",
    "plan.assessment",
    "plan.assessment.json",
    "follow",
    "plan.change",
    "plan.change.json",
    "ballot.decision",
    "ballot.round.decision",
    "signin.link",
    "vote",
    "focal",
    "update",
    "update.sheet",
    "update.sheet.out",
    "consult",
    "consult.of",
    "consult.sheet",
    "proposal",
    "proposal.json",
    "proposal.file",
    "proposal.answer",
    *(f"{name}{twin}" for name in ("group", "candidate") for twin in ("", ".json", ".csv")),
    *(f"draft{twin}" for twin in ("", ".json", ".csv")),
    *(f"draft.comments{twin}" for twin in ("", ".json", ".csv")),
    *(f"draft.commitment{twin}" for twin in ("", ".json", ".csv")),
    *(f"draft.comment{twin}" for twin in ("", ".json")),
    *("draft.say", "draft.say.check", "draft.say.code", "comment.stop"),
    "proposal.stop",
    "proposal.support",
    "proposal.mine",
    "comment.mine",
    "propose.check",
    "propose.code",
    *PRACTICE,
}
"""Open to everyone, though in the forum of Korea there is nothing at the sample."""


def addresses_in(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses_in(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, str(pattern.pattern)


def undeclared(patterns):
    return sorted(
        f"{name}: {address}" for name, address in addresses_in(patterns) if name not in ROUTES
    )


def address_of(name, language="ko"):
    sample = SAMPLES.get(name) or SAMPLES.get(name.rpartition(".")[0], [])
    with translation.override(language):
        return reverse(name, args=[part() if callable(part) else part for part in sample])


def test_every_address_is_declared():
    assert undeclared(get_resolver().url_patterns) == []


def test_every_declared_route_has_an_address():
    assert ROUTES.keys() - {name for name, _ in addresses_in(get_resolver().url_patterns)} == set()


def test_an_address_nobody_declared_is_noticed():
    rogue = [path("back/door/", lambda request: HttpResponse("in"), name="back.door")]

    assert undeclared([*get_resolver().url_patterns, *rogue]) == ["back.door: back/door/"]


class RogueAddresses:
    urlpatterns = [path("back/door/", lambda request: HttpResponse("in"), name="back.door")]


def test_an_address_nobody_declared_is_open_to_nobody(korea, settings, reader):
    settings.ROOT_URLCONF = RogueAddresses

    assert reader.get("/back/door/").status_code == 403


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_method_nobody_declared_is_refused(name, korea, reader):
    address = address_of(name)
    declared = ROUTES[name].keys() | ({"HEAD"} if "GET" in ROUTES[name] else set())

    for method in set(METHODS) - declared:
        answer = reader.generic(method, address)
        assert (method, answer.status_code) == (method, 405)
        assert answer["Allow"] == ", ".join(sorted(ROUTES[name]))


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(set(OPEN) - NOT_HERE))
def test_what_is_open_answers_anyone_and_changes_nothing(name, language, korea, reader):
    before = log.state()

    answer = reader.get(address_of(name, language))

    body = b"".join(answer)
    assert answer.status_code in (200, 301, 302), body[:600]
    assert log.state() == before


@pytest.mark.parametrize("name", sorted(set(OPEN) & NOT_HERE))
def test_what_is_open_but_not_here_says_so_and_does_not_break(name, korea, reader):
    assert reader.get(address_of(name)).status_code in (400, 404, 410)


@pytest.mark.parametrize("name", CLOSED)
def test_what_is_closed_sends_a_stranger_to_the_door(name, korea, reader):
    for method in ROUTES[name]:
        answer = reader.generic(method, address_of(name))

        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("signin"))


@pytest.mark.parametrize("role", sorted(PEOPLE - {Role.ANONYMOUS}))
@pytest.mark.parametrize("name", CLOSED)
def test_what_is_closed_opens_to_the_roles_of_the_table_alone(name, role, practice_forum):
    for method, roles in ROUTES[name].items():
        answer = a_signed_in_client(role).generic(method, address_of(name))

        assert (answer.status_code == 403) == (role not in roles), role
        assert answer.status_code < 500


@pytest.mark.parametrize("role", sorted(PEOPLE))
@pytest.mark.parametrize(
    "name", sorted(name for name, methods in ROUTES.items() if "POST" in methods)
)
def test_an_empty_form_is_answered_with_a_sentence(name, role, practice_forum):
    answer = a_signed_in_client(role).post(address_of(name))

    refused = role is not Role.ANONYMOUS and role not in ROUTES[name]["POST"]
    expected = (403,) if refused else (200, 302, 400, 404, 410)
    assert answer.status_code in expected, answer.content[:600]


@pytest.mark.parametrize("role", sorted(PEOPLE - {Role.ANONYMOUS, Role.SECRETARIAT}))
def test_a_route_for_one_role_refuses_every_other(role, practice_forum, monkeypatch):
    monkeypatch.setitem(ROUTES, "desk", {"GET": frozenset({Role.SECRETARIAT})})

    assert a_signed_in_client(role).get(address_of("desk")).status_code == 403
    assert a_signed_in_client(Role.SECRETARIAT).get(address_of("desk")).status_code == 200


def test_a_form_from_elsewhere_is_not_taken(practice_forum):
    wary = Reader("ko", enforce_csrf_checks=True)

    assert wary.post(address_of("practice.clock"), {"step": "day"}).status_code == 403
    assert practice_forum.clock_ahead == type(practice_forum).objects.get(pk=1).clock_ahead


@pytest.mark.parametrize("name", [name for name in OPEN if not is_public(name)])
def test_what_is_not_the_same_for_everyone_is_never_kept_for_another(name, practice_forum, reader):
    answer = reader.get(address_of(name))

    assert "public" not in answer["Cache-Control"]
