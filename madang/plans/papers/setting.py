"""Set a plan as a PDF: which words stand where. How they look is `plan.typ`'s matter."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.foundation.templatetags.madang import grouped, spell
from madang.foundation.texts import Kind, Text
from madang.plans.pages.words import CHANGED, MEASURES, REVIEW_WORDS, STAGES
from madang.plans.papers.typesetting import legible, typeset

LANGUAGES = ("ko", "en")
REGIONS = {"ko": "KR"}

Piece = dict[str, Any]
"""Words with what is said of them, or `{"c": 3}`, a mark that leads to source 3."""
Line = list[Piece]


def set_plan(data: dict[str, Any], forum: Any, language: str) -> bytes:
    """The plan of `paper_data` as an accessible PDF in one of the LANGUAGES.

    The paper's date is the edition's, so that the same data give the same bytes on any day.
    """
    at = data["edition"]["published_at"]
    with translation.override(language):
        document, replaced = legible(_Writing(data, forum, language).document(), at=at)
        if replaced:
            document["reading"]["lines"].append(
                _(
                    "A character the paper’s fonts do not have is given by its number, such as"
                    " [U+20BB7]. The installation’s pages show it."
                )
            )
    return typeset("plan.typ", document, at=at)


def between(start: str | None, end: str | None) -> str:
    """From one date to another in words; an end that is not known is left open."""
    if start == end:
        return spell(start)
    return f"{spell(start)} – {spell(end)}".strip()


class _Writing:
    """One paper on its way: what was said in which language, and which sources were named."""

    def __init__(self, data: dict[str, Any], forum: Any, language: str) -> None:
        self.data = data
        self.forum = forum
        self.language = language
        self.numbers: dict[str, int] = {}
        self.kinds: set[Kind] = set()
        self.untranslated = False

    def document(self) -> dict[str, Any]:
        data = self.data
        day = timezone.localtime(data["edition"]["published_at"])
        title = self.say(data["title"])
        # Sources are numbered in the order in which a reader meets them, so the order counts.
        chapters = {
            "glance": self.glance(),
            "direction": self.direction(),
            "visions": self.visions(),
            "stages": self.stages(),
            "commitments": {
                "title": _("Commitment by commitment"),
                "rows": [self.commitment(line) for line in data["commitments"]],
            },
            "missing": self.missing(),
            "links": self.links(),
        }
        return {
            "language": self.language,
            "region": REGIONS.get(self.language),
            "title": title["w"],
            # Who only records a plan is not its author.
            "author": self.forum_name()["w"] if self.is_adopted_here else "Madang",
            "description": self.what_it_is(),
            "day": [day.year, day.month, day.day],
            "practice": _("Practice. Everything in this paper is invented.")
            if self.practice
            else None,
            "foot": self.foot(),
            "front": self.front(title),
            "contents": _("Contents"),
            **chapters,
            "reading": self.reading(),
            "sources": self.sources(),
            "check": self.check(),
        }

    # --- what the paper is ----------------------------------------------------------------------

    @property
    def practice(self) -> bool:
        return bool(self.forum.practice)

    @property
    def is_adopted_here(self) -> bool:
        return not self.practice and not self.data["edition"]["loaded_from"]

    def what_it_is(self) -> str:
        if self.practice:
            return _(
                "This paper was invented for practice: its forum, its plan and its people do not exist."
            )
        if self.is_adopted_here:
            return _("This is the plan as it was adopted and published here, set by Madang.")
        return _(
            "Made by Madang from the facts recorded by this installation, each with its source."
            " It is not the document of the government."
        )

    def foot(self) -> str:
        if self.practice:
            return _("Invented for practice")
        if self.is_adopted_here:
            return ""
        return _("Made by Madang from recorded facts; not the document of the government")

    def forum_name(self) -> Piece:
        return self.say(self.forum.name)

    def front(self, title: Piece) -> dict[str, Any]:
        edition, seats = self.data["edition"], self.data["seats"]
        day = spell(timezone.localtime(edition["published_at"]).date().isoformat())
        edition_line = (
            _("Edition %(number)s, published on %(day)s.")
            if not edition["loaded_from"]
            else _("Edition %(number)s, recorded here on %(day)s.")
        )
        found = {
            "forum": self.forum_name(),
            "title": title,
            "period": self.span(self.data["period"], cited=False),
            "what": self.what_it_is(),
            "edition": edition_line % {"number": edition["number"], "day": day},
            "seats": None,
        }
        if seats and seats["government"] + seats["civil_society"]:
            term = {"term": seats["term"], "day": spell(seats["from"])}
            sentence = (
                _("The forum’s seats in term %(term)s, from %(day)s.")
                if term["day"]
                else _("The forum’s seats in term %(term)s.")
            )
            found["seats"] = {
                "government": seats["government"],
                "civil_society": seats["civil_society"],
                "about": sentence % term,
                "sides": [
                    _("Government %(count)s") % {"count": seats["government"]},
                    _("Civil society %(count)s") % {"count": seats["civil_society"]},
                ],
            }
        return found

    def reading(self) -> dict[str, Any]:
        """How to read the paper: only of what stands in it, so it is written last."""
        lines = [
            _(
                "The small raised numbers lead to the list of sources. Where sources disagree, all are shown."
            ),
            _(
                "What nobody has recorded is called “not recorded”; it is never shown as a nought."
                " The chapter “What is not recorded” gathers it and says who could supply it."
            ),
        ]
        if Kind.WORKING in self.kinds:
            lines.append(
                _(
                    "The mark %(mark)s follows a working translation: made so that it can be read, and not official."
                )
                % {"mark": _mark(Kind.WORKING)}
            )
        if Kind.MACHINE in self.kinds:
            lines.append(
                _("The mark %(mark)s follows a translation made by a machine.")
                % {"mark": _mark(Kind.MACHINE)}
            )
        if self.untranslated:
            lines.append(
                _(
                    "Words without a translation stand in their own language and are marked “not yet translated”."
                )
            )
        return {
            "title": _("How to read this"),
            "lines": lines,
            "voices": [
                _("The words of the plan are set in this typeface."),
                _("The words of those who recorded it are set in this one."),
            ],
        }

    # --- words and marks ------------------------------------------------------------------------

    def say(self, text: Text | dict[str, Any] | None, *, voice: str = "serif") -> Piece:
        """The words of a text for the paper's reader, with their language and their mark."""
        found = (Text.of(text) if isinstance(text, dict) else text or Text()).say(
            self.language, self.forum.languages
        )
        piece: Piece = {"w": found.words, "v": voice}
        if found.untranslated:
            self.untranslated = True
            piece |= {"l": found.language, "u": _("not yet translated")}
        if found.kind and found.kind is not Kind.OFFICIAL:
            self.kinds.add(found.kind)
            piece["k"] = _mark(found.kind)
        return piece

    def cite(self, key: str | None) -> Line:
        if not key or key not in self.data["sources"]:
            return []
        return [{"c": self.numbers.setdefault(key, len(self.numbers) + 1)}]

    def line(self, text: Any, source: str | None = None, *, voice: str = "serif") -> Line:
        """A text and its source; nothing where there is no text."""
        return [self.say(text, voice=voice), *self.cite(source)] if text else []

    def quote(self, text: Text | None) -> str:
        """A source's own wording, on one line: it is shown as it is, not translated."""
        if not text:
            return ""
        found = text.say(self.language, self.forum.languages)
        return found.words.replace("\n", " / ")

    def span(self, span: dict[str, Any] | None, *, cited: bool = True) -> Line:
        if not span:
            return []
        words = between(span["from"], span["to"])
        return [_plain(words), *(self.cite(span["source"]) if cited else [])]

    # --- chapters, in the order of the paper ----------------------------------------------------

    def glance(self) -> dict[str, Any]:
        return {
            "title": _("At a glance"),
            "summary": self.line(self.data["summary"], voice="sans"),
            "headings": [_("Count"), _("What was counted")],
            "totals": [
                {
                    "count": (_("about %s") if total["about"] else "%s") % grouped(total["count"]),
                    "label": self.line(total["label"], total["source"], voice="sans"),
                    "note": self.line(total["note"], voice="sans"),
                }
                for total in self.data["totals"]
            ],
        }

    def direction(self) -> dict[str, Any]:
        return {
            "title": _("Basic direction"),
            "areas": [self.line(area["text"], area["source"]) for area in self.data["areas"]],
            "note": self.line(self.data["direction_note"], voice="sans"),
            "none": _("No basic direction is recorded."),
        }

    def visions(self) -> dict[str, Any]:
        under: dict[Any, list[dict[str, Any]]] = {}
        for line in self.data["commitments"]:
            under.setdefault(line["vision_key"], []).append(line)
        groups = [
            {
                "vision": self.line(vision["text"], vision["source"]),
                "as_in_source": self.quote(vision["as_in_source"]),
                "note": self.line(vision["note"], voice="sans"),
                "rows": self.rows(under.get(vision["key"], [])),
            }
            for vision in self.data["visions"]
        ]
        if None in under:
            title = [_plain(_("Under no vision") if groups else _("Commitments"))]
            rows = self.rows(under[None])
            groups.append({"vision": title, "as_in_source": "", "note": [], "rows": rows})
        return {
            "title": _("Visions and commitments"),
            "headings": [_("No."), _("Commitment"), _("Lead agencies"), _("Page")],
            "source_writes": _("The source writes:"),
            "groups": groups,
        }

    def rows(self, lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "number": line["number"],
                "title": self.line(line["title"], line["source"]),
                "leads": [
                    [self.say(agency["name"], voice="sans")] for agency in line["lead_agencies"]
                ],
            }
            for line in lines
        ]

    def stages(self) -> dict[str, Any]:
        return {
            "title": _("The stages"),
            "headings": [_("Stage"), _("Announced"), _("Actual")],
            "none": _("not recorded"),
            "rows": [
                {
                    "name": str(STAGES[stage["key"]]),
                    "text": self.line(stage["text"], voice="sans"),
                    "announced": self.claims(stage, "announced"),
                    "actual": self.claims(stage, "actual"),
                }
                for stage in self.data["stages"]
            ],
            "adoption": self.adoption(),
        }

    def claims(self, stage: dict[str, Any], kind: str) -> list[dict[str, Any]]:
        claims = [stage[kind], *stage[f"{kind}_also"]]
        return [
            {"dates": self.span(claim), "note": self.claim_note(claim)} for claim in claims if claim
        ]

    def claim_note(self, claim: dict[str, Any]) -> Line:
        """The remark on a date; first what it is of, where it is not of the stage."""
        note = self.line(claim["note"], voice="sans")
        if not claim["of"]:
            return note
        of = [_plain(_("of something else:") + " "), *self.line(claim["of"], voice="sans")]
        return [*of, _plain(". "), *note] if note else of

    def adoption(self) -> Line:
        if adopted := self.data["adopted"]:
            day = timezone.localdate(adopted["closed_at"]).isoformat()
            sentence = (
                _(
                    "The forum adopted this plan in the ballot of meeting %(meeting)s, closed on"
                    " %(day)s: %(yes)s yes, %(no)s no, %(abstain)s abstained."
                )
                if adopted["round"] == 1
                else _(
                    "The forum adopted this plan in round %(round)s of the ballot of meeting"
                    " %(meeting)s, closed on %(day)s: %(yes)s yes, %(no)s no,"
                    " %(abstain)s abstained."
                )
            )
            counts = {key: adopted["counts"][key] for key in ("yes", "no", "abstain")}
            which = {key: adopted[key] for key in ("meeting", "round")}
            return [_plain(sentence % {**counts, **which, "day": spell(day)})]
        return self.line((self.data["adoption"] or {}).get("note"), voice="sans")

    def missing(self) -> dict[str, Any]:
        lines = [self.line(sentence, voice="sans") for sentence in self.data["missing"]]
        if never := self.never():
            lines.append([_plain(_("Of no commitment: %(what)s.") % {"what": ", ".join(never)})])
        return {
            "title": _("What is not recorded"),
            "lines": lines,
            "none": _("Nothing is known to be missing."),
        }

    def links(self) -> dict[str, Any]:
        return {
            "title": _("Elsewhere"),
            "lines": [
                {
                    "title": self.line(link["title"], link["source"], voice="sans"),
                    "url": _address(link["url"]),
                }
                for link in self.data["links"]
            ],
        }

    def sources(self) -> dict[str, Any]:
        found = [(number, self.data["sources"][key]) for key, number in self.numbers.items()]
        return {
            "title": _("Sources"),
            "lines": [
                {
                    "number": number,
                    "title": [self.say(source.title, voice="sans")],
                    "publisher": self.line(source.publisher, voice="sans"),
                    "dated": [_plain(spell(source.dated))] if source.dated else [],
                    "url": _address(source.url),
                    "note": self.line(source.note, voice="sans"),
                }
                for number, source in found
            ],
        }

    def check(self) -> dict[str, Any]:
        edition = self.data["edition"]
        address = settings.INSTALLATION.address + ("/en" if self.language == "en" else "")
        return {
            "title": _("How to check this paper"),
            "edition": _(
                "The text of this edition is fixed. Its SHA-256, over the canonical list of the"
                " versions of its commitments, is"
            ),
            "sha256": edition["sha256"],
            "record": _("It stands in the public record, together with the SHA-256 of this file:"),
            "record_address": f"{address}/record/",
            "plan": _("The plan’s own page, with all that has been recorded since:"),
            "plan_address": f"{address}/plans/{self.data['number']}/",
        }

    # --- a commitment ---------------------------------------------------------------------------

    def parts_of(self, line: dict[str, Any]) -> dict[str, Any]:
        """What can be known of a commitment, by the name a sentence calls it."""
        done = [code for code in line["review"] if code["measure"] == "completion"]
        changed = [code for code in line["review"] if code["measure"] in CHANGED]
        return {
            _("the problem"): line["problem"],
            _("what is promised"): line["description"],
            _("the period"): line["period"],
            _("milestones"): line["milestones"],
            _("how much was done"): done,
            _("what changed"): changed,
        }

    def never(self) -> list[str]:
        """What is recorded of no commitment of this plan: said once, not in every one."""
        known = [self.parts_of(line) for line in self.data["commitments"]]
        return (
            [name for name in known[0] if not any(parts[name] for parts in known)] if known else []
        )

    def commitment(self, line: dict[str, Any]) -> dict[str, Any]:
        never = self.never()
        missing = [
            name for name, part in self.parts_of(line).items() if not part and name not in never
        ]
        kicker = [*self.line(line["vision"], voice="sans"), *self.cite(line["source"])]
        facts = [
            (_("Lead agencies"), [self.lead(lead) for lead in line["leads"] if not lead["part"]]),
            *((sub["label"], self.sub(line, sub)) for sub in line["sub_commitments"]),
            (_("Period"), [self.span(line["period"])]),
            (_("Problem"), [self.line(line["problem"])]),
            (_("Promise"), [self.line(line["description"])]),
        ]
        milestones = self.milestones(line["milestones"])
        after = [
            (_("Known as"), [self.identifiers(line["identifiers"], None)]),
            (_("Independent review"), self.review(line["review"])),
            (_("Note"), [self.line(line["note"], voice="sans")]),
        ]
        if missing:
            after.append((_("Not recorded"), [[_plain(", ".join(missing))]]))
        return {
            "number": line["number"],
            "title": self.say(line["title"]),
            "kicker": kicker,
            "facts": _told(facts),
            "milestones": milestones,
            "after": _told(after),
        }

    def lead(self, lead: dict[str, Any]) -> Line:
        found = [self.say(lead["name"], voice="sans")]
        if lead["unit"]:
            found += [_plain(" — "), self.say(lead["unit"], voice="sans")]
        if lead["as_in_source"]:
            words = _("(in the source: %(name)s)") % {"name": lead["as_in_source"]}
            found.append({"w": f" {words}", "v": "small"})
        return [*found, *self.cite(lead["source"])]

    def sub(self, line: dict[str, Any], sub: dict[str, Any]) -> list[Line]:
        leads = [self.lead(lead) for lead in line["leads"] if lead["part"] == sub["label"]]
        return [
            self.line(sub["title"], sub["source"]),
            *leads,
            self.identifiers(line["identifiers"], sub["label"]),
        ]

    def identifiers(self, identifiers: list[dict[str, Any]], part: str | None) -> Line:
        found: Line = []
        for one in identifiers:
            if one["part"] == part:
                found += [_plain(" · ")] if found else []
                found += [_plain(one["value"]), *self.cite(one["source"])]
                found += [_plain(" "), self.say(one["note"], voice="small")] if one["note"] else []
        return found

    def milestones(self, steps: list[dict[str, Any]]) -> dict[str, Any] | None:
        if not steps:
            return None
        return {
            "headings": [_("No."), _("Milestone"), _("From"), _("Due")],
            "rows": [
                {
                    "label": step["label"],
                    "mark": _("number given here") if step["numbered_here"] else "",
                    "title": self.line(step["title"], step["source"]),
                    "output": self.line(step["output"], voice="sans"),
                    "agency": self.line(step["agency"], voice="sans"),
                    "from": spell(step["from"]),
                    "due": spell(step["due"]),
                }
                for step in steps
            ],
            "output": _("Output:"),
            "none": _("not recorded"),
        }

    def review(self, codes: list[dict[str, Any]]) -> list[Line]:
        """What was designed on one line for each part; what was done and what changed each alone."""
        lines: list[Line] = []
        for part in sorted({code["part"] for code in codes}, key=lambda label: label or ""):
            here = [code for code in codes if code["part"] == part]
            alone = [code for code in here if code["text"] or code["measure"] in CHANGED]
            short = [code for code in here if code not in alone]
            label: Line = [_whole(f"{part} "), _plain(" ")] if part else []
            if short:
                line = list(label)
                for n, code in enumerate(short):
                    line += [_plain(" · ")] if n else []
                    line.append(_whole(self.code(code)))
                cited: Line = []
                for code in short:
                    cited += [mark for mark in self.cite(code["source"]) if mark not in cited]
                lines.append([*line, *cited])
            for code in alone:
                text = [_plain(". "), self.say(code["text"], voice="sans")] if code["text"] else []
                lines.append([*label, _plain(self.code(code)), *text, *self.cite(code["source"])])
        return lines

    def code(self, code: dict[str, Any]) -> str:
        value = REVIEW_WORDS.get(code["value"].lower(), code["value"])
        return f"{MEASURES[code['measure']]}: {value}"


def _plain(words: str) -> Piece:
    return {"w": words, "v": "sans"}


def _whole(words: str) -> Piece:
    """Words that stay on one line."""
    return {**_plain(words), "b": True}


def _mark(kind: Kind) -> str:
    if kind is Kind.MACHINE:
        return pgettext("mark of a machine translation", "m.tr.")
    return pgettext("mark of a working translation", "tr.")


def _told(facts: list[tuple[str, list[Line]]]) -> list[dict[str, Any]]:
    """The facts of which there is anything to say."""
    found = [(label, [line for line in lines if line]) for label, lines in facts]
    return [{"label": label, "lines": lines} for label, lines in found if lines]


def _address(url: str | None) -> str | None:
    """An address a paper may lead to; Typst is given no other kind."""
    return iri_to_uri(url) if url and url.startswith(("http://", "https://")) else None
