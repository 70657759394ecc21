"""Answers to proposals: what an answer must say, in the citizen's words and in those of the law."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from madang.calls.rules.importing import ATTENTION, NEW, REFUSED, SAME, Note
from madang.calls.rules.personal import holds_resident_number
from madang.calls.rules.words import NotInPlan, Outcome, ProposalState
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.foundation.tables import Row, Shape, one_line, plain_word
from madang.foundation.texts import Text

TEXT_LEAST, TEXT_MOST = 40, 6_000
LINE_MOST, PLACE_MOST, ASKED_LEAST, ASKED_MOST = 400, 200, 10, 2_000
"""Characters. Source of the least: UX.md P7; the others are ours."""


class Disposition(StrEnum):
    """The words of the law for what became of a proposal. Source: DOMAIN.md §8."""

    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    MERGED = "merged"
    NOT_ADOPTED = "not_adopted"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


DISPOSITIONS: Mapping[Outcome, Disposition] = {
    Outcome.IN_PLAN: Disposition.ADOPTED,
    Outcome.PARTLY: Disposition.PARTLY_ADOPTED,
    Outcome.JOINED: Disposition.MERGED,
    Outcome.NOT_IN_PLAN: Disposition.NOT_ADOPTED,
    Outcome.PASSED_ON: Disposition.TRANSFERRED,
}
"""The one mapping between the citizen's words and those of the law; everyone can read it."""
BY_REASON: Mapping[NotInPlan, Disposition] = {NotInPlan.SAME_AS_ANOTHER: Disposition.MERGED}
"""Where the reason says more than the outcome."""


WAITING, WITHDRAWN = "waiting", "withdrawn"
"""What stands where no outcome is: an answer is to come, or its author wants none any more."""


def fate_of(outcome: str | None, state: str) -> str:
    """What became of a proposal: its outcome, or why it has none. What was withdrawn needs none."""
    if state == ProposalState.WITHDRAWN:
        return WITHDRAWN
    return outcome or WAITING


def disposition_of(outcome: str, reason: str | None = None) -> Disposition:
    """The law's word for an outcome and its reason."""
    special = BY_REASON.get(NotInPlan(reason)) if reason else None
    return special or DISPOSITIONS[Outcome(outcome)]


@dataclass(frozen=True)
class Term:
    """Within how many days something can be asked for; since when, and who says so."""

    days: int
    since: str
    source: str


REEXAMINATION = (
    Term(15, "2022", "국민 제안 규정 제12조 (Regulations on Public Proposals, art. 12)"),
)
"""The term to ask for a re-examination, the newest first."""


@dataclass(frozen=True)
class Answer:
    """What is answered, to one proposal or to several; `agency` is the slug of who answers."""

    outcome: str
    text: Text
    agency: str
    reason: str | None = None
    place: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Draft:
    """An answer to one proposal, with the line that its author alone gets."""

    number: int
    answer: Answer
    line: str = ""


def problems(answer: Answer, agencies: Container[str]) -> list[Refusal]:
    """Everything that is wrong with an answer, in the order of the form."""
    return list(_problems(answer, agencies))


def check_answer(answer: Answer, agencies: Container[str]) -> None:
    """Raises NotValid: the first of what `problems` finds."""
    for problem in _problems(answer, agencies):
        raise problem


def _problems(answer: Answer, agencies: Container[str]) -> Iterator[Refusal]:
    if answer.outcome not in set(Outcome):
        yield NotValid("calls.no_outcome", field="outcome")
    elif answer.outcome == Outcome.NOT_IN_PLAN and answer.reason not in set(NotInPlan):
        yield NotValid("calls.no_answer_reason", field="reason")
    elif answer.outcome != Outcome.NOT_IN_PLAN and answer.reason:
        yield NotValid("calls.reason_without_cause", field="reason")
    elif answer.outcome == Outcome.PASSED_ON and not answer.place:
        yield NotValid("calls.no_place", field="place")
    words = [one for one in answer.text.words.values() if one]
    shortest = min(map(len, words), default=0)
    if shortest < TEXT_LEAST:
        yield NotValid("calls.answer_short", least=TEXT_LEAST, now=shortest, field="text")
    elif max(map(len, words)) > TEXT_MOST:
        most = max(map(len, words))
        yield NotValid("calls.text_long", most=TEXT_MOST, now=most, field="text")
    elif holds_resident_number(*words):
        yield NotValid("calls.resident_number", field="text")
    if answer.agency not in agencies:
        yield NotValid("calls.no_agency", field="agency")
    if len(answer.place) > PLACE_MOST:
        yield NotValid("calls.row_too_long", most=PLACE_MOST, field="place")


