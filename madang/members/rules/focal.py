"""Focal points: who answers for an agency, as one is named, handed over, and read from a list."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.tables import Row, Shape, one_line, plain_word
from madang.members.rules.roll import ATTENTION, NEW, REFUSED, SAME, is_email

NAME_MOST = 100
_COMMITMENT = re.compile(r"commitment:[1-9][0-9]{0,3}-[1-9][0-9]{0,3}")


class Duty(StrEnum):
    """What one answers for: the work itself, or the office that is told once it is overdue."""

    FOCAL = "focal"
    DIRECTOR = "director"


@dataclass(frozen=True)
class Post:
    """Someone in an agency's post. `about` is empty for the whole agency, or `commitment:2-6`."""

    agency: str
    name: str
    email: str
    duty: str = Duty.FOCAL
    about: str = ""
    language: str = "ko"

    @property
    def place(self) -> tuple[str, str, str]:
        return (self.agency, self.duty, self.about)


def check_post(post: Post, *, agencies: Container[str], languages: Container[str]) -> None:
    """Raises NotValid: members.focal_agency, members.focal_duty, members.focal_about,
    members.row_unknown_language, and what `check_someone` raises.
    """
    if post.agency not in agencies:
        raise NotValid("members.focal_agency", field="agency")
    if post.duty not in set(Duty):
        raise NotValid("members.focal_duty", field="duty")
    if post.about and not _COMMITMENT.fullmatch(post.about):
        raise NotValid("members.focal_about", field="about")
    if post.language not in languages:
        raise NotValid("members.row_unknown_language", value=post.language[:40], field="language")
    check_someone(post.name, post.email)


def check_someone(name: str, email: str) -> None:
    """Raises NotValid: members.focal_name, members.focal_email."""
    if not one_line(name) or len(name) > NAME_MOST:
        raise NotValid("members.focal_name", most=NAME_MOST, field="name")
    if not is_email(email):
        raise NotValid("members.focal_email", field="email")


# --- a list of them -------------------------------------------------------------------------------

SHAPE = Shape(
    columns={
        "agency": "기관 기관명 부처 부처명 부서 부서명 소속 맡은기관 agency body ministry organisation organization",
        "about": "과제 과제번호 commitment commitmentnumber",
        "duty": "역할 구분 직무 duty role",
        "name": "이름 성명 담당자 담당자명 name focalpoint",
        "email": "전자우편 이메일 전자메일 메일 이메일주소 전자우편주소 email mail emailaddress",
        "language": "언어 language lang",
    },
    headings={
        "agency": "기관",
        "about": "과제",
        "duty": "역할",
        "name": "이름",
        "email": "전자우편",
        "language": "언어",
    },
    needed=(("agency",), ("name",), ("email",)),
    rows=2000,
    bytes=2 * 1024 * 1024,
)
_DUTIES = {
    **dict.fromkeys(["담당자", "담당", "과제담당자", "실무자", "focal", "focalpoint"], Duty.FOCAL),
    **dict.fromkeys(["과장", "부서장", "국장", "책임자", "director", "head"], Duty.DIRECTOR),
}
_LANGUAGES = {
    **dict.fromkeys(["ko", "한국어", "국어", "korean"], "ko"),
    **dict.fromkeys(["en", "영어", "english"], "en"),
}


@dataclass(frozen=True)
class Line:
    """A row of the list with what becomes of it; `post` where it can be named."""

    row: int
    state: str
    post: Post | None = None
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """What a list is read against: agencies by their plain words, commitments, who stands now."""

    agencies: Mapping[str, str]
    abouts: Container[str]
    languages: list[str]
    posts: Mapping[tuple[str, str, str], Post] = field(default_factory=dict)


def read_list(rows: Iterable[Row], standing: Standing) -> Iterator[Line]:
    """Each row with what becomes of it; of two for one post the second is refused."""
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        cells = {key: one_line(row.cells.get(key, "")) for key in SHAPE.columns}
        try:
            post = _post(cells, standing)
            if (first := seen.setdefault(post.place, row.number)) != row.number:
                raise NotValid("members.focal_twice", other=first)
        except Refusal as problem:
            facts = {key: value for key, value in problem.facts.items() if key != "field"}
            yield Line(row.number, REFUSED, None, [(problem.code, facts)], cells)
            continue
        now = standing.posts.get(post.place)
        if now == post:
            yield Line(row.number, SAME, post, [], cells)
        elif now:
            yield Line(
                row.number, ATTENTION, post, [("members.focal_follows", {"name": now.name})], cells
            )
        else:
            yield Line(row.number, NEW, post, [], cells)


def _post(cells: Mapping[str, str], standing: Standing) -> Post:
    agency = standing.agencies.get(plain_word(cells["agency"]), "")
    if not agency:
        raise NotValid("members.focal_no_agency", value=cells["agency"][:60])
    duty = _DUTIES.get(plain_word(cells["duty"] or "focal"), "")
    if not duty:
        raise NotValid("members.focal_no_duty", value=cells["duty"][:40])
    language = _LANGUAGES.get(plain_word(cells["language"] or standing.languages[0]), "")
    post = Post(
        agency=agency,
        name=cells["name"],
        email=cells["email"].casefold(),
        duty=duty,
        about=_about(cells["about"], standing),
        language=language or cells["language"],
    )
    check_post(post, agencies=[agency], languages=standing.languages)
    return post


def _about(given: str, standing: Standing) -> str:
    """`2-6` is commitment 6 of plan 2. Raises NotValid: members.focal_no_about."""
    if not given:
        return ""
    ref = f"commitment:{given.removeprefix('commitment:')}"
    if ref not in standing.abouts:
        raise NotValid("members.focal_no_about", value=given[:40])
    return ref
