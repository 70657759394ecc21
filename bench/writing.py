"""A plan of 14 commitments with 40 versions each, to see what comparing two of them costs."""

import json
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Any

import yaml
from django.db import transaction

from madang.config.commands.demo import forum_file
from madang.drafting.models import Commitment, CommitmentVersion
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.wordings import parts_of
from madang.record.guard import writing

PLAN, COMMITMENTS, VERSIONS = 15, 14, 40
SENTENCES = 24
"""How many sentences a text has in each language: some 1,300 characters in Korean."""


def write_versions() -> None:
    """Give the commitments of a plan their versions, each a few sentences from the one before."""
    at, spoken = datetime.now(UTC) - timedelta(days=90), _sentences()
    rows = Commitment.objects.filter(plan__number=PLAN, number__lte=COMMITMENTS)
    kept = []
    for row in rows:
        parts = parts_of(row)
        for n in range(1, VERSIONS + 1):
            text = wording({**parts, **_texts(spoken, row.number, n)})
            kept.append(
                CommitmentVersion(
                    commitment=row,
                    number=n,
                    text=text,
                    sha256=fingerprint(text),
                    made_at=at + timedelta(hours=n),
                    office="gov-1",
                )
            )
    with transaction.atomic(), writing():
        CommitmentVersion.objects.bulk_create(kept)


def _sentences() -> dict[str, list[str]]:
    """Sentences of the practice forum's invented commitments, by language."""
    file: dict[str, Any] = yaml.safe_load(forum_file("practice").read_text("utf-8"))
    found: dict[str, list[str]] = {"ko": [], "en": []}
    for plan in file["plans"]:
        for one in plan.get("commitments", []):
            for text in (one.get("description"), one.get("problem")):
                for key, words in (text or {}).items():
                    if key in found:
                        found[key] += [f"{said.rstrip('.')}." for said in words.split(". ")]
    return found


def _texts(spoken: dict[str, list[str]], commitment: int, version: int) -> dict[str, Any]:
    def text(start: int) -> dict[str, str]:
        return {
            key: " ".join(_changed(list(islice(cycle(said), start, start + SENTENCES)), version))
            for key, said in spoken.items()
        }

    return {
        "description": text(commitment),
        "problem": text(commitment + 5),
        "template": {"solution": text(commitment + 9), "results": text(commitment + 13)},
    }


def _changed(said: list[str], version: int) -> list[str]:
    """Each version has one word more in one sentence, and every fifth a sentence elsewhere."""
    found = list(said)
    for n in range(1, version):
        place = n * 7 % len(found)
        words = found[place].split()
        found[place] = " ".join([*words[:2], f"({n})", *words[2:]])
        if n % 5 == 0:
            found.insert(place, found.pop(n * 3 % len(found)))
    return found


def size_of_a_text() -> int:
    """How many characters the newest version of a commitment has, for whoever reads the figures."""
    row = CommitmentVersion.objects.filter(commitment__plan__number=PLAN).latest("number")
    return len(json.dumps(json.loads(bytes(row.text)), ensure_ascii=False))
