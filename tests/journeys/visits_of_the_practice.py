"""What a plan's making and keeping shows, in the practice forum: as anyone reads it, and at the desk."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, Response

from tests.journeys.steps import continue_as
from tests.journeys.visits import Visit, in_language

MAKING = (
    *("/calls/follow/", "/about/answers/", "/about/moderation/"),
    *("/plans/1/how-it-was-made/", "/plans/1/co-creation/", "/plans/1/proposals/0001/"),
    *("/plans/2/draft/", "/plans/2/draft/4/", "/plans/2/draft/4/history/"),
    *("/plans/2/draft/4/suggestions/", "/plans/2/draft/comments/", "/plans/2/draft/comments/1/"),
    *("/plans/2/draft/comments/1/mine/", "/plans/2/consultation/", "/plans/2/moderation/"),
)
KEEPING = (
    *("/plans/1/progress/", "/plans/1/promised-done-changed/", "/plans/side-by-side/"),
    *("/plans/1/commitments/2/", "/plans/1/commitments/2/history/", "/plans/1/follow/"),
    *("/plans/1/commitments/2/how-it-came-to-be/", "/plans/1/commitments/2/proposals/"),
    *("/plans/1/commitments/3/milestones/3.2/", "/plans/1/commitments/3/milestones/3.2/comment/"),
    *("/plans/1/changes/", "/plans/1/changes/1/", "/agenda/", "/agencies/", "/agencies/audit/"),
    *("/plans/1/assessments/", "/plans/1/assessments/1/", "/plans/1/assessments/1/comment/"),
)
DESK = (
    *("/desk/proposals/", "/desk/proposals/new/", "/desk/proposals/3-2/"),
    *("/desk/proposals/import/", "/desk/plans/3/call/", "/desk/plans/3/groups/"),
    *("/desk/groups/3-2/", "/desk/candidates/3-1/", "/desk/replies/?plan=3"),
    *("/desk/replies/write/?plan=3&numbers=2&numbers=3", "/desk/replies/sheets/?plan=3"),
    *("/desk/replies/publish/?plan=3", "/desk/drafts/", "/desk/drafts/3-1/"),
    *("/desk/drafts/3-1/write/", "/desk/focal-points/"),
    *("/desk/focal-points/list/", "/desk/consult/", "/desk/consult/2-1/", "/desk/plans/3/consult/"),
    *("/desk/plans/2/comments/", "/desk/plans/2/comments/new/", "/desk/comments/2-1/"),
    *("/desk/updates/", "/desk/views/1-3.2/", "/desk/agenda/", "/desk/handover/"),
    *("/desk/plans/1/commitments/3/review/", "/desk/plans/1/commitments/3/change/"),
    *("/desk/plans/1/changes/", "/desk/plans/1/changes/2/", "/desk/plans/1/changes/2/paper/"),
    *("/desk/plans/1/assessments/", "/desk/plans/1/assessments/1/"),
)


def visits_of_the_practice(site: str, language: str) -> Iterator[Visit]:
    """Each page as anyone reads it, then the secretariat's, then what a member weighs."""
    prefix = site + in_language("", language)

    def to(address: str, person: str = "") -> Callable[[Page], Response | None]:
        def go(page: Page) -> Response | None:
            if person:
                continue_as(page, prefix, person)
            answer = page.goto(f"{prefix}{address}")
            assert answer and answer.status == 200, address
            return answer

        return go

    yield from (Visit(address, to(address)) for address in (*MAKING, *KEEPING))
    yield Visit("the secretariat's desk", to("/desk/", "bok-jian"))
    yield from (Visit(address, to(address)) for address in DESK)
    yield Visit("a step a member weighs", to("/desk/weigh/1-3.2/", "kim-doran"))
