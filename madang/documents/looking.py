"""Looking at a file that a stranger sent, in a process of its own with little time and memory.

Whatever is wrong with such a file ends that process and no other. Started as a script it is that
process: it reads the file from its input and answers with one line of JSON and the bytes to keep.
"""

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import BoundedSemaphore

SECONDS, CPU_SECONDS, MEMORY = 10, 5, 512 * 1024 * 1024
"""How long one file may take, by the clock and by the processor, and how many bytes of memory.
Source: SECURITY.md, uploads; the clock's time is twice the processor's."""
AT_ONCE = 2
_turns = BoundedSemaphore(AT_ONCE)
SCRIPT = Path(__file__)


def look_at(content: bytes) -> "tuple[str, str, bytes]":
    """The media type of a file, its ending, and what of it is kept.

    Raises NotValid: documents.attached_empty, documents.attached_large, documents.attached_kind,
    documents.attached_broken, documents.attached_locked, documents.attached_active,
    documents.attached_hwp, documents.attached_old. Raises NotNow: documents.attached_busy.
    """
    from madang.documents.rules.attachments import KINDS, LARGEST
    from madang.foundation.refusals import NotNow, NotValid

    if not content:
        raise NotValid("documents.attached_empty", field="file")
    if not _turns.acquire(timeout=SECONDS):
        raise NotNow("documents.attached_busy", field="file")
    try:
        code, media_type, ending, kept = _ask(content)
    finally:
        _turns.release()
    if code:
        most = LARGEST // 1024**2
        now = -(-len(content) // 1024**2)
        raise NotValid(code, field="file", kinds=KINDS, most=most, now=now)
    return media_type, ending, kept


def _ask(content: bytes) -> "tuple[str, str, str, bytes]":
    # -I and -S: nothing of the environment, no packages; what it needs stands beside it.
    command = [sys.executable, "-I", "-S", "-B", str(SCRIPT)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, cwd="/", env={}
        )
    except subprocess.TimeoutExpired:
        return "documents.attached_broken", "", "", b""
    line, _end, kept = done.stdout.partition(b"\n")
    if done.returncode or not line:
        return "documents.attached_broken", "", "", b""
    told = json.loads(line)
    return told["code"], told["media_type"], told["ending"], kept


def _main() -> None:
    _bind()
    spec = spec_from_file_location("attachments", SCRIPT.parent / "rules" / "attachments.py")
    assert spec and spec.loader
    # A dataclass looks for its own module by name.
    attachments = sys.modules["attachments"] = module_from_spec(spec)
    spec.loader.exec_module(attachments)
    told = {"code": "", "media_type": "", "ending": ""}
    kept = b""
    try:
        found = attachments.look(sys.stdin.buffer.read(attachments.LARGEST + 1))
        told |= {"media_type": found.media_type, "ending": found.ending}
        kept = found.content
    except attachments.Unfit as unfit:
        told["code"] = unfit.code
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + kept)


def _bind() -> None:
    """Take from this process what it does not need."""
    try:
        import resource
    except ImportError:  # not a Unix: the clock's time alone holds
        return
    limits = (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # some systems know a limit and don't set it
            continue


if __name__ == "__main__":
    _main()
