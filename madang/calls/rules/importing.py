"""A list of proposals that were made elsewhere: what each row says, and what becomes of it."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.personal import RESIDENT, Found, personal_data
from madang.calls.rules.proposing import JOINT_MOST, NAME_MOST, Words, one_line, whole_text
from madang.calls.rules.words import Channel
from madang.foundation.refusals import NotValid
from madang.foundation.tables import UNREADABLE, Row, Shape, plain_word

TITLE_MOST, TEXT_MOST = 300, 50_000
"""Characters. What people wrote elsewhere was bound by other limits; it is taken as it is."""
TITLE_MADE = 60
"""How many characters of a text become its title where it has none."""
NUMBER_MOST, PLATFORM_MOST = 80, 120
SUPPORTS_MOST = 2_000_000_000
SHAPE = Shape(
    columns={
        "title": "제목 제안명 제안제목 제목명 안건명 title subject headline",
        "text": "내용 본문 제안내용 제안본문 상세내용 요약 text body content description proposal",
        "outside_number": "번호 접수번호 제안번호 연번 순번 일련번호 글번호 number no id serial",
        "platform": "출처 플랫폼 접수처 누리집 사이트 경로 source platform site",
        "channel": "방법 접수방법 제출방법 통로 channel how means",
        "name": "이름 성명 제안자 제안자명 작성자 단체 단체명 name author proposer",
        "email": "전자우편 이메일 전자메일 메일 이메일주소 email mail emailaddress",
        "area": "분야 영역 주제 area field topic theme",
        "proposed_on": "제안일 접수일 작성일 등록일 날짜 일자 제안일자 접수일자 date proposedon day",
        "language": "언어 language lang",
        "supports": "공감 공감수 추천 추천수 지지 동의수 supports votes likes",
        "title_only": "제목만 본문비공개 titleonly",
    },
    headings={
        "title": "제목",
        "text": "내용",
        "outside_number": "번호",
        "platform": "출처",
        "channel": "방법",
        "name": "이름",
        "email": "전자우편",
        "area": "분야",
        "proposed_on": "제안일",
        "language": "언어",
        "supports": "공감",
        "title_only": "제목만",
    },
    needed=(("title", "text"),),
    rows=20_000,
    bytes=32 * 1024 * 1024,
    unpacked=300 * 1024 * 1024,
)
CHANNELS = {
    Channel.PAPER: "종이 우편 서면 방문 paper post letter",
    Channel.TELEPHONE: "전화 telephone phone",
    Channel.WORKSHOP: "워크숍 모임 간담회 회의 현장 workshop meeting",
}
YES, NO = (
    frozenset(["예", "네", "y", "yes", "o", "true", "1", "v"]),
    frozenset(["아니요", "아니오", "n", "no", "x", "false", "0"]),
)
NEW, SAME, ATTENTION, REFUSED = "new", "same", "attention", "refused"
STATES = (REFUSED, ATTENTION, NEW, SAME)
"""What may become of a row, in the order in which a person must see them."""
_DATE = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


OTHER_WORDS = "calls.row_other_words"
"""The same number from outside as before, with other words."""


@dataclass(frozen=True)
class Note:
    """Something to be said of a row: the code of a sentence, and what fills it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A row as it was read: its state, its proposal if there is one, and what is to be said.

    `key` is what makes it the same row in another file. `held` says that it waits for a look.
    """

    number: int
    state: str
    notes: list[Note] = field(default_factory=list)
    words: Words | None = None
    key: str = ""
    platform: str = ""
    outside_number: str = ""
    email: str = ""
    channel: str = Channel.IMPORT
    proposed_on: str | None = None
    supports: int | None = None
    held: bool = False

    @property
    def comes_in(self) -> bool:
        """Whether it is kept when the import is confirmed."""
        return self.state in (NEW, ATTENTION)


@dataclass(frozen=True)
class Known:
    """What the plan has: keys of rows and hashes of texts, areas by their plain names, languages.

    `platform` is what the whole list came from where its rows do not say.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    languages: Container[str] = ("ko", "en")
    language: str = "ko"
    platform: str = ""


