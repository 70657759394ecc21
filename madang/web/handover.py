"""A handover pack: everything known of a commitment since its start, as one file.

For a successor in an office, after an election or a change of posts. It holds what everyone may
read, no more, and names bodies and their units, no persons.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from madang.consultation.models import Asked
from madang.consultation.words import STANCES
from madang.documents.files import keep_bytes
from madang.documents.keeping import Kept
from madang.drafting.models import Commitment, GrownFrom
from madang.drafting.versions import read_version
from madang.drafting.words import words_of
from madang.foundation.answers import inert, json_value
from madang.members.models import Forum
from madang.monitoring.actions.hand_over import HandoverPacked
from madang.monitoring.disputes import disagreements
from madang.monitoring.pages.data import derived, steps_of_commitment
from madang.monitoring.pages.wording import derived_words, for_page
from madang.monitoring.reading import asked_of, open_period
from madang.plans.models import ChangeRequest
from madang.plans.pages.change_data import difference
from madang.plans.pages.data import WHOLE_COMMITMENTS, commitment_data
from madang.plans.pages.words import CHANGE_STATES
from madang.record import log
from madang.taskforces.models import Origin
from madang.web.pages.milestone import find_row, milestone_data
from madang.web.pages.milestone import for_page as report_for_page

MEDIA_TYPE, ENDING = "application/zip", ".zip"
_STYLE = Path(__file__).with_suffix(".css")


def pack(commitment: Commitment, at: datetime) -> Kept:
    """Put a commitment's pack together as of a moment, and keep its bytes."""
    content = packed(commitment, at)
    return Kept(keep_bytes(content), MEDIA_TYPE, ENDING, len(content))


def packed(commitment: Commitment, at: datetime) -> bytes:
    """The pack. The same facts on the same day are the same bytes."""
    # Whoever makes it, in whichever language: addresses and words in the data are the same.
    with translation.override(settings.LANGUAGE_CODE):
        found = gathered(commitment, at)
    files = {
        "data/commitment.json": _json(found["commitment"]),
        "data/milestones.json": _json(found["milestones"]),
        "data/versions.json": _json(found["versions"]),
        "data/changes.json": _json(found["changes"]),
        "data/opinions.json": _json(found["opinions"]),
        "data/proposals.csv": _csv(["number", "title", "candidate"], found["proposals"]),
        "data/evidence.csv": _csv(
            ["milestone", "report", "link", "sha256", "opens"], found["evidence"]
        ),
        "data/record.csv": _csv(["entry", "at", "kind", "office", "hash"], found["record"]),
    }
    for language in Forum.objects.get(pk=1).languages:
        if language in dict(settings.LANGUAGES):
            files[f"handover.{language}.html"] = _document(found, language)
    files["handover.css"] = _STYLE.read_bytes()
    sums = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files["SHA256SUMS"] = sums.encode()
    return _zipped(files, timezone.localtime(at))


def gathered(commitment: Commitment, at: datetime) -> dict[str, Any]:
    """Everything known of a commitment, as plain values."""
    row: Any = WHOLE_COMMITMENTS.get(pk=commitment.pk)
    today = timezone.localdate(at)
    steps = steps_of_commitment(row, today)
    milestones = [_milestone(row, step["label"], today) for step in steps]
    versions = [
        {
            "number": one.number,
            "made_at": one.made_at,
            "sha256": one.sha256,
            "text": dict(read_version(one)),
        }
        for one in row.versions.order_by("number")
    ]
    changes = ChangeRequest.objects.filter(commitment=row).select_related("base", "edition")
    return {
        "as_of": today.isoformat(),
        "commitment": commitment_data(row),
        "steps": steps,
        "progress": derived(steps),
        "milestones": milestones,
        "versions": versions,
        "changes": [_change(one) for one in changes.order_by("number")],
        "opinions": list(_opinions(row)),
        "proposals": list(_proposals(row)),
        "evidence": list(_evidence(milestones)),
        "record": list(_record(row, [step["label"] for step in steps])),
        "open": _open(row, steps),
    }


def _milestone(row: Any, label: str, today: date) -> dict[str, Any]:
    """All that bodies, members and the forum said of a milestone.

    Citizens' comments stay on its page: one can be hidden there, and a pack is for good.
    """
    found = milestone_data(find_row(row.plan.number, row.number, label), today)
    return {key: value for key, value in found.items() if key != "comments"}


