"""How well and how fast the engine finds similar proposals: `make bench ARGS=similar`."""

import gc
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from bench import shared
from bench.__main__ import at_least, at_most
from bench.invented import invented
from madang.calls.rules.similar.fingerprints import fingerprint
from madang.calls.rules.similar.forms import form_sentences
from madang.calls.rules.similar.groups import groups
from madang.calls.rules.similar.many import read_all
from madang.calls.rules.similar.pairs import NEAR, Among, score
from madang.calls.rules.similar.rarity import Rarity

SIZES = {1_130: 1.0, 20_000: 5.0, 181_000: None}
"""How many texts, and within how many seconds; of the largest we only want to see where it stands."""
ASKED = 400


def quality() -> None:
    """What people judged, against what the engine says."""
    pairs = shared.question_pairs()
    read = [(fingerprint(a), fingerprint(b)) for a, b, _ in pairs]
    same = [label for _, _, label in pairs]
    rarity = Rarity(text for pair in read for text in pair)
    told = [score(a, b, rarity) for a, b in read]
    found = area(told, same)
    _tell(f"same question, {len(pairs)} Korean pairs: AUC", found, at_least(found, 0.93))
    alone = Rarity()
    _tell(
        "the same, each pair by itself: AUC",
        area([score(a, b, alone) for a, b in read], same),
        "no aim",
    )
    rows = shared.paraphrases()
    tuned, kept = ([row for row in rows if _half(row[1]) == half] for half in (0, 1))
    for words, part in (("all", rows), ("the half tuned on", tuned), ("the other half", kept)):
        numbers = [number for _, number in part]
        among = Among(fingerprint(text) for text, _ in part)
        right = pairwise_f1(groups(among.pairs(), NEAR, among.score), numbers)
        _tell(
            f"groups of ten Korean paraphrases, {words} ({len(part)}): F1",
            right,
            at_least(right, 0.6) if part is rows else "",
        )


def speed() -> None:
    """Each size in a process of its own, so that memory is its own too."""
    for size, aim in SIZES.items():
        command = [sys.executable, "-m", "bench.similar", str(size)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
        took = json.loads(ran.stdout)
        print(
            f"similar among {size:,}: pairs and groups {took['waited']:.2f} s"
            f" ({at_most(took['waited'], aim) if aim else 'no aim'};"
            f" {took['spent']:.2f} s of processor), read at intake {took['read']:.2f} s;"
            f" {took['found']} pairs, {took['groups']} groups, {took['recall']:.1%} of edited"
            f" copies found, {took['memory']:.0f} MB",
            flush=True,
        )
        print(
            f"one new among {size:,}: {took['one']:.2f} ms of processor, 95 of 100 within {took['slow']:.2f} ms"
            f" {'(' + at_most(took['slow'], 20) + ')' if size == 20_000 else ''}",
            flush=True,
        )


def similar() -> None:
    """Quality and speed; says so where the texts of others are not there."""
    if not shared.folder().is_dir():
        print(f"similar: skipped, for there are no texts in {os.path.relpath(shared.folder())}")
        return
    quality()
    speed()


def area(told: Sequence[float], same: Sequence[bool]) -> float:
    """The chance that a pair that is the same scores above one that is not; a tie is a half."""
    ranks: dict[float, float] = {}
    below = 0
    for value, count in sorted(Counter(told).items()):
        ranks[value] = below + (count + 1) / 2
        below += count
    positive = sum(same)
    won = sum(ranks[value] for value, yes in zip(told, same, strict=True) if yes)
    return (won - positive * (positive + 1) / 2) / (positive * (len(same) - positive))


def pairwise_f1(found: Sequence[Sequence[int]], truth: Sequence[Hashable]) -> float:
    """Of the pairs that stand in one group, found and true: the harmonic mean of both parts."""
    right = sum(_pairs(Counter(truth[place] for place in group).values()) for group in found)
    said, true = _pairs(map(len, found)), _pairs(Counter(truth).values())
    return 2 * right / (said + true)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _half(number: str) -> int:
    return hashlib.sha256(number.encode()).digest()[0] % 2


def _tell(what: str, value: float, aim: str) -> None:
    print(f"{what:<74} {value:6.3f}  {aim}", flush=True)


def _measure(size: int) -> dict[str, float]:
    texts, copies = invented(size)
    gc.disable()
    since = time.perf_counter()
    read = read_all(texts, form_sentences(texts))
    took = {"read": time.perf_counter() - since}
    began, since = time.process_time(), time.perf_counter()
    among = Among(read)
    pairs = among.pairs()
    found = groups(pairs, NEAR, among.score)
    took |= {"spent": time.process_time() - began, "waited": time.perf_counter() - since}
    linked = {(pair.a, pair.b) for pair in pairs}
    took |= {"found": len(pairs), "groups": len(found)}
    took["recall"] = len(linked.intersection(copies)) / len(copies)
    took["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    others = [fingerprint(text) for text in invented(ASKED, seed=5)[0]]
    among.nearest(others[0])
    waits = []
    for text in others:
        # Of processor: with others on the machine, a wait of 20 ms says nothing about 1 ms of work.
        began = time.process_time()
        among.nearest(text)
        waits.append((time.process_time() - began) * 1000)
    took |= {"one": statistics.median(waits), "slow": sorted(waits)[int(0.95 * len(waits))]}
    return took


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
