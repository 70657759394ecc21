"""Writing a plan on the pages: drafts unseen, two at once, typed text kept, in both languages."""

import json
import re
from typing import Any

import pytest
from django.urls import get_resolver

from madang.ballots.papers import question_papers
from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment
from madang.drafting.rules.quality import findings
from madang.drafting.wordings import parts_of
from madang.foundation.actors import CLOCK, Role
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.actions.freeze import freeze_plan
from madang.planning.models import Plan
from madang.record import log
from madang.web.pages.commitment_values import merged
from tests.makers.ballots import a_drafted_ballot
from tests.makers.plans import (
    CANARY,
    OUTLINE,
    SECRETARY,
    WRITTEN,
    a_draft,
    a_plan_begun,
    a_written_commitment,
    an_announced_plan,
    base_of,
)
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page, body_of


@pytest.fixture
def plan(practice_forum: Any) -> Plan:
    """A plan that is being prepared, with a commitment."""
    begun = a_plan_begun()
    a_written_commitment(begun)
    return begun


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, plan: Plan) -> Reader:
    """Someone of the secretariat, in each language."""
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def form_of(page: Page) -> dict[str, Any]:
    """The fields of the page's writing form, as a browser would send them back."""
    found: dict[str, Any] = {}
    for one in page.all("input"):
        if one.get("name") in (None, "csrfmiddlewaretoken"):
            continue
        if one.get("type") == "checkbox":
            if one.get("checked") is not None:
                found.setdefault(one["name"], []).append(one["value"])
        else:
            found[one["name"]] = one.get("value") or ""
    for one in page.all("textarea"):
        found[one["name"]] = "".join(one.words).removeprefix("\n")
    chosen = re.findall(
        r'<select[^>]*name="([^"]+)">(?:(?!</select>).)*?<option value="([^"]*)" selected',
        page.html,
        re.DOTALL,
    )
    return {**found, **dict(chosen)}


# --- who sees a draft ----------------------------------------------------------------------------


def public_addresses(number: int) -> list[str]:
    """Every public address that could show a plan, its agency's, and the lists."""
    agency = Agency.objects.order_by("position")[0].slug
    samples = {"number": number, "commitment": 1, "slug": agency, "label": "1", "plan": number}
    found = ["/healthz", "/robots.txt", "/"]
    for name in sorted(
        filter(None, (p for p in get_resolver().reverse_dict if isinstance(p, str)))
    ):
        for pattern in get_resolver().reverse_dict.getlist(name):
            address, names = pattern[0][0]
            if set(names) <= set(samples) and not address.startswith(("desk", "practice")):
                found.append("/" + address % {key: samples[key] for key in names})
    return sorted(set(found))


def entries(last: int = 12) -> list[str]:
    size = log.size()
    return [f"/record/{n}{end}" for n in range(size - last, size) for end in ("/", ".json")]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_public_page_file_or_list_shows_a_word_of_a_draft(plan: Plan, language: str) -> None:
    stranger = Reader(language)
    addresses = [*public_addresses(plan.number), *entries()]

    shown = [
        address
        for address in addresses
        if CANARY.encode() in body_of(answer := stranger.get(address))
        or CANARY in json.dumps(dict(answer.headers), ensure_ascii=False)
    ]

    assert shown == []
    assert len(addresses) > 60
    for address in (f"/plans/{plan.number}/", f"/plans/{plan.number}/commitments/1/history/"):
        assert address in addresses and stranger.get(address).status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_ballot_waiting_for_keys_shows_no_word_of_the_draft(plan: Plan, language: str) -> None:
    ballot = a_drafted_ballot(decides=plan.ref, papers=question_papers(plan))
    stranger = Reader(language)

    for tail in ("/", "/ballot/", "/ballot.json", "/ballot.csv", ".json"):
        answer = stranger.get(f"/meetings/{ballot.meeting.address}{tail}")
        assert (answer.status_code, CANARY in answer.content.decode()) == (200, False), tail
        assert f"/plans/{plan.number}/" not in answer.content.decode()


