"""Whatever a public page shows as a table can be taken away as one, and every list and item as data."""

import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from madang.web.routes import ROUTES, is_public
from tests.makers.readers import Reader
from tests.pages.reading import EVERY_PAGE, Page, is_ours

NEITHER_LIST_NOR_ITEM = {"about", "marks", "data", "parts"}
"""Public pages that hold no facts of the forum: the site about itself."""


def lacks(page, name):
    """What the page should lead to and does not."""
    ends = {urlsplit(link).path.rpartition(".")[2] for link in page.links if is_ours(link)}
    lacking = {"csv"} - ends if page.all("table") else set()
    return lacking if name in NEITHER_LIST_NOR_ITEM else lacking | ({"json"} - ends)


def public_pages(reader, begin):
    """Every public page that can be reached, one of each address that differs in numbers alone."""
    seen, ahead = set(), list(begin)
    while ahead:
        address = urlsplit(ahead.pop(0)).path
        kind = re.sub(r"\d+", "N", address)
        try:
            name = resolve(address).view_name
        except Resolver404:
            continue
        if kind in seen or name not in ROUTES or not is_public(name):
            continue
        seen.add(kind)
        answer = reader.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = Page(answer)
            ahead += [link for link in page.links if is_ours(link)]
            yield name, page


@pytest.mark.parametrize("forum", ["korea", "rehearsed_forum"])
def test_every_table_leads_to_a_table_and_every_list_and_item_to_data(forum, request, db):
    request.getfixturevalue(forum)
    reader = Reader("ko")
    begin = EVERY_PAGE if forum == "korea" else ["/"]
    walked = {}

    for name, page in public_pages(reader, begin):
        walked[page.address] = lacks(page, name)
        for link in page.links:
            if is_ours(link) and link.endswith((".json", ".csv")):
                assert reader.get(link).status_code == 200, (page.address, link)

    assert len(walked) > 40
    assert {address: lacking for address, lacking in walked.items() if lacking} == {}


def test_a_table_without_its_twin_is_noticed():
    html = "<html><body><a href='/agencies.json'>JSON</a><table></table></body></html>"
    response = SimpleNamespace(request={"PATH_INFO": "/agencies/"}, content=html.encode())

    assert lacks(Page(response), "agencies") == {"csv"}
