"""What holds for every page, in both languages."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from madang.web.middleware import HEADERS
from madang.web.routes import ROUTES, TWINNED, is_public
from tests.makers.readers import HOST, Reader
from tests.pages.reading import EVERY_PAGE, PAGES, TWINS, Page, body_of, is_ours

BYTES_AT_MOST = 100_000
REQUESTS_AT_MOST = 6
FOR_PEOPLE_SIGNING_IN = ["/signin/", "/find-my-proposal/", "/plans/5/proposals/new/"]
PRACTICE = ["/practice/", "/practice/letters/", "/tour/", "/signin/"]
ENDINGS = (".json", ".csv", ".svg")
NO_PAGE = {
    "plan.paper",
    "ballot.decision",
    "ballot.round.decision",
    "document",
    "ogp",
    "short.commitment",
    "short.meeting",
    "short.proposal",
    "proposal",
    "group",
    "candidate",
    "plan.change",
    "plan.assessment",
    "plan.fates",
    "proposal.file",
    "plan.calendar",
    "plan.feed",
    "commitment.calendar",
    "commitment.feed",
    "commitment.part",
    *("draft", "draft.commitment", "draft.comments", "draft.comment"),
    "robots",
    "favicon",
}
"""What only leads on, what is for programs, and proposals, groups, candidates and drafts:
the forum of Korea has none here."""


# --- the walk is whole ---------------------------------------------------------------------------


def test_every_public_page_is_walked() -> None:
    pages = {name for name in ROUTES if is_public(name) and not name.endswith(ENDINGS)}
    walked = PAGES.keys() | NO_PAGE

    assert pages - walked == set()


# --- what a page is made of ----------------------------------------------------------------------


@pytest.mark.parametrize("address", [*EVERY_PAGE, *FOR_PEOPLE_SIGNING_IN])
def test_a_page_is_whole_html_with_one_heading(
    address: str, korea: Any, each_reader: Reader
) -> None:
    response = each_reader.get(address)

    page = Page(response)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert page.faults == []
    assert page.heading
    assert next(one.text for one in page.all("title") if "svg" not in one.inside)
    assert page.language == each_reader.language == response["Content-Language"]
    assert page.one("main")["id"] == "main"
    assert page.all("a")[0]["href"] == "#main"


@pytest.mark.parametrize("address", [*EVERY_PAGE, *FOR_PEOPLE_SIGNING_IN])
def test_headings_go_down_one_step_at_a_time(address: str, korea: Any, reader: Reader) -> None:
    page = Page(reader.get(address))
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", [*EVERY_PAGE, *FOR_PEOPLE_SIGNING_IN])
def test_the_other_language_is_one_press_away_on_the_same_page(
    address: str, korea: Any, each_reader: Reader
) -> None:
    page = Page(each_reader.get(address))

    other = {"ko": "en", "en": "ko"}[each_reader.language]
    there = {"ko": address, "en": f"/en{address}"}
    switch = next(a for a in page.all("a") if a.get("hreflang") == other and a.get("lang") == other)
    assert switch["href"] == there[other]
    for language, path in there.items():
        assert urlsplit(page.one("link", rel="alternate", hreflang=language)["href"]).path == path
    canonical = page.one("link", rel="canonical")["href"]
    assert urlsplit(canonical).path == there[each_reader.language]


@pytest.mark.parametrize("name", sorted(TWINNED))
def test_a_page_says_how_to_cite_it_and_what_to_take_away(
    name: str, korea: Any, each_reader: Reader
) -> None:
    page = Page(each_reader.get(PAGES[name]))

    take = page.elements[[one.get("id") for one in page.elements].index("take")]
    assert take.tag == "h2"
    cited = [one.text for one in page.all("code") if one.text.startswith("http")]
    assert f"{settings.INSTALLATION.address}{page.address}" in cited
    for twin in TWINNED[name]:
        assert f"{page.address.rstrip('/')}.{twin}" in page.links


@pytest.mark.parametrize("address", [*EVERY_PAGE, *FOR_PEOPLE_SIGNING_IN])
def test_no_page_holds_script_or_style_or_loads_from_elsewhere(
    address: str, korea: Any, each_reader: Reader
) -> None:
    page = Page(each_reader.get(address))

    assert page.inline == []
    assert page.loads and all(map(is_ours, page.loads))
    assert page.all("script", "iframe", "object", "embed", "base") == []


def test_the_style_sheet_loads_nothing_from_elsewhere() -> None:
    found = finders.find("css/madang.css")
    assert isinstance(found, str)
    style = Path(found).read_text(encoding="utf-8")

    assert "@import" not in style
    for address in re.findall(r"url\(\s*['\"]?([^)'\"]+)", style):
        assert is_ours(address) and not address.startswith("data:")


@pytest.mark.parametrize("address", PRACTICE)
def test_the_pages_of_practice_are_made_as_well(
    address: str, practice_forum: Any, each_reader: Reader
) -> None:
    page = Page(each_reader.get(address))

    assert page.faults == [] and page.inline == [] and page.ids_twice == []
    assert page.heading and page.language == each_reader.language


def test_the_desk_is_made_as_well(practice_forum: Any) -> None:
    from madang.foundation.actors import Role
    from tests.makers.readers import a_signed_in_client

    for role in (Role.MEMBER, Role.CO_CHAIR, Role.SECRETARIAT):
        page = Page(a_signed_in_client(role, "en").get("/desk/"))

        assert page.faults == [] and page.inline == [] and page.ids_twice == []
        assert page.heading == "My desk"


# --- the crawl -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_link_leads_somewhere_and_every_anchor_is_there(language: str, korea: Any) -> None:
    crawl = Crawl()

    crawl.walk("/" if language == "ko" else "/en/")

    assert crawl.faults == []
    assert len(crawl.pages) > 120, "the crawl got nowhere"


def test_a_practice_forum_leads_nowhere_astray(practice_forum: Any) -> None:
    crawl = Crawl()

    crawl.walk("/")

    assert crawl.faults == []


class Crawl:
    """Everything that links lead to, from one page on, as a stranger follows them."""

    def __init__(self) -> None:
        self.reader = Reader("ko")
        self.faults: list[str] = []
        self.pages: dict[str, Page | None] = {}

    def walk(self, start: str) -> None:
        waiting = [("(the start)", start)]
        while waiting:
            where, address = waiting.pop()
            if not is_ours(address):
                continue
            path, anchor = urldefrag(address)
            if path not in self.pages:
                page = self.pages[path] = self.look(where, path)
                waiting += [(path, link) for link in page.links] if page else []
            found = self.pages[path]
            if anchor and found and anchor not in found.ids:
                self.faults.append(f"{where}: there is no #{anchor} on {path}")

    def look(self, where: str, address: str) -> Page | None:
        response = self.reader.get(address)
        if response.status_code in (301, 302):
            return self.look(where, urldefrag(response["Location"])[0])
        body = body_of(response)
        if response.status_code != 200:
            self.faults.append(f"{where}: {address} answers {response.status_code}")
            return None
        if not response["Content-Type"].startswith("text/html"):
            if not body:
                self.faults.append(f"{where}: {address} is empty")
            return None
        page = Page(response)
        self.faults += [f"{address}: {fault}" for fault in page.faults]
        self.faults += [f"{address}: #{name} is there twice" for name in page.ids_twice]
        return page


# --- twins ---------------------------------------------------------------------------------------


def test_a_twin_is_what_its_ending_says(korea: Any, each_reader: Reader) -> None:
    for address in TWINS:
        response = each_reader.get(address)

        assert (address, response.status_code) == (address, 200)
        match address.rpartition(".")[2]:
            case "json":
                assert response["Content-Type"] == "application/json; charset=utf-8"
                assert response.json()
            case "csv":
                assert response["Content-Type"] == "text/csv; charset=utf-8"
                assert response.content.startswith("\ufeff".encode())
            case "svg":
                assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
                check_picture(response.content)


def check_picture(svg: bytes) -> None:
    root = ElementTree.fromstring(svg)
    names = [element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()]
    assert names[0] == "svg"
    for told in ("title", "desc") if root.get("class") else ("title",):
        assert (root.findtext(f"{{http://www.w3.org/2000/svg}}{told}") or "").strip()
    assert {"script", "foreignObject", "style", "image", "use", "a"} & set(names) == set()
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on") and "href" not in name and "url(" not in value


def test_open_data_may_be_read_from_any_site(korea: Any, reader: Reader) -> None:
    for address in (address for address in TWINS if not address.endswith(".svg")):
        response = reader.get(address)

        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_json_is_the_same_in_both_languages_but_for_addresses(korea: Any) -> None:
    ours, theirs = (Reader(language).get("/plans/5.json").json() for language in ("ko", "en"))

    assert ours["url"] == "/plans/5/" and theirs["url"] == "/en/plans/5/"
    assert ours["commitments"][0]["title"] == theirs["commitments"][0]["title"]


# --- headers and cookies -------------------------------------------------------------------------


def odd_answers() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Answers that are no ordinary pages: method, address, options."""
    return {
        "no such page": ("get", "/nowhere/", {}),
        "no such plan as data": ("get", "/plans/77.json", {}),
        "the wrong method": ("put", "/plans/", {}),
        "a filter that is not known": ("get", "/plans/5/commitments.json?agency=nope", {}),
        "a body too large": ("post", "/signin/", {"CONTENT_LENGTH": str(10**8)}),
        "another host": ("get", "/", {"HTTP_HOST": "evil.example"}),
        "an address too long": ("get", "/plans/?" + "a" * 9000, {}),
        "a page that leads on": ("get", "/m/7", {}),
        "the door": ("get", "/signin/", {}),
        "a closed page": ("get", "/desk/", {}),
        "a static file": ("get", "/static/css/madang.css", {}),
        "the font": ("get", "/static/fonts/madang-text.woff2", {}),
        "no such static file": ("get", "/static/nothing.css", {}),
        "a paper": ("get", "/plans/5/plan-en.pdf", {}),
        "for robots": ("get", "/robots.txt", {}),
        "whether it lives": ("get", "/healthz", {}),
    }


