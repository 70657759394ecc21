"""`docs/routes.md`: every address with its methods and who may use them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from madang.foundation.actors import Role
from madang.web.management.printed.tables import table
from madang.web.routes import EVERYONE, ROUTES, SIGNED_IN, is_public
from madang.web.words import ROLES

ENDINGS = ("json", "csv", "svg")

HEAD = """# Addresses

Printed from the code by `make docs`. What is not declared here is open to nobody: a test walks
every address against this table, role by role and method by method.

- `GET` stands for `HEAD` too. Any other method is answered with 405.
- `GET` changes nothing. Whatever changes something takes `POST` and a form of our own.
- *Same for all* marks what is the same for every reader who is not signed in, and so may be kept
  and answered again ([ADR 0009](adr/0009-pages-kept-by-state.md)).
- What stands under `/practice/` exists in a practice forum alone; in a real one it answers 404.
"""


@dataclass
class Page:
    """An address, the name the code calls it by, and its twins for programs."""

    name: str
    address: str
    twins: list[str] = field(default_factory=list)

    @property
    def row(self) -> list[str]:
        methods = [f"{method}: {_who(roles)}" for method, roles in ROUTES[self.name].items()]
        twins = " ".join(f"`.{twin}`" for twin in self.twins)
        kept = "yes" if is_public(self.name) else ""
        return [f"`{self.address}`", twins, "; ".join(methods), kept, f"`{self.name}`"]


def page() -> str:
    headings = ("Address", "Also as", "Method: who", "Same for all", "Name in code")
    spoken = table(headings, [found.row for found in _pages(in_languages=True)])
    plain = table(headings, [found.row for found in _pages(in_languages=False)])
    return (
        f"{HEAD}\n## Pages\n\nKorean at the address itself, English under `/en` before it.\n\n{spoken}\n"
        f"\n## Without a language\n\n{plain}\n"
    )


def _pages(*, in_languages: bool) -> list[Page]:
    """The pages in the order in which the code lists them, their twins beside them."""
    found: dict[str, Page] = {}
    for name, address, spoken in _addresses(get_resolver().url_patterns):
        base, _, ending = name.rpartition(".")
        if (
            ending in ENDINGS
            and base in found
            and address == f"{found[base].address[:-1]}.{ending}"
        ):
            found[base].twins.append(ending)
        elif spoken == in_languages:
            found[name] = Page(name, address)
    return list(found.values())


def _addresses(
    patterns: list[URLPattern | URLResolver], before: str = "/", spoken: bool = False
) -> Iterator[tuple[str, str, bool]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            in_languages = spoken or isinstance(found.pattern, LocalePrefixPattern)
            route = "" if isinstance(found.pattern, LocalePrefixPattern) else str(found.pattern)
            yield from _addresses(found.url_patterns, before + route, in_languages)
        else:
            # `<number:number>` is a form and a name; a reader needs the name alone.
            route = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(found.pattern))
            yield str(found.name), before + route, spoken


def _who(roles: frozenset[Role]) -> str:
    if roles == EVERYONE:
        return "everyone"
    if roles == SIGNED_IN:
        return "whoever is signed in"
    return ", ".join(str(words).lower() for role, words in ROLES.items() if role in roles)