def read_rows(
    rows: Iterable[Row], known: Known, seen: Mapping[str, tuple[int, str]] | None = None
) -> Iterator[Line]:
    """Each row with what becomes of it, in the order of the file.

    A row is known again by its platform and its number there, or by its words where it has none.
    `seen` are the keys of rows of the same file that were read before, with number and words.
    """
    seen = dict(seen or {})
    for row in rows:
        line = _line(row, known)
        if line.state != REFUSED:
            line = _met_before(line, known, seen)
        if line.comes_in:
            seen[line.key] = (line.number, words_key(line))
        yield line


def key_of(platform: str, number: str, words: str) -> str:
    """What makes a row the same row in another file; it is the proposal's nonce."""
    told = f"{platform}\n{number}" if number else f"\n\n{words}"
    return "import-" + sha256(told.encode("utf-8", "replace")).hexdigest()[:56]


def words_key(line: Line) -> str:
    """A short hash of a row's words."""
    assert line.words
    return hash_of_words(line.words.title, line.words.text)


def hash_of_words(title: str, text: str) -> str:
    told = f"{title}\n{text}"
    return sha256(told.encode("utf-8", "replace")).hexdigest()


def _met_before(line: Line, known: Known, seen: Mapping[str, tuple[int, str]]) -> Line:
    words = words_key(line)
    if line.key in known.keys:
        if known.keys[line.key] == words:
            return _with(line, SAME, Note("calls.row_same"))
        # What was published is not written over by a list.
        return _with(line, SAME, Note(OTHER_WORDS, {"number": line.outside_number}))
    if line.key in seen:
        first, said = seen[line.key]
        if said == words:
            return _with(line, SAME, Note("calls.row_twice", {"first": first}))
        facts = {"number": line.outside_number, "first": first}
        return _with(line, REFUSED, Note("calls.row_number_twice", facts))
    return line


def _with(line: Line, state: str, note: Note) -> Line:
    return Line(**{**vars(line), "state": state, "notes": [*line.notes, note]})


def _line(row: Row, known: Known) -> Line:
    reader = _Reader(row, known)
    try:
        return reader.read()
    except NotValid as problem:
        facts = {k: v for k, v in problem.facts.items() if k != "field"}
        return Line(row.number, REFUSED, [Note(problem.code, facts)])


