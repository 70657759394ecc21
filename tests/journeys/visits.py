"""Every kind of page there is, and how one comes to it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.journeys.conftest import Sites
from tests.pages.reading import PAGES

PEOPLE = (
    f"{name}@practice.example"
    for name in (
        *("bok-jian", "ryu-deunsol", "tae-gaeul", "do-hanbit", "yeo-eunsol", "ma-yunjae"),
        *("ham-taeo", "won-narae", "mo-eunchae", "lee-deulchan", "yeon-duri", "park-ongyeol"),
    )
)
"""Members of the practice forum, each asked for once: a code can be asked for once a minute."""


@dataclass(frozen=True)
class Visit:
    """A page and how to come to it; `go` gives the answer of the page itself."""

    name: str
    go: Callable[[Page], Response | None]


def public_visits(site: str, language: str) -> list[Visit]:
    """The public pages, and what stands where there is none."""
    addresses = {
        **PAGES,
        "a plan of which little is known": "/plans/1/",
        "a plan of ten": "/plans/6/",
        "a commitment in parts": "/plans/5/commitments/2/",
        "commitments of one agency": "/plans/5/commitments/?agency=acrc",
        "a term of which little is known": "/forum/terms/5/",
        "no such page": "/nowhere/",
        "no such plan": "/plans/77/",
        "a filter that is not known": "/plans/5/commitments/?agency=nope",
        "signing in": "/signin/",
        "a link that is not known": "/in/no-such-token/",
    }
    return [Visit(name, _to(site + in_language(a, language))) for name, a in addresses.items()]


def practice_visits(site: str, language: str) -> list[Visit]:
    """What a practice forum alone has, and what one sees who signs in. The order matters."""
    prefix = site + in_language("", language)

    def submit(path: str, field: str, value: str) -> Callable[[Page], Response | None]:
        def go(page: Page) -> Response | None:
            page.goto(f"{prefix}{path}")
            page.locator(f'input[name="{field}"]').fill(value)
            form = page.locator("form", has=page.locator(f'input[name="{field}"]'))
            with page.expect_navigation() as gone:
                form.locator("button").click()
            return gone.value

        return go

    def continued(page: Page) -> Response | None:
        page.goto(f"{prefix}/practice/")
        with page.expect_navigation() as gone:
            page.locator('button[value="kim-doran"]').click()
        return gone.value

    def newest_letter(page: Page) -> Response | None:
        page.goto(f"{prefix}/practice/letters/")
        address = page.locator("main a[href*='/practice/letters/']").first.get_attribute("href")
        return page.goto(f"{site}{address}")

    def mailed_link(page: Page) -> Response | None:
        newest_letter(page)
        found = re.search(r"http://\S+/in/[\w-]+/", page.locator("main").inner_text())
        assert found
        path = found[0].partition("/in/")[2]
        return page.goto(f"{prefix}/in/{path}")

    return [
        Visit("home of a practice forum", _to(f"{prefix}/")),
        Visit("a term with its members", _to(f"{prefix}/forum/terms/1/")),
        Visit("signing in, in practice", _to(f"{prefix}/signin/")),
        Visit("an address that is none", submit("/signin/", "email", "kim-doran")),
        Visit("the code page", submit("/signin/", "email", next(PEOPLE))),
        Visit("practice", _to(f"{prefix}/practice/")),
        Visit("a day that has been", submit("/practice/clock/", "date", "2020-01-01")),
        Visit("the letters", _to(f"{prefix}/practice/letters/")),
        Visit("a letter", newest_letter),
        Visit("a mailed link", mailed_link),
        Visit("an open call and its proposals", _to(f"{prefix}/plans/3/proposals/")),
        Visit("proposals found by words", _to(f"{prefix}/plans/3/proposals/?q=a&area=2")),
        Visit("a proposal", _to(f"{prefix}/plans/3/proposals/0002/")),
        Visit("a receipt", _to(f"{prefix}/plans/3/proposals/0002/?receipt=1")),
        Visit("proposing", _to(f"{prefix}/plans/3/proposals/new/")),
        Visit("a proposal that lacks something", submit("/plans/3/proposals/new/", "title", "")),
        Visit("no call now", _to(f"{prefix}/plans/1/proposals/new/")),
        Visit("finding a proposal", _to(f"{prefix}/find-my-proposal/?q=a")),
        Visit("supporting a proposal", _to(f"{prefix}/plans/3/proposals/0002/support/")),
        Visit("changing a proposal", _to(f"{prefix}/plans/3/proposals/0002/mine/")),
        Visit("the log of moderation", _to(f"{prefix}/plans/3/moderation/")),
        Visit("groups", _to(f"{prefix}/plans/3/groups/")),
        Visit("a group", _to(f"{prefix}/plans/3/groups/2/")),
        Visit("candidates", _to(f"{prefix}/plans/3/candidates/")),
        Visit("a candidate", _to(f"{prefix}/plans/3/candidates/1/")),
        Visit("how it is being made", _to(f"{prefix}/plans/3/how-it-was-made/")),
        Visit("the desk", continued),
        Visit("sorting", _to(f"{prefix}/desk/groups/3-2/sort/")),
        Visit("a candidate on the desk", _to(f"{prefix}/desk/candidates/3-1/")),
        Visit("a page read by someone signed in", _to(f"{prefix}/plans/")),
    ]


def every_visit(sites: Sites, language: str) -> Iterator[Visit]:
    yield from public_visits(sites.korea, language)
    yield from practice_visits(sites.practice, language)


def in_language(path: str, language: str) -> str:
    return path if language == "ko" else f"/{language}{path}"


def _to(address: str) -> Callable[[Page], Response | None]:
    return lambda page: page.goto(address)
