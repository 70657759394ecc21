"""Files as citizens send them, and as attackers do; each small, and made here."""

import io
import struct
import zipfile
import zlib

WHERE = b"GPS 37.5665 126.9780"
"""What a camera wrote: it must be found in no file that is kept."""
HWPX, ODT = b"application/hwp+zip", b"application/vnd.oasis.opendocument.text"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def a_pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog" + inside + b">>endobj\nstartxref\n9\n%%EOF\n"


def packed_objects(words: bytes) -> bytes:
    """A stream of objects, as newer PDFs hide their names in."""
    packed = zlib.compress(words)
    head = b"\n2 0 obj<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return b">>endobj" + head + packed + b"\nendstream endobj 3 0 obj<<"


def _segment(mark: int, body: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body


def a_jpeg(turned: int = 1, behind: bytes = b"") -> bytes:
    """A picture as a telephone takes it: turned, with place and device, a preview behind it."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    tiff = b"II*\x00\x08\x00\x00\x00\x01\x00" + entry + b"\x00\x00\x00\x00" + WHERE
    return b"".join(
        [
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
            _segment(0xE1, b"Exif\x00\x00" + tiff),
            _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + WHERE),
            _segment(0xED, b"Photoshop 3.0\x00" + WHERE),
            _segment(0xFE, WHERE),
            _segment(0xDB, b"\x00" + bytes(64)),
            _segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00"),
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            b"\x12\xff\x00\x34\xff\xd0\x56",
            b"\xff\xd9",
            behind,
        ]
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_png(behind: bytes = b"") -> bytes:
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
            _chunk(b"tEXt", b"Comment\x00" + WHERE),
            _chunk(b"eXIf", WHERE),
            _chunk(b"IDAT", zlib.compress(b"\x00\x00")),
            _chunk(b"IEND", b""),
            behind,
        ]
    )


def a_box(members: "dict[str, bytes]") -> bytes:
    """A packed document of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in members.items():
            box.writestr(name, content)
    return made.getvalue()


def a_hwpx(**more: bytes) -> bytes:
    return a_box(
        {
            "mimetype": HWPX,
            "Contents/section0.xml": b"<?xml version='1.0'?><sec/>",
            "Scripts/headerScripts": b"var x;",
            **more,
        }
    )


def an_odt(**more: bytes) -> bytes:
    return a_box({"mimetype": ODT, "content.xml": b"<content/>", **more})


def a_docx(kind: str = DOCX_TYPE, **more: bytes) -> bytes:
    types = f'<Types><Override ContentType="{kind}"/></Types>'.encode()
    return a_box({"[Content_Types].xml": types, "word/document.xml": b"<w/>", **more})


def a_hwp() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"HWP Document File" + bytes(200)
