"""Set a ballot's decision paper: which words stand where. Its looks are `decision.typ`'s matter."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from madang.ballots.rules.tally import Tally, read_rules
from madang.ballots.rules.words import Channel, Outcome
from madang.ballots.rules.working import Step, steps
from madang.ballots.wording import CHOICES, OUTCOMES, REASONS, SIDES
from madang.foundation.templatetags.madang import spell
from madang.foundation.texts import Text
from madang.plans.papers.setting import REGIONS
from madang.plans.papers.typesetting import legible, typeset
from madang.record.pages.words import KINDS

CHANNEL_WORDS = {
    Channel.LETTER: gettext_lazy("by letter"),
    Channel.TELEPHONE: gettext_lazy("by telephone"),
    Channel.PRINTED: gettext_lazy("with a printed code"),
}
DECIDING = ("quorum", "majority", "tie", "early-close")
"""The rules that bear on the outcome; the others frozen with them do not."""
BASES = {
    "roll": gettext_lazy("seats on the roll"),
    "returned": gettext_lazy("answers"),
    "cast": gettext_lazy("answers of yes or no"),
}


def set_decision(data: dict[str, Any], forum: Any, language: str) -> bytes:
    """The decision of `decision_data` as an accessible PDF in one of the papers' languages.

    The paper's time is the close of the ballot, so that the same data give the same bytes.
    """
    at = data["closed_at"]
    with translation.override(language):
        document, _replaced = legible(_document(data, forum, language), at=at)
    return typeset("decision.typ", document, at=at)


def _document(data: dict[str, Any], forum: Any, language: str) -> dict[str, Any]:
    day = timezone.localtime(data["closed_at"])

    def say(text: Text | dict[str, Any] | None) -> dict[str, str]:
        return _say(text, language, forum.languages)

    title = _("Decision paper")
    return {
        "language": language,
        "region": REGIONS.get(language),
        "title": title,
        "author": "Madang" if forum.practice else say(forum.name)["w"],
        "name": f"{title} — {say(data['meeting'])['w']}",
        "day": [day.year, day.month, day.day],
        "practice": _("Practice. Everything in this paper is invented.")
        if forum.practice
        else None,
        "forum": say(data["body"]),
        "meeting": say(data["meeting"]),
        "question": say(data["question"]),
        "outcome": str(OUTCOMES[data["outcome"]]),
        "facts": _facts(data, say),
        "working": {"title": _("How the outcome follows"), "lines": _working(data)},
        "sides": _sides(data),
        "keys": _keys(data, say),
        "seats": _seats(data, say),
        "reasons": {
            "title": _("Reasons as given"),
            "lines": [
                {"seat": seat["seat"], "choice": _choice(seat), "words": seat["reason"]}
                for seat in data["seats"]
                if seat["reason"]
            ],
        },
        "papers": {
            "title": _("What was put to the vote"),
            "lines": [
                {
                    "title": say(paper["title"]),
                    "ref": _name(paper["ref"]),
                    "sha256": paper["sha256"],
                }
                for paper in data["papers"]
            ],
        },
        "record": _record(data),
        "check": _check(data, language),
    }


def _say(text: Text | dict[str, Any] | None, language: str, languages: list[str]) -> dict[str, str]:
    """Words with their language where it is another than the paper's."""
    found = (Text.of(text) if isinstance(text, dict) else text or Text()).say(language, languages)
    return {"w": found.words, "l": found.language if found.untranslated else ""}


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{spell(local.date().isoformat())} {local:%H:%M} {local.tzname()}"


def _name(ref: str) -> str:
    """A paper's short name: the commitment's number in the plan."""
    return ref.rpartition("-")[2] if ref.startswith("commitment:") else ""


def _choice(seat: dict[str, Any]) -> str:
    words = str(CHOICES[seat["choice"]])
    channel = CHANNEL_WORDS.get(seat["channel"])
    return f"{words} ({channel})" if channel else words


def _facts(data: dict[str, Any], say: Any) -> list[dict[str, Any]]:
    window = f"{_moment(data['opens_at'])} – {_moment(data['closes_at'])}"
    counted = Tally(**data["counts"])
    facts = [
        (_("Round"), [str(data["round"])] if data["round"] > 1 else []),
        (_("In writing because"), _why_in_writing(data, say)),
        (_("Window"), [window]),
        (_("Closed"), [_moment(data["closed_at"])]),
        (
            _("Rules in force"),
            [_rule(rule, say) for rule in data["rules"] if rule["key"] in DECIDING],
        ),
        (
            _("Roll"),
            [
                _("%(seats)s seats, %(returned)s of them answered")
                % {
                    "seats": counted.roll + counted.recused,
                    "returned": counted.returned + counted.recused,
                }
            ],
        ),
    ]
    told = [(label, [line for line in lines if line]) for label, lines in facts]
    return [{"label": label, "lines": lines} for label, lines in told if lines]


