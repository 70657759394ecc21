"""The worker: every 15 seconds it does what is due, as the clock."""

import logging
import signal
import sys
import threading

from madang.config.commands import spoken

EVERY = 15
"""Seconds between two looks at what is due."""


def _work() -> None:
    from madang.config.cli import start_django
    from madang.config.installation import current_installation

    start_django(current_installation().data)

    from django.db import close_old_connections

    from madang.web.timer import tick

    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    while not stop.is_set():
        try:
            tick()
        except Exception:
            # The worker outlives a broken tick: the next one may find the trouble mended.
            logging.getLogger("madang.worker").exception("a tick failed")
        close_old_connections()
        stop.wait(EVERY)


if __name__ == "__main__":
    sys.exit(spoken(_work))
