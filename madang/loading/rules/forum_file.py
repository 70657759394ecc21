"""The forum file: what a file that fills an installation may say, key by key.

This module is the schema. `docs/forum-file.md` and `docs/forum-file.schema.json` are
printed from it by `make docs`.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from madang.foundation.dates import PartialDate


def _dated(value: str) -> str:
    try:
        PartialDate(value)
    except ValueError as error:
        raise ValueError("not_a_date") from error
    return value


def _as_text(value: Any) -> Any:
    # YAML reads an unquoted 2020 as a number; here it is a year.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Dated = Annotated[str, BeforeValidator(_as_text), AfterValidator(_dated)]
"""A year, a month or a day: `2020`, `2020-03`, `2020-03-22`."""

Label = Annotated[
    str, BeforeValidator(_as_text), Field(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=20)
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
SourceKey = Slug
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Ref = Annotated[str, Field(pattern=r"^[a-z]+:[A-Za-z0-9.\-]+$", max_length=80)]
Words = Annotated[str, Field(min_length=1, max_length=30_000)]
Line = Annotated[str, Field(min_length=1, max_length=600)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=600)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Texts = dict[str, Any]
"""Words by language, `{ko: …, en: …}`; a language that is not there yet is left out or null.

A reserved key `kind` says how a translation came about: `{ko: …, en: …, kind: {ko: working}}`
with `official`, `working` or `machine`. What carries no kind is the source's own wording.
"""


def _check_text(value: dict[str, Any]) -> dict[str, Any]:
    kinds = value.get("kind", {})
    words = {key: text for key, text in value.items() if key != "kind"}
    if not isinstance(kinds, dict) or any(k not in words for k in kinds):
        raise ValueError("kind_without_words")
    if any(kind not in ("official", "working", "machine") for kind in kinds.values()):
        raise ValueError("unknown_kind")
    if not any(words.values()):
        raise ValueError("no_words")
    for language, text in words.items():
        if not (isinstance(language, str) and 2 <= len(language) <= 3 and language.isalpha()):
            raise ValueError("not_a_language")
        if text is not None and not (
            isinstance(text, str) and text.strip() and len(text) <= 30_000
        ):
            raise ValueError("not_words")
    return value


Text = Annotated[Texts, AfterValidator(_check_text)]


class Part(BaseModel):
    """A part of the file. Unknown keys are refused, so that a slip of the pen is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """Where facts were found: a page, a paper, a dataset. Every fact of the file names one."""

    title: Text
    publisher: Text | None = None
    url: Address | None = None
    dated: Dated | None = None
    note: Text | None = None
    """For example: read in full, or seen only as quoted by another."""


class Between(Part):
    """From one date to another; an end may be missing."""

    start: Dated | None = Field(default=None, alias="from")
    end: Dated | None = Field(default=None, alias="to")
    source: SourceKey

    @model_validator(mode="after")
    def _in_order(self) -> "Between":
        if self.start and self.end and self.end[: len(self.start)] < self.start[: len(self.end)]:
            raise ValueError("ends_before_it_begins")
        return self


class Noted(Between):
    """Dates with a remark, for stages where sources disagree."""

    of: Text | None = None
    """What the dates are of, where it is not the stage itself: a draft, a delivery."""
    note: Text | None = None


class Rule(Part):
    """One figure of the forum's rules; `figure` is null where nobody has seen it."""

    key: Slug
    title: Text
    figure: dict[str, Any] | None = None
    """`{fraction: 1/2, comparator: ">", base: roll}` for quorum and majority,
    `{days: 7}` or `{years: 2}` for a length, `{count: 7}` for a number, `{is: true}`
    for yes or no, `{word: reject}` for a choice."""
    text: Text | None = None
    source: SourceKey
    note: Text | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> "Rule":
        shapes = (
            {"fraction", "comparator", "base"},
            {"days"},
            {"years"},
            {"count"},
            {"is"},
            {"word"},
        )
        if self.figure is not None and set(self.figure) not in shapes:
            raise ValueError("unknown_figure")
        return self


class AmendmentRule(Rule):
    """What may be changed of an adopted plan, and until when, as a source says it.

    `amendment-window` and `midterm-refresh` take `{years: 1}`; `decided-by` takes
    `{word: keys}`, `{word: meeting}` or `{word: ballot}`.
    """

    key: Literal["amendment-window", "midterm-refresh", "decided-by"]
    start: Dated | None = Field(default=None, alias="from")
    end: Dated | None = Field(default=None, alias="to")


class RulesVersion(Part):
    """The rules in force from a date on."""

    title: Text
    in_force_from: Dated
    source: SourceKey
    figures: list[Rule] = []


class Body(Part):
    """The forum under one name and one legal basis; earlier bodies come first."""

    slug: Slug
    name: Text
    basis: Text | None = None
    start: Dated | None = Field(default=None, alias="from")
    end: Dated | None = Field(default=None, alias="to")
    seats: Count | None = None
    note: Text | None = None
    source: SourceKey


