"""Focal points as other rooms ask for them: who answers for an agency, and who that is as an actor."""

from collections.abc import Iterable

from madang.foundation.actors import Actor, Role
from madang.foundation.tables import plain_word
from madang.members.models import Agency, FocalPoint
from madang.members.rules.focal import Duty, Post, Standing


def focal_point_of(
    agency: Agency | str, about: str = "", duty: str = Duty.FOCAL
) -> FocalPoint | None:
    """Who answers for an agency now: for this subject (`commitment:2-6`) if named, else for all of it."""
    slug = agency if isinstance(agency, str) else agency.slug
    rows = FocalPoint.objects.filter(agency__slug=slug, duty=duty, until=None)
    # The empty subject sorts first, so the one named for the subject itself comes last.
    found = rows.filter(about__in=("", about)).order_by("about")
    return found.select_related("agency").last()


def actor_of_focal(focal: FocalPoint) -> Actor:
    """The actor a focal point is: it speaks for its agency, and its address is not told in clear."""
    return Actor(
        roles=frozenset({Role.ANONYMOUS, Role.FOCAL_POINT}),
        name=focal.email,
        agency=focal.agency.slug,
    )


def post_of(focal: FocalPoint) -> Post:
    """A focal point as plain values."""
    return Post(
        agency=focal.agency.slug,
        name=focal.name,
        email=focal.email,
        duty=focal.duty,
        about=focal.about,
        language=focal.language,
    )


def standing_posts(abouts: Iterable[str], languages: list[str]) -> Standing:
    """What a list of focal points is read against; `abouts` are the refs that there are."""
    words: dict[str, str] = {}
    for agency in Agency.objects.all():
        names = [word for word in agency.name.words.values() if word]
        words |= {plain_word(word): agency.slug for word in [agency.slug, *names]}
    posts = map(post_of, FocalPoint.objects.filter(until=None).select_related("agency"))
    return Standing(
        agencies=words,
        abouts=frozenset(abouts),
        languages=languages,
        posts={post.place: post for post in posts},
    )
