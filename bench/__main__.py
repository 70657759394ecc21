"""Print how much our pages cost against bare views that read and render the same rows.

Both sides run in this process, in turns, through the whole middleware, without a network. A
ratio under about 1.5 means little more than noise on a busy machine.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any

ROUNDS = 40
Call = Callable[[], object]


def timed(call: Call, between: Call) -> float:
    between()
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def ratio(
    ours: Call, bare: Call, between: Call = lambda: None, rounds: int = ROUNDS
) -> tuple[float, float]:
    """The medians of both, in milliseconds, taken in turns."""
    for call in (ours, bare):
        between()
        call()
    pairs = [(timed(ours, between), timed(bare, between)) for _ in range(rounds)]
    return tuple(statistics.median(side) * 1000 for side in zip(*pairs, strict=True))  # type: ignore[return-value]


def at_least(rate: float, aim: float) -> str:
    """The aim of a rate, and whether it was reached; what would be rounded up to it was not."""
    return f"at least {aim:g}: {'within' if rate >= aim else 'short of it'}"


def at_most(value: float, aim: float) -> str:
    """The aim of what should stay small, and whether it did."""
    return f"at most {aim:g}: {'within' if value <= aim else 'over'}"


def line(what: str, ours: float, bare: float, most: float | None = None, unit: str = "ms") -> None:
    """Print both sides and their ratio, which should be `most` at most; None: no aim yet."""
    aim = "no aim yet" if most is None else at_most(ours / bare, most)
    print(f"{what:<58} {ours:9.2f} {bare:9.2f} {unit:<3} {ours / bare:6.2f}×  {aim}")


def set_up(data: Path) -> None:
    os.environ["MADANG_DATA"] = str(data)
    (data / "static").mkdir()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from bench.rows import fill

    call_command("migrate", verbosity=0)
    fill()


def pages() -> None:
    from django.core.cache import cache

    from bench.asking import ask, handler

    get, plain = handler(), handler(without="madang.web.middleware.public_cache")
    for rows, number in ((15, 15), (150, 16)):
        ours = ask(get, f"/plans/{number}/commitments/")
        bare = ask(get, f"/bare/plans/{number}/commitments/")
        line(
            f"list of {rows} commitments / bare view",
            *ratio(ours, bare, cache.clear),
            2,
        )
    ours, bare = ask(get, "/plans/15/commitments/6/"), ask(get, "/bare/plans/15/commitments/6/")
    line("one commitment / bare view", *ratio(ours, bare, cache.clear), 2)
    repeated, kept = ask(get, "/plans/15/commitments/"), ask(plain, "/bare/kept/")
    line(
        "repeated visit, kept page / bare kept view",
        *ratio(repeated, kept, rounds=400),
        1.3,
    )
    again = ask(get, "/plans/15/commitments/", etag=True)
    line("repeated visit, 304 / bare kept view", *ratio(again, kept, rounds=400), 1.3)


def differences() -> None:
    from django.core.cache import cache

    from bench.asking import ask, handler
    from bench.writing import COMMITMENTS, PLAN, VERSIONS, size_of_a_text, write_versions

    write_versions()
    get = handler()
    print(f"  {COMMITMENTS} commitments, {VERSIONS} versions each, {size_of_a_text()} characters")
    pairs = [(1, VERSIONS), (VERSIONS // 2, VERSIONS), (1, VERSIONS // 2), (VERSIONS - 1, VERSIONS)]
    found = []
    for number, (old, new) in product(range(1, COMMITMENTS + 1), pairs):
        address = f"/plans/{PLAN}/draft/{number}/history/?from={old}&to={new}"
        calls = ask(get, address), ask(get, f"/bare{address}")
        ours, bare = ratio(*calls, cache.clear, rounds=5)
        found.append((ours / bare, f"commitment {number}, versions {old} and {new}", calls))
    found.sort(key=itemgetter(0))
    for what, (_rough, which, calls) in (("middle", found[len(found) // 2]), ("worst", found[-1])):
        ours, bare = ratio(*calls, cache.clear)
        print(f"  of {len(found)} pairs the {what}: {which}")
        line("two versions compared / bare view", ours, bare, 3)


def acts() -> None:
    from django.db import transaction

    from bench.rows import act, bare_act
    from madang.record.verify import Verdict, verify

    line("an act with its entry / the same write, bare", *ratio(act, bare_act))
    began = time.perf_counter()
    found = verify()
    took = time.perf_counter() - began
    assert found.verdict is Verdict.FINE
    print(f"{'verify the record':<58} {found.size / took:9.0f} entries/s")
    assert not transaction.get_connection().in_atomic_block


def votes() -> None:
    from django.db import connection

    from bench.votes import casts_per_second

    # SQLite has one writer, and one web process serves it best; a server is asked by several.
    aim, processes = {"postgresql": (100, 2)}.get(connection.vendor, (50, 1))
    what = f"casts per second, 8 clients in {processes}, {connection.vendor}"
    rate = casts_per_second(processes=processes)
    print(f"{what:<58} {rate:9.1f} /s  {at_least(rate, aim)}")


def proposals() -> None:
    from django.db import connection

    from bench.proposals import posts_per_second

    aim, processes = {"postgresql": (100, 2)}.get(connection.vendor, (50, 1))
    what = f"proposals by the form per second, 8 in {processes}, {connection.vendor}"
    rate = posts_per_second(processes=processes)
    print(f"{what:<58} {rate:9.1f} /s  {at_least(rate, aim)}")


def memory() -> None:
    from bench.asking import handler
    from bench.rows import add_proposals

    get = handler()
    peaks = [peak(get, f"/plans/{plan}/commitments.csv") for plan in (16, 15)]
    line("memory of a table, 150 rows / 15 rows", *peaks, 10, "KiB")
    peaks = []
    for count in (2_000, 20_000):
        add_proposals(15, count)
        peaks.append(peak(get, "/plans/15/proposals.csv"))
    line("memory of the fates of 20,000 / 2,000 proposals", *peaks[::-1], 1.3, "KiB")


def imports() -> None:
    from django.db import connection

    from bench.imports import ROWS, import_beside_others
    from bench.proposals import an_open_call

    rate, waits = import_beside_others(an_open_call())
    what = f"{ROWS} rows of a list taken over, {connection.vendor}"
    print(f"{what:<58} {rate:9.0f} rows/s")
    what = f"longest of {len(waits)} other acts meanwhile; 95 of 100 within"
    longest, most = waits[-1], waits[int(len(waits) * 0.95)]
    print(f"{what:<58} {longest:9.2f} {most:9.2f} s  {at_most(longest, 0.5)}")


def peak(get: Any, address: str) -> float:
    """The most memory in KiB while an answer is taken, piece by piece where it comes so."""
    from django.core.cache import cache

    from bench.asking import asked

    most = 0.0
    for _warm_first in range(2):
        cache.clear()
        tracemalloc.start()
        answer = get.get_response(asked(address))
        assert answer.status_code == 200
        for _part in answer:
            pass
        most = tracemalloc.get_traced_memory()[1] / 1024
        tracemalloc.stop()
    return most


def resemblance() -> None:
    from bench.similar import similar

    similar()


PARTS: dict[str, Call] = {
    "pages": pages,
    "differences": differences,
    "acts": acts,
    "votes": votes,
    "proposals": proposals,
    "imports": imports,
    "memory": memory,
    "similar": resemblance,
}


def main(*chosen: str) -> int:
    """Measure the chosen parts, or all of them."""
    data = Path(tempfile.mkdtemp(prefix="madang-bench-"))
    try:
        set_up(data)
        print(
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {sys.version.split()[0]}, median of {ROUNDS}"
        )
        print(f"{'':<58} {'ours':>9} {'bare':>9}")
        for part in chosen or PARTS:
            PARTS[part]()
    finally:
        shutil.rmtree(data, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
