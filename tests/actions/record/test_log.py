from datetime import timedelta

from madang.foundation.actors import ANONYMOUS
from madang.members.actions.move_clock import move_clock
from madang.record import log, tree
from madang.record.leaf import moment
from tests.makers.forums import OPENED, a_record_of, an_open_forum


def test_entries_are_numbered_from_nought_without_a_gap():
    assert [entry.index for entry in a_record_of(9)] == list(range(9))


def test_every_entry_is_the_bytes_its_hash_was_made_of():
    for entry in a_record_of(5):
        said = log.said(entry)

        assert tree.leaf_hash(bytes(entry.leaf)) == bytes(entry.leaf_hash)
        assert (said["i"], said["t"], said["at"]) == (entry.index, entry.kind, moment(entry.at))
        assert (said["log"], said["d"]["about"]) == ("forum.example/record", entry.about)


def test_every_entry_can_be_proved_in_the_record_of_every_later_size():
    entries = a_record_of(9)

    for size in range(1, 10):
        for entry in entries[:size]:
            proof = log.prove(entry.index, size)
            shown = tree.root_from_path(entry.index, size, bytes(entry.leaf_hash), proof.path)
            assert shown == proof.root == log.root(size)


def test_an_entrys_time_is_never_before_that_of_the_entry_before_it():
    forum = an_open_forum(practice=True)

    early = OPENED - timedelta(days=1)
    move_clock(forum, to=OPENED + timedelta(days=1), by=ANONYMOUS, at=early)

    assert log.entries().first().at == OPENED


def test_the_state_of_the_record_changes_with_every_entry_and_only_then():
    states = [log.state()]
    forum = an_open_forum(practice=True)
    for n in range(1, 4):
        states += [log.state(), log.state()]
        move_clock(forum, to=OPENED + timedelta(days=n), by=ANONYMOUS, at=OPENED)

    assert [size for size, _ in dict.fromkeys(states)] == [0, 1, 2, 3]


def test_the_log_gets_its_name_once():
    an_open_forum(log="first.example/record")

    log.name_log(log.the_log(), "second.example/record")

    assert log.the_log().log == "first.example/record"


def test_what_was_done_about_one_thing_is_found_by_its_ref(korea):
    assert [entry.kind for entry in log.about("plan:5")] == ["papers.fixed"]
    assert {entry.kind for entry in log.about("forum")} == {"forum.opened", "forum.loaded"}
