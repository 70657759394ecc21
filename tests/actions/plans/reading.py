"""Read a paper as a program that reads aloud does: its words page by page, its tags, its marks."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


class Paper:
    """A PDF opened for reading."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(content))

    @property
    def standards(self) -> set[str]:
        about = self.pdf.open_metadata()
        found = {"ua-1"} if about.get("pdfuaid:part") == "1" else set()
        if about.get("pdfaid:part"):
            found.add(f"a-{about['pdfaid:part']}{about['pdfaid:conformance'].lower()}")
        return found

    @property
    def about(self) -> dict[str, str]:
        return {str(key): str(value) for key, value in self.pdf.docinfo.items()}

    @property
    def bookmarks(self) -> list[str]:
        with self.pdf.open_outline() as outline:
            return [item.title for top in outline.root for item in (top, *top.children)]

    @property
    def tags(self) -> list[tuple[str, dict[str, str]]]:
        """Every tag in reading order, with its language and its alternative words."""
        return list(_tags(self.pdf.Root.StructTreeRoot.K))

    @property
    def pages(self) -> list[str]:
        """The words of each page, spaces left out: where a line ends is the setter's matter."""
        return [_words(page) for page in self.pdf.pages]

    @property
    def words(self) -> str:
        return "".join(self.pages)

    @property
    def addresses(self) -> list[str]:
        """Where the paper's links to the world outside lead."""
        notes = [note for page in self.pdf.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if "/URI" in note.get("/A", {})]


def _tags(element: Any) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(element, pikepdf.Array):
        for part in element:
            yield from _tags(part)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            keys = ("/Lang", "/Alt")
            yield str(element.S), {key: str(element[key]) for key in keys if key in element}
        if "/K" in element:
            yield from _tags(element.K)


def _words(page: pikepdf.Page) -> str:
    signs = {str(name): _signs(font) for name, font in page.resources.get("/Font", {}).items()}
    found, here = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "Tf":
            here = signs[str(operands[0])]
        elif operator == "Tj":
            found.append(_read(bytes(operands[0]), here))
        elif operator == "TJ":
            texts = [part for part in operands[0] if isinstance(part, pikepdf.String)]
            found += [_read(bytes(text), here) for text in texts]
    return re.sub(r"\s", "", "".join(found))


def _read(codes: bytes, signs: dict[int, str]) -> str:
    pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
    return "".join(signs.get(int.from_bytes(pair, "big"), "") for pair in pairs)


def _signs(font: Any) -> dict[int, str]:
    """The font's own table from its glyphs to what they say."""
    table = font.ToUnicode.read_bytes()
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        here = _HEX.findall(block)
        for code, sign in zip(here[::2], here[1::2], strict=True):
            found[int(code, 16)] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        here = _HEX.findall(block)
        for first, last, sign in zip(here[::3], here[1::3], here[2::3], strict=True):
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(int(sign, 16) + step)
    return found
