from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from madang.foundation.actors import ANONYMOUS
from madang.members.actions.move_clock import move_clock
from madang.members.models import Forum
from madang.record import log
from madang.record.verify import Verdict, verify
from tests.makers.forums import LOADED, OPENED, an_open_forum

THREADS, EACH = 4, 5


@pytest.mark.django_db(transaction=True)
def test_acts_done_at_once_stand_in_the_record_one_after_another():
    forum = an_open_forum(practice=True)
    together = Barrier(THREADS)

    def act(_):
        together.wait()
        try:
            for _ in range(EACH):
                move_clock(forum, to=LOADED, by=ANONYMOUS, at=OPENED)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(act, range(THREADS)))

    done = THREADS * EACH
    assert sorted(log.entries().values_list("index", flat=True)) == list(range(done + 1))
    assert verify().verdict is Verdict.FINE
    assert Forum.objects.get(pk=1).clock_ahead == done * (LOADED - OPENED).total_seconds()


@pytest.mark.django_db(transaction=True)
def test_after_a_transactional_test_the_installation_is_empty_and_ready_again():
    assert log.size() == 0

    an_open_forum()

    assert log.size() == 1
