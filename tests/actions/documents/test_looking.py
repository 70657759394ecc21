"""Files of strangers are looked at in a process of its own, which may not take long or grow."""

import pytest

from madang.documents import looking
from madang.documents.looking import look_at
from madang.documents.rules.attachments import look
from madang.foundation.refusals import NotValid
from tests.makers.files import a_hwp, a_hwpx, a_jpeg, a_pdf


@pytest.mark.parametrize("made", [a_pdf, a_jpeg, a_hwpx])
def test_the_other_process_says_what_the_rule_says(made):
    found = look(made())

    assert look_at(made()) == (found.media_type, found.ending, found.content)


def test_a_refusal_comes_through_with_its_figures():
    with pytest.raises(NotValid) as refused:
        look_at(a_hwp())

    assert refused.value.code == "documents.attached_hwp"
    assert (refused.value.facts["most"], refused.value.facts["field"]) == (10, "file")


ROGUES = {
    "it never ends": "while True: pass",
    "it waits": "import time; time.sleep(60)",
    "it grows": "x = bytearray(2 * 1024**3)",
    "it breaks": "raise SystemError",
    "it writes": "open(__file__ + '.txt', 'wb').write(b'x')",
    "it says nothing": "pass",
}


@pytest.mark.parametrize("rogue", ROGUES.values(), ids=ROGUES)
def test_whatever_a_file_does_to_its_process_is_a_sentence(rogue, tmp_path, monkeypatch):
    source = looking.SCRIPT.read_text("utf-8").replace(
        "    spec = spec_from", f"    {rogue}\n    return\n    spec = spec_from"
    )
    script = tmp_path / "rogue.py"
    script.write_text(source, "utf-8")
    monkeypatch.setattr(looking, "SCRIPT", script)
    monkeypatch.setattr(looking, "SECONDS", 2)

    with pytest.raises(NotValid, match="attached_broken"):
        look_at(a_pdf())

    written = script.with_name("rogue.py.txt")
    assert not written.exists() or written.read_bytes() == b""
