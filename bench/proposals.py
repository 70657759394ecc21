"""An open call and eight citizens who propose as fast as they can."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.test import Client, RequestFactory

from bench.asking import handler
from bench.votes import CODE, Span
from madang.calls.actions.announce import announce_call
from madang.calls.actions.window import open_call
from madang.calls.models import Call, Proposal
from madang.calls.rules.window import CallText
from madang.foundation.actors import CLOCK, Actor, Role
from madang.foundation.texts import Text
from madang.letters import codes
from madang.letters.models import Letter, MailedCode
from madang.members.models import Forum
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.begin import begin_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.models import Plan
from madang.planning.reading import direction_digest
from madang.planning.rules.writing import Direction
from madang.record import log
from madang.web.pages.propose import PURPOSE

OFFICER = Actor(roles=frozenset({Role.SECRETARIAT}), name="bench")
Form = tuple[str, dict[str, str]]
"""From which place a form comes, and what is in it."""
Forms = list[Form]
TOKEN = "b" * 32
REQUESTS = RequestFactory(
    headers={"host": settings.INSTALLATION.host, "origin": settings.INSTALLATION.address}
)
REQUESTS.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
TITLE = Text({"ko": "재기 계획"})


def an_open_call() -> Call:
    """A call through its acts, for a plan of its own, open for a month from now."""
    now = datetime.now(UTC)
    forum = Forum.objects.get()
    begin_plan(forum, title=TITLE, starts="2040", ends="2041", by=OFFICER, at=now)
    plan = Plan.objects.get(number=Plan.objects.aggregate(most=Max("number"))["most"])
    directed = Direction(TITLE, "2040", "2041", announced={"call": ("2039-01", "2039-02")})
    direct_plan(plan, direction=directed, base=direction_digest(plan), by=OFFICER, at=now)
    announce_plan(plan, by=OFFICER, at=now)
    text = CallText(
        opens_at=now + timedelta(seconds=1),
        closes_at=now + timedelta(days=30),
        answer_by=(now + timedelta(days=60)).date().isoformat(),
        criteria=[TITLE],
        languages=[forum.languages[0]],
        notice_reason=TITLE,
    )
    announce_call(plan, text=text, by=OFFICER, at=now)
    open_call(Call.objects.get(plan=plan), by=CLOCK, at=text.opens_at)
    time.sleep(1)
    return Call.objects.select_related("plan").get(plan=plan)


def posts_per_second(clients: int = 8, each: int = 40, processes: int = 1) -> float:
    """Proposals a second by the form's last press: code checked, row, record, letter queued.

    `processes` share the clients, as the web processes of `madang serve --workers` do.
    """
    call = an_open_call()
    ready = [[_typed(call, c, n) for n in range(each)] for c in range(clients)]
    entries, letters = log.size(), Letter.objects.count()
    spans = _shared_out(f"/plans/{call.plan.number}/proposals/new/code/", ready, processes)

    sent = clients * each
    numbers = set(Proposal.objects.filter(plan=call.plan).values_list("number", flat=True))
    assert numbers == set(range(1, sent + 1)), "a number is missing or twice"
    assert log.size() - entries == sent, "no entry for a proposal"
    assert Letter.objects.count() - letters == sent, "no letter for a proposal"
    return sent / (max(end for _, end in spans) - min(began for began, _ in spans))


def _shared_out(address: str, ready: list[Forms], processes: int) -> list[Span]:
    work = partial(_side_by_side, address)
    if processes == 1:
        return work(ready)
    # A process that is forked must not talk over its parent's connections.
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        spans = pool.map(work, [ready[n::processes] for n in range(processes)])
        return list(chain.from_iterable(spans))


def _side_by_side(address: str, ready: list[Forms]) -> list[Span]:
    """When each client began and ended, a thread for each of them."""
    together = Barrier(len(ready))
    connection.close()
    get = handler()

    def propose(forms: Forms) -> Span:
        together.wait()
        began = time.perf_counter()
        for place, form in forms:
            answer = get.get_response(_post(address, form, place))
            assert answer.status_code == 302, answer.content
            answer.close()
        connection.close()
        return began, time.perf_counter()

    with ThreadPoolExecutor(len(ready)) as pool:
        return list(pool.map(propose, ready))


def _post(address: str, form: dict[str, str], place: str) -> Any:
    """The form as a browser sends it, with the token that says it is ours, from a place."""
    return REQUESTS.post(
        address,
        urlencode({**form, "csrfmiddlewaretoken": TOKEN}),
        content_type="application/x-www-form-urlencoded",
        REMOTE_ADDR=place,
    )


def _typed(call: Call, client: int, n: int) -> Form:
    """What the last form holds: a proposal checked, and a number mailed for it.

    Each comes from a place and an address of its own, as proposals do; no limit is lifted.
    """
    email, place = f"c{client}-{n}@bench.example", f"10.{client}.{n >> 8}.{n & 255}"
    typed = {
        "title": "버스 정류장 시간표를 소리로 알려 주세요",
        "text": "시각장애인은 정류장에서 다음 버스를 알 수 없습니다. 소리로 알려 주면 좋겠습니다. "
        * 4,
        "email": email,
        "agreed": "yes",
    }
    answer = Client(HTTP_HOST=settings.INSTALLATION.host).post(
        f"/plans/{call.plan.number}/proposals/new/", typed
    )
    assert answer.status_code == 302, answer.content
    now = datetime.now(UTC)
    MailedCode.objects.create(
        email=email,
        purpose=PURPOSE,
        code_hash=codes._hash(email, PURPOSE, CODE),
        sent_at=now,
        ends_at=now + codes.LASTS,
    )
    form = {"t": answer["Location"].rpartition("t=")[2], "step": "send", "code": CODE}
    return place, form
