"""A list of 20,000 proposals on its way in, and somebody who does something else meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

from django.db import connection

from bench.rows import act
from madang.calls.importing import import_in_parts, read_list
from madang.calls.models import Call
from madang.foundation.actors import LOADER

ROWS = 20_000


def import_beside_others(call: Call) -> tuple[float, list[float]]:
    """Rows a second, and how long each other act took meanwhile."""
    text = "버스 정류장에서 다음 버스를 알 수 없습니다. 소리로 알려 주면 좋겠습니다. " * 4
    rows = "\n".join(f"{n},재기 {n},{text}{n},c{n}@bench.example" for n in range(ROWS))
    lines = read_list(call.plan, f"번호,제목,내용,전자우편\n{rows}".encode(), "재기")
    over, waits = Event(), []

    def others() -> None:
        while not over.is_set():
            began = time.perf_counter()
            act()
            waits.append(time.perf_counter() - began)
            time.sleep(0.05)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(others)
        began = time.perf_counter()
        try:
            parts = import_in_parts(
                call.plan,
                lines=lines,
                file="0" * 64,
                rows=ROWS,
                by=LOADER,
                at=lambda: datetime.now(UTC),
            )
            added = sum(part.added for part in parts)
            took = time.perf_counter() - began
        finally:
            over.set()
        beside.result()
    assert added == ROWS, added
    return ROWS / took, sorted(waits)
