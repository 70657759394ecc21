"""What a file is, by its content; what is not taken; and what is taken out of pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.documents.rules.attachments import LARGEST, Unfit, look
from tests.makers.files import (
    WHERE,
    a_box,
    a_docx,
    a_hwp,
    a_hwpx,
    a_jpeg,
    a_pdf,
    a_png,
    an_odt,
    packed_objects,
)

TAKEN = {
    "a PDF": (a_pdf(), ".pdf"),
    "a picture of a telephone": (a_jpeg(), ".jpg"),
    "a drawing": (a_png(), ".png"),
    "HWPX, with the empty scripts that Hangul writes": (a_hwpx(), ".hwpx"),
    "an ODT": (an_odt(), ".odt"),
    "a DOCX": (a_docx(), ".docx"),
}


@pytest.mark.parametrize(("content", "ending"), TAKEN.values(), ids=TAKEN)
def test_what_can_be_taken_is_known_by_its_content(content, ending):
    assert look(content).ending == ending


REFUSED = {
    "words": (b"hello", "kind"),
    "a page": (b"<html><script>alert(1)</script>", "kind"),
    "a drawing with a script": (b"<svg onload='x()'/>", "kind"),
    "a program": (b"MZ\x90\x00", "kind"),
    "a box of anything": (a_box({"a.txt": b"x"}), "kind"),
    "a spreadsheet": (a_box({"[Content_Types].xml": b"spreadsheetml", "xl/w.xml": b""}), "kind"),
    "HWP": (a_hwp(), "hwp"),
    "HWP of the nineties": (b"HWP Document File V3.00 \x1a", "hwp"),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + bytes(600), "old"),
    "a PDF cut off": (a_pdf()[:40], "broken"),
    "a locked PDF": (a_pdf(b"/Encrypt 5 0 R"), "locked"),
    "a PDF that runs": (a_pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "active"),
    "a PDF that hides its name": (a_pdf(b"/OpenAction<</S/J#61vaScript>>"), "active"),
    "a PDF that packs it away": (a_pdf(packed_objects(b"<</S/Launch/F(x)>>")), "active"),
    "a PDF that carries files": (a_pdf(b"/Names<</EmbeddedFiles 4 0 R>>"), "active"),
    "a picture cut off": (a_jpeg()[:-4], "broken"),
    "a drawing cut off": (a_png()[:-4], "broken"),
    "a drawing that was altered": (a_png().replace(b"IDAT", b"IDBT"), "broken"),
    "a picture that says it is longer": (b"\xff\xd8\xff\xe0\xff\xff\x00", "broken"),
    "a broken box": (a_hwpx()[:-30], "broken"),
    "a box that leads out": (a_hwpx(**{"../../etc/passwd": b"x"}), "broken"),
    "a box that declares entities": (
        a_hwpx(**{"Contents/a.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>"}),
        "broken",
    ),
    "a bomb": (a_hwpx(**{"BinData/a.bmp": bytes(70_000_000)}), "broken"),
    "a macro": (a_docx(**{"word/vbaProject.bin": b"x"}), "active"),
    "a file for macros": (a_docx("application/vnd.ms-word.document.macroEnabled.x"), "active"),
    "macros of an ODT": (an_odt(**{"Basic/Standard/a.xml": b"<x/>"}), "active"),
    "a program in a box": (a_hwpx(**{"BinData/a.ole": b"MZ\x90"}), "active"),
    "a locked box": (an_odt(**{"META-INF/manifest.xml": b"<x:encryption-data/>"}), "locked"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_taken_is_refused_by_its_reason(content, why):
    with pytest.raises(Unfit) as refused:
        look(content)

    assert refused.value.code == f"documents.attached_{why}"


def test_ten_megabytes_are_taken_and_one_byte_more_is_not():
    whole = a_pdf()
    filled = whole[:9] + b" " * (LARGEST - len(whole)) + whole[9:]

    assert len(look(filled).content) == LARGEST
    with pytest.raises(Unfit, match="large"):
        look(filled + b" ")


@pytest.mark.parametrize("made", [a_jpeg, a_png])
def test_what_a_camera_wrote_is_taken_out_and_the_picture_stays(made):
    kept = look(made(behind=made())).content

    assert WHERE in made() and WHERE not in kept
    assert look(kept).content == kept


@pytest.mark.parametrize("turned", [1, 6, 8])
def test_a_picture_stays_turned_as_it_was_taken(turned):
    kept = look(a_jpeg(turned=turned)).content

    said = b"\x01\x12\x00\x03\x00\x00\x00\x01" + bytes([0, turned])
    assert (said in kept) == (turned > 1)


BEGINNINGS = [one[:n] for one, _ in TAKEN.values() for n in (4, 8, 60)]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
def test_whatever_follows_a_known_beginning_it_is_taken_or_refused(beginning, rest):
    try:
        look(beginning + rest)
    except Unfit as refused:
        assert refused.code.startswith("documents.attached_")
