"""Read a forum file: YAML or JSON, with the line of every key kept for messages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import ValidationError

from madang.loading.rules.forum_file import ForumFile

MOST_BYTES = 20 * 1024 * 1024
DEEPEST = 40
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place in the file. `code` has its sentence in `loading.sentences`."""

    path: Path
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None

    @property
    def key(self) -> str:
        """The place in words: `plans[0].commitments[5].title`."""
        text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return text.removeprefix(".")


class Refused(Exception):
    """The file is refused whole; `problems` says why, in the order of its lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(problems, key=lambda problem: problem.line or 0)


@dataclass(frozen=True)
class Lines:
    """The line on which each key or item of the file stands."""

    at: Mapping[Path, int]

    def of(self, path: Path) -> int | None:
        """The line of a place, or of the nearest place around it that is in the file."""
        while path and path not in self.at:
            path = path[:-1]
        return self.at.get(path)


class _Loader(yaml.SafeLoader):
    """YAML with fewer surprises: `2020-03-22` and `6.10` stay the text they are, and so does `no`."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        # A small file of aliases can mean a thousand million items.
        if self.check_event(yaml.AliasEvent):
            raise _refuse("loading.alias", self.peek_event().start_mark.line + 1)
        return super().compose_node(parent, index)


_SURPRISES = {f"tag:yaml.org,2002:{name}" for name in ("timestamp", "float", "bool")}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in pairs if tag not in _SURPRISES]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


def read_forum_file(content: bytes) -> tuple[ForumFile, Lines]:
    """The file, checked key by key against the schema, and its lines.

    Raises Refused.
    """
    data, lines = _parse(content)
    try:
        return ForumFile.model_validate(data), lines
    except ValidationError as error:
        raise Refused([_problem(found, lines) for found in error.errors()]) from error


def _refuse(code: str, line: int | None = None, path: Path = (), **facts: Any) -> Refused:
    return Refused([Problem(path, code, facts, line)])


def _parse(content: bytes) -> tuple[Any, Lines]:
    if len(content) > MOST_BYTES:
        raise _refuse("loading.too_large", most=MOST_BYTES // 1024 // 1024)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refuse("loading.not_utf8", line) from error
    if text.lstrip().startswith("{"):
        # JSON may be indented with tabs, which YAML does not allow; inside its strings there are none.
        text = text.replace("\t", " ")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _refuse("loading.not_yaml", mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _refuse("loading.not_yaml", _line_of_control(text)) from error
    if node is None:
        raise _refuse("loading.empty")
    at: dict[Path, int] = {}
    data = _plain(node, (), at, _Loader(""))
    return data, Lines(at)


def _line_of_control(text: str) -> int | None:
    found = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)
    return text[: found.start()].count("\n") + 1 if found else None


def _plain(node: Any, path: Path, at: dict[Path, int], loader: Any) -> Any:
    line = node.start_mark.line + 1
    at.setdefault(path, line)
    if len(path) > DEEPEST:
        raise _refuse("loading.too_deep", line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, at, loader)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, (*path, n), at, loader) for n, part in enumerate(node.value)]
    try:
        value = loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise _refuse("loading.not_yaml", line, path) from error
    return _clean(value, line, path) if isinstance(value, str) else value


def _clean(value: str, line: int, path: Path) -> str:
    """The text as any database keeps it: without NUL, and without halves of characters."""
    try:
        # JSON may write one character as two halves, `\ud83d\ude00`; together they are one.
        value = value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise _refuse("loading.nul", line, path) from None
    if "\x00" in value:
        raise _refuse("loading.nul", line, path)
    return value


def _mapping(node: Any, path: Path, at: dict[Path, int], loader: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in found:
            raise _refuse("loading.key_twice", line, (*path, key), key=key)
        at[(*path, key)] = line
        found[key] = _plain(value_node, (*path, key), at, loader)
    return found


def _problem(error: Any, lines: Lines) -> Problem:
    # Pydantic's words are English; ours are chosen by the kind of the error.
    path: Path = tuple(error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    last = str(path[-1]) if path else ""
    match kind:
        case "missing":
            code, facts = "loading.key_missing", {"key": last}
        case "extra_forbidden":
            code, facts = "loading.key_unknown", {"key": last}
        case "value_error":
            code, facts = f"loading.{context['error']}", {"value": _short(error["input"])}
        case "literal_error":
            code, facts = (
                "loading.not_one_of",
                {"value": _short(error["input"]), "known": context["expected"]},
            )
        case "string_pattern_mismatch":
            code, facts = "loading.wrong_form", {"value": _short(error["input"])}
        case _:
            code, facts = "loading.wrong_value", {"value": _short(error["input"])}
    return Problem(path, code, facts, lines.of(path))


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
