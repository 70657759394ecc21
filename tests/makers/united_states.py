"""The United States' fifth plan as its own tracker published it, turned into a forum file.

The tracker (CC0) is read where it lies; none of it stands in this repository. `EXCERPT` is an
invented one in the same files, for the same way through.
"""

import csv
import html
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench import shared

DATA = shared.folder() / "us-nap5"
EXCERPT = Path(__file__).parents[1] / "forums" / "tracker"
WORDS = {
    "On Track": "on_track",
    "In Progress": "on_track",
    "Complete": "done",
    "Not Started": "not_started",
}
"""The tracker's words and ours. “No Trackable …” is the beginning of something; it fits none."""
LINK = re.compile(r"https?://[^\s()\[\]\"<>]+")


def a_forum_file(folder: Path = DATA) -> dict[str, Any]:
    """A forum of no seats with a tracker's plan: a milestone for each step that it tracked."""
    steps, histories = _steps(folder), _histories(folder)
    names = sorted({step["commitment_agency"] for step in steps.values()})
    return {
        "madang": 1,
        "languages": ["en"],
        "sources": {"tracker": {"title": {"en": "Tracker of the fifth U.S. plan"}}},
        "forum": {
            "name": {"en": "United States"},
            "body": "body",
            "bodies": [{"slug": "body", "name": {"en": "United States"}, "source": "tracker"}],
            "seat_classes": [],
        },
        "agencies": [
            {"slug": _slug(name), "name": {"en": _plain(name)}, "source": "tracker"}
            for name in {_slug(name): name for name in names}.values()
        ],
        "plans": [
            {
                "number": 5,
                "title": {"en": "Fifth U.S. Open Government National Action Plan"},
                "status": "published",
                "status_words": WORDS,
                "source": "tracker",
                "commitments": [
                    _commitment(n, one, steps, histories)
                    for n, one in enumerate(_read(folder, "commitments.json"), 1)
                ],
            }
        ],
    }


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def _steps(folder: Path) -> dict[str, dict[str, Any]]:
    steps = _read(folder, "subcommitments.json")
    return {step["commitment_detail_sub_id"]: step for step in steps}


def _histories(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    with (folder / "status_history.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["sub_commitment"]].append(row)
    return found


def _commitment(number: int, one: Any, steps: Any, histories: Any) -> dict[str, Any]:
    key = one["commitment_id"]
    # Steps that the tracker numbered anew are still in its history, under their old numbers.
    own = sorted({step for step in (*steps, *histories) if step.startswith(f"{key}.")})
    led = [steps[step]["commitment_agency"] for step in own if step in steps]
    return {
        "number": number,
        "title": {"en": one["title"]},
        "description": {"en": _plain(one["commitment_detail_sub"]) or "-"},
        "identifiers": [{"scheme": "ogp", "value": key, "source": "tracker"}],
        "leads": [
            {"agency": slug, "as_in_source": _plain(name)[:200], "source": "tracker"}
            for slug, name in {_slug(name): name for name in led}.items()
        ],
        "milestones": [
            _milestone(f"{number}.{place}", step, steps.get(step), histories[step])
            for place, step in enumerate(own, 1)
        ],
        "source": "tracker",
    }


def _milestone(label: str, key: str, step: Any, history: list[dict[str, str]]) -> dict[str, Any]:
    reports: list[dict[str, Any]] = [
        {"on": row["when"][:10], "word": row["to"], "source": "tracker"} for row in history
    ]
    if step and reports:
        reports[-1] |= _last_said(step["body"])
    return {
        "label": label,
        "title": {"en": _plain(step["title"]) if step else f"{key}, numbered anew since"},
        "agency": _slug(step["commitment_agency"]) if step else None,
        "history": reports,
        "source": "tracker",
    }


def _last_said(body: str) -> dict[str, Any]:
    told, _, shown = body.partition("Evidence")
    links = list(dict.fromkeys(LINK.findall(shown)))
    evidence: list[dict[str, Any]] = [{"url": link} for link in links]
    if not links and _plain(shown):
        evidence = [{"words": {"en": _plain(shown)}}]
    return {"text": {"en": _plain(told) or "-"}, "evidence": evidence}


def _plain(words: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", words)).split())


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _plain(name).lower()).strip("-")[:60].strip("-")