def test_the_canary_is_seen_where_drafts_may_be_read(plan: Plan) -> None:
    member = a_signed_in_client(Role.MEMBER)

    for tail in ("", "commitments/", "commitments/1/", "commitments/1/history/", "timeline/"):
        page = member.get(f"/plans/{plan.number}/{tail}")
        assert (page.status_code, CANARY in page.content.decode()) == (200, True), tail
        assert "public" not in page["Cache-Control"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ANONYMOUS, 404),
        (Role.ADMINISTRATOR, 404),
        (Role.MEMBER, 200),
        (Role.GROUP_MEMBER, 200),
        (Role.CO_CHAIR, 200),
        (Role.SECRETARIAT, 200),
    ],
)
def test_members_and_the_secretariat_read_a_draft_and_nobody_else(
    plan: Plan, role: Role, status: int
) -> None:
    reader = a_signed_in_client(role)

    for tail in ("/", "/commitments/1/", "/commitments/1/history/", ".json"):
        assert reader.get(f"/plans/{plan.number}{tail}").status_code == status, tail


def test_from_the_day_it_is_put_before_the_forum_everyone_reads_it(
    plan: Plan, each_reader: Reader
) -> None:
    assert each_reader.get(f"/plans/{plan.number}/commitments/1/").status_code == 404

    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    for tail in ("/", ".json", "/commitments/1/", "/commitments/1/history/"):
        assert CANARY in each_reader.get(f"/plans/{plan.number}{tail}").content.decode()
    assert CANARY in each_reader.get("/plans/").content.decode()
    assert CANARY in each_reader.get("/plans.csv").content.decode()


def test_earlier_versions_of_a_draft_are_public_once_it_is_put_before_the_forum(
    plan: Plan, each_reader: Reader
) -> None:
    row = Commitment.objects.get(plan=plan, number=1)
    before, after = "처음에 쓴 문제입니다.", "나중에 고쳐 쓴 문제입니다."
    for words in (before, after):
        draft = a_draft(problem=Text({"ko": words, "en": None}))
        row = Commitment.objects.get(pk=row.pk)
        write_commitment(plan, number=1, draft=draft, base=base_of(row), by=SECRETARY, at=WRITTEN)
    address = f"/plans/{plan.number}/commitments/1/history"
    asked = "?from=2&to=3"
    assert each_reader.get(f"{address}/{asked}").status_code == 404
    assert each_reader.get(f"{address}.json{asked}").status_code == 404

    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    data = each_reader.get(f"{address}.json{asked}").json()
    assert [one["number"] for one in data["versions"]] == [3, 2, 1]
    html = each_reader.get(f"{address}/{asked}").content.decode()
    assert "처음에" in html and "나중에" in html


@pytest.mark.parametrize("language", ["ko", "en"])
def test_of_an_announced_plan_everyone_reads_the_outline_and_nobody_the_drafts(
    practice_forum: Any, language: str
) -> None:
    plan = an_announced_plan()
    a_written_commitment(plan)
    ballot = a_drafted_ballot(decides=plan.ref, papers=question_papers(plan))
    stranger = Reader(language)
    meeting = f"/meetings/{ballot.meeting.address}"
    tails = ("/", "/ballot/", "/ballot.json", "/ballot.csv", ".json")
    addresses = [*public_addresses(plan.number), *entries(), *(meeting + tail for tail in tails)]

    shown = [address for address in addresses if CANARY.encode() in body_of(stranger.get(address))]

    assert shown == []
    outline = stranger.get(f"/plans/{plan.number}/")
    assert outline.status_code == 200 and OUTLINE.words[language] in outline.content.decode()
    for tail in ("timeline/", "commitments/", "how-it-was-made/"):
        assert stranger.get(f"/plans/{plan.number}/{tail}").status_code == 200
    for tail in ("commitments/1/", "commitments/1/history/", "commitments/1.json"):
        assert stranger.get(f"/plans/{plan.number}/{tail}").status_code == 404, tail
    for role in (Role.MEMBER, Role.SECRETARIAT):
        member = a_signed_in_client(role, language)
        for tail in ("", "commitments/", "commitments/1/", "how-it-was-made/"):
            assert CANARY in member.get(f"/plans/{plan.number}/{tail}").content.decode(), tail