def check_line(line: str) -> None:
    """Raises NotValid: calls.row_too_long, calls.resident_number."""
    if len(line) > LINE_MOST:
        raise NotValid("calls.row_too_long", most=LINE_MOST, field="line")
    if holds_resident_number(line):
        raise NotValid("calls.resident_number", field="line")


def round_to_write(state: str, *, published: int, asked_again: bool) -> int:
    """Which answer is written: the first, or the second after a re-examination was asked for.

    Raises NotNow: calls.withdrawn, calls.answered_before.
    """
    if state == ProposalState.WITHDRAWN:
        raise NotNow("calls.withdrawn")
    if published and not (published == 1 and asked_again):
        raise NotNow("calls.answered_before")
    return published + 1


def reexamination_on(day: str) -> Term:
    """The term that holds on a day."""
    return next((one for one in REEXAMINATION if one.since <= day), REEXAMINATION[-1])


def asks_until(published_at: datetime) -> datetime:
    """The moment from which a re-examination can't be asked for any more."""
    return published_at + timedelta(days=reexamination_on(published_at.date().isoformat()).days)


def check_can_ask_again(
    text: str, *, published_at: datetime | None, asked_before: bool, at: datetime
) -> None:
    """Raises NotNow: calls.not_answered, calls.asked_before, calls.term_over. Raises NotValid:
    calls.text_short, calls.text_long, calls.resident_number.
    """
    if published_at is None:
        raise NotNow("calls.not_answered")
    if asked_before:
        raise NotNow("calls.asked_before")
    if at >= asks_until(published_at):
        raise NotNow("calls.term_over", days=reexamination_on(published_at.date().isoformat()).days)
    if len(text) < ASKED_LEAST:
        raise NotValid("calls.text_short", least=ASKED_LEAST, now=len(text), field="text")
    if len(text) > ASKED_MOST:
        raise NotValid("calls.text_long", most=ASKED_MOST, now=len(text), field="text")
    if holds_resident_number(text):
        raise NotValid("calls.resident_number", field="text")


def days_over(answer_by: str | None, today: str) -> int:
    """For how many days answers are overdue; 0 where they are not, or no day was promised."""
    if not answer_by or len(answer_by) != 10 or answer_by >= today:
        return 0
    return (date.fromisoformat(today) - date.fromisoformat(answer_by)).days


# --- the sheet that goes out and comes back -------------------------------------------------------

SHEET = Shape(
    columns={
        "number": "번호 제안번호 접수번호 number no proposalnumber",
        "outcome": "결과 처리결과 outcome result",
        "reason": "사유 담지못한까닭 이유 reason",
        "text": "답변 답변내용 검토의견 answer reply response",
        "text_en": "영어답변 영문답변 englishanswer answerinenglish",
        "line": "한줄 개별한줄 덧붙임 line personalline",
        "place": "보낸곳 이송기관 passedonto place",
        "subject": "과제 과제번호 commitment",
        "agency": "답변기관 기관 담당기관 agency ministry answeredby",
        "title": "제목 title",
    },
    headings={
        "number": "번호",
        "outcome": "결과",
        "reason": "사유",
        "text": "답변",
        "text_en": "영어 답변",
        "line": "한 줄",
        "place": "보낸 곳",
        "subject": "과제",
        "agency": "답변 기관",
        "title": "제목",
    },
    needed=(("number",), ("outcome",), ("text", "text_en")),
    rows=20_000,
    bytes=32 * 1024 * 1024,
    unpacked=300 * 1024 * 1024,
)
CANDIDATE = ("후보", "candidate")
"""What stands before the number of a candidate in a sheet, in Korean and English."""
EMPTY = "empty"
SHEET_STATES = (REFUSED, ATTENTION, NEW, SAME, EMPTY)


@dataclass(frozen=True)
class SheetLine:
    """A row of a sheet that came back: its state, and the answer in it if there is one."""

    row: int
    state: str
    draft: Draft | None = None
    notes: list[Note] = field(default_factory=list)
    number: int | None = None