class LegalBasis(Part):
    title: Text
    kind: Text
    number: str | None = None
    date: Dated | None = None
    sets_up: Text | None = None
    """What kind of body it founds, in the source's words."""
    source: SourceKey


class Appointing(Part):
    """Who appoints the members."""

    office: Text
    source: SourceKey


class Deed(Part):
    """Something known to have been done under one of the forum's functions."""

    when: Between
    text: Text
    about: Ref | None = None
    """What it concerns on this site, such as `plan:5` or `meeting:7`."""


class Function(Part):
    """A function the forum was given, and what is known to have been done under it."""

    key: Slug
    text: Text
    source: SourceKey
    deeds: list[Deed] = []


class SeatClass(Part):
    """A kind of seat and the side it counts on. Seats are numbered `prefix-1`, `prefix-2`, …"""

    key: Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]
    prefix: Annotated[str, Field(pattern=r"^[a-z]{2,5}$")]
    side: Literal["government", "civil_society"]
    name: Text


class CoChair(Part):
    """One of the two co-chairs: the side, and how the chair is reached."""

    side: Literal["government", "civil_society"]
    by: Literal["office", "election"]
    office: Text | None = None
    """The office that brings the chair with it, or the words the source uses."""
    seat: str | None = None
    """The seat the co-chair sits in, where known, such as `cso-1`."""
    source: SourceKey


class Holding(Part):
    """Who sits in a seat, over dated time; the person may be unknown."""

    seat: str
    person: Slug | None = None
    office: Text | None = None
    start: Dated | None = Field(default=None, alias="from")
    end: Dated | None = Field(default=None, alias="to")
    source: SourceKey


class TermSeats(Part):
    """How many seats of a class a term had, as a source reports it; null where none does."""

    seat_class: str = Field(alias="class")
    count: Annotated[int, Field(ge=0, le=999)] | None
    source: SourceKey


class Term(Part):
    """A term of the forum's members."""

    number: Annotated[int, Field(ge=1, le=999)]
    body: Slug
    start: Dated | None = Field(default=None, alias="from")
    end: Dated | None = Field(default=None, alias="to")
    source: SourceKey
    seats: list[TermSeats] = []
    note: Text | None = None
    holdings: list[Holding] = []


class Person(Part):
    """A person who holds a seat or works for the secretariat."""

    slug: Slug
    name: Text
    organisation: Text | None = None
    agency: Slug | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)] | None = None
    """Brings an account to sign in with; kept private."""
    language: Language | None = None
    roles: list[Literal["secretariat", "administrator"]] = []


class Agency(Part):
    """A public body that leads or supports commitments."""

    slug: Slug
    name: Text
    parent: Slug | None = None
    source: SourceKey
    note: Text | None = None


class Ballot(Part):
    """A ballot known only from a source: nothing of it happened in this installation."""

    question: Text
    decides: Ref
    way: Literal["in_writing", "sitting"]
    window: Between
    source: SourceKey
    note: Text | None = None


class Meeting(Part):
    """A numbered meeting of one of the bodies."""

    body: Slug
    number: Annotated[int, Field(ge=1, le=9999)]
    title: Text
    way: Literal["in_writing", "sitting"]
    held: Between | None = None
    source: SourceKey
    note: Text | None = None
    ballot: Ballot | None = None


class Area(Part):
    text: Text
    source: SourceKey


class Vision(Part):
    """A heading under which the plan lists its commitments."""

    key: Slug
    text: Text
    as_in_source: Text | None = None
    """The source's own wording, where it was cut or differs; left out where the source lost it."""
    note: Text | None = None
    source: SourceKey


class Stage(Part):
    """A stage of the plan's cycle with what was announced and what happened.

    The first date of each list is the one shown first; more stand beside it when sources disagree.
    """

    key: Literal["planning", "call", "task_force", "decision", "implementation", "assessment"]
    text: Text | None = None
    announced: list[Noted] = []
    actual: list[Noted] = []


class Total(Part):
    """A count on the way from ideas to commitments, as a source gives it.

    `done` and `changed` are what the independent reviewer found of the plan as a whole: how many
    commitments were carried out, and how many had early results.
    """

    key: Literal[
        "ideas", "candidates", "commitments", "groups", "agencies", "reviewed", "done", "changed"
    ]
    count: Count
    about: bool = False
    """True where the source says "about"."""
    label: Text
    note: Text | None = None
    source: SourceKey


class Link(Part):
    """A page elsewhere about the plan."""

    title: Text
    url: Address
    source: SourceKey | None = None


class Lead(Part):
    """An agency that answers for the commitment."""

    agency: Slug
    as_in_source: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    unit: Text | None = None
    source: SourceKey


class Identifier(Part):
    """What others call the commitment, such as OGP's KR0056."""

    scheme: Literal["ogp"]
    value: Annotated[str, Field(pattern=r"^[A-Z]{2,3}[0-9]{2,6}$")]
    source: SourceKey
    note: Text | None = None
    """For example: follows from the sequence, not itself seen."""


