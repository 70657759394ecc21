"""Lists of proposals as officials have them."""

from datetime import datetime
from typing import Any

from madang.calls.actions.import_proposals import import_proposals
from madang.calls.importing import read_list
from madang.calls.models import Proposal
from madang.planning.models import Plan
from tests.makers.calls import CLOSES
from tests.makers.plans import SECRETARY
from tests.makers.sheets import a_csv

HEADINGS = ["접수번호", "제목", "내용", "제안자", "이메일", "분야", "접수일"]
ROWS = [
    [
        "101",
        "정류장 의자를 고쳐 주세요",
        "의자가 부서진 정류장이 많습니다. 고친 날을 알려 주세요.",
        "",
        "",
        "투명성",
        "2026-03-25",
    ],
    [
        "102",
        "예산을 표로 열어 주세요",
        "해마다 PDF로만 나옵니다. 표로 내려받고 싶습니다.",
        "김가상",
        "kim@example.kr",
        "참여",
        "2026.3.26.",
    ],
    [
        "103",
        "회의를 저녁에 열어 주세요",
        "낮에는 일을 해서 갈 수 없습니다. 저녁에 열어 주세요.",
        "",
        "",
        "",
        "",
    ],
]


def a_list(rows: Any = ROWS, encoding: str = "cp949") -> bytes:
    return a_csv([HEADINGS, *rows], encoding)


def an_import(
    plan: Plan, content: bytes | None = None, *, platform: str = "국민생각함", at: datetime = CLOSES
) -> list[Proposal]:
    """A list that was taken over; the plan's proposals after it."""
    lines = read_list(plan, content or a_list(), platform)
    import_proposals(plan, lines=lines, file="0" * 64, rows=len(lines), by=SECRETARY, at=at)
    return list(Proposal.objects.filter(plan=plan).order_by("number"))
