"""A sheet of updates that came back: each row with what becomes of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.tables import Row, Shape, one_line, plain_word
from madang.monitoring.rules.updating import Update

SHEET = Shape(
    columns={
        "step": "번호 단계 세부단계 단계번호 number no step milestone",
        "status": "상태 어디까지 진행상태 status state",
        "text": "무엇을했나 한일 내용 추진내용 whatwasdone text done",
        "link": "링크 증빙 증빙링크 link links evidence",
        "new_due": "새기한 새날짜 newdate newdue",
        "cause": "까닭 사유 cause",
        "reason": "이유 reason",
        "done_on": "마친날 완료일 doneon",
        "base": "그때상태 바탕 asof base",
    },
    headings={
        "step": "번호",
        "status": "상태",
        "text": "무엇을 했나",
        "link": "링크",
        "new_due": "새 기한",
        "cause": "까닭",
        "reason": "이유",
        "done_on": "마친 날",
        "base": "그때 상태",
    },
    needed=(("step",), ("status",), ("text",)),
    rows=500,
    bytes=2 * 1024 * 1024,
)
TOLD = ("status", "text", "link", "new_due", "cause", "reason", "done_on")


@dataclass(frozen=True)
class SheetLine:
    """A row; `update` where it can be posted, `problem` where it can't, neither where it is empty.

    `base` is how its step stood when the sheet was taken, as `stood` writes it.
    """

    row: int
    label: str
    update: Update | None = None
    problem: Refusal | None = None
    base: str = ""


def stood(newest: int, due: str | None) -> str:
    """How a step stands: the number of its newest report, and the date that holds.

    Begins with a sign, so that no spreadsheet makes a day or a sum of it.
    """
    return f"#{newest} {due or ''}".strip()


def read_updates(
    rows: Iterable[Row],
    *,
    statuses: Mapping[str, str],
    causes: Mapping[str, str],
    check: Callable[[str, Update], None],
) -> Iterator[SheetLine]:
    """Each row of a sheet. `statuses` and `causes` are keys by their plain words; `check` refuses
    an update of a milestone, and a milestone that is not the sender's.
    """
    seen: dict[str, int] = {}
    for row in rows:
        cells = {key: one_line(row.cells.get(key, "")) for key in SHEET.columns}
        label = cells["step"]
        if not any(cells[key] for key in TOLD):
            yield SheetLine(row.number, label)
            continue
        try:
            update = _update(cells, statuses, causes)
            check(label, update)
            if (first := seen.setdefault(label, row.number)) != row.number:
                raise NotValid("monitoring.row_twice", first=first)
        except Refusal as problem:
            yield SheetLine(row.number, label, None, problem)
            continue
        yield SheetLine(row.number, label, update, base=cells["base"])


def _update(
    cells: Mapping[str, str], statuses: Mapping[str, str], causes: Mapping[str, str]
) -> Update:
    def chosen(key: str, among: Mapping[str, str]) -> str:
        value = cells[key]
        if value and plain_word(value) not in among:
            raise NotValid(
                "monitoring.not_on_the_list", value=value[:80], column=SHEET.headings[key]
            )
        return among.get(plain_word(value), "")

    return Update(
        status=chosen("status", statuses),
        text=cells["text"],
        links=tuple(cells["link"].split()),
        done_on=_day(cells["done_on"]),
        new_due=_day(cells["new_due"]),
        cause=chosen("cause", causes),
        reason=cells["reason"],
    )


def _day(value: str) -> str:
    # A spreadsheet makes a moment of a day.
    return value.removesuffix(" 00:00:00")
