"""Every sentence stands in the reader's language, or says in which it is and that it waits."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from madang.foundation.actors import Role
from madang.foundation.texts import Text, tongue_of
from madang.record.guard import writing
from madang.taskforces.models import Candidate, Group
from madang.web.routes import ROUTES
from tests.makers.readers import Reader, a_signed_in_client, someone_of_a_group
from tests.pages.reading import Element, Page, Words, is_ours

HANGUL = re.compile("[가-힣]")
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z’]+[,;:]? ){3}")
"""Words of English one after the other, as no name, file or address has them."""
IN_NO_LANGUAGE = {
    "bdi": "a name, a number or an address, as its owner writes it",
    "code": "what is hashed or typed, letter by letter",
    "title": "the browser's bar and tabs take one language; the heading below says which",
    "option": "a choice is plain words and takes no mark",
    "textarea": "what somebody typed and can change",
}
OWN_NAME = re.compile(r"(?:.*(?:· | in ))?한국어")
"""A language called by its own name, so that who reads it finds it."""
COLUMNS = re.compile(r".*[Cc]olumns: .*\(.+\)")
"""The heads of a sheet as they must stand in it, each with its English beside it."""
BESIDE = {
    "desk.draft": "both languages of each piece stand beside each other",
    "desk.ballot": "both languages of what is voted on stand beside each other",
    "draft.commitment": "what changed is shown piece by piece, each named with its language",
    "draft.history": "what changed is shown piece by piece, each named with its language",
    "commitment.history": "what changed is shown piece by piece, each named with its language",
    "draft.suggestions": "a suggestion is for the piece of one language, which it names",
    "candidate": "what changed is shown piece by piece, each named with its language",
    "practice.letter": "a letter is shown as it was sent",
    "practice.letters": "a letter is shown as it was sent",
    "signin": "where the other language is chosen",
}
OF_EACH_KIND = 4
"""Pages of one kind differ in what is kept; a few of each show every part of it."""


def around(element: Element, steps: int = 99) -> Iterator[Element]:
    """The element and what it stands in, from the inside."""
    found: Element | None = element
    for _ in range(steps):
        if found is None:
            return
        yield found
        found = found.around


def is_excused(words: Words) -> bool:
    tags = {one.tag for one in around(words.element)}
    return bool(
        tags & set(IN_NO_LANGUAGE) or OWN_NAME.fullmatch(words.text) or COLUMNS.match(words.text)
    )


def is_foreign(words: Words, language: str | None) -> bool:
    """Whether the words are in the other language though the page says they are in its own."""
    if words.element.language != language:
        return False
    if language == "en":
        return bool(HANGUL.search(words.text))
    return tongue_of(words.text) == "en" and bool(SENTENCE.search(words.text + " "))


def unmarked(page: Page) -> Iterator[str]:
    """Words in the other language that lack the mark “not yet translated” beside them."""
    marked = {
        id(one)
        for mark in page.elements
        if mark.get("class") == "untranslated"
        for one in around(mark, 3)
    }
    for words in page.spoken:
        if is_excused(words) or words.element.language == page.language:
            continue
        said = next(one for one in around(words.element) if one.get("lang"))
        link = any(one.get("hreflang") for one in around(words.element))
        if not link and not any(id(one) in marked for one in around(said, 3)):
            yield words.text


def faults_of(page: Page, name: str) -> list[str]:
    faults = [
        f"no lang: {one.text}"
        for one in page.spoken
        if is_foreign(one, page.language) and not is_excused(one)
    ]
    return faults + ([] if name in BESIDE else [f"no mark: {one}" for one in unmarked(page)])


def pages_of(reader: Reader, begin: list[str]) -> Iterator[tuple[str, Page]]:
    """Every page that its links lead to, the first few of each kind."""
    seen: set[str] = set()
    walked: dict[str, int] = {}
    ahead = list(begin)
    while ahead:
        address = re.sub("^/en/", "/", urlsplit(ahead.pop(0)).path)
        try:
            name = resolve(address).view_name
        except Resolver404:
            continue
        if address in seen or name not in ROUTES or walked.get(name, 0) == OF_EACH_KIND:
            continue
        seen.add(address)
        answer = reader.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        walked[name] = walked.get(name, 0) + 1
        page = Page(answer)
        ahead += [link for link in page.links if is_ours(link)]
        if page.language == reader.language:
            yield name, page


def a_reader(role: Role, language: str) -> Reader:
    """Someone in the role; who works in a group is of one that sorts and has a candidate."""
    if role is not Role.GROUP_MEMBER:
        return a_signed_in_client(role, language)
    reader = Reader(language)
    reader.force_login(someone_of_a_group(Group.objects.get(plan__number=3, number=2)))
    return reader


def unlinked(role: Role) -> list[str]:
    """Pages that nothing on the practice forum leads to just now."""
    return {
        Role.ANONYMOUS: ["/plans/2/draft/comments/8/mine/", "/plans/2/draft/comments/1/mine/"],
        Role.SECRETARIAT: [
            *(f"/desk/proposals/3-{number:04}/" for number in (1, 2)),
            *(f"/desk/comments/2-{number}/" for number in (1, 8)),
        ],
        Role.GROUP_MEMBER: ["/desk/groups/3-2/", "/desk/groups/3-2/sort/", "/desk/candidates/3-1/"],
    }.get(role, [])


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "role", [Role.ANONYMOUS, Role.SECRETARIAT, Role.CO_CHAIR, Role.MEMBER, Role.GROUP_MEMBER]
)
def test_every_sentence_is_in_the_readers_language_or_says_that_it_waits(
    role: Role, language: str, rehearsed_forum: object
) -> None:
    begin = ["/" if role is Role.ANONYMOUS else "/desk/", *unlinked(role)]

    found = {
        page.address: faults_of(page, name)
        for name, page in pages_of(a_reader(role, language), begin)
    }

    assert len(found) > 140
    assert not set(unlinked(role)) - {re.sub("^/en/", "/", address) for address in found}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_a_candidates_title_that_waits_says_so_on_the_way_of_its_commitment(
    rehearsed_forum: object,
) -> None:
    with writing():
        Candidate.objects.filter(plan__number=1).update(title=Text({"ko": "옮기지 않은 제목"}))

    page = Page(Reader("en").get("/plans/1/commitments/2/how-it-came-to-be/"))

    said = next(one for one in page.spoken if one.text == "옮기지 않은 제목")
    assert said.element.language == "ko" and faults_of(page, "commitment.came") == []


def page_of(html: str) -> Page:
    whole = f"<html lang='en'><body>{html}</body></html>"
    return Page(SimpleNamespace(request={"PATH_INFO": "/en/"}, content=whole.encode()))


@pytest.mark.parametrize(
    "html, faults",
    [
        ("<p>나무와 그늘</p>", ["no lang: 나무와 그늘"]),
        ("<p>By <bdi>하복실</bdi></p>", []),
        ("<p><span lang='ko'>나무</span></p>", ["no mark: 나무"]),
        ("<p><span lang='ko'>나무</span> <span class='untranslated'>not yet</span></p>", []),
    ],
)
def test_what_is_in_another_language_and_does_not_say_so_is_noticed(
    html: str, faults: list[str]
) -> None:
    assert faults_of(page_of(html), "home") == faults
