"""From where something is sent, so that it can be counted, and no more than that."""

import ipaddress
from datetime import datetime

from django.utils.crypto import salted_hmac

from madang.calls.models import Press
from madang.calls.rules.limits import LIMITS, check_limit


def place_of(address: str) -> str:
    """The hash of a network address; of the long kind (IPv6) that of its network, /56.

    A household has such a network to itself and as many addresses in it as it likes.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        network = "unknown"
    else:
        mapped = getattr(found, "ipv4_mapped", None) or found
        bits = 32 if mapped.version == 4 else 56
        network = str(ipaddress.ip_network(f"{mapped}/{bits}", strict=False))
    return salted_hmac("madang.calls.place", network, algorithm="sha256").hexdigest()


def check_place(name: str, place: str, at: datetime) -> None:
    """Raises NotNow: calls.too_many, where this was done too often from the place."""
    limit = LIMITS[name]
    lately = Press.objects.filter(place=place, what=name, at__gt=at - limit.within)
    check_limit(name, list(lately.order_by("-at").values_list("at", flat=True)[: limit.most]), at)


def count_press(name: str, place: str, at: datetime) -> None:
    """Remember that it was done once more."""
    Press.objects.create(what=name, place=place, at=at)
