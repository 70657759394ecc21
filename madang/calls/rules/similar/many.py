"""Many texts read at once, by all the machine's processors.

For a process of its own, such as a command: it forks, which a server with threads must not.
"""

import os
import sys
from collections.abc import Collection, Sequence

from madang.calls.rules.similar.fingerprints import Fingerprint, fingerprint, pack, unpack

FEW = 4_000
"""Up to so many texts another process is not worth its start."""
PORTION = 1_000


def read_all(texts: Sequence[str], form: Collection[str] = ()) -> "list[Fingerprint[int]]":
    """The fingerprints of the texts, in order."""
    processors = os.cpu_count() or 1
    if len(texts) <= FEW or processors < 2 or sys.platform != "linux":
        return [fingerprint(text, form) for text in texts]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    portions = [(texts[n : n + PORTION], form) for n in range(0, len(texts), PORTION)]
    with ProcessPoolExecutor(processors, mp_context=get_context("fork")) as processes:
        return [unpack(kept) for read in processes.map(_read, portions) for kept in read]


def _read(portion: tuple[Sequence[str], Collection[str]]) -> list[bytes]:
    texts, form = portion
    return [pack(fingerprint(text, form)) for text in texts]
