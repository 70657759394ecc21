"""Make the font files Madang ships from Pretendard and Noto Serif CJK KR.

Run as docs/fonts.md says, with fonttools and brotli in an environment of their own.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B]
SIGNS = [
    *range(0x2000, 0x20A0),  # punctuation, superscripts
    *range(0x2100, 0x2200),  # letterlike signs, number forms, arrows
    *range(0x2460, 0x2480),  # circled numbers
    *range(0x25A0, 0x2600),  # shapes
    *range(0x3000, 0x3020),  # Korean brackets and their kin
    *map(ord, "₩€−≈≠≤≥★☆✓✕✗"),
]
JAMO = range(0x3131, 0x318F)
# The order of the faces in the collection is Japanese, Korean, then the three Chinese ones.
KOREAN_FACE = 1
SYLLABLES = range(0xAC00, 0xD7A4)
# Python writes the other syllables in eight bytes; the standard's own take two.
KS_X_1001 = [c for c in SYLLABLES if len(chr(c).encode("euc_kr")) == 2]
COMMON = [*LATIN, *SIGNS, *JAMO, *KS_X_1001]
RARE = sorted({*SYLLABLES} - {*KS_X_1001})


def subset(font: TTFont, characters: Iterable[int]) -> TTFont:
    options = Options()
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern", "tnum", "case"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17, 25]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    font.recalcTimestamp = False  # the same sources give the same bytes
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the font its own name: the licence reserves the old one for the original."""
    postscript = f"{family}-{style}".replace(" ", "")
    names = {
        1: family,
        2: style,
        3: f"Madang;{postscript}",
        4: f"{family} {style}",
        6: postscript,
        16: None,
        17: None,
        25: family.replace(" ", "") if "fvar" in font else None,
    }
    for number, value in names.items():
        font["name"].removeNames(nameID=number)
        if value:
            font["name"].setName(value, number, 3, 1, 0x409)
    for record in font["name"].names:  # the named weights of a variable font
        record.string = record.toUnicode().replace("PretendardVariable-", postscript[:-7])
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {style}"


def web(source: Path, target: Path) -> None:
    """The variable cut for pages: the weights that the style sheet uses, no others."""
    font = subset(TTFont(source), COMMON)
    font = instantiateVariableFont(font, {"wght": (400, 400, 700)})
    rename(font, "Madang Text", "Regular")
    font.flavor = "woff2"
    font.save(target)


def rare(source: Path, target: Path) -> None:
    """The syllables `web` leaves out, in one weight: fetched where one of them is on the page."""
    font = subset(TTFont(source), RARE)
    font = instantiateVariableFont(font, {"wght": 400})
    rename(font, "Madang Rare", "Regular")
    font.flavor = "woff2"
    font.save(target)


def paper(font: TTFont, target: Path, *, name: tuple[str, str], characters: Iterable[int]) -> None:
    """A static cut for the papers; the PDF maker reads OpenType only."""
    font = subset(font, characters)
    rename(font, *name)
    font.save(target)


def main(pretendard: Path, noto: Path, web_folder: Path, paper_folder: Path) -> None:
    variable = pretendard / "public/variable/PretendardVariable.ttf"
    web(variable, web_folder / "madang-text.woff2")
    rare(variable, web_folder / "madang-rare.woff2")
    for style in ("Regular", "Bold"):
        paper(
            TTFont(pretendard / f"public/static/Pretendard-{style}.otf"),
            paper_folder / f"MadangSans-{style}.otf",
            name=("Madang Sans", style),
            characters=[*COMMON, *RARE],
        )
        paper(
            TTFont(noto / f"NotoSerifCJK-{style}.ttc", fontNumber=KOREAN_FACE),
            paper_folder / f"MadangSerif-{style}.otf",
            name=("Madang Serif", style),
            characters=COMMON,
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
