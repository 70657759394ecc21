"""The forum, its bodies and rules, its seats and who holds them, agencies, people, accounts."""

import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string, salted_hmac

from madang.foundation.fields import DatedField, TextField
from madang.members.rules.focal import NAME_MOST, Duty


class Side(models.TextChoices):
    """The two sides of the table. Ex officio seats count on the government's."""

    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"


class Source(models.Model):
    """Where facts were found. Facts name it by its key."""

    key = models.SlugField(max_length=60, primary_key=True)
    title = TextField()
    publisher = TextField(null=True)
    url = models.URLField(max_length=600, null=True)
    dated = DatedField()
    note = TextField(null=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class Body(models.Model):
    """The forum under one name and one legal basis. A change of name or basis is a new body."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TextField()
    basis = TextField(null=True)
    starts = DatedField()
    ends = DatedField()
    seats = models.PositiveIntegerField(null=True)
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class Forum(models.Model):
    """The one forum of this installation.

    `legal_basis`, `appointed_by` and `functions` (`[{key, text, source, deeds}]`) are small
    documents with their source keys. `clock_ahead` is how far a practice forum's clock has been moved on, in
    seconds; it is 0 anywhere else.
    """

    name = TextField()
    languages = models.JSONField(default=list)
    practice = models.BooleanField(default=False)
    clock_ahead = models.PositiveBigIntegerField(default=0)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True)
    legal_basis = models.JSONField(null=True)
    appointed_by = models.JSONField(null=True)
    functions = models.JSONField(default=list)
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="members_one_forum"),
            models.CheckConstraint(
                condition=models.Q(practice=True) | models.Q(clock_ahead=0),
                name="members_only_practice_moves_its_clock",
            ),
        ]

    @property
    def ref(self) -> str:
        return "forum"


class RulesVersion(models.Model):
    """The forum's rules in force from a date on.

    `figures` is a list of `{key, title, figure, text, source, note}`; a `figure` of null was
    not seen by anyone who recorded it.
    """

    title = TextField()
    in_force_from = DatedField(null=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    figures = models.JSONField(default=list)

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["in_force_from"], name="members_one_rules_version_a_day"
            )
        ]


class SeatClass(models.Model):
    """A kind of seat and the side it counts on."""

    key = models.SlugField(max_length=40, unique=True)
    prefix = models.SlugField(max_length=5, unique=True)
    side = models.CharField(max_length=20, choices=Side)
    name = TextField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="members_known_side"
            )
        ]


class Seat(models.Model):
    """A place in the forum, kept when people change: `exo-1`, `gov-3`, `cso-7`."""

    number = models.SlugField(max_length=12, unique=True)
    seat_class = models.ForeignKey(SeatClass, on_delete=models.PROTECT, related_name="seats")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["seat_class__position", "position", "pk"]

    @property
    def ref(self) -> str:
        return f"seat:{self.number}"


class CoChair(models.Model):
    """One of the two co-chairs: the side, how the chair is reached, the seat where known."""

    side = models.CharField(max_length=20, choices=Side, unique=True)
    by = models.CharField(max_length=10, choices=[("office", "office"), ("election", "election")])
    office = TextField(null=True)
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)


class Term(models.Model):
    """A term of the members. `seats` is `[{class, count, source}]` as sources report it."""

    number = models.PositiveSmallIntegerField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    starts = DatedField()
    ends = DatedField()
    seats = models.JSONField(default=list)
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        ordering = ["number"]


class Agency(models.Model):
    """A public body that leads or supports commitments."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TextField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="units")
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class Person(models.Model):
    """Someone who holds a seat or works for the forum; may have no account."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TextField()
    organisation = TextField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True)


def lasting(day: str, through: str = "") -> models.Q:
    """That a holding lasts on a day (`2026-11-23`); `through` leads to it, as `seat__holdings__`.

    What ends in 2025 lasts through 2025.
    """

    def is_so(**parts: Any) -> models.Q:
        return models.Q(**{f"{through}{key}": value for key, value in parts.items()})

    begun = is_so(starts=None) | is_so(starts__lte=day)
    return begun & (is_so(ends=None) | is_so(ends__gte=day) | is_so(ends__in=[day[:4], day[:7]]))


class Holding(models.Model):
    """Who sits in a seat, from one date to another; the person may not be recorded."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="holdings")
    office = TextField(null=True)
    starts = DatedField()
    ends = DatedField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(ends=None), name="members_one_holder_a_seat"
            )
        ]


