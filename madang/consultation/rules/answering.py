"""What an agency answers to a draft: what an answer must say, and how a sheet of them is read."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from madang.calls.rules.importing import ATTENTION, NEW, REFUSED, SAME, Note
from madang.calls.rules.personal import holds_resident_number
from madang.calls.rules.proposing import whole_text
from madang.consultation.rules.words import Stance
from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.tables import Row, Shape, one_line, plain_word

WORDS_LEAST, REFERENCE_MOST = 10, 80
MOST = {"words": 6000, "wording": 6000, "reference": REFERENCE_MOST}
"""Characters: the least of a reason, and the most of each field."""


@dataclass(frozen=True)
class Answer:
    """What an agency says to one draft: its stance, its own words, the wording it proposes, and the
    number under which the agency itself files it. `version` is of the text it was said to, where
    that is known; the same words to another version are the same answer.
    """

    commitment: int
    stance: str
    words: str = ""
    wording: str = ""
    reference: str = ""
    version: int | None = field(default=None, compare=False)


def check_answer(answer: Answer) -> None:
    """Raises NotValid: consultation.no_stance, consultation.no_words, consultation.too_long,
    calls.resident_number; each with the number of the draft.
    """
    number = answer.commitment
    if answer.stance not in set(Stance):
        raise NotValid("consultation.no_stance", number=number, field=f"stance-{number}")
    if answer.stance != Stance.ACCEPT and len(answer.words) < WORDS_LEAST:
        # Whoever agrees may leave it at that; whoever does not owes the others a reason.
        raise NotValid(
            "consultation.no_words", number=number, least=WORDS_LEAST, field=f"words-{number}"
        )
    for key, most in MOST.items():
        if len(getattr(answer, key)) > most:
            raise NotValid(
                "consultation.too_long", number=number, most=most, field=f"{key}-{number}"
            )
    if holds_resident_number(answer.words, answer.wording, answer.reference):
        raise NotValid("calls.resident_number", field=f"words-{number}")


def cleaned(
    commitment: int,
    *,
    stance: str,
    words: str,
    wording: str = "",
    reference: str = "",
    version: str = "",
) -> Answer:
    """An answer as it is kept: composed, without what nobody sees, its line breaks kept."""
    return Answer(
        commitment,
        stance,
        whole_text(words),
        whole_text(wording),
        one_line(reference),
        _version(version),
    )


def _version(given: str) -> int | None:
    """A version's number; none where it is none, as in a sheet without that column."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else None


# --- the sheet that goes out and comes back -------------------------------------------------------

SHEET = Shape(
    columns={
        "number": "과제번호 번호 과제 number no commitment commitmentnumber",
        "stance": "의견 수용여부 검토결과 결과 opinion stance",
        "words": "의견내용 검토의견 사유 이유 내용 words reason comment",
        "wording": "수정문안 제안문안 문안 대안 proposedwording wording",
        "reference": "문서번호 내부문서번호 결재번호 reference documentnumber",
        "title": "과제명 제목 title",
        "version": "판 초안판 version draftversion",
    },
    headings={
        "number": "과제 번호",
        "stance": "의견",
        "words": "의견 내용",
        "wording": "수정 문안",
        "reference": "문서 번호",
        "title": "과제명",
        "version": "판",
    },
    needed=(("number",), ("stance",), ("words",)),
    rows=500,
    bytes=2 * 1024 * 1024,
)
EMPTY = "empty"
SHEET_STATES = (REFUSED, ATTENTION, NEW, SAME, EMPTY)


@dataclass(frozen=True)
class SheetLine:
    """A row of a sheet that came back: its state, and the answer in it if there is one."""

    row: int
    state: str
    answer: Answer | None = None
    notes: list[Note] = field(default_factory=list)
    number: int | None = None


@dataclass(frozen=True)
class SheetKnown:
    """What a sheet is read against: the plan, the drafts asked about, the words of the stances in
    every language, and the agency's answers that stand.
    """

    plan: int
    numbers: Container[int]
    stances: Mapping[str, str]
    given: Mapping[int, Answer] = field(default_factory=dict)


def read_sheet(rows: Iterable[Row], known: SheetKnown) -> Iterator[SheetLine]:
    """Each row of a sheet with what becomes of it; of two answers to one draft the second is refused."""
    seen: dict[int, int] = {}
    for row in rows:
        line = _line(row, known)
        if line.answer and line.answer.commitment in seen:
            note = Note("consultation.row_twice", {"first": seen[line.answer.commitment]})
            line = SheetLine(row.number, REFUSED, None, [note], line.number)
        elif line.answer:
            seen[line.answer.commitment] = row.number
        yield line


def _line(row: Row, known: SheetKnown) -> SheetLine:
    number: int | None = None
    cells = {key: row.cells.get(key, "") for key in SHEET.columns}
    try:
        number = _number(one_line(cells["number"]), known)
        if not any(one_line(cells[key]) for key in ("stance", "words", "wording", "reference")):
            return SheetLine(row.number, EMPTY, number=number)
        answer = cleaned(
            number,
            stance=_stance(one_line(cells["stance"]), known),
            words=cells["words"],
            wording=cells["wording"],
            reference=cells["reference"],
            version=one_line(cells["version"]),
        )
        check_answer(answer)
    except Refusal as problem:
        facts = {key: value for key, value in problem.facts.items() if key != "field"}
        return SheetLine(row.number, REFUSED, None, [Note(problem.code, facts)], number)
    before = known.given.get(number)
    if before == answer:
        return SheetLine(row.number, SAME, answer, number=number)
    notes = [Note("consultation.row_said_before")] if before else []
    return SheetLine(row.number, ATTENTION if notes else NEW, answer, notes, number)


def _number(given: str, known: SheetKnown) -> int:
    bare = given.removeprefix(f"{known.plan}-")
    if bare.isascii() and bare.isdigit() and len(bare) < 6 and int(bare) in known.numbers:
        return int(bare)
    raise NotValid("consultation.row_not_asked", value=given[:40])


def _stance(given: str, known: SheetKnown) -> str:
    if given and plain_word(given) not in known.stances:
        raise NotValid("consultation.row_no_stance", value=given[:40])
    return known.stances.get(plain_word(given), "")
