"""The one press that stops a proposal's letters: a link that does not end and opens no door."""

from django.utils.crypto import constant_time_compare, salted_hmac

from madang.calls.models import Proposal
from madang.foundation.refusals import NotFound


def stop_token(proposal: Proposal) -> str:
    """The token of a proposal's stop link. Whoever has it can stop its letters, and no more."""
    return f"{proposal.pk}-{_sign(proposal.pk)}"


def find_by_stop_token(token: str) -> Proposal:
    """Raises NotFound: letters.link_unknown."""
    key, _dash, sign = token.partition("-")
    known = key.isascii() and key.isdigit() and len(key) < 16
    if not known or not constant_time_compare(sign, _sign(int(key))):
        raise NotFound("letters.link_unknown")
    found = Proposal.objects.select_related("plan").filter(pk=int(key)).first()
    if found is None:
        raise NotFound("letters.link_unknown")
    return found


def _sign(key: int) -> str:
    return salted_hmac("madang.calls.stop", str(key), algorithm="sha256").hexdigest()[:32]
