"""Reading answers: a page taken apart, and the addresses that are walked."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from madang.web.routes import TWINNED

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LOADING = {"link": "href", "img": "src", "script": "src", "iframe": "src", "image": "href"}
"""What makes a browser load something by itself, and in which attribute."""

PAGES = {
    "home": "/",
    "about": "/about/",
    "marks": "/about/marks/",
    "permissions": "/about/permissions/",
    "states": "/about/states/",
    "parts": "/parts/",
    "data": "/data/",
    "forum": "/forum/",
    "forum.rules": "/forum/rules/",
    "terms": "/forum/terms/",
    "term": "/forum/terms/3/",
    "meetings": "/meetings/",
    "meeting": "/meetings/7/",
    "ballot": "/meetings/7/ballot/",
    "ballot.round": "/meetings/7/ballot/1/",
    "plans": "/plans/",
    "plan": "/plans/5/",
    "plan.timeline": "/plans/5/timeline/",
    "plan.made": "/plans/5/how-it-was-made/",
    "commitments": "/plans/5/commitments/",
    "commitment": "/plans/5/commitments/6/",
    "milestone": "/plans/5/commitments/6/milestones/6.1/",
    "agenda": "/agenda/",
    "proposals": "/plans/5/proposals/",
    "groups": "/plans/5/groups/",
    "candidates": "/plans/5/candidates/",
    "consultation": "/plans/5/consultation/",
    "moderation": "/about/moderation/",
    "moderation.log": "/plans/5/moderation/",
    "answers": "/about/answers/",
    "plan.progress": "/plans/5/progress/",
    "plan.promised": "/plans/5/promised-done-changed/",
    "plan.assessments": "/plans/5/assessments/",
    "plans.side": "/plans/side-by-side/",
    "plan.changes": "/plans/5/changes/",
    "commitment.history": "/plans/5/commitments/6/history/",
    "draft.history": "/plans/5/draft/6/history/",
    "draft.suggestions": "/plans/5/draft/6/suggestions/",
    "commitment.proposals": "/plans/5/commitments/6/proposals/",
    "commitment.came": "/plans/5/commitments/6/how-it-came-to-be/",
    "plan.heard": "/plans/5/co-creation/",
    "agencies": "/agencies/",
    "agency": "/agencies/acrc/",
    "record": "/record/",
    "entry": "/record/1/",
    "documents": "/documents/",
    "sources": "/sources/",
}
"""Every kind of public page, with an address in the forum of Korea."""
MORE_PAGES = [
    "/plans/1/",
    "/plans/6/",
    "/plans/6/commitments/",
    "/plans/6/timeline/",
    "/plans/5/commitments/2/",
    "/plans/5/commitments/14/",
    "/forum/terms/5/",
    "/agencies/mogef/",
    "/record/0/",
]
"""The same kinds with little or other things on them."""
EVERY_PAGE = [*PAGES.values(), *MORE_PAGES]
TWINS = [
    "/home.json",
    "/emblem.svg",
    *(
        f"{PAGES[name].rstrip('/')}.{ending}"
        for name, endings in TWINNED.items()
        for ending in endings
    ),
]
"""The twins of every kind of page, in the forum of Korea."""


@dataclass
class Element:
    """An element with its attributes and the text inside it; `around` is what it stands in."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    words: list[str] = field(default_factory=list)
    around: "Element | None" = field(default=None, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def language(self) -> str:
        """The language that its words are said to be in."""
        return self.get("lang") or (self.around.language if self.around else "")


@dataclass(frozen=True)
class Words:
    """Words as they stand on the page, and the element they stand in."""

    text: str
    element: Element


class Page(HTMLParser):
    """An HTML page taken apart; `faults` names what is badly nested or never closed."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.address: str = response.request["PATH_INFO"]
        self.html: str = response.content.decode()
        self.elements: list[Element] = []
        self.spoken: list[Words] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        self.faults += [f"<{one.tag}> is never closed" for one in self._open]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if len(given) < len(attributes):
            self.faults.append(f"<{tag}> has an attribute twice")
        around = self._open[-1] if self._open else None
        element = Element(tag, given, tuple(one.tag for one in self._open), around=around)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].tag == tag:
            closed = self._open.pop()
            if tag == "th" and not closed.text:
                self.faults.append(f"the table header at {self.getpos()} says nothing")
        else:
            self.faults.append(f"</{tag}> at {self.getpos()} closes something else")

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.spoken.append(Words(" ".join(data.split()), self._open[-1]))
        for element in self._open:
            element.words.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.elements if one.tag in tags]

    def one(self, tag: str, **attributes: str) -> Element:
        """The one element with these attributes; there must be just one."""
        found = [
            one
            for one in self.all(tag)
            if all(
                one.get(name.rstrip("_").replace("__", "-")) == value
                for name, value in attributes.items()
            )
        ]
        assert len(found) == 1, f"{len(found)} × <{tag} {attributes}> on {self.address}"
        return found[0]

    @property
    def text(self) -> str:
        return self.one("body").text

    @property
    def language(self) -> str | None:
        return self.one("html").get("lang")

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.elements if "id" in one.attributes]

    @property
    def ids_twice(self) -> list[str]:
        return [name for name, count in Counter(self.ids).items() if count > 1]

    @property
    def links(self) -> list[str]:
        """Where the page's links lead, made whole: a path with its query and anchor."""
        return [urljoin(self.address, a["href"]) for a in self.all("a") if a.get("href")]

    @property
    def loads(self) -> list[str]:
        """What a browser loads with the page, in its order."""
        return [
            one[LOADING[one.tag]]
            for one in self.all(*LOADING)
            if LOADING[one.tag] in one.attributes
            and (one.tag != "link" or one.get("rel") in ("stylesheet", "icon", "preload"))
        ]

    @property
    def inline(self) -> list[str]:
        """Script and style that stand in the page itself."""
        found = [f"<{one.tag}>" for one in self.all("script", "style")]
        for one in self.elements:
            for name, value in one.attributes.items():
                if name == "style" or name.startswith("on") or value.startswith("javascript:"):
                    found.append(f'<{one.tag} {name}="{value}">')
        return found


def is_ours(address: str) -> bool:
    """Whether an address stays on this site."""
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def body_of(response: Any) -> bytes:
    """The bytes of an answer, also of one that streams a file."""
    return b"".join(response) if response.streaming else response.content
