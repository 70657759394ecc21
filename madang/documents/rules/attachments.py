"""What a file that someone attaches really is, and what of it is kept.

It runs in a process of its own (`documents/looking.py`), so it imports the standard library alone.
A file is known by its content; its name says nothing. Pictures lose what cameras write into them
(place, device, owner, a smaller picture of what was cut away) and keep how they are turned.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024
"""The most bytes of a file. Source: UX.md P1, step 2."""
UNPACKED = 80 * 1024 * 1024
MEMBERS = 2_000
RATIO = 200
"""What a packed file may become: bytes in all, files, and times its size for one of them."""
KINDS = "PDF, HWPX, DOCX, ODT, JPG, PNG"


class Unfit(Exception):
    """A file that is not taken; `code` is that of the refusal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Looked:
    """What a file is, and the bytes of it that are kept."""

    media_type: str
    ending: str
    content: bytes


def look(content: bytes) -> Looked:
    """Raises Unfit: documents.attached_*."""
    if len(content) > LARGEST:
        raise Unfit("documents.attached_large")
    for beginning, read in _READERS:
        if content.startswith(beginning):
            try:
                return read(content)
            except (IndexError, struct.error, ValueError, zlib.error, zipfile.BadZipFile) as error:
                raise Unfit("documents.attached_broken") from error
    raise Unfit("documents.attached_kind")


# --- what is not taken ---------------------------------------------------------------------------


def _old_office(content: bytes) -> Looked:
    # The older HWP and the older Office keep their files in the same kind of box.
    hwp = b"HWP Document File" in content
    raise Unfit("documents.attached_hwp" if hwp else "documents.attached_old")


# --- PDF -----------------------------------------------------------------------------------------

_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm)(?![A-Za-z])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_STREAM_MOST = 20 * 1024 * 1024


def _pdf(content: bytes) -> Looked:
    if b"%%EOF" not in content[-4096:] or b"startxref" not in content[-8192:]:
        raise Unfit("documents.attached_broken")
    for words in (content, *_packed_objects(content)):
        plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), words)
        if _LOCKED.search(plain):
            raise Unfit("documents.attached_locked")
        if _ACTIVE.search(plain):
            raise Unfit("documents.attached_active")
    return Looked("application/pdf", ".pdf", content)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """What stands in packed streams of objects: there names hide from whoever reads the file."""
    left = _STREAM_MOST
    for match in _STREAM.finditer(content):
        if b"ObjStm" not in content[max(0, match.start() - 400) : match.start()]:
            continue
        try:
            words = zlib.decompressobj().decompress(content[match.end() :], left)
        except zlib.error:
            continue
        left -= len(words)
        if left <= 0:
            raise Unfit("documents.attached_broken")
        yield words


# --- pictures ------------------------------------------------------------------------------------

_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs hIST sPLT".split()
)


def _png(content: bytes) -> Looked:
    kept, place, kind = [_PNG_SIGN], len(_PNG_SIGN), b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + size
        chunk = content[place:end]
        if len(chunk) != 12 + size or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Unfit("documents.attached_broken")
        if (place == len(_PNG_SIGN)) != (kind == b"IHDR"):
            raise Unfit("documents.attached_broken")
        if kind in _PNG_KEPT:
            kept.append(chunk)
        place = end
    # What stands behind the end is no picture.
    return Looked("image/png", ".png", b"".join(kept))


_ENTROPY_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_FRAME = frozenset(range(0xC0, 0xD0)) | frozenset((0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF))
_BESIDE = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
"""What of the segments beside the picture itself is kept: its measures and its colours."""


def _jpeg(content: bytes) -> Looked:
    kept, turned, place, frames = [b"\xff\xd8"], 1, 2, 0
    while True:
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        if content[place] != 0xFF:
            raise Unfit("documents.attached_broken")
        mark = content[place + 1]
        if mark == _END_OF_IMAGE:
            break
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        body = content[place + 4 : end]
        if end < place + 4 or end > len(content):
            raise Unfit("documents.attached_broken")
        if mark == 0xE1 and body.startswith(b"Exif\x00\x00"):
            turned = _turned(body[6:])
        if mark in _FRAME or (mark in _BESIDE and body.startswith(_BESIDE[mark])):
            kept.append(content[place:end])
        frames += 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC)
        place = end
        if mark == _START_OF_SCAN:
            found = _ENTROPY_ENDS.search(content, place)
            if found is None:
                raise Unfit("documents.attached_broken")
            kept.append(content[place : found.start()])
            place = found.start()
    if not frames:
        raise Unfit("documents.attached_broken")
    if turned in range(2, 9):
        kept.insert(1, _turn(turned))
    # A second picture may hang behind the end, with all that was taken from the first.
    return Looked("image/jpeg", ".jpg", b"".join([*kept, b"\xff\xd9"]))