def check_headers(response: Any, *, sandboxed: bool = False) -> None:
    for name, value in HEADERS.items():
        if name == "Content-Security-Policy":
            assert response[name].startswith("default-src 'none';")
            assert "unsafe" not in response[name] and "http" not in response[name]
            assert sandboxed or response[name] == value
        elif name == "Cross-Origin-Resource-Policy":
            assert response[name] in (value, "cross-origin")
        else:
            assert response[name] == value
    assert response["Cache-Control"]


def test_a_page_and_its_twins_carry_every_security_header(korea: Any, reader: Reader) -> None:
    for address in [*EVERY_PAGE, *FOR_PEOPLE_SIGNING_IN, *TWINS]:
        check_headers(reader.get(address), sandboxed=address.endswith(".svg"))


@pytest.mark.parametrize("odd", odd_answers())
def test_every_other_answer_carries_them_as_well(odd: str, korea: Any, reader: Reader) -> None:
    method, address, options = odd_answers()[odd]

    response = reader.generic(method.upper(), address, **options)

    check_headers(response, sandboxed=odd == "a paper")
    body_of(response)


def test_our_own_fault_carries_them_too(korea: Any, monkeypatch: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("madang.web.pages.about.render", broken)
    for language, start in (("ko", "/"), ("en", "/en/")):
        response = Reader(language, raise_request_exception=False).get("/about/")

        assert response.status_code == 500
        check_headers(response)
        page = Page(response)
        assert (page.faults, page.inline, page.language) == ([], [], language)
        assert page.all("a")[0]["href"] == start


def test_reading_sets_no_cookie(korea: Any, reader: Reader) -> None:
    for address in [*EVERY_PAGE, *TWINS, "/plans/5/plan-ko.pdf", "/nowhere/", "/robots.txt"]:
        assert not reader.get(address).cookies, address


# --- what a page costs ---------------------------------------------------------------------------


def test_a_page_is_light_with_everything_it_loads(korea: Any, each_reader: Reader) -> None:
    for address in EVERY_PAGE:
        response = each_reader.get(address)

        loads = set(Page(response).loads)
        weight = len(response.content) + sum(len(body_of(each_reader.get(a))) for a in loads)
        assert weight <= BYTES_AT_MOST, f"{address}: {weight:,} bytes"
        # The font may stand outside the weight; it is a request all the same.
        assert len([address, *loads, "the font"]) <= REQUESTS_AT_MOST


def test_an_address_is_the_one_its_name_leads_to(korea: Any) -> None:
    from django.urls import resolve

    with translation.override("ko"):
        assert {resolve(address).view_name for address in PAGES.values()} == PAGES.keys()
        assert reverse("home") == "/" and HOST
