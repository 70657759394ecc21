"""A forum of any size, made by loading a generated file, and by acting on."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from madang.documents.models import Document
from madang.foundation.texts import Text
from madang.members.actions.move_clock import move_clock
from madang.members.models import Forum
from madang.record.guard import writing
from tests.makers.forums import LOADED, SOMEONE, a_loaded_forum
from tests.makers.housekeeping import counted

STAGES = ("planning", "call", "task_force", "decision", "implementation", "assessment")
MEASURES = ("verifiable", "open_government_lens", "potential", "completion", "early_results")


def words(what: str, n: int) -> dict[str, str]:
    return {"ko": f"{what} {n}번", "en": f"{what} number {n}"}


def source(n: int) -> str:
    return f"source-{n}"


def dates(n: int) -> dict[str, str]:
    return {"from": f"{1990 + n % 30}", "to": f"{1995 + n % 30}", "source": source(n)}


def file_of(size: int, odd: str = "") -> dict[str, Any]:
    """A forum file with `size` of everything; `odd` stands before every word of it."""

    def text(what: str, n: int) -> dict[str, str]:
        return {key: odd + value for key, value in words(what, n).items()}

    every = range(1, size + 1)
    agencies = ["acrc", *(f"agency-{n}" for n in every[1:])]
    return {
        "madang": 1,
        "languages": ["ko", "en"],
        "sources": {
            source(n): {"title": text("Source", n), "publisher": text("Press", n), "dated": "2020"}
            for n in every
        },
        "forum": {
            "name": text("Forum", 1),
            "body": "body-1",
            "bodies": [
                {"slug": f"body-{n}", "name": text("Body", n), "source": source(n)} for n in every
            ],
            "functions": [
                {
                    "key": f"function-{n}",
                    "text": text("Function", n),
                    "source": source(n),
                    "deeds": [{"when": dates(n), "text": text("Deed", n), "about": "plan:5"}],
                }
                for n in every
            ],
            "seat_classes": [
                {"key": "government", "prefix": "gov", "side": "government", "name": text("G", 1)},
                {"key": "civil", "prefix": "cso", "side": "civil_society", "name": text("C", 1)},
            ],
            "rules": [
                {
                    "title": text("Rules", n),
                    "in_force_from": f"{1900 + n}",
                    "source": source(n),
                    "figures": [
                        {"key": f"rule-{n}", "title": text("Rule", n), "source": source(n)}
                    ],
                }
                for n in every
            ],
            "terms": [
                {
                    "number": n,
                    "body": "body-1",
                    "source": source(n),
                    "seats": [
                        {"class": "government", "count": size, "source": source(n)},
                        {"class": "civil", "count": size, "source": source(n)},
                    ],
                    "holdings": [
                        {"seat": f"cso-{m}", "person": f"person-{m}", "source": source(m)}
                        for m in (every if n == 3 else [])
                    ],
                }
                for n in every
            ],
        },
        "agencies": [
            {"slug": slug, "name": text("Agency", n), "source": source(n), "note": text("Note", n)}
            for n, slug in enumerate(agencies, 1)
        ],
        "people": [
            {"slug": f"person-{n}", "name": text("Person", n), "organisation": text("Org", n)}
            for n in every
        ],
        "meetings": [
            {
                "body": "body-1",
                "number": n,
                "title": text("Meeting", n),
                "way": "in_writing",
                "held": dates(n),
                "source": source(n),
                "ballot": {
                    "question": text("Question", n),
                    "decides": "plan:5",
                    "way": "in_writing",
                    "window": dates(n),
                    "source": source(n),
                },
            }
            for n in every
        ],
        "plans": [plan_of(n, size, agencies, text) for n in every[:99]],
    }


def plan_of(number: int, size: int, agencies: list[str], text: Any) -> dict[str, Any]:
    every = range(1, (size if number == 5 else 1) + 1)
    return {
        "number": number,
        "title": text("Plan", number),
        "status": "published" if number == 5 else "recorded",
        "period": dates(number),
        "source": source(number),
        "areas": [{"text": text("Area", n), "source": source(n)} for n in every],
        "visions": [
            {"key": f"vision-{n}", "text": text("Vision", n), "source": source(n)} for n in every
        ],
        "stages": [
            {"key": key, "announced": [dates(n) for n in every], "actual": [dates(1)]}
            for key in STAGES
        ],
        "totals": [
            {"key": key, "count": size * times, "label": text("Total", times), "source": source(1)}
            for key, times in (("ideas", 9), ("candidates", 3), ("commitments", 1))
        ],
        "links": [
            {"title": text("Link", n), "url": f"https://elsewhere.example/{n}"} for n in every
        ],
        "missing": [text("Missing", n) for n in every],
        "commitments": [commitment_of(n, agencies, text) for n in every] if number == 5 else [],
    }


def commitment_of(number: int, agencies: list[str], text: Any) -> dict[str, Any]:
    every = range(1, (len(agencies) if number == 6 else 2) + 1)
    return {
        "number": number,
        "title": text("Commitment", number),
        "vision": f"vision-{number}",
        "description": text("Description", number),
        "period": dates(number),
        # One agency leads them all; each of the others leads its own.
        "leads": [
            {"agency": slug, "source": source(number)}
            for slug in dict.fromkeys(("acrc", agencies[number - 1]))
        ],
        "identifiers": [{"scheme": "ogp", "value": f"ZZ{number:04}", "source": source(number)}],
        "sub_commitments": [
            {
                "label": f"{number}.{n + 1000}",
                "title": text("Part", n),
                "source": source(n),
                "leads": [{"agency": agencies[n - 1], "source": source(n)}],
            }
            for n in every
        ],
        "milestones": [
            {
                "label": f"{number}.{n}",
                "title": text("Step", n),
                "from": "2021",
                "due": "2022-06",
                "agency": agencies[n - 1],
                "source": source(n),
            }
            for n in every
        ],
        "review": [
            {"measure": measure, "value": "Moderate", "source": source(number)}
            for measure in MEASURES
        ],
        "source": source(number),
    }


def a_forum_of(size: int, folder: Path, *, odd: str = "", papers: bool = False) -> Forum:
    """An installation with `size` of everything, the record's entries and the documents too."""
    file = folder / f"{size}.json"
    file.write_text(json.dumps(file_of(size, odd)), encoding="utf-8")
    forum = a_loaded_forum(file, practice=True, papers=papers)
    for n in range(size):
        at = LOADED + timedelta(days=n)
        move_clock(forum, to=at + timedelta(days=1), by=SOMEONE, at=at)
    with writing():
        Document.objects.bulk_create(a_document(n, odd) for n in range(size))
    counted()
    return Forum.objects.get(pk=1)


def a_document(n: int, odd: str) -> Document:
    return Document(
        sha256=sha256(str(n).encode()).hexdigest(),
        name=f"{odd}paper-{n}.pdf",
        media_type="application/pdf",
        size=n,
        title=Text({"ko": f"{odd}문서 {n}", "en": f"{odd}Document {n}"}),
        language="en",
        about="plan:5",
        kept_at=LOADED,
    )