def _turned(tiff: bytes) -> int:
    """How a camera says the picture is to be turned: 1 to 8."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[start : start + 2])
        for n in range(min(count, 200)):
            entry = tiff[start + 2 + 12 * n : start + 14 + 12 * n]
            tag, kind, _many, value = struct.unpack(f"{order}HHIH", entry[:10])
            if (tag, kind) == (0x0112, 3):
                return int(value)
    except struct.error:
        pass
    return 1


def _turn(value: int) -> bytes:
    """A segment that says how the picture is turned, and nothing else."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, value, 0)
    body = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# --- packed documents ----------------------------------------------------------------------------

_HWPX, _ODT = b"application/hwp+zip", b"application/vnd.oasis.opendocument.text"
_DOCX = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MACROS = re.compile(
    r"vbaproject\.bin$|vbadata\.xml$|^basic/|^scripts/(?!headerscripts|sourcescripts)", re.I
)
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_SEALED = re.compile(rb"encryption-data|EncryptedPackage")


def _packed(content: bytes) -> Looked:
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        members = _checked_members(box)
        kind = _kind_of(box, {member.filename for member in members})
        for member in members:
            _check_member(box, member)
    return Looked(*kind, content)


def _checked_members(box: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = box.infolist()
    names = [member.filename for member in members]
    odd = any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\x00" in name
        for name in names
    )
    sizes = sum(member.file_size for member in members)
    if odd or len(set(names)) != len(names) or len(members) > MEMBERS or sizes > UNPACKED:
        raise Unfit("documents.attached_broken")
    if any(member.flag_bits & 1 for member in members):
        raise Unfit("documents.attached_locked")
    if any(member.external_attr >> 28 == 0xA for member in members):
        raise Unfit("documents.attached_broken")  # a link to elsewhere
    return members


def _kind_of(box: zipfile.ZipFile, names: set[str]) -> tuple[str, str]:
    said = box.open("mimetype").read(200).strip() if "mimetype" in names else b""
    if said == _HWPX and any(re.fullmatch(r"Contents/section\d+\.xml", name) for name in names):
        return _HWPX.decode(), ".hwpx"
    if said == _ODT and "content.xml" in names:
        return _ODT.decode(), ".odt"
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        types = box.open("[Content_Types].xml").read(200_000)
        if b"macroEnabled" in types:
            raise Unfit("documents.attached_active")
        if _DOCX + b".main+xml" in types:
            return _DOCX.decode(), ".docx"
    raise Unfit("documents.attached_kind")


def _check_member(box: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read one whole: what it says of its size is not to be believed."""
    if _MACROS.search(member.filename):
        raise Unfit("documents.attached_active")
    read, most = 0, min(UNPACKED, max(1_000_000, member.compress_size * RATIO))
    tail = b""
    with box.open(member) as file:
        while piece := file.read(1 << 18):
            if not read and piece.startswith((b"MZ", b"\x7fELF", b"#!")):
                raise Unfit("documents.attached_active")
            read += len(piece)
            if read > most:
                raise Unfit("documents.attached_broken")
            words = (tail + piece).replace(b"\x00", b"")
            if member.filename.lower().endswith((".xml", ".rels", ".hpf", ".rdf")):
                if _DECLARES.search(words):
                    raise Unfit("documents.attached_broken")
                if _SEALED.search(words):
                    raise Unfit("documents.attached_locked")
            tail = piece[-64:]


_READERS: tuple[tuple[bytes, Callable[[bytes], Looked]], ...] = (
    (b"%PDF-", _pdf),
    (_PNG_SIGN, _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"PK\x03\x04", _packed),
    (b"\xd0\xcf\x11\xe0", _old_office),
    (b"HWP Document File", _old_office),
)