StatusWord = Literal["not_started", "on_track", "late", "done", "stopped"]
"""Where a milestone stands, in our words. “No word” is said by the clock alone."""
CauseWord = Literal[
    "budget",
    "law",
    "procurement",
    "staff",
    "partners",
    "technology",
    "more_dialogue",
    "emergency",
    "change_of_government",
    "other",
]
"""Why a milestone is late or stopped."""
ForeignWord = Annotated[str, Field(min_length=1, max_length=200)]
"""A source’s own word for a status, such as `In Progress`."""


class Evidence(Part):
    """What shows that a report is so: a link, or what the source says of it."""

    url: Address | None = None
    words: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> "Evidence":
        if not (self.url or self.words):
            raise ValueError("empty_evidence")
        return self


class Report(Part):
    """What a source says of a milestone on a day: a change of its status, a moved date, both.

    `word` is the source's own word where it is not ours. It is kept beside the `status` it is
    mapped to, here or by the plan's `status_words`; one that fits none stays as it is.
    """

    on: Dated
    status: StatusWord | None = None
    word: ForeignWord | None = None
    text: Text | None = None
    done_on: Dated | None = None
    new_due: Dated | None = None
    """The date it was moved to; the milestone's own `due` stays the first one."""
    cause: CauseWord | None = None
    reason: Text | None = None
    evidence: list[Evidence] = []
    source: SourceKey

    @model_validator(mode="after")
    def _says_something(self) -> "Report":
        if not (self.status or self.word):
            raise ValueError("says_no_status")
        return self


class Milestone(Part):
    label: Label
    numbered_here: bool = False
    """True where the source gives it no number, and the label is this file's own."""
    title: Text
    output: Text | None = None
    start: Dated | None = Field(default=None, alias="from")
    due: Dated | None = None
    agency: Slug | None = None
    history: list[Report] = []
    """What was reported of it, in the order of time."""
    source: SourceKey

    @model_validator(mode="after")
    def _in_order(self) -> "Milestone":
        if self.start and self.due and self.due[: len(self.start)] < self.start[: len(self.due)]:
            raise ValueError("due_before_it_begins")
        return self


class ReviewCode(Part):
    """A result of the independent reviewer, in the reviewer's own words and codes."""

    measure: Literal[
        "verifiable",
        "open_government_lens",
        "potential",
        "completion",
        "early_results",
        "promising",
        "specificity",
        "relevance",
        "potential_impact",
        "starred",
    ]
    value: Annotated[str, Field(min_length=1, max_length=100)]
    """The reviewer's word in English, such as `Moderate`."""
    text: Text | None = None
    source: SourceKey


class SubCommitment(Part):
    """A commitment that others count as two: 2.1 and 2.2."""

    label: Label
    title: Text | None = None
    leads: list[Lead] = []
    identifiers: list[Identifier] = []
    review: list[ReviewCode] = []
    milestones: list[Milestone] = []
    source: SourceKey


class Commitment(Part):
    number: Annotated[int, Field(ge=1, le=999)]
    title: Text
    vision: Slug | None = None
    description: Text | None = None
    problem: Text | None = None
    period: Between | None = None
    leads: list[Lead] = []
    identifiers: list[Identifier] = []
    sub_commitments: list[SubCommitment] = []
    milestones: list[Milestone] = []
    review: list[ReviewCode] = []
    note: Text | None = None
    source: SourceKey


class Adoption(Part):
    """How the plan was adopted, as far as a source says it."""

    ballot: Ref | None = None
    on: Between | None = None
    note: Text | None = None


class Plan(Part):
    number: Annotated[int, Field(ge=1, le=99)]
    title: Text
    identifier: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    period: Between | None = None
    status: Literal["recorded", "published"] = "recorded"
    """`published` gives the plan an edition with its papers; `recorded` only names what is known."""
    summary: Text | None = None
    direction_note: Text | None = None
    areas: list[Area] = []
    visions: list[Vision] = []
    stages: list[Stage] = []
    totals: list[Total] = []
    adoption: Adoption | None = None
    links: list[Link] = []
    status_words: dict[ForeignWord, StatusWord] = {}
    """The words a source uses for statuses, each with ours; one that fits none is left out."""
    missing: list[Text] = []
    """What is not recorded and who could supply it, in a sentence each."""
    commitments: list[Commitment] = []
    source: SourceKey


class Forum(Part):
    name: Text
    body: Slug
    """The body that is the forum today."""
    legal_basis: LegalBasis | None = None
    appointed_by: Appointing | None = None
    functions: list[Function] = []
    bodies: list[Body]
    seat_classes: list[SeatClass]
    co_chairs: list[CoChair] = []
    rules: list[RulesVersion] = []
    terms: list[Term] = []


class ForumFile(Part):
    """A forum, whole, or (without `forum`) one plan or more to be added to it."""

    madang: Literal[1]
    """The version of this format."""
    languages: Annotated[list[Language], Field(min_length=1, max_length=20)]
    """The languages of the content; the first is the original."""
    sources: dict[SourceKey, Source]
    forum: Forum | None = None
    agencies: list[Agency] = []
    people: list[Person] = []
    meetings: list[Meeting] = []
    amendment_rules: list[AmendmentRule] = []
    plans: list[Plan] = []