def _change(one: ChangeRequest) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "state": one.state,
        "reason": one.reason,
        "decided_by": one.decided_by or None,
        "asked_at": one.asked_at,
        "settled_at": one.settled_at,
        "pieces": difference(one),
    }


def _opinions(row: Any) -> Iterable[dict[str, Any]]:
    """What the agencies that were asked said to its draft, each one's newest."""
    asked = Asked.objects.filter(commitment=row, request__withdrawn_at=None)
    for one in asked.select_related("agency", "request").prefetch_related("opinions"):
        newest = next((said for said in one.opinions.all() if said.newest), None)
        yield {
            "agency": one.agency.name,
            "asked_at": one.request.asked_at,
            "stance": newest.stance if newest else None,
            "words": newest.words if newest else None,
            "made_at": newest.made_at if newest else None,
        }


def _proposals(row: Any) -> Iterable[list[Any]]:
    """The public proposals inside it; who sent them is no part of a pack."""
    grown = GrownFrom.objects.filter(commitment=row, ended_at=None).values("candidate")
    inside = Origin.objects.filter(candidate__in=grown, ended_at=None)
    inside = inside.select_related("proposal__plan", "candidate").order_by("proposal__number")
    for one in inside.distinct():
        if one.proposal.state == "public":
            yield [one.proposal.label, one.proposal.title, one.candidate.number]


def _evidence(milestones: Iterable[dict[str, Any]]) -> Iterable[list[Any]]:
    for step in milestones:
        for report in step["reports"]:
            for item in report["evidence"]:
                yield [step["label"], report["number"], item["url"], item["sha256"], item["opens"]]


def _record(row: Any, labels: list[str]) -> Iterable[list[Any]]:
    """The record's entries about it and its milestones, the oldest first."""
    refs = [row.ref, *(f"milestone:{row.plan.number}-{label}" for label in labels)]
    entries = log.entries().filter(about__in=refs).exclude(kind=HandoverPacked.KIND)
    for entry in entries.order_by("index"):
        office = log.said(entry)["d"].get("by", "")
        yield [entry.index, entry.at.isoformat(), entry.kind, office, bytes(entry.leaf_hash).hex()]


def _open(row: Any, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """What is not settled: what is disputed, what waits, what was asked and has not come."""
    plan, period = row.plan, open_period(row.plan)
    asked = asked_of(plan, period) if period else {}
    return {
        "left": [one for one in steps if one["status"] not in ("done",)],
        "disputed": [
            one
            for one in disagreements()
            if (one["plan"], one["commitment"]) == (plan.number, row.number)
        ],
        "waiting": list(
            ChangeRequest.objects.filter(commitment=row, state="waiting").values_list(
                "number", flat=True
            )
        ),
        "asked": [
            {"label": step.label, "title": step.title, "due_on": period.due_on}
            for (_slug, number), told in asked.items()
            if number == row.number and period
            for step in told
        ],
    }


# --- its files -----------------------------------------------------------------------------------


def _document(found: dict[str, Any], language: str) -> bytes:
    """The pack as one page to read and print, in one language."""
    plan = found["commitment"]["plan"]
    with translation.override(language):
        shown = {
            **found,
            "language": language,
            "page": reverse("commitment", args=[plan["number"], found["commitment"]["number"]]),
            "left": [for_page(one) for one in found["open"]["left"]],
            "address": settings.INSTALLATION.address,
            "progress_words": derived_words(found["progress"]),
            "steps_told": [
                {**one, "told": [report_for_page(report) for report in one["reports"]]}
                for one in found["milestones"]
            ],
            "opinions_told": [
                {**one, "stance_word": STANCES[one["stance"]] if one["stance"] else ""}
                for one in found["opinions"]
            ],
            "changes_told": [
                {
                    **one,
                    "state_word": CHANGE_STATES[one["state"]],
                    "pieces": [
                        {**piece, "where": words_of(tuple(piece["path"]))}
                        for piece in one["pieces"]
                    ],
                }
                for one in found["changes"]
            ],
        }
        return render_to_string("web/handover_pack.html", shown).encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, default=json_value, ensure_ascii=False, indent=1).encode()


def _csv(headings: list[str], rows: Iterable[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(headings)
    sheet.writerows([inert(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    """Always the same bytes for the same files on a day: no clock time, one order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            head = zipfile.ZipInfo(name, (at.year, at.month, at.day, 0, 0, 0))
            head.compress_type, head.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(head, files[name])
    return out.getvalue()
