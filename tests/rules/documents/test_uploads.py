"""What file may be handed in: known by how it begins, whatever it is called."""

import pytest

from madang.documents.rules.uploads import LARGEST, Upload, check_upload
from madang.foundation.refusals import NotValid

TAKEN = {
    "a PDF": (b"%PDF-1.7\n", ("application/pdf", ".pdf")),
    "a PNG": (b"\x89PNG\r\n\x1a\n....", ("image/png", ".png")),
    "a JPEG": (b"\xff\xd8\xff\xe0....", ("image/jpeg", ".jpg")),
    "as large as may be": (b"%PDF-".ljust(LARGEST, b"x"), ("application/pdf", ".pdf")),
}
REFUSED = {
    "nothing": (b"", "documents.no_file"),
    "a page that calls itself a PDF": (b"<html>%PDF-", "documents.file_kind"),
    "a drawing that can run": (b"<svg onload=alert(1)>", "documents.file_kind"),
    "a packed file": (b"PK\x03\x04", "documents.file_kind"),
    "one byte too many": (b"%PDF-".ljust(LARGEST + 1, b"x"), "documents.file_too_large"),
}


@pytest.mark.parametrize(("content", "kind"), TAKEN.values(), ids=TAKEN)
def test_a_scan_or_a_print_is_taken_as_what_it_is(content, kind):
    assert check_upload(Upload("../결재.svg", content)) == kind


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused(content, code):
    with pytest.raises(NotValid) as refused:
        check_upload(Upload("approval.pdf", content))

    assert refused.value.code == code
