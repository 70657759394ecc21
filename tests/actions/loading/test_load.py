from hashlib import sha256
from pathlib import Path

import pytest

from madang.drafting.models import Commitment, Identifier
from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.loading.actions.load import load_forum, load_plans
from madang.members.models import Account, Agency, Forum, Holding, Seat, Source
from madang.planning.models import Plan
from madang.plans.models import Edition
from madang.record import log
from tests.makers.forums import FORUMS, LOADED, a_checked_file, an_open_forum, load_file

SMALL = FORUMS / "small.yaml"
AGENCIES = frozenset({"works", "lamps"})


def a_plan_file(*, sources=None, number=2, codes=("ZZ0401", "ZZ0402")):
    """The small forum's plan as a file of its own, under another number."""
    start, rest = SMALL.read_text("utf-8").split("forum:", 1)
    plans = rest.split("plans:", 1)[1].replace(
        "- number: 1\n    title: {en: First", f"- number: {number}\n    title: {{en: Next", 1
    )
    for old, new in zip(("ZZ0301", "ZZ0302"), codes, strict=True):
        plans = plans.replace(old, new)
    return f"{sources or start}plans:{plans}".encode()


def load_plan_file(content, *, by=LOADER):
    file = a_checked_file(content, agencies=AGENCIES)
    return load_plans(Forum.objects.get(pk=1), file=file, content=content, by=by, at=LOADED)


def everything():
    """How many rows there are of each thing that is kept."""
    kept = (Source, Agency, Seat, Holding, Plan, Commitment, Identifier, Edition, Account)
    return {"Entry": log.size(), **{model.__name__: model._base_manager.count() for model in kept}}


def _seats_of(kind):
    return Seat.objects.filter(seat_class__key=kind)


def test_the_forum_of_korea_is_loaded_whole(korea):
    fifth = Plan.objects.get(number=5)

    assert list(Plan.objects.values_list("number", flat=True).order_by("number")) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert Commitment.objects.filter(plan=fifth).count() == 14
    assert [
        seats.count() for seats in map(_seats_of, ("ex_officio", "government", "civil_society"))
    ] == [2, 6, 22]
    assert {total["key"]: total["count"] for total in fifth.totals}["ideas"] == 1130


def test_no_member_of_the_real_forum_is_invented(korea):
    assert not Account.objects.exists()
    assert not Holding.objects.exclude(person=None).exists()


def test_loading_is_one_act_with_the_files_hash_and_counts():
    an_open_forum()

    load_file(SMALL)

    said = log.said(log.entries().first())
    assert (said["t"], log.size()) == ("forum.loaded", 2)
    assert said["d"]["file"] == sha256(SMALL.read_bytes()).hexdigest()
    assert said["d"]["counts"]["commitment"] == Commitment.objects.count() == 2


def test_a_second_forum_is_refused_and_nothing_changes(forum):
    before, content = everything(), SMALL.read_bytes()

    with pytest.raises(NotNow, match=r"loading\.forum_already_loaded"):
        load_forum(forum, file=a_checked_file(content), content=content, by=LOADER, at=LOADED)

    assert everything() == before


def test_a_plan_alone_does_not_fill_an_empty_installation():
    forum, content = an_open_forum(), a_plan_file()
    file = a_checked_file(content, agencies=AGENCIES)

    for act, refusal in ((load_forum, NotValid), (load_plans, NotNow)):
        with pytest.raises(refusal, match=r"loading\.no_forum_yet"):
            act(forum, file=file, content=content, by=LOADER, at=LOADED)

    assert log.size() == 1


def test_a_plan_that_is_not_there_is_added_once(forum):
    load_plan_file(a_plan_file())
    after = everything()

    with pytest.raises(NotNow, match=r"loading\.plan_there"):
        load_plan_file(a_plan_file())

    assert everything() == after
    assert Plan.objects.count() == 2
    assert log.entries().first().kind == "plan.recorded"


def test_a_source_that_says_something_else_is_refused(forum):
    other = a_plan_file().replace(b"Willowmere Charter, fr", b"Another Charter, fr")
    before = everything()

    with pytest.raises(NotValid, match=r"loading\.source_differs"):
        load_plan_file(other)

    assert everything() == before


def test_an_identifier_belongs_to_one_commitment_for_ever(forum):
    before = everything()

    with pytest.raises(NotValid, match=r"loading\.identifier_there"):
        load_plan_file(a_plan_file(codes=("ZZ0301", "ZZ0402")))

    assert everything() == before


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK], ids=["anyone", "the clock"])
def test_nobody_but_the_command_line_loads_a_file(forum, by):
    before = everything()

    with pytest.raises(NotAllowed):
        load_plan_file(a_plan_file(), by=by)

    assert everything() == before


def test_a_file_that_fails_half_way_leaves_nothing_behind(monkeypatch):
    forum, content = an_open_forum(), SMALL.read_bytes()
    before = everything()

    def fail(*args, **kwargs):
        assert Seat.objects.count() == 30, "by now most of it is written"
        raise OSError("the disk is full")

    monkeypatch.setattr("madang.loading.actions.load._Filling.plans", fail)
    with pytest.raises(OSError):
        load_forum(forum, file=a_checked_file(content), content=content, by=LOADER, at=LOADED)

    assert everything() == before
    assert Forum.objects.get(pk=1).loaded_at is None


def test_nothing_in_the_code_knows_korea(three_languages):
    assert three_languages.languages == ["sw", "fr", "en"]
    assert Plan.objects.get().title.data() == {
        "sw": "Mpango wa Pili wa Serikali Wazi wa Ziwa Tarajo",
        "fr": "Deuxième plan pour un gouvernement ouvert du lac Tarajo",
        "en": "Second Open Government Plan for Lake Tarajo",
    }
    assert Seat.objects.count() == 11


def test_an_edition_is_known_by_the_wording_of_its_commitments(three_languages):
    edition = Edition.objects.get()

    loaded = log.said(log.entries().get(kind="forum.loaded"))
    assert loaded["d"]["editions"] == {"edition:2-1": edition.sha256}
    assert edition.loaded_from == sha256((FORUMS / "three-languages.yaml").read_bytes()).hexdigest()


def test_the_papers_of_an_edition_stand_in_the_record_and_on_disk(three_languages):
    from madang.documents.files import intact

    papers = log.said(log.entries().get(kind="papers.fixed"))["d"]["papers"]

    assert [paper["language"] for paper in papers]
    assert all(intact(paper["sha256"]) for paper in papers)


def test_every_file_in_broken_leaves_an_installation_as_it_was():
    from madang.config.commands.load import load

    an_open_forum()
    before = everything()

    for path in sorted(Path(FORUMS / "broken").glob("*.yaml")):
        assert load(path.name, path.read_bytes()) == 1

    assert everything() == before
