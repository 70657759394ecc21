"""From a proposal to a milestone, and back: the trail, the commitment, how it was made, the fates."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ballots.models import Ballot
from madang.calls.models import Call
from madang.drafting.actions.tie import tie_commitment, untie_commitment
from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment, GrownFrom
from madang.foundation.refusals import NotFound, NotNow
from madang.meetings.models import Meeting
from madang.monitoring.models import MilestoneReport
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from madang.taskforces.actions.candidates import merge_candidates, set_candidate_aside
from madang.taskforces.models import Candidate
from madang.taskforces.rules.words import Choice
from tests.makers.calls import an_open_call
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, mark, members
from tests.makers.plans import SECRETARY, a_draft, a_written_commitment, base_of, both
from tests.makers.readers import Reader
from tests.pages.reading import Page
from tests.pages.test_groups import many
from tests.pages.test_queries import asked_by

LATER = SORTED + timedelta(days=9)


@pytest.fixture
def call(practice_forum: Any) -> Call:
    """A call whose plan is being written: two proposals in a candidate, one waiting."""
    call, worker = an_open_call(), members(1)[0]
    first, second, _third = a_placed(a_group(call, [worker]), 3)
    a_candidate(first, worker)
    mark(second, worker, Choice.JOIN, candidate=1)
    a_written_commitment(call.plan, at=SORTED)
    return call


def tie(call: Call, **other: Any) -> None:
    given: dict[str, Any] = {"number": 1, "candidate": 1, "milestone": "1.1"}
    tie_commitment(call.plan, **{**given, **other}, by=SECRETARY, at=LATER)


def seen_by_all(plan: Plan) -> None:
    """The plan’s text as everyone reads it once it is before the forum."""
    with writing():
        Plan.objects.filter(pk=plan.pk).update(status="before_forum")


def base(call: Call) -> str:
    return f"/plans/{call.plan.number}"


def read(reader: Reader, address: str) -> Any:
    cache.clear()
    return json.loads(reader.get(address).content)


# --- the act -------------------------------------------------------------------------------------


def test_a_candidate_becomes_a_commitment_and_the_record_names_a_draft_as_one(call: Call) -> None:
    tie(call)

    assert Candidate.objects.get().status == "chosen"
    entry = log.last("commitment.tied", about=f"draft:{call.plan.number}-1")
    assert entry and log.said(entry)["d"]["candidate"] == f"candidate:{call.plan.number}-1"


def test_said_anew_with_another_milestone_the_thread_moves(call: Call) -> None:
    tie(call)
    with pytest.raises(NotNow, match=r"drafting\.tied_already"):
        tie(call)
    tie(call, milestone=None)

    assert GrownFrom.objects.filter(ended_at=None).count() == 1
    assert GrownFrom.objects.count() == 2


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"number": 9}, "drafting.no_commitment"),
        ({"milestone": "7.7"}, "drafting.no_milestone"),
        ({"candidate": 9}, "taskforces.no_such_candidate"),
    ],
)
def test_a_thread_leads_to_what_there_is(other: Any, code: str, call: Call) -> None:
    with pytest.raises(NotFound, match=code.replace(".", r"\.")):
        tie(call, **other)

    assert not GrownFrom.objects.exists()


def test_what_was_set_aside_becomes_nothing(call: Call) -> None:
    worker = members(1)[0]
    set_candidate_aside(Candidate.objects.get(), by=worker, at=SORTED)

    with pytest.raises(NotNow, match=r"taskforces\.not_standing"):
        tie(call)


def test_a_thread_is_ended_and_stays_known(call: Call) -> None:
    tie(call)
    untie_commitment(call.plan, number=1, candidate=1, by=SECRETARY, at=LATER)

    assert Candidate.objects.get().status == "open" and GrownFrom.objects.get().ended_at == LATER
    with pytest.raises(NotFound, match=r"drafting\.not_tied"):
        untie_commitment(call.plan, number=1, candidate=1, by=SECRETARY, at=LATER)


def test_a_milestone_taken_out_of_the_draft_leaves_the_thread(call: Call) -> None:
    tie(call)
    row = Commitment.objects.get(plan=call.plan)

    write_commitment(
        call.plan, number=1, draft=a_draft(steps=[]), base=base_of(row), by=SECRETARY, at=LATER
    )

    thread = GrownFrom.objects.get()
    assert (thread.milestone, thread.ended_at) == (None, None)


# --- what is read --------------------------------------------------------------------------------


def test_the_trail_leads_from_the_first_word_to_the_milestone(
    call: Call, each_reader: Reader
) -> None:
    tie(call)
    seen_by_all(call.plan)

    data = read(each_reader, f"{base(call)}/proposals/0002.json")
    page = Page(each_reader.get(f"{base(call)}/proposals/0002/"))

    keys = [stop["key"] for stop in data["stops"]]
    assert keys == ["received", "published", "group", "candidate", "milestone"]
    assert page.faults == []
    for link in (f"{base(call)}/candidates/1/", f"{base(call)}/commitments/1/#milestone-1.1"):
        assert any(one.removeprefix("/en") == link for one in page.links), link


def test_after_merging_the_trail_tells_both_candidates(call: Call, reader: Reader) -> None:
    worker = members(1)[0]
    third = a_placed(Candidate.objects.get().group, 1)[0]
    a_candidate(third, worker, at=SORTED)
    other = Candidate.objects.select_related("plan", "group").get(number=2)
    merge_candidates(other, others=[1], by=worker, at=LATER)

    stops = read(reader, f"{base(call)}/proposals/0001.json")["stops"]

    told = [stop["url"] for stop in stops if stop["key"] == "candidate"]
    assert told == [f"{base(call)}/candidates/1/", f"{base(call)}/candidates/2/"]


def test_a_commitment_shows_the_proposals_inside_it(call: Call, each_reader: Reader) -> None:
    tie(call)
    seen_by_all(call.plan)
    there = f"{base(call)}/commitments/1"

    page = Page(each_reader.get(f"{there}/"))
    inside = Page(each_reader.get(f"{there}/proposals/"))
    data = read(each_reader, f"{there}/proposals.json")
    table = each_reader.get(f"{there}/proposals.csv").content.decode("utf-8-sig")

    assert any(link.endswith("/commitments/1/proposals/") for link in page.links)
    assert inside.faults == [] and inside.ids_twice == [] and inside.inline == []
    assert [one["number"] for one in data["proposals"]] == [1, 2]
    assert [one["milestone"] for one in data["proposals"]] == ["1.1", "1.1"]
    assert len(list(csv.reader(io.StringIO(table)))) == 3


def test_how_it_was_made_is_counted_from_the_links(call: Call, each_reader: Reader) -> None:
    tie(call)
    seen_by_all(call.plan)
    there = f"{base(call)}/how-it-was-made"

    data = read(each_reader, f"{there}.json")
    page = Page(each_reader.get(f"{there}/"))

    assert {step["key"]: step["count"] for step in data["road"]} == {
        "ideas": 3,
        "sorted": 2,
        "candidates": 1,
        "commitments": 1,
    }
    assert data["commitments"][0]["proposals"] == 2
    assert page.faults == [] and page.ids_twice == [] and page.inline == []
    for step in data["road"]:
        assert each_reader.get(step["url"]).status_code == 200
        rows = step["url"].removeprefix("/en")
        assert any(link.removeprefix("/en") == rows for link in page.links)
    assert each_reader.get(f"{there}.svg").status_code == 200


def test_an_ended_thread_counts_no_more(call: Call, reader: Reader) -> None:
    tie(call)
    tie(call, milestone=None)
    seen_by_all(call.plan)
    assert read(reader, f"{base(call)}/commitments/1.json")["proposals"] == 2
    with writing():
        GrownFrom.objects.update(ended_at=LATER)

    assert read(reader, f"{base(call)}/commitments/1.json")["proposals"] == 0
    road = read(reader, f"{base(call)}/how-it-was-made.json")["road"]
    assert "commitments" not in {step["key"] for step in road}


def test_the_trail_tells_the_vote_and_what_is_done(
    rehearsed_forum: Any, each_reader: Reader
) -> None:
    told = MilestoneReport.objects.counting().filter(status="done", done_on__isnull=False)
    report = told.exclude(milestone__grown_from=None).order_by("milestone").first()
    assert report
    thread = report.milestone.grown_from.get(ended_at=None)
    inside = thread.candidate.placements.select_related("proposal__plan").first()
    assert inside
    plan, number = inside.proposal.plan.number, inside.proposal.number
    there = f"/plans/{plan}/proposals/{number:04d}"

    stops = read(each_reader, f"{there}.json")["stops"]
    page = Page(each_reader.get(f"{there}/"))

    keys = [stop["key"] for stop in stops]
    assert keys.index("milestone") < keys.index("vote") < keys.index("done")
    vote, done = stops[keys.index("vote")], stops[keys.index("done")]
    label = report.milestone.label
    assert label in done["words"] and done["day"] == report.done_on
    # This plan was voted on elsewhere: a source tells the day.
    assert vote["at"] is None and vote["day"]
    assert done["url"].endswith(f"/commitments/{thread.commitment.number}/#milestone-{label}")
    assert each_reader.get(vote["url"].removeprefix("/en")).status_code == 200
    for stop in (vote, done):
        assert stop["words"] in page.text and stop["url"] in page.links
    cost = asked_by(f"{there}/")
    assert len(cost) <= 6


def test_a_vote_held_here_is_on_the_trail_of_what_became_part_of_the_plan(
    call: Call, reader: Reader
) -> None:
    tie(call)
    seen_by_all(call.plan)
    meeting = Meeting.objects.first()
    assert meeting
    with writing():
        Ballot.objects.create(
            meeting=meeting,
            round=9,
            question=both("어떻습니까?"),
            way="written",
            decides=call.plan.ref,
            status="closed",
            outcome="approved",
            opens_at=LATER,
            closes_at=LATER + timedelta(days=9),
            closed_at=LATER + timedelta(days=9),
        )

    def stops(number: int) -> list[Any]:
        return read(reader, f"{base(call)}/proposals/000{number}.json")["stops"]

    assert stops(1)[-1]["key"] == "vote" and stops(1)[-1]["url"].endswith("/ballot/9/")
    # What lies in no candidate has no part in it, and nothing here is done yet.
    assert "vote" not in {stop["key"] for stop in stops(3)}
    assert "done" not in {stop["key"] for stop in stops(1)}
    shown = Page(reader.get(f"{base(call)}/proposals/0001/"))
    assert stops(1)[-1]["words"] in shown.text and shown.faults == []


def test_every_number_opens_as_many_rows(rehearsed_forum: Any, reader: Reader) -> None:
    walked = 0
    for plan in Plan.objects.exclude(candidates=None).values_list("number", flat=True):
        made = read(reader, f"/plans/{plan}/how-it-was-made.json")
        for step in made["road"]:
            there, _sep, query = step["url"].partition("?")
            rows = read(reader, f"{there.rstrip('/')}.json?{query}")[there.split("/")[-2]]
            assert len(rows) == step["count"], step["url"]
            # The page says the same number, and the funnel's page leads to it.
            shown = f"{step['count']:,}"
            assert shown in Page(reader.get(step["url"])).text, step["url"]
            assert step["url"] in Page(reader.get(f"/plans/{plan}/how-it-was-made/")).links
            walked += 1
        for line in made["commitments"]:
            rows = read(reader, f"{line['url'].rstrip('/')}/proposals.json")["proposals"]
            assert len(rows) == line["proposals"]
    assert walked > 4


def test_every_proposal_has_its_row_in_the_table_of_fates(call: Call, reader: Reader) -> None:
    tie(call)
    seen_by_all(call.plan)

    table = reader.get(f"{base(call)}/how-it-was-made/fates.csv").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(table)))
    assert [row[0] for row in rows[1:]] == [f"{call.plan.number}-000{n}" for n in (1, 2, 3)]
    assert {len(row) for row in rows} == {14}
    assert [row[8:10] for row in rows[1:]] == [["1", "1.1"], ["1", "1.1"], ["", ""]]


def test_of_a_draft_nothing_is_told_to_those_who_may_not_read_it(
    call: Call, reader: Reader
) -> None:
    tie(call)

    for address in ("how-it-was-made.json", "how-it-was-made/fates.csv", "proposals/0001.json"):
        text = reader.get(f"{base(call)}/{address}").content.decode()
        assert "카나리아" not in text and "1.1" not in text, address
    assert reader.get(f"{base(call)}/commitments/1/proposals/").status_code == 404


def test_all_of_it_is_as_light_with_many_rows_as_with_few(call: Call) -> None:
    tie(call)
    seen_by_all(call.plan)
    addresses = [
        f"{base(call)}/{tail}"
        for tail in (
            "how-it-was-made/",
            "how-it-was-made/fates.csv",
            "commitments/1/",
            "commitments/1/proposals/",
            "proposals/0001/",
        )
    ]

    def cost(address: str) -> tuple[int, int]:
        cache.clear()
        Reader("ko").get("/about/")
        with CaptureQueriesContext(connection) as asked:
            answer = Reader("ko").get(address)
        assert answer.status_code == 200
        return len(asked), len(answer.content)

    few = [cost(address)[0] for address in addresses]
    group = Candidate.objects.get().group
    many(group, 165)
    with writing():
        group.placements.exclude(candidate=None).update(candidate=Candidate.objects.get(number=1))

    for address, before in zip(addresses, few, strict=True):
        queries, size = cost(address)
        assert queries == before <= 6, address
        assert size < 100_000, address
