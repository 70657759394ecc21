"""Which addresses there can be."""

import re

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, URLResolver, resolve
from django.urls.resolvers import RegexPattern
from django.utils import translation

from madang.foundation.addresses import IndexConverter, LabelConverter, NumberConverter, twinned
from madang.web.nearest import nearest


def page(request, twin, **parts):
    return HttpResponse(twin)


PATTERNS = URLResolver(
    RegexPattern(r"^/"), twinned("plans/<number:number>", page, "plan", ("json", "csv"))
)


@pytest.mark.parametrize(
    ("address", "twin", "name"),
    [
        ("/plans/5/", "", "plan"),
        ("/plans/5.json", "json", "plan.json"),
        ("/plans/5.csv", "csv", "plan.csv"),
    ],
)
def test_a_page_and_its_twins_are_one_view_at_one_path(address, twin, name):
    found = PATTERNS.resolve(address)

    assert (found.func, found.kwargs, found.url_name) == (page, {"number": 5, "twin": twin}, name)


@pytest.mark.parametrize(
    "address", ["/plans/5", "/plans/5.xml", "/plans/5/.json", "/plans/05/", "/plans/0/"]
)
def test_there_is_one_address_for_a_thing(address):
    with pytest.raises(Resolver404):
        PATTERNS.resolve(address)


@pytest.mark.parametrize(
    ("converter", "good", "bad"),
    [
        (
            NumberConverter,
            ["1", "5", "999999999"],
            ["", "0", "05", "-1", "1.0", "1e3", "１", "1" * 10],
        ),
        (IndexConverter, ["0", "41", "9" * 15], ["", "00", "041", "-1", "9" * 16]),
        (
            LabelConverter,
            ["6", "4.1", "4.1.2", "4.1.2.3"],
            ["", ".", "4.", ".1", "4..1", "a", "1.2.3.4.5"],
        ),
    ],
    ids=["a number", "an index", "a label"],
)
def test_a_number_has_one_way_to_be_written(converter, good, bad):
    assert all(re.fullmatch(converter.regex, text) for text in good)
    assert not any(re.fullmatch(converter.regex, text) for text in bad)


@pytest.mark.parametrize(
    ("path", "first"),
    [
        pytest.param("/plans/5/commitments/99/x/", "/plans/5/commitments/99/", id="the page above"),
        pytest.param("/plans/5", "/plans/5/", id="the slash forgotten"),
        pytest.param("/en/plans/x/", "/en/plans/", id="in the same language"),
        pytest.param("/nowhere/at/all/", "/", id="the first page, if nothing else"),
    ],
)
def test_the_nearest_address_that_exists_is_offered_first(path, first):
    with translation.override("en" if path.startswith("/en/") else "ko"):
        assert nearest(path)[0] == first


@pytest.mark.parametrize("path", ["/plans/5/x/", "/a/" * 3000, "//", "/%00/", "/../../etc/passwd"])
def test_what_is_offered_leads_somewhere(path):
    for address in nearest(path):
        assert resolve(address)
        assert address != path
