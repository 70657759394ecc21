"""What is looked at on every page, wherever it comes from: each gives what is wrong, in words."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.journeys.visits import Visit

WIDTHS = (360, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = """options => axe.run(document, options).then(found => found.violations.map(
  fault => fault.id + ': ' + fault.nodes[0].html.slice(0, 160)
))"""
BYTES_AT_MOST = 100_000
REQUESTS_AT_MOST = 6
SIDEWAYS = """() => {
  const page = document.documentElement
  if (page.scrollWidth <= page.clientWidth) return null
  const out = [...document.body.querySelectorAll('*')]
    .filter(one => one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest('.scroll'))
  return page.scrollWidth + ' px wide: ' + out.slice(0, 3).map(one => one.outerHTML.slice(0, 80))
}"""
LARGE_TEXT = "() => { document.documentElement.style.fontSize = '200%' }"
FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const style = getComputedStyle(one), box = one.getBoundingClientRect()
  return {
    name: one.outerHTML.slice(0, 90),
    number: [...document.querySelectorAll('*')].indexOf(one),
    skip: one.matches('a.skip'),
    ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    visible: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0,
  }
}"""
REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, [tabindex="0"]'
)].filter(one => one.checkVisibility())
  // Of the choices of one question the Tab key stops at one; the arrows lead to the others.
  .filter((one, n, all) => one.type !== 'radio' ||
    all.findIndex(other => other.name === one.name && other.form === one.form) === n).length"""


def found_by_axe(axe: Axe, page: Page) -> list[str]:
    """What axe holds against the page, on a narrow screen and on a wide one."""
    faults: list[str] = []
    page.evaluate(axe.axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate(VIOLATIONS, {"runOnly": RULES, "resultTypes": ["violations"]})
        faults += [f"at {width} px: {fault}" for fault in found]
    return faults


def found_too_wide(page: Page) -> list[str]:
    """Where the page scrolls sideways; it is left with letters twice as large."""
    faults = []
    for width in (320, 360, 640, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(SIDEWAYS):
            faults.append(f"at {width} px: {wide}")
    # Letters twice as large, on the widest screen and on one half as wide.
    page.evaluate(LARGE_TEXT)
    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(SIDEWAYS):
            faults.append(f"with large letters at {width} px: {wide}")
    return faults


def walked_by_keyboard(page: Page) -> list[str]:
    """What is wrong with a page for someone who goes through it with the Tab key."""
    faults, seen = [], []
    there = page.evaluate(REACHABLE)
    # Twice as often as there are stops: a field for a day or an hour has several of its own.
    for _ in range(2 * there + 10):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        # A field for a day holds the focus for several stops: year, month, day, calendar.
        if one and seen and one["number"] == seen[-1]:
            continue
        if one is None or one["number"] in seen:
            break
        seen.append(one["number"])
        if len(seen) == 1 and page.locator("a.skip").count() and not one["skip"]:
            faults.append(f"the first stop is {one['name']}")
        if not one["ringed"]:
            faults.append(f"no ring around {one['name']}")
        if not one["visible"]:
            faults.append(f"unseen with the focus on it: {one['name']}")
    if len(seen) < there:
        faults.append(f"{len(seen)} of {there} links and fields are reached")
    # The page is left at rest: the way round may have ended on the link that shows over the name.
    page.evaluate("document.activeElement?.blur()")
    return faults


def found_along(visits: Iterable[Visit], page: Page, site: str, *, keys: bool) -> list[str]:
    """What is wrong on any of the pages, each looked at before the next; `keys`: by Tab as well."""
    axe, loaded, faults = Axe(), every_page_anew(page), []
    for visit in visits:
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = visit.go(page)
        assert answer and answer.status < 500, f"{visit.name}: no answer at {page.url}"
        page.evaluate("document.fonts.ready.then(() => true)")
        found = found_too_heavy(loaded, site)
        found += walked_by_keyboard(page) if keys else []
        found += found_by_axe(axe, page) + found_too_wide(page)
        faults += [f"{visit.name}: {fault}" for fault in found]
    return faults


def every_page_anew(page: Page) -> list[Response]:
    """What the page shown now made the browser load, with nothing kept from an earlier one."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.is_navigation_request():
            loaded.clear()
        loaded.append(answer)

    page.on("response", keep)
    return loaded


def found_too_heavy(answers: Iterable[Response], site: str) -> list[str]:
    """What was loaded for a page that had nothing yet: too much, or from elsewhere."""
    loaded = list(answers)
    weight = sum(len(one.body()) for one in loaded if not one.url.endswith(".woff2"))
    elsewhere = {urlsplit(one.url).netloc for one in loaded} - {urlsplit(site).netloc}
    if elsewhere or len(loaded) > REQUESTS_AT_MOST or weight > BYTES_AT_MOST:
        return [f"{len(loaded)} requests, {weight:,} bytes, {elsewhere}"]
    return []