def test_a_plan_is_announced_at_the_desk(plan: Plan, officer: Reader) -> None:
    address = f"/desk/plans/{plan.number}/announce/"

    early = officer.post(address)
    form = form_of(Page(officer.get(f"/desk/plans/{plan.number}/direction/")))
    officer.post(f"/desk/plans/{plan.number}/direction/", form | {"stage-call-from": "2031-03"})
    done = officer.post(address)

    assert (early.status_code, done.status_code) == (409, 302)
    assert Plan.objects.get(pk=plan.pk).status == "announced"
    assert Page(early).faults == [] and Page(officer.get(address)).faults == []


# --- beginning and directing ---------------------------------------------------------------------


def test_a_plan_is_begun_and_directed(practice_forum: Any) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    typed = {"title-ko": "제4차 실행계획", "title-en": "", "starts": "2034", "ends": "2035-12"}

    response = officer.post("/desk/plans/new/", typed)

    number = Plan.objects.order_by("-number")[0].number
    assert response["Location"] == f"/desk/plans/{number}/direction/"
    form = form_of(Page(officer.get(response["Location"])))
    assert form["title-ko"] == "제4차 실행계획"
    form |= {"area-1-ko": "돌봄", "vision-1-ko": "서로 돌보는 도시", "stage-call-from": "2033-03"}
    assert officer.post(response["Location"], form).status_code == 302
    page = Page(officer.get(f"/plans/{number}/"))
    assert "돌봄" in page.text and "서로 돌보는 도시" in page.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_plan_that_can_not_begin_keeps_what_was_typed(practice_forum: Any, language: str) -> None:
    officer, size = a_signed_in_client(Role.SECRETARIAT, language), log.size()

    response = officer.post(
        "/desk/plans/new/", {"title-ko": "남는 제목", "starts": "2034", "ends": "언젠가"}
    )

    page = Page(response)
    assert (response.status_code, log.size()) == (400, size)
    assert page.one("input", id="title-ko")["value"] == "남는 제목"
    assert page.one("input", id="ends")["value"] == "언젠가"
    assert page.faults == [] and page.inline == [] and page.ids_twice == []