def _why_in_writing(data: dict[str, Any], say: Any) -> list[str]:
    # In one line: a plain decision of thirty seats is to fit on one sheet.
    rule, reason = data["written_rule"], str(REASONS.get(data["written_reason"], ""))
    read = _("as it read in %(year)s; later changes were not checked") % {"year": rule["as_of"]}
    return [f"{reason} ({say(rule['source'])['w']}, {read})"]


def _rule(figure: dict[str, Any], say: Any) -> str:
    words = say(figure.get("text"))["w"] or _unsaid(figure)
    return f"{say(figure['title'])['w']}: {words}" if words else ""


def _unsaid(figure: dict[str, Any]) -> str:
    # A rule whose source gives no sentence is told by its figure.
    share = figure.get("figure") or {}
    if "fraction" not in share:
        return ""
    return f"{share['comparator']} {share['fraction']} ({BASES.get(share['base'], share['base'])})"


def _working(data: dict[str, Any]) -> list[str]:
    """The rule worked out in numbers, step by step."""
    rules, counted = read_rules(data["rules"]), Tally(**data["counts"])
    lines = []
    if counted.recused:
        lines.append(
            _("Seats that declared an interest in the question and count nowhere: %(count)s.")
            % {"count": counted.recused}
        )
    quorum, majority = steps(counted, rules)
    lines.append(_step(_("Quorum"), quorum))
    if data["outcome"] == Outcome.NO_QUORUM:
        lines.append(_("Without a quorum yes and no are not compared."))
        return lines
    lines.append(_step(_("Majority"), majority))
    if data["detail"] == "tie":
        sentence = (
            _("Yes and no are equal, %(count)s each; by the rules a tie approves.")
            if data["outcome"] == Outcome.APPROVED
            else _("Yes and no are equal, %(count)s each; by the rules a tie rejects.")
        )
        lines.append(sentence % {"count": counted.yes})
    return lines


def _step(name: str, step: Step) -> str:
    sentence = (
        _("%(rule)s: %(part)s of %(whole)s %(base)s; %(needed)s were needed. Reached.")
        if step.met
        else _("%(rule)s: %(part)s of %(whole)s %(base)s; %(needed)s were needed. Not reached.")
    )
    return sentence % {
        "rule": name,
        "part": step.part,
        "whole": step.whole,
        "base": BASES[step.share.base],
        "needed": step.share.needed(step.whole),
    }


def _sides(data: dict[str, Any]) -> dict[str, Any]:
    rows = [[str(SIDES[side]), *_counts(data["sides"][side])] for side in SIDES]
    return {
        "title": _("Answers by side"),
        "headings": [_("Side"), *(str(CHOICES[choice]) for choice in CHOICES), _("Seats")],
        "rows": [*rows, [_("Together"), *_counts(data["counts"])]],
    }


def _counts(counts: dict[str, int]) -> list[str]:
    found = [counts[choice] for choice in CHOICES]
    return [str(count) for count in (*found, sum(found))]


def _keys(data: dict[str, Any], say: Any) -> dict[str, Any]:
    return {
        "title": _("Keys of the co-chairs"),
        "headings": [_("Side"), _("Seat"), _("Name"), _("Turned")],
        "rows": [
            [
                str(SIDES[key["side"]]),
                key["seat"],
                _turned_by(key, say),
                _turned(key),
            ]
            for key in data["keys"]
        ],
    }


def _turned_by(key: dict[str, Any], say: Any) -> str:
    name = str(say(key["person"])["w"])
    return f"{name} ({_('stands in for the vacant chair')})" if key["stands_in"] else name


def _turned(key: dict[str, Any]) -> str:
    at = _moment(key["turned_at"])
    if not key["document"]:
        return at
    return f"{at} ({_('by document %(number)s') % {'number': key['document']}})"


def _seats(data: dict[str, Any], say: Any) -> dict[str, Any]:
    return {
        "title": _("Answers by seat"),
        "headings": [_("Seat"), _("Name"), pgettext("heading", "Answer")],
        "rows": [
            {
                "side": seat["side"],
                "cells": [
                    seat["seat"],
                    say(seat["person"])["w"] if seat["person"] else _("not recorded"),
                    _choice(seat),
                ],
            }
            for seat in data["seats"]
        ],
    }


def _record(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": _("In the public record"),
        "lines": [
            f"{entry['index']} · {KINDS.get(entry['kind'], entry['kind'])}"
            for entry in data["entries"]
        ],
    }


def _check(data: dict[str, Any], language: str) -> dict[str, Any]:
    address = settings.INSTALLATION.address + ("/en" if language == "en" else "")
    return {
        "title": _("How to check this paper"),
        "digest": _("The text both keys approved has this SHA-256:"),
        "sha256": data["digest"],
        "sentence": _(
            "Question, papers, seats and outcome stand on this page, and its .json lets anyone"
            " count again. The SHA-256 of this file stands in the public record."
        ),
        "addresses": [
            f"{address}/meetings/{data['address']}/ballot/{data['round']}/",
            f"{address}/meetings/{data['address']}/ballot/{data['round']}.json",
            f"{address}/record/",
        ],
    }
