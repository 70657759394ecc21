"""Supports that came on paper: counted once each, apart from those who confirmed an address."""

from pathlib import Path
from typing import Any

import pytest

from bench import shared
from madang.calls.models import Endorsement, Proposal
from madang.foundation.actors import Role
from madang.record import log
from tests.makers.calls import a_proposal, an_open_call
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

SHEET = "김하나  가온로 1 (101호)\n이두리 010-0000-0000\n\n김하나 가온로 1(101호)\n김하나 가온로 1 (102호)\n"


@pytest.fixture
def row(practice_forum: Any) -> Proposal:
    return a_proposal(an_open_call())


@pytest.fixture
def officer(practice_forum: Any) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT)


def enter(officer: Reader, row: Proposal, signers: str = SHEET, paper: str = "서명지 3") -> Any:
    form = {"step": "supports", "signers": signers, "paper": paper}
    return officer.post(f"/desk/proposals/{row.label}/", form)


def test_each_signature_counts_once_and_is_shown_apart(officer: Reader, row: Proposal) -> None:
    assert enter(officer, row).status_code == 302
    assert enter(officer, row).status_code == 302

    assert Endorsement.objects.filter(proposal=row, verified=False).count() == 3
    told = Reader("ko").get(f"/plans/{row.plan.number}/proposals/0001.json").json()["supports"]
    assert (told["verified"], told["unverified"]) == (0, 3)
    page = Page(officer.get(f"/desk/proposals/{row.label}/"))
    assert page.faults == [] and "3" in page.text
    first, second = (
        log.said(one)["d"]
        for one in log.entries().filter(kind="proposal.supports_entered").order_by("index")
    )
    assert (first["added"], first["already"], second["added"]) == (3, 1, 0)


def test_no_name_is_kept_anywhere(officer: Reader, row: Proposal) -> None:
    enter(officer, row)

    kept = str(list(Endorsement.objects.values())) + "".join(
        bytes(entry.leaf).decode() for entry in log.entries()
    )
    assert "김하나" not in kept and "가온로" not in kept


WRONG = {
    "nobody": ("\n \n", "서명지", "한 줄에 한 명"),
    "a name alone": ("김하나", "서명지", "1번째 줄"),
    "no sheet": (SHEET, "", "서명지"),
    "a line without end": ("가 " + "나" * 300, "서명지", "너무 깁니다"),
    "too many": ("가나다 라\n" * 501, "서명지", "500"),
}


@pytest.mark.parametrize(("signers", "paper", "words"), WRONG.values(), ids=WRONG)
def test_what_can_not_be_counted_is_said_and_stays_typed(
    signers: str, paper: str, words: str, officer: Reader, row: Proposal
) -> None:
    answer = enter(officer, row, signers, paper)

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and words in page.text
    assert signers.strip()[:20] in page.html
    assert not Endorsement.objects.exists()


def test_odd_signatures_are_words(officer: Reader, row: Proposal) -> None:
    files = sorted(Path(shared.folder()).glob("bad-strings/*")) if shared.folder().is_dir() else []
    texts = [one.read_text("utf-8", "replace")[:20_000] for one in files if one.is_file()]
    for text in [*texts[:3], "\u202e이름 <script>x</script>\x00", "=1+1 @SUM"]:
        assert enter(officer, row, text, text[:60]).status_code in (302, 400)
        assert Page(officer.get(f"/desk/proposals/{row.label}/")).faults == []
