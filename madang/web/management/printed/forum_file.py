"""`docs/forum-file.md` and its JSON Schema, from the module that is the schema."""

import ast
import inspect
import json
from pathlib import Path
from typing import NamedTuple

from pydantic.fields import FieldInfo

from madang.loading.rules import forum_file
from madang.loading.rules.forum_file import ForumFile, Part
from madang.loading.sentences import SENTENCES
from madang.web.management.printed.tables import table

INTRODUCTION = Path(__file__).with_name("forum-file.md")

VALUES = {
    "Text": ("words by language", ""),
    "Dated": ("date", ""),
    "Label": ("label", "A number with its parts: `6`, `4.1`, `4.1.2`."),
    "Slug": ("slug", "A name in small letters, for keys and addresses: `civic-space`."),
    "SourceKey": ("source key", "A key of `sources`."),
    "Language": ("language", "A language’s code: `ko`, `en`."),
    "Ref": ("ref", "What it is about: `plan:5`, `meeting:7`, `ballot:7`."),
    "Line": ("line", "Words without a language."),
    "Address": ("address", "Where it is on the web."),
    "StatusWord": ("status", ""),
    "CauseWord": ("cause", ""),
    "ForeignWord": ("source’s word", ""),
    "Count": ("count", "How many there were."),
}
"""The kinds of values that the module has names for: what the page calls and says of each."""
PLAIN = {"str": "words", "int": "whole number", "bool": "`true` or `false`"}


# --- what the module says beside its types ------------------------------------------------------
# Pydantic does not keep the docstrings of fields, so they are read from the source.


def _said_in(body: list[ast.stmt]) -> dict[str, tuple[ast.expr, str]]:
    """Each annotated or assigned name of a body: its type or value, and the docstring below it."""
    found = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=type_):
                found[name] = (type_, _docstring(after))
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = (value, _docstring(after))
    return found


def _docstring(node: ast.stmt | None) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str(words))):
            return inspect.cleandoc(words)
    return ""


MODULE = ast.parse(inspect.getsource(forum_file)).body
NAMES = _said_in(MODULE)
FIELDS = {node.name: _said_in(node.body) for node in MODULE if isinstance(node, ast.ClassDef)}


def _said(part: type[Part], name: str) -> tuple[ast.expr, str]:
    """A key's type and docstring, from the part itself or the one it is made from."""
    return next(FIELDS[kind.__name__][name] for kind in part.mro() if name in FIELDS[kind.__name__])


class Key(NamedTuple):
    """A key of a part as the file writes it: its type, pydantic's rules, its docstring."""

    name: str
    type: ast.expr
    info: FieldInfo
    says: str


def _keys(part: type[Part]) -> list[Key]:
    return [
        Key(info.alias or name, type_, info, says)
        for name, info in part.model_fields.items()
        for type_, says in [_said(part, name)]
    ]


def _parts(part: type[Part] = ForumFile, seen: list[type[Part]] | None = None) -> list[type[Part]]:
    """Every part, the whole file first, each before the parts it holds."""
    seen = [] if seen is None else seen
    if part not in seen:
        seen.append(part)
        for key in _keys(part):
            for node in ast.walk(key.type):
                if isinstance(node, ast.Name) and node.id in FIELDS:
                    _parts(getattr(forum_file, node.id), seen)
    return seen


# --- the page -----------------------------------------------------------------------------------


def page() -> str:
    """The introduction, which a person wrote, and below it what the code says."""
    return INTRODUCTION.read_text("utf-8") % {
        "values": table(("Kind of value", "What it is", "Form"), map(_value, VALUES)),
        "parts": "\n\n".join(map(_part, _parts())),
        "refusals": table(
            ("Code", "Sentence"), ([f"`{code}`", str(words)] for code, words in SENTENCES.items())
        ),
    }


def _value(name: str) -> list[str]:
    word, says = VALUES[name]
    docstring = NAMES["Texts" if name == "Text" else name][1]
    return [word, docstring or says, _form(NAMES[name][0])]


def _form(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) if name in NAMES:  # another name for the same kind
            return _form(NAMES[name][0])
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[_, *rules])):
            return ", ".join(filter(None, map(_rule, rules)))
        case ast.Subscript(value=ast.Name(id="Literal")):
            return _type(node)
    return ""


def _part(part: type[Part]) -> str:
    rows = [[f"`{key.name}`", _type(key.type), _needed(key.info), key.says] for key in _keys(part)]
    says = f"{inspect.cleandoc(part.__doc__)}\n\n" if part.__doc__ else ""
    return f"### {part.__name__}\n\n{says}{table(('Key', 'Value', 'Needed', 'Note'), rows)}"


def _needed(info: FieldInfo) -> str:
    if info.is_required():
        return "**yes**"
    return f"else `{json.dumps(info.default)}`" if info.default not in (None, []) else ""


def _type(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            part = f"[{name}](#{name.lower()})"
            return part if name in FIELDS else PLAIN.get(name) or VALUES[name][0]
        case ast.BinOp(left=left):  # `X | None`: whatever is not needed may be null
            return _type(left)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=slice_):
            choices = slice_.elts if isinstance(slice_, ast.Tuple) else [slice_]
            return ", ".join(f"`{ast.literal_eval(choice)}`" for choice in choices)
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return f"list of {_type(inner)}"
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return "keys and values" if _is(key, "str") else f"{_type(key)}: {_type(value)}"
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *rules])):
            return ", ".join([_type(inner), *filter(None, map(_rule, rules))])
    raise NotImplementedError(ast.unparse(node))


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _rule(node: ast.expr) -> str:
    """A `Field(…)` of an annotation in words; a validator says itself what it refuses."""
    if not (isinstance(node, ast.Call) and _is(node.func, "Field")):
        return ""
    said = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
    words = [f"`{said['pattern']}`"] if "pattern" in said else []
    if "le" in said:
        words.append(f"{said['ge']} to {said['le']:,}")
    if "max_length" in said:
        words.append(f"at most {said['max_length']} long")
    return ", ".join(words)


# --- the schema ---------------------------------------------------------------------------------


def schema() -> str:
    """The JSON Schema, with the keys' docstrings as their descriptions."""
    found = ForumFile.model_json_schema(by_alias=True)
    for part in _parts():
        described = found if part is ForumFile else found["$defs"][part.__name__]
        for key in _keys(part):
            if key.says:
                described["properties"][key.name]["description"] = " ".join(key.says.split())
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
