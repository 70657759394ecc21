"""The forum as it is read by every page."""

from functools import lru_cache

from madang.members.models import Forum


@lru_cache(maxsize=2)
def forum_at(state: tuple[int, str]) -> Forum:
    """The forum as of a state of the record; kept until something is done."""
    return Forum.objects.select_related("body").get(pk=1)
