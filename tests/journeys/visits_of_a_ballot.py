"""The road of a plan through a ballot, stopped at every page and state there is on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Response

from tests.journeys.steps import (
    CO_CHAIRS,
    DIRECTION,
    MEETING,
    PERIOD,
    PLAN,
    SECOND_OFFICER,
    SECRETARIAT,
    TITLE,
    continue_as,
    fill,
    letter,
    mailed_ballot,
    mailed_code,
    press,
    send,
    write_commitment,
)
from tests.journeys.visits import Visit, in_language

CHECK, MAKE, SAVE = 'button[value="check"]', 'button[value="make"]', 'button[name="save"]'
ASKED = "marcus-oduya@practice.example", "Do you agree to adopt"
"""A member who has not answered the open ballot, and what the letter is about."""


class Road:
    """The practice forum in one language; each method is a group of pages, in order."""

    def __init__(self, site: str, language: str) -> None:
        self.prefix = site + in_language("", language)
        self.plan, self.ballot = f"/desk/plans/{PLAN}/", f"/desk/ballots/{MEETING}/"
        self.key, self.public = f"/desk/keys/{MEETING}/", f"/meetings/{MEETING}/ballot/"

    def visits(self) -> Iterator[Visit]:
        for group in (
            *(self.everyone, self.desks, self.by_letter, self.plan_made, self.plan_written),
            *(
                self.drafted,
                self.keys,
                self.opened,
                self.too_few,
                self.on_paper,
                self.voted,
                self.published,
            ),
        ):
            yield from group()

    # --- little helpers --------------------------------------------------------------------------

    def at(self, path: str) -> Callable[[Page], Response | None]:
        return lambda page: page.goto(self.prefix + path)

    def be(self, person: str, path: str = "") -> Callable[[Page], Response | None]:
        def go(page: Page) -> Response | None:
            arrived = continue_as(page, self.prefix, person)
            return page.goto(self.prefix + path) if path else arrived

        return go

    def sent(self, path: str, button: str, **values: str) -> Callable[[Page], Response | None]:
        """A form opened, filled in and sent."""

        def go(page: Page) -> Response | None:
            page.goto(self.prefix + path)
            return send(page, {key.replace("__", "-"): v for key, v in values.items()}, button)

        return go

    @contextmanager
    def someone_else(self, page: Page, person: str) -> Iterator[Page]:
        """Another person in a browser of their own."""
        browser = page.context.browser
        assert browser
        context = browser.new_context()
        other = context.new_page()
        continue_as(other, self.prefix, person)
        yield other
        context.close()

    # --- the pages -------------------------------------------------------------------------------

    def everyone(self) -> Iterator[Visit]:
        yield Visit("an open ballot", self.at("/meetings/7/ballot/"))
        yield Visit("a closed ballot", self.at("/meetings/6/ballot/"))
        yield Visit("a meeting in writing", self.at("/meetings/7/"))
        yield Visit("a plan before the forum", self.at("/plans/2/"))
        yield Visit("a direction that was decided", self.at("/plans/2/timeline/"))
        yield Visit("a history of one text", self.at("/plans/2/commitments/1/history/"))
        yield Visit("the tour", self.at("/tour/"))
        yield Visit("the states", self.at("/about/states/"))
        yield Visit("the letters", self.at("/practice/letters/"))
        yield Visit("a letter about a ballot", lambda page: letter(page, self.prefix, *ASKED))

    def desks(self) -> Iterator[Visit]:
        for person in ("tae-gaeul", "kim-doran", CO_CHAIRS[0], SECRETARIAT):
            yield Visit(f"the desk of {person}", self.be(person))
        yield Visit("a ballot from the desk", self.be("kim-doran", "/desk/vote/7/"))
        yield Visit("a desk that is not one's own", self.at("/desk/ballots/"))

    def by_letter(self) -> Iterator[Visit]:
        mine: list[str] = []

        def arrive(page: Page) -> Response | None:
            mine.append(mailed_ballot(page, self.prefix, *ASKED))
            return page.goto(f"{self.prefix}{mine[0]}")

        def no_reason(page: Page) -> Response | None:
            page.locator("#choice-no").check()
            return press(page, "main form button")

        def checked(page: Page) -> Response | None:
            page.locator("#choice-yes").check()
            return press(page, "main form button")

        def received(page: Page) -> Response | None:
            with self.someone_else(page, SECOND_OFFICER) as other:
                code = mailed_code(other, self.prefix, ASKED[0])
            page.locator('input[name="code"]').fill(code)
            return press(page, page.locator("form", has=page.locator("#code")).locator("button"))

        yield Visit("a mailed ballot, someone else signed in", arrive)
        yield Visit("a no without a reason", no_reason)
        yield Visit("the check page", checked)
        yield Visit(
            "a wrong number",
            lambda page: send(page, {"code": "1"}, "form:has(#code) button"),
        )
        yield Visit("a receipt", received)
        yield Visit("a mailed ballot once answered", lambda page: self.at(mine[0])(page))

        def over(page: Page) -> Response | None:
            old = mailed_ballot(page, self.prefix, ASKED[0], "vote is asked", "the seven")
            return page.goto(f"{self.prefix}{old}")

        yield Visit("a mailed ballot after the close", over)
        yield Visit("a ballot's link that is not known", self.at("/v/no-such-token/"))

    def plan_made(self) -> Iterator[Visit]:
        yield Visit("the plans at the desk", self.be(SECRETARIAT, "/desk/plans/"))
        yield Visit("a new plan", self.at("/desk/plans/new/"))
        yield Visit("a new plan without a name", self.sent("/desk/plans/new/", "form button"))
        yield Visit(
            "the direction of a new plan",
            lambda page: send(page, {**TITLE, **PERIOD}, "form button"),
        )
        yield Visit(
            "more rows in the direction", lambda page: press(page, 'main button[name="more"]')
        )
        yield Visit(
            "a direction with a wrong date", lambda page: send(page, {"starts": "soon"}, SAVE)
        )
        yield Visit(
            "a plan with nothing in it",
            lambda page: send(page, {**DIRECTION, **PERIOD}, SAVE),
        )

        def clash(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.plan}direction/")
            with self.someone_else(page, SECOND_OFFICER) as other:
                self.sent(f"{self.plan}direction/", SAVE, area__2__en="Trees")(other)
            return send(page, {"area-2-en": "Rivers"}, SAVE)

        yield Visit("two directions at once", clash)

    def plan_written(self) -> Iterator[Visit]:
        form = f"{self.plan}commitments/new/"
        yield Visit("a new commitment", self.at(form))
        yield Visit("a commitment without a name", self.sent(form, SAVE))

        def wrong_dates(page: Page) -> Response | None:
            values = {"title-en": "Parking", "step-1-title-en": "Collect", "step-1-due": "soon"}
            return send(page, values, SAVE)

        yield Visit("a commitment with a wrong date", wrong_dates)

        def written(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{form}")
            return write_commitment(page)

        yield Visit("a plan with a commitment", written)
        one, withdraw = f"/desk/drafts/{PLAN}-1/write/", f"{self.plan}commitments/1/withdraw/"

        def clash(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{one}")
            with self.someone_else(page, SECOND_OFFICER) as other:
                self.sent(one, SAVE, description__en="Fees stand in one place.")(other)
            return send(page, {"description-en": "Exemptions stand in one place."}, SAVE)

        yield Visit("two texts at once", clash)
        yield Visit("a history with what changed", self.at(f"/plans/{PLAN}/commitments/1/history/"))
        yield Visit("withdrawing", self.at(withdraw))
        yield Visit("withdrawing for no reason", self.sent(withdraw, "form button"))
        yield Visit("a draft as the secretariat reads it", self.at(f"/plans/{PLAN}/"))

    def drafted(self) -> Iterator[Visit]:
        new = f"/desk/ballots/new/?plan={PLAN}"
        yield Visit("the ballots", self.at("/desk/ballots/"))
        yield Visit("a new ballot", self.at(new))
        yield Visit("a ballot without a reason", lambda page: send(page, {}, CHECK))

        def checked(page: Page) -> Response | None:
            page.locator("#reason-unavoidable").check()
            return press(page, CHECK)

        yield Visit("the ballot checked", checked)
        yield Visit("where a draft leads", lambda page: press(page, MAKE))
        yield Visit("a draft, as everyone reads it", self.at(self.public))
        yield Visit("a draft at the desk", self.at(self.ballot))
        yield Visit("dropped for no reason", lambda page: press(page, 'main button[value="annul"]'))
        yield Visit("keys on paper", self.at(f"{self.ballot}paper/"))
        yield Visit("a key of nobody", lambda page: press(page, 'main button[value="key"]'))
        yield Visit("revising", self.at(f"{self.ballot}revise/"))
        yield Visit(
            "revised to nothing",
            lambda page: send(page, {"question_en": "", "question_ko": ""}, CHECK),
        )
        yield Visit("the desk with a ballot without keys", self.at("/desk/"))

    def keys(self) -> Iterator[Visit]:
        yield Visit("the desk with a key to turn", self.be(CO_CHAIRS[0]))
        yield Visit("the keys", self.at("/desk/keys/"))
        yield Visit("the text to be approved", self.at(self.key))
        yield Visit(
            "sent back for no reason", lambda page: press(page, 'main button[value="return"]')
        )

        def changed(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.key}")
            with self.someone_else(page, SECRETARIAT) as other:
                other.goto(f"{self.prefix}{self.ballot}revise/")
                send(other, {"question_en": "Do you agree to the plan?"}, CHECK)
                press(other, MAKE)
            return press(page, 'main button[value="turn"]')

        yield Visit("a text changed meanwhile", changed)
        yield Visit("my key turned", lambda page: press(page, 'main button[value="turn"]'))
        yield Visit("the keys after mine", self.at("/desk/keys/"))

        def second(page: Page) -> Response | None:
            continue_as(page, self.prefix, CO_CHAIRS[1])
            page.goto(f"{self.prefix}{self.key}")
            return press(page, 'main button[value="turn"]')

        yield Visit("both keys turned", second)
        yield Visit("a ballot with both keys", self.at(self.public))

    def opened(self) -> Iterator[Visit]:
        yield Visit("practice with a ballot to come", self.at("/practice/"))
        yield Visit("the hour of the opening", lambda page: press(page, 'button[value="opening"]'))
        yield Visit("a ballot of my agency", self.be("ma-yunjae", f"/desk/vote/{MEETING}/"))
        yield Visit("the open ballot at the desk", self.be(SECRETARIAT, self.ballot))
        yield Visit("reminded", lambda page: press(page, 'main button[value="remind"]'))

    def too_few(self) -> Iterator[Visit]:
        """A month passes and nobody has answered; the question is put again, in a second round."""
        again = f"{self.ballot}round/"

        def month(page: Page) -> Response | None:
            page.goto(f"{self.prefix}/practice/")
            press(page, 'button[value="month"]')
            return page.goto(f"{self.prefix}{self.public}")

        def checked(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{again}")
            return press(page, CHECK)

        def keyed(page: Page) -> Response | None:
            for person in CO_CHAIRS:
                continue_as(page, self.prefix, person)
                page.goto(f"{self.prefix}{self.key}")
                arrived = press(page, 'main button[value="turn"]')
            return arrived

        def opened(page: Page) -> Response | None:
            page.goto(f"{self.prefix}/practice/")
            press(page, 'button[value="opening"]')
            return page.goto(f"{self.prefix}{self.public}")

        yield Visit("a round too few answered", month)
        yield Visit("the desk with a round to repeat", self.be(SECRETARIAT))
        yield Visit("a new round", self.at(again))
        yield Visit(
            "a new round that asks nothing",
            lambda page: send(page, {"question_en": "", "question_ko": ""}, CHECK),
        )
        yield Visit("a new round checked", checked)
        yield Visit("a new round drafted", lambda page: press(page, MAKE))
        yield Visit("a second round with both keys", keyed)
        yield Visit("an open second round", opened)
        yield Visit("the first round beside it", self.at(f"{self.public}1/"))
        yield Visit("the second round at the desk", self.be(SECRETARIAT, self.ballot))

    def on_paper(self) -> Iterator[Visit]:
        paper = f"{self.ballot}paper/"
        yield Visit("votes on paper", self.at(paper))
        yield Visit("a vote of nobody", lambda page: press(page, 'main button[value="vote"]'))

        def entered(page: Page) -> Response | None:
            page.locator("#seat").select_option("cso-9")
            page.locator("#choice-yes").check()
            page.locator('[id^="channel-"]').first.check()
            return send(page, {"document": "2026-81"}, 'button[value="vote"]')

        yield Visit("a vote that waits for a second officer", entered)
        yield Visit("the second officer", self.be(SECOND_OFFICER, paper))
        yield Visit(
            "a vote confirmed", lambda page: press(page, 'main button[value="confirm-vote"]')
        )
        yield from self.in_print()

    def in_print(self) -> Iterator[Visit]:
        """Codes on paper: asked for by one officer, printed by the other, seen once."""
        codes = f"{self.ballot}codes/"
        yield Visit("printed codes", self.at(codes))
        yield Visit("codes for nobody", lambda page: press(page, 'main button[value="ask"]'))

        def asked(page: Page) -> Response | None:
            page.locator("#seat-cso-10").check()
            return send(page, {"document": "2026-82"}, 'button[value="ask"]')

        yield Visit("codes that wait for a second officer", asked)
        yield Visit("codes to be confirmed", self.be(SECRETARIAT, codes))
        yield Visit("sheets to print", lambda page: press(page, 'main button[value="print"]'))
        yield Visit("codes that were printed", self.at(codes))
        yield Visit("both chairs", self.at("/desk/chairs/"))

    def voted(self) -> Iterator[Visit]:
        def everyone(page: Page) -> Response | None:
            page.context.clear_cookies()
            page.goto(f"{self.prefix}/practice/")
            form = page.locator(f'form:has(input[name="ballot"][value="{MEETING}"])')
            press(page, form.locator("button:not([name])"))
            # Without its place on the page, from which the Tab key would start.
            page.goto("about:blank")
            return page.goto(f"{self.prefix}/practice/?answered=29")

        yield Visit("the others have answered", everyone)
        yield Visit("a result", self.at(self.public))
        yield Visit("a ballot that is over", self.be("kim-doran", f"/desk/vote/{MEETING}/"))
        yield Visit("a closed ballot at the desk", self.be(SECRETARIAT, self.ballot))

    def published(self) -> Iterator[Visit]:
        publish, turn = f"/desk/publish/{PLAN}/", f'form[action$="/desk/publish/{PLAN}/"] button'
        yield Visit("nothing to publish yet", self.at("/desk/publish/3/"))
        yield Visit("to be published, as the secretariat sees it", self.at(publish))
        yield Visit("a key to publish, by document", self.at(f"{publish}paper/"))
        yield Visit("the desk with a plan to publish", self.be(CO_CHAIRS[0]))
        yield Visit("to be published", self.at(publish))
        yield Visit("the first key to a plan", lambda page: press(page, turn))

        def second(page: Page) -> Response | None:
            continue_as(page, self.prefix, CO_CHAIRS[1])
            page.goto(f"{self.prefix}{publish}")
            return press(page, turn)

        yield Visit("published", second)
        yield Visit("a published plan", self.at(f"/plans/{PLAN}/"))
        yield Visit("how a published plan was made", self.at(f"/plans/{PLAN}/how-it-was-made/"))
        yield Visit("a published commitment", self.at(f"/plans/{PLAN}/commitments/1/"))
        yield Visit("a plan closed to writing", self.be(SECRETARIAT, self.plan))

        def too_late(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.plan}direction/")
            fill(page, {"area-1-en": "Too late"})
            return press(page, f"main {SAVE}")

        yield Visit("a direction written too late", too_late)