def test_two_who_direct_at_once_see_both_texts_and_may_save_theirs_over_it(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/plans/{plan.number}/direction/"
    mine, theirs = form_of(Page(officer.get(address))), form_of(Page(officer.get(address)))
    officer.post(address, theirs | {"area-1-ko": "먼저 쓴 방향"})

    clash = officer.post(address, mine | {"area-1-ko": "나중 쓴 방향"})

    page = Page(clash)
    assert clash.status_code == 409 and page.faults == []
    assert "먼저 쓴 방향" in page.text and "나중 쓴 방향" in page.text
    assert page.one("input", id="area-1-ko")["value"] == "나중 쓴 방향"
    assert officer.post(address, form_of(page)).status_code == 302
    assert plan.areas.get().text.words["ko"] == "나중 쓴 방향"


# --- writing a commitment ------------------------------------------------------------------------


def test_a_commitment_is_written_in_the_form_of_ogp(officer: Reader, plan: Plan) -> None:
    address = f"/desk/plans/{plan.number}/commitments/new/"
    page = Page(officer.get(address))
    assert page.faults == [] and page.inline == [] and page.ids_twice == []
    form = form_of(page)
    agency = Agency.objects.order_by("position")[1].slug
    form |= {
        "title-ko": "둘째 과제",
        "title-en": "Second commitment",
        "causes-ko": "원인은 셋입니다.",
        "with_civil_society-en": "Two groups",
        "lead": [agency],
        "starts": "2032",
        "ends": "2033",
        "step-1-title-ko": "첫 단계",
        "step-1-due": "2032-06",
        "step-1-agency": agency,
    }

    assert officer.post(address, form).status_code == 302

    shown = officer.get(f"/plans/{plan.number}/commitments/2/").content.decode()
    for words in (
        "둘째 과제" if officer.language == "ko" else "Second commitment",
        "원인은 셋입니다.",
    ):
        assert words in shown
    again = form_of(Page(officer.get(f"/desk/drafts/{plan.number}-2/write/")))
    kept = {key: value for key, value in form.items() if value and key not in ("base", "rows")}
    assert {key: again[key] for key in kept} == kept


def test_rows_are_added_two_at_a_time_up_to_twenty_and_what_was_typed_stays(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/plans/{plan.number}/commitments/new/"
    form, size = form_of(Page(officer.get(address))) | {"title-ko": "반쯤 쓴 글"}, log.size()

    counts = []
    for _press in range(10):
        page = Page(officer.post(address, form | {"more": "1"}))
        counts.append(len([one for one in page.all("div") if one.get("role") == "group"]))
        form = form_of(page)

    assert counts == [4, 6, 8, 10, 12, 14, 16, 18, 20, 20]
    assert (form["title-ko"], log.size()) == ("반쯤 쓴 글", size)
    assert page.ids_twice == []


def test_a_ninth_milestone_is_saved_and_the_checklist_says_how_many_are_advised(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    form = form_of(Page(officer.get(address)))
    form |= {f"step-{place}-title-ko": f"단계 {place}" for place in range(2, 10)}

    assert officer.post(address, form).status_code == 302

    assert len(steps_now(plan)) == 9
    row = Commitment.objects.get(plan=plan, number=1)
    met = {one.criterion.key: one.met for one in findings(parts_of(row), ["ko", "en"])}
    assert met["milestones"] is False


WRONG = {
    "no title": ({"title-ko": "", "title-en": ""}, 400),
    "a day that is none": ({"starts": "2032-02-30"}, 400),
    "an end before the beginning": ({"starts": "2033", "ends": "2032"}, 400),
    "a milestone without its words": ({"step-1-title-ko": "", "step-1-title-en": ""}, 400),
    "an agency not on the list": ({"lead": ["nobody"]}, 400),
    "a vision that is not there": ({"vision": "gone"}, 400),
    "too long": ({"problem-ko": "가" * 6001}, 400),
    "nothing changed": ({"description-ko": f"{CANARY} 내용을 함께 정한다."}, 409),
}


@pytest.mark.parametrize(("other", "status"), WRONG.values(), ids=WRONG)
def test_a_refusal_is_a_sentence_and_the_typed_text_stays(
    officer: Reader, plan: Plan, other: dict[str, Any], status: int
) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    form = form_of(Page(officer.get(address))) | {"description-ko": "공들여 쓴 글\n\n둘째 문단"}
    size, base = log.size(), form["base"]

    response = officer.post(address, form | other)

    page = Page(response)
    assert (response.status_code, log.size()) == (status, size)
    assert page.faults == [] and page.ids_twice == []
    assert [one for one in page.all("div") if one.get("role") == "alert"]
    kept = form_of(page)
    assert kept["description-ko"] == other.get("description-ko", "공들여 쓴 글\n\n둘째 문단")
    assert kept["base"] == base


def test_every_problem_leads_to_a_place_on_the_page(officer: Reader, plan: Plan) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    form = form_of(Page(officer.get(address)))

    for other, _status in WRONG.values():
        page = Page(officer.post(address, form | {"description-ko": "새 글"} | other))
        summary = re.search(r'class="error-summary".*?href="#([^"]+)"', page.html, re.DOTALL)
        assert summary and summary[1] in page.ids, other


def test_two_who_write_at_once_see_both_texts_and_nothing_is_lost(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    mine, theirs = form_of(Page(officer.get(address))), form_of(Page(officer.get(address)))
    officer.post(address, theirs | {"description-ko": "먼저 저장한 내용을 정한다."})

    clash = officer.post(address, mine | {"description-ko": "나중에 쓴 내용을 정한다."})

    page = Page(clash)
    assert clash.status_code == 409 and page.faults == [] and page.ids_twice == []
    assert "먼저 저장한 내용을 정한다." in page.text and "나중에 쓴 내용을 정한다." in page.text
    assert "나중에 쓴" in " ".join(one.text for one in page.all("ins"))
    assert "먼저 저장한" in " ".join(one.text for one in page.all("del"))
    row = Commitment.objects.get(plan=plan, number=1)
    assert row.description and row.description.words["ko"] == "먼저 저장한 내용을 정한다."

    saved = officer.post(address, form_of(page))

    assert saved.status_code == 302
    row.refresh_from_db()
    assert row.description and row.description.words["ko"] == "나중에 쓴 내용을 정한다."
    assert [version.number for version in row.versions.all()] == [3, 2, 1]


def test_what_one_did_not_touch_stays_as_the_other_saved_it(officer: Reader, plan: Plan) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    mine, theirs = form_of(Page(officer.get(address))), form_of(Page(officer.get(address)))
    officer.post(address, theirs | {"problem-ko": "그들의 문제", "step-1-due": "2033-01"})

    page = Page(officer.post(address, mine | {"description-ko": "나의 설명"}))
    asked = [one.text for one in page.all("dt")]
    assert officer.post(address, form_of(page)).status_code == 302

    row = Commitment.objects.get(plan=plan, number=1)
    assert len(asked) == 1
    assert row.description and row.description.words["ko"] == "나의 설명"
    assert row.problem and row.problem.words["ko"] == "그들의 문제"
    assert row.milestones.get().due == "2033-01"


def steps_now(plan: Plan) -> dict[str, tuple[str, str, str | None]]:
    rows = Commitment.objects.get(plan=plan, number=1).milestones.all()
    return {
        one.label: (
            one.title.words["ko"] or "",
            (one.output and one.output.words["ko"]) or "",
            one.due,
        )
        for one in rows
    }


def test_a_milestone_one_adds_outlives_the_other_who_moves_a_date(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    mine, theirs = form_of(Page(officer.get(address))), form_of(Page(officer.get(address)))
    officer.post(address, theirs | {"step-2-title-ko": "둘째 단계", "step-2-due": "2033-03"})

    clash = officer.post(address, mine | {"step-1-due": "2033-01"})
    assert clash.status_code == 409
    assert officer.post(address, form_of(Page(clash))).status_code == 302

    first = (f"{CANARY} 첫 단계", "결과물", "2033-01")
    assert steps_now(plan) == {"1.1": first, "1.2": ("둘째 단계", "", "2033-03")}


def test_an_output_one_mends_outlives_the_other_who_adds_a_milestone(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    mine, theirs = form_of(Page(officer.get(address))), form_of(Page(officer.get(address)))
    officer.post(
        address, theirs | {"step-1-output-ko": "고친 결과물", "step-2-title-ko": "그들의 단계"}
    )

    clash = officer.post(address, mine | {"step-2-title-ko": "나의 단계"})
    asked = [one.text for one in Page(clash).all("dt")]
    assert officer.post(address, form_of(Page(clash))).status_code == 302

    assert len(asked) == 1
    assert steps_now(plan) == {
        "1.1": (f"{CANARY} 첫 단계", "고친 결과물", "2032-12"),
        "1.2": ("그들의 단계", "", None),
        "1.3": ("나의 단계", "", None),
    }


def rows_of(*steps: tuple[str, str, str]) -> dict[str, str]:
    """Milestone rows: a label, a title and a date each."""
    keys = ("label", "title-ko", "due")
    return {
        f"step-{place}-{key}": value
        for place, step in enumerate(steps, 1)
        for key, value in zip(keys, step, strict=True)
    }


ONE, TWO = ("1.1", "첫", "2032"), ("1.2", "둘", "2033")
MERGED = {
    "each another field": (
        [("1.1", "첫 단계", "2032"), TWO],
        [("1.1", "첫", "2032-06"), TWO],
        [("1.1", "첫 단계", "2032-06"), TWO],
    ),
    "both the same field": (
        [("1.1", "그", "2032"), TWO],
        [("1.1", "나", "2032"), TWO],
        [("1.1", "나", "2032"), TWO],
    ),
    "I took out what they left": ([ONE, TWO, ("1.3", "셋", "")], [TWO], [TWO, ("1.3", "셋", "")]),
    "I took out what they changed": (
        [("1.1", "그", "2032"), TWO],
        [TWO],
        [("1.1", "그", "2032"), TWO],
    ),
    "they took out what I left": ([TWO], [ONE, ("1.2", "나", "2033")], [("1.2", "나", "2033")]),
    "they took out what I changed": (
        [TWO],
        [("1.1", "나", "2032"), TWO],
        [TWO, ("1.1", "나", "2032")],
    ),
    "both added": (
        [ONE, TWO, ("1.3", "그", "")],
        [ONE, TWO, ("", "나", "")],
        [ONE, TWO, ("1.3", "그", ""), ("", "나", "")],
    ),
    "a label I was not given": (
        [ONE, TWO, ("1.3", "그", "")],
        [ONE, TWO, ("1.3", "나", "")],
        [ONE, TWO, ("1.3", "그", ""), ("", "나", "")],
    ),
    "one label twice": ([ONE, TWO], [ONE, TWO, ("1.2", "나", "")], [ONE, TWO, ("", "나", "")]),
    "the same row from both": (
        [ONE, TWO, ("1.3", "셋", "")],
        [ONE, TWO, ("", "셋", "")],
        [ONE, TWO, ("1.3", "셋", "")],
    ),
}


@pytest.mark.parametrize(("theirs", "mine", "found"), MERGED.values(), ids=MERGED)
def test_milestones_are_merged_by_their_labels(theirs: Any, mine: Any, found: Any) -> None:
    assert merged(rows_of(ONE, TWO), rows_of(*theirs), rows_of(*mine)) == rows_of(*found)


def test_lead_agencies_keep_their_order(officer: Reader, plan: Plan) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    slugs = list(Agency.objects.order_by("-position").values_list("slug", flat=True))[:3]
    form = form_of(Page(officer.get(address))) | {"lead": slugs}
    officer.post(address, form)

    again = form_of(Page(officer.get(address)))

    assert again["lead"] == slugs
    assert officer.post(address, again).status_code == 409


def test_reading_both_texts_saves_nothing(officer: Reader, plan: Plan) -> None:
    address, size = f"/desk/drafts/{plan.number}-1/write/", log.size()

    officer.get(address)
    officer.get(f"/plans/{plan.number}/commitments/1/history/")

    assert log.size() == size


def test_once_it_is_before_the_forum_the_form_says_so_and_keeps_the_text(
    officer: Reader, plan: Plan
) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    form = form_of(Page(officer.get(address)))
    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    response = officer.post(address, form | {"description-ko": "늦게 쓴 글"})

    page = Page(response)
    assert response.status_code == 409 and page.one("textarea", id="description-ko").text
    assert form_of(page)["description-ko"] == "늦게 쓴 글"


def test_a_withdrawn_commitment_is_gone_with_a_sentence(officer: Reader, plan: Plan) -> None:
    address = f"/desk/plans/{plan.number}/commitments/1/withdraw/"
    empty = officer.post(address, {"reason-ko": " "})
    assert empty.status_code == 400 and Page(empty).faults == []

    assert officer.post(address, {"reason-ko": "둘째 과제와 합쳤습니다."}).status_code == 302

    assert officer.get(f"/plans/{plan.number}/commitments/1/").status_code == 410
    assert officer.get(f"/plans/{plan.number}/commitments/1/history/").status_code == 410
    assert Reader("ko").get(f"/plans/{plan.number}/commitments/1/").status_code == 404


# --- versions ------------------------------------------------------------------------------------


def test_any_two_versions_can_be_compared(officer: Reader, plan: Plan) -> None:
    address = f"/desk/drafts/{plan.number}-1/write/"
    for words in ("둘째 판의 내용", "셋째 판의 내용"):
        form = form_of(Page(officer.get(address)))
        officer.post(address, form | {"description-ko": words})
    history = f"/plans/{plan.number}/commitments/1/history"

    newest, chosen = (
        officer.get(f"{history}.json").json(),
        officer.get(f"{history}.json?from=1&to=3").json(),
    )

    assert [version["number"] for version in newest["versions"]] == [3, 2, 1]
    assert (newest["compared"]["from"], newest["compared"]["to"]) == (2, 3)
    assert chosen["compared"]["changes"][0]["path"] == ["description", "ko"]
    page = Page(officer.get(f"{history}/?from=1&to=3"))
    assert page.faults == [] and page.ids_twice == [] and page.all("ins") and page.all("del")
    assert officer.get(f"{history}/?from=9").status_code == 400


def test_the_desks_pages_are_made_as_well(officer: Reader, plan: Plan) -> None:
    for tail in ("", "new/", f"{plan.number}/", f"{plan.number}/direction/"):
        page = Page(officer.get(f"/desk/plans/{tail}"))
        assert page.faults == [] and page.inline == [] and page.ids_twice == [], tail
        assert page.language == officer.language
