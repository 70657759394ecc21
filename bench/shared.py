"""Texts that real people wrote, which lie beside a clone in `../shared/data` and never in it."""

import csv
import json
import os
from pathlib import Path

csv.field_size_limit(1 << 24)


def folder() -> Path:
    """`../shared/data` beside the clone, or what MADANG_SHARED names."""
    return Path(os.environ.get("MADANG_SHARED") or Path(__file__).parents[2] / "shared" / "data")


def _rows(*path: str) -> list[dict[str, str]]:
    with folder().joinpath(*path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def question_pairs() -> list[tuple[str, str, bool]]:
    """Pairs of sentences, and whether they mean the same: in the file 0 says so, and 1 not."""
    rows = _rows("ko-question-pair", "kor_pair_train.csv")
    return [(row["question1"], row["question2"], row["is_duplicate"] == "0") for row in rows]


def paraphrases() -> list[tuple[str, str]]:
    """Sentences with the number of their group of ten that ask the same."""
    return [(row["text"], row["group"]) for row in _rows("ko-parakqc", "paraKQC_dev.csv")]


def korean_proposals() -> list[str]:
    """Citizens' questions and proposals, title and body."""
    return [f"{row['title']}\n{row['body']}" for row in _rows("ko-q4all", "questions_dev.csv")]


def english_proposals() -> list[str]:
    """What people said in open conversations, and the commitments of one country's plan."""
    folders = sorted(path.parent.name for path in folder().glob("polis-opendata/*/comments.csv"))
    said = [
        row["comment-body"]
        for name in folders
        for row in _rows("polis-opendata", name, "comments.csv")
    ]
    plan = folder().joinpath("us-nap5", "commitments.json").read_text(encoding="utf-8")
    promised = [f"{c['title']}\n{c['commitment_detail_sub']}" for c in json.loads(plan)]
    return said + promised
