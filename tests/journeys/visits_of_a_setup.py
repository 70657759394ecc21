"""Setting up a forum, stopped at every page and state there is on the way, and corrections after."""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.journeys.steps import PERIOD, fill, press, send, sign_in
from tests.journeys.visits import Visit, in_language
from tests.makers.new_forum import OFFICER, New
from tests.makers.sheets import HEADINGS, a_csv, thirty

SETUP = "/desk/setup/"
SEATS = {"seats-ex_officio": "2", "seats-government": "6", "seats-civil_society": "22"}
READ, REGISTER = 'button[value="read"]', 'button[value="register"]'


class Setup:
    """A new forum in one language; each method is a group of pages, in order."""

    def __init__(self, forum: New, language: str, folder: Path) -> None:
        self.forum, self.language, self.folder = forum, language, folder
        self.prefix = forum.site + in_language("", language)

    def visits(self) -> Iterator[Visit]:
        for group in (self.empty, self.founded, self.listed, self.registered, self.corrected):
            yield from group()

    def at(self, path: str) -> Callable[[Page], Response | None]:
        return lambda page: page.goto(f"{self.prefix}{SETUP}{path}")

    def sent(self, path: str, button: str, **values: str) -> Callable[[Page], Response | None]:
        def go(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{SETUP}{path}")
            return send(page, {k.replace("__", "-"): v for k, v in values.items()}, button)

        return go

    def every_step(self, when: str) -> Iterator[Visit]:
        for path in ("", "forum/", "members/", "officer/", "check/", "name/", "rules/"):
            yield Visit(f"{when}: {SETUP}{path}", self.at(path))

    # --- the pages -------------------------------------------------------------------------------

    def empty(self) -> Iterator[Visit]:
        def desk(page: Page) -> Response | None:
            sign_in(page, self.forum, OFFICER, in_language("/desk/", self.language))
            return page.reload()

        yield Visit("the desk before anything is set up", desk)
        yield from self.every_step("empty")
        form = self.sent("forum/", "form button")
        yield Visit("a forum without seats", form)

        def without_source(page: Page) -> Response | None:
            fill(page, SEATS)
            return press(page, "main form button")

        yield Visit("a forum without a source", without_source)

    def founded(self) -> Iterator[Visit]:
        def found(page: Page) -> Response | None:
            fill(page, {"source": "견본시 조례 제1호"})
            for rule, answer in {"quorum": "half", "majority": "half-returned"}.items():
                page.locator(f'select[name="{rule}"]').select_option(answer)
            return press(page, "main form button")

        yield Visit("where members come from, once it is set up", found)
        yield from self.every_step("founded")
        yield Visit("no colleague", self.sent("officer/", "form button", email="nobody"))
        yield Visit("no list", self.sent("members/", READ))
        yield Visit("a list without names", self.sent("members/", READ, rows="번호,소속\n1,견본"))

    def listed(self) -> Iterator[Visit]:
        """The preview, its rows in each of their states."""
        rows = [HEADINGS, *thirty()]
        wrong = [list(row) for row in rows]
        wrong[3][0] = ""
        wrong[5][4] = wrong[4][4]
        wrong[7][3] = "손님"
        wrong[9][4] = ""
        more = [*rows, ["가상31", "", "", "시민사회", "m31@sample.example", ""]]
        yield Visit("a list with rows that can't be registered", self.uploaded(wrong))
        yield Visit("a list with one too many", self.uploaded(more))
        yield Visit("one too many, and no note", lambda page: press(page, f"main {REGISTER}"))
        chairless = [[*row[:5], ""] for row in rows[1:]]
        yield Visit("a list without co-chairs", self.uploaded([HEADINGS, *chairless]))
        yield Visit("a list of thirty", self.uploaded(rows))
        yield Visit("registered", lambda page: press(page, f"main {REGISTER}"))
        yield Visit("the same list again", self.uploaded(rows))

    def uploaded(self, rows: list[list[str]]) -> Callable[[Page], Response | None]:
        def go(page: Page) -> Response | None:
            path = self.folder / "list.csv"
            path.write_bytes(a_csv(rows))
            page.goto(f"{self.prefix}{SETUP}members/")
            page.locator("#file").set_input_files(path)
            return press(page, f"main {READ}")

        return go

    def registered(self) -> Iterator[Visit]:
        yield from self.every_step("registered")

        def plan(page: Page) -> Response | None:
            page.goto(f"{self.prefix}/desk/plans/new/")
            send(page, {"title-ko": "제1차 실행계획", **PERIOD}, "form button")
            return self.at("check/")(page)

        def dates(page: Page) -> Response | None:
            page.goto(f"{self.prefix}/desk/plans/1/direction/")
            return send(page, {"stage-call-from": "2031-03"}, 'button[name="save"]')

        yield Visit("nearly all is there, but for a date", plan)
        yield Visit("nearly all is there", dates)
        officer = self.sent("officer/", "form button", email="second@sample.example")
        yield Visit("all is there", officer)
        yield Visit("both officers", self.at("officer/"))
        yield Visit("nothing is missing", self.at("check/"))
        yield Visit("published", lambda page: press(page, "main form button"))

    def corrected(self) -> Iterator[Visit]:
        seat, change = "members/gov-2/", 'button[value="pass"]'
        yield Visit("a name that is none", self.sent("name/", "form button", name__ko=""))
        yield Visit("rules without a day", self.sent("rules/", "form button"))
        later = {"in_force_from": "2099-01-01", "source": "조례 제2호"}
        yield Visit("rules as they are", self.sent("rules/", "form button", **later))

        def revised(page: Page) -> Response | None:
            page.locator('select[name="tie"]').select_option("reject")
            return press(page, "main form button")

        yield Visit("new rules to come", revised)
        yield Visit("rules, and those to come", self.at("rules/"))
        yield Visit("a seat", self.at(seat))
        yield Visit("a co-chair's seat", self.at("members/cso-1/"))
        wrong = self.sent(seat, 'button[value="correct"]', is__email="nobody")
        yield Visit("a member with no address", wrong)
        yield Visit(
            "a seat from no day", self.sent(seat, change, day="soon", new__name__ko="다음이")
        )
        then = {"day": "2099-01-01", "new__name__ko": "다음이"}
        yield Visit("a seat that changed hands", self.sent(seat, change, **then))
        yield Visit("a seat left empty", self.sent("members/cso-3/", change, day="2099-01-01"))
        yield Visit("seats, one of them empty", self.at("members/"))
        renamed = {"name__ko": "견본시 포럼", "basis": "견본시 조례 제2호", "source": "조례 제2호"}
        yield Visit("a name put right", self.sent("name/", "form button", **renamed))
        for path in ("/forum/", "/forum/rules/", "/forum/terms/1/", "/sources/", "/record/"):
            yield Visit(
                f"{path} after corrections", lambda page, to=path: page.goto(self.prefix + to)
            )
        yield Visit("a seat that is not there", self.at("members/gov-99/"))