@dataclass(frozen=True)
class SheetKnown:
    """What a sheet is read against. The words are plain words of every language, and codes.

    `written` are the drafts that stand, by number; `closed` the numbers that can't be answered,
    each with the code that says why; `sheet_agency` answers where a row does not say who does.
    """

    plan: int
    numbers: Container[int]
    outcomes: Mapping[str, str]
    reasons: Mapping[str, str]
    agencies: Mapping[str, str]
    subjects: Container[str] = ()
    written: Mapping[int, Draft] = field(default_factory=dict)
    closed: Mapping[int, str] = field(default_factory=dict)
    sheet_agency: str = ""


def read_sheet(rows: Iterable[Row], known: SheetKnown) -> Iterator[SheetLine]:
    """Each row of a sheet with what becomes of it."""
    seen: dict[int, int] = {}
    for row in rows:
        line = _sheet_line(row, known)
        number = line.number
        if line.draft and number in seen:
            note = Note("calls.row_answered_twice", {"first": seen[number]})
            line = SheetLine(row.number, REFUSED, None, [note], number)
        elif line.draft and number is not None:
            seen[number] = row.number
        yield line


def _sheet_line(row: Row, known: SheetKnown) -> SheetLine:
    number: int | None = None
    try:
        number = _number(one_line(row.cells.get("number", "")), known)
        cells = {key: row.cells.get(key, "").strip() for key in SHEET.columns}
        if not any(cells[key] for key in ("outcome", "reason", "text", "text_en", "line")):
            return SheetLine(row.number, EMPTY, number=number)
        if number in known.closed:
            raise NotNow(known.closed[number])
        draft = _draft(number, cells, known)
    except Refusal as problem:
        facts = {key: value for key, value in problem.facts.items() if key != "field"}
        return SheetLine(row.number, REFUSED, None, [Note(problem.code, facts)], number)
    return beside(SheetLine(row.number, NEW, draft, number=number), known.written)


def beside(
    line: SheetLine, written: Mapping[int, Draft], closed: Mapping[int, str] = MappingProxyType({})
) -> SheetLine:
    """A row as it stands beside what is written and what can't be answered now, by number."""
    if line.draft is None:
        return line
    if line.draft.number in closed:
        return SheetLine(line.row, REFUSED, None, [Note(closed[line.draft.number])], line.number)
    before = written.get(line.draft.number)
    if before == line.draft:
        return replace(line, state=SAME, notes=[])
    notes = [Note("calls.row_written_over")] if before else []
    return replace(line, state=ATTENTION if notes else NEW, notes=notes)


def _number(given: str, known: SheetKnown) -> int:
    bare = given.removeprefix(f"{known.plan}-")
    if bare.isascii() and bare.isdigit() and len(bare) < 10 and int(bare) in known.numbers:
        return int(bare)
    raise NotValid("calls.no_proposal_in_plan", value=given[:40])


def _subject(words: str, plan: int) -> str:
    """The ref of `6` or `4.1`, a commitment, or of `후보 31`, a candidate."""
    plain = plain_word(words)
    for name in CANDIDATE:
        if plain.startswith(name) and plain.removeprefix(name).isdecimal():
            return f"candidate:{plan}-{plain.removeprefix(name)}"
    return f"commitment:{plan}-{words}"


def _draft(number: int, cells: Mapping[str, str], known: SheetKnown) -> Draft:
    """Raises NotValid: what an answer must not be, and words that are on no list."""

    def chosen(key: str, among: Mapping[str, str]) -> str:
        value = one_line(cells[key])
        if value and plain_word(value) not in among:
            raise NotValid("calls.not_on_the_list", value=value[:80], column=SHEET.headings[key])
        return among.get(plain_word(value), "")

    subject = one_line(cells["subject"])
    if subject:
        subject = subject if ":" in subject else _subject(subject, known.plan)
        if subject not in known.subjects:
            raise NotValid("calls.no_subject", value=subject[:40])
    told = {"ko": cells["text"], "en": cells["text_en"]}
    answer = Answer(
        outcome=chosen("outcome", known.outcomes),
        reason=chosen("reason", known.reasons) or None,
        text=Text({key: words for key, words in told.items() if words}),
        agency=chosen("agency", known.agencies) or known.sheet_agency,
        place=one_line(cells["place"]),
        subject=subject,
    )
    check_answer(answer, set(known.agencies.values()))
    line = one_line(cells["line"])
    check_line(line)
    return Draft(number, answer, line)
