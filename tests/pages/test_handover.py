"""A commitment's handover pack: one file with everything, known by its hash, without a person's name."""

import io
import json
import zipfile
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from madang.drafting.models import Milestone
from madang.foundation.actors import ANONYMOUS, Role
from madang.members.models import FocalPoint
from madang.monitoring.actions.comment import comment_on
from madang.monitoring.models import HandoverPack
from madang.record import log
from madang.record.guard import writing
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

DESK = "/desk/handover/"
STOPPED = {"commitment": "1-8", "why": "government"}
pytestmark = pytest.mark.usefixtures("rehearsed_forum")


def officer(language: str = "ko") -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, language)


def made(asked: dict[str, str] = STOPPED) -> HandoverPack:
    answer = officer().post(DESK, asked)
    assert answer.status_code == 302, answer.content.decode()
    return HandoverPack.objects.latest("made_at")


def files_of(pack: HandoverPack) -> dict[str, bytes]:
    got = Reader("en").get(f"/documents/{pack.document.sha256}/")
    content = b"".join(got)
    assert sha256(content).hexdigest() == pack.document.sha256
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_a_change_of_government_stopped_offers_itself_until_its_pack_is_made():
    assert 'value="1-8"><input' in officer().get(DESK).content.decode()

    pack = made()

    assert 'value="1-8"><input' not in officer().get(DESK).content.decode()
    said = log.said(log.entries()[0])
    assert (said["t"], said["d"]["sha256"]) == ("handover.packed", pack.document.sha256)
    page = Page(Reader("en").get("/plans/1/commitments/8/"))
    assert not page.faults and pack.document.sha256 in page.html
    assert f"/documents/{pack.document.sha256}/" in page.html
    [kept] = Reader("en").get("/plans/1/commitments/8.json").json()["handover"]
    assert kept["why"] == "government"


def test_what_a_focal_point_left_behind_offers_itself_too():
    assert 'value="focal_point"><button' not in officer().get(DESK).content.decode()
    with writing():
        FocalPoint.objects.filter(agency__slug="audit").update(until=datetime.now(UTC))

    offered = 'value="1-3"><input type="hidden" name="why" value="focal_point"><button'
    assert offered in officer().get(DESK).content.decode()
    made({"commitment": "1-3", "why": "focal_point"})

    assert offered not in officer().get(DESK).content.decode()


def test_the_pack_holds_everything_in_both_languages_and_its_sums_hold():
    files = files_of(made())

    assert {"handover.ko.html", "handover.en.html", "SHA256SUMS"} <= files.keys()
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(files[name]).hexdigest() == digest
    korean, english = (files[f"handover.{key}.html"].decode() for key in ("ko", "en"))
    assert "새 시정이 대기질 대책을 따로 세우기로" in korean
    assert "Open questions" in english and "Stopped" in english
    assert "Stopped" not in korean and "On track" not in korean
    assert "/en/plans/1/commitments/8/" in english and "/en/" not in korean
    reports = [one for step in json.loads(files["data/milestones.json"]) for one in step["reports"]]
    assert {one["status"] for one in reports} >= {"done", "stopped"}
    assert b"gaon.example/air/places" in files["data/evidence.csv"]
    assert b"update.posted" in files["data/record.csv"]
    assert json.loads(files["data/versions.json"])[0]["text"]["title"]


def test_no_name_and_no_address_of_a_person_is_in_it():
    everything = b"".join(files_of(made()).values()).decode()

    for one in FocalPoint.objects.all():
        assert one.name not in everything and one.email not in everything


def test_the_same_facts_on_the_same_day_make_no_second_pack():
    made()
    before = log.size()

    # Nor does it matter in which language its maker reads.
    again = officer("en").post(DESK, STOPPED)

    assert again.status_code == 409 and 'role="alert"' in again.content.decode()
    assert log.size() == before


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"commitment": "1-8"},
        {"why": "other"},
        {**STOPPED, "why": "bored"},
        {**STOPPED, "commitment": "1-99"},
        {**STOPPED, "commitment": "9" * 5000},
        {**STOPPED, "commitment": "１-８\x00<script>"},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(asked):
    before = log.size()

    answer = officer().post(DESK, asked)

    assert answer.status_code in (400, 409) and 'role="alert"' in answer.content.decode()
    assert log.size() == before and not HandoverPack.objects.exists()


def test_a_citizens_comment_stays_where_it_can_be_hidden():
    step = Milestone.objects.get(commitment__plan__number=1, label="8.4")
    words = {"text": "넘겨준 자료는 어디에 있습니까?", "name": "한가람", "language": "ko"}
    comment_on(step, **words, nonce="x", by=ANONYMOUS, at=datetime.now(UTC))

    everything = b"".join(files_of(made()).values()).decode()

    assert words["text"] not in everything and words["name"] not in everything