class _Reader:
    """One row being read; what is odd but can be kept is noted."""

    def __init__(self, row: Row, known: Known) -> None:
        self.row, self.known = row, known
        self.notes: list[Note] = []

    def cell(self, key: str) -> str:
        return _line_of(self.row.cells.get(key, ""))

    def read(self) -> Line:
        """Raises NotValid: calls.row_empty, calls.row_too_long, calls.row_resident."""
        title, text = self.words()
        name, joint = self.names()
        platform = self.cell("platform") or self.known.platform
        number = self.cell("outside_number")
        if len(platform) > PLATFORM_MOST or len(number) > NUMBER_MOST:
            raise NotValid("calls.row_too_long", most=min(PLATFORM_MOST, NUMBER_MOST))
        found = personal_data(title, text, name, *joint)
        self.look_at(found)
        if any(UNREADABLE in cell for cell in self.row.cells.values()):
            self.note("calls.row_unreadable", sign=UNREADABLE)
        words = Words(
            title=title,
            text=text,
            language=self.language(title + text),
            area=self.area(),
            name=name,
            joint=joint,
            title_only=self.title_only(),
        )
        email, day = self.email(), self.day()
        channel, supports = self.channel(), self.supports()
        return Line(
            number=self.row.number,
            state=ATTENTION if self.notes else NEW,
            notes=self.notes,
            words=words,
            key=key_of(platform, number, hash_of_words(title, text)),
            platform=platform,
            outside_number=number,
            email=email,
            channel=channel,
            proposed_on=day,
            supports=supports,
            held=bool(found),
        )

    def words(self) -> tuple[str, str]:
        title, text = self.cell("title"), _text_of(self.row.cells.get("text", ""))
        if not _says_something(title) and not _says_something(text):
            raise NotValid("calls.row_empty")
        if not _says_something(text):
            self.note("calls.row_no_text")
            text = title
        if not _says_something(title):
            self.note("calls.row_no_title")
            title = _shortened(one_line(text), TITLE_MADE)
        elif len(title) > TITLE_MOST:
            self.note("calls.row_long_title", most=TITLE_MOST)
            # Nothing is cut off: the whole title stands above the text.
            text = f"{title}\n\n{text}" if text != title else title
            title = _shortened(title, TITLE_MOST)
        if len(text) > TEXT_MOST:
            raise NotValid("calls.row_text_long", most=TEXT_MOST, now=len(text))
        return title, text

    def names(self) -> tuple[str, list[str]]:
        first, *others = [one.strip() for one in re.split(r"[;\n]", self.cell("name"))] or [""]
        joint = [one for one in others if one]
        if any(len(one) > 2 * NAME_MOST for one in (first, *joint)) or len(joint) > JOINT_MOST:
            raise NotValid("calls.row_too_long", most=2 * NAME_MOST)
        return first, joint

    def look_at(self, found: list[Found]) -> None:
        if any(one.kind == RESIDENT for one in found):
            raise NotValid("calls.row_resident")
        if found:
            self.note("calls.row_personal")

    def language(self, text: str) -> str:
        given = self.cell("language").casefold()
        words = {
            "한국어": "ko",
            "korean": "ko",
            "국문": "ko",
            "영어": "en",
            "english": "en",
            "영문": "en",
        }
        given = words.get(given, given)
        if given and given not in self.known.languages:
            self.note("calls.row_language", value=given[:40])
        if given in self.known.languages:
            return given
        guessed = "ko" if _HANGUL.search(text) else "en"
        return guessed if guessed in self.known.languages else self.known.language

    def area(self) -> int | None:
        given = self.cell("area")
        if not given:
            return None
        place = self.known.areas.get(plain_word(given))
        in_order = sorted(set(self.known.areas.values()))
        if (
            place is None
            and given.isascii()
            and given.isdigit()
            and 0 < int(given[:4]) <= len(in_order)
        ):
            place = in_order[int(given[:4]) - 1]
        if place is None:
            self.note("calls.row_area", value=given[:80])
        return place

    def email(self) -> str:
        given = self.cell("email").lower()
        if not given:
            return ""
        try:
            check_email(given)
        except NotValid:
            self.note("calls.row_email", value=given[:80])
            return ""
        return given

    def day(self) -> str | None:
        given = self.cell("proposed_on")
        if not given:
            return None
        if match := _DATE.search(given):
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:
                pass
        self.note("calls.row_day", value=given[:40])
        return None

    def channel(self) -> str:
        given = plain_word(self.cell("channel"))
        found = (key for key, words in CHANNELS.items() if given in words.split())
        return next(found, Channel.IMPORT) if given else Channel.IMPORT

    def supports(self) -> int | None:
        given = self.cell("supports").replace(",", "")
        if not given:
            return None
        if given.isascii() and given.isdigit() and int(given[:12]) <= SUPPORTS_MOST:
            return int(given[:12])
        self.note("calls.row_supports", value=given[:40])
        return None

    def title_only(self) -> bool:
        given = plain_word(self.cell("title_only"))
        if given and given not in YES | NO:
            self.note("calls.row_title_only", value=given[:40])
        # Where it is not clear whether all may read it, only the title is shown.
        return bool(given) and given not in NO

    def note(self, code: str, **facts: str | int) -> None:
        self.notes.append(Note(code, facts))


def _says_something(value: str) -> bool:
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in value)


def _line_of(value: str) -> str:
    return one_line(_kept(value))


def _text_of(value: str) -> str:
    return whole_text(_kept(value))


def _kept(value: str) -> str:
    """Without what no database keeps: NUL, and half a character of UTF-16."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _shortened(value: str, most: int) -> str:
    return value if len(value) <= most else f"{value[: most - 1]}…"
