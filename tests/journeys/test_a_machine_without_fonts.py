"""On a machine without a Korean font Madang brings what its pages need: no box stands empty."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import madang
from tests.journeys.conftest import CHROMIUM, FLAGS, Open, Sites
from tests.journeys.steps import wait_until
from tests.journeys.visits import every_visit

pytestmark = pytest.mark.browser

OTHERS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><dir>{papers}</dir>
<cachedir>{cache}</cachedir></fontconfig>
"""
"""The fonts that come with Chromium's own packages, and one with every syllable that no style sheet
names: what our web fonts lack is drawn with one of these, and so it is seen. Where nothing has a
character, its empty box would be drawn with the first font named, which is ours.
"""
PAPERS = Path(madang.__file__).parent / "plans" / "papers" / "fonts"
GATHER = """() => {
  const kinds = new Map()
  for (const one of document.querySelectorAll('body *')) {
    const text = [...one.childNodes].filter(n => n.nodeType === 3).map(n => n.data)
    const family = getComputedStyle(one).fontFamily
    // What is set in letters of one width is the machine's own affair, but for Korean.
    const kept = /monospace/.test(family) ? /[ㄱ-힣]/ : /[^\\s]/
    const found = [...text.join('') + (one.matches('input[type=text], input[type=email], input[type=search]') ? one.value : '')].filter(c => kept.test(c))
    kinds.set(family, new Set([...(kinds.get(family) || []), ...found]))
  }
  return [...kinds].map(([family, found], n) => {
    const place = document.createElement('p')
    place.style.fontFamily = family
    place.dataset.place = n
    place.textContent = [...found].join('')
    document.body.append(place)
    return place.textContent
  })
}"""
"""Each character of the page once more, in each face it is set in."""
ALONE = """([n, sign]) => {
  document.querySelector(`[data-place="${n}"]`).textContent = sign
}"""
RARE = "쀍 뷁 펲"
"""Syllables outside KS X 1001, which the font of every page leaves out."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium as on a machine where no Korean font was ever installed."""
    folder = tmp_path_factory.mktemp("fonts")
    settings: Path = folder / "fonts.conf"
    settings.write_text(OTHERS.format(papers=PAPERS, cache=folder / "cache"), "utf-8")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=FLAGS,
            env={**os.environ, "FONTCONFIG_FILE": str(settings)},
        )
        yield launched
        launched.close()


def not_in_our_fonts(page: Page) -> str:
    """The characters of a page that the machine's own fonts would have to show."""
    signs = page.evaluate(GATHER)
    page.evaluate("document.fonts.ready.then(() => true)")
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    where = {"nodeId": root, "selector": "[data-place]"}
    nodes = devtools.send("DOM.querySelectorAll", where)["nodeIds"]

    def strange(node: int) -> bool:
        used = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        return any(not font["isCustomFont"] for font in used)

    found = ""
    for n, (text, node) in enumerate(zip(signs, nodes, strict=True)):
        # All at once; one by one only to tell which.
        for sign in text if strange(node) else "":
            page.evaluate(ALONE, [n, sign])
            found += sign if strange(node) else ""
    devtools.detach()
    page.evaluate("document.querySelectorAll('[data-place]').forEach(one => one.remove())")
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_is_read_with_the_fonts_it_brings(
    language: str, sites: Sites, opened: Open
) -> None:
    page = opened(scripts=True)
    faults: list[str] = []

    for visit in every_visit(sites, language):
        visit.go(page)
        if signs := not_in_our_fonts(page):
            faults.append(f"{visit.name}: {signs}")

    assert not faults, "\n".join(faults)


def test_a_seldom_syllable_fetches_the_font_that_has_it(sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))

    page.goto(f"{sites.korea}/")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert any("madang-text" in url for url in fetched)
    assert not any("madang-rare" in url for url in fetched)

    with page.expect_request("**/madang-rare*"):
        page.evaluate("words => { document.querySelector('h1').textContent = words }", RARE)
    page.evaluate("document.fonts.load('20px \"Madang Rare\"', '쀍').then(() => true)")
    assert not_in_our_fonts(page) == ""
    # No font of ours has this letter: the looking itself is proved, once the fonts are there.
    page.evaluate("words => { document.querySelector('h1').textContent = words }", "Ж")
    wait_until(lambda: not_in_our_fonts(page) == "Ж")