def normal_email(address: str) -> str:
    """An e-mail address in the one form in which it is kept and compared."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


class AccountManager(models.Manager["Account"]):
    """Finds accounts by their address."""

    def get_by_natural_key(self, email: str) -> "Account":
        return self.get(email=normal_email(email))


class Account(AbstractBaseUser):
    """A way to sign in: an address that receives codes. There is no password.

    `key` is part of every session; a new one signs out everywhere.
    """

    password = None  # type: ignore[assignment]
    last_login = None
    email = models.EmailField(unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, related_name="account"
    )
    language = models.CharField(max_length=3, default="ko")
    key = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="members_email_folded"
            )
        ]

    @staticmethod
    def new_key() -> str:
        """A fresh key; giving it to an account ends all its sessions."""
        return get_random_string(40)

    def get_session_auth_hash(self) -> str:
        return salted_hmac("madang.members.session", self.key, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Any:
        return iter(())


class RoleGrant(models.Model):
    """A role an account was given beside its seats."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=models.Q(ended_at=None),
                name="members_one_grant_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["secretariat", "administrator"]),
                name="members_known_role",
            ),
        ]


class FocalPoint(models.Model):
    """Who answers for an agency since a moment, until another does: for all of it or one commitment.

    `about` is empty or a ref, `commitment:2-6`. A focal point has no account: each task comes by
    a link of its own. The name and the address are read by the secretariat and in letters; no
    public page shows them.
    """

    acts_with = ("agency",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="focal_points")
    duty = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Duty])
    about = models.CharField(max_length=60, default="")
    name = models.CharField(max_length=NAME_MOST)
    email = models.EmailField()
    language = models.CharField(max_length=3, default="ko")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["agency__position", "about", "duty", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "duty", "about"],
                condition=models.Q(until=None),
                name="members_one_focal_point_a_post",
            ),
            models.CheckConstraint(
                condition=models.Q(duty__in=[one.value for one in Duty]),
                name="members_known_duty",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"agency:{self.agency.slug}"

    @property
    def holder(self) -> str:
        """What its task links are made for: with the post ends every link of it."""
        return f"focal:{self.pk}"


class Pending(models.Model):
    """What takes two officers: one enters it, another confirms it.

    `document` is the number under which its paper is filed. Nothing counts before it is
    confirmed; what is dropped stays, with the time.
    """

    document = models.CharField(max_length=80)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("entered_by")),
                name="%(app_label)s_%(class)s_two_officers",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False, dropped_at=None),
                name="%(app_label)s_%(class)s_confirmed_or_dropped",
            ),
        ]


class StandIn(Pending):
    """A member who turns a side's key while nobody sits in its co-chair's chair.

    `seat` is the member's own, `starts` the first day, `basis` the rule or decision this rests
    on. Once the chair is filled it holds no more (`chairs.stand_ins_on`), without any act.
    """

    chair = models.ForeignKey(CoChair, on_delete=models.PROTECT, related_name="stand_ins")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    starts = DatedField(null=False)
    basis = TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Pending.Meta):
        constraints = [
            *Pending.Meta.constraints,
            models.UniqueConstraint(
                fields=["chair"],
                condition=models.Q(dropped_at=None, ended_at=None),
                name="members_one_stand_in_a_chair",
            ),
        ]
