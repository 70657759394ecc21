"""The forum's seats and sitting members, as a list of members is checked against them."""

from madang.members.models import Account, CoChair, Forum, Holding, Term
from madang.members.rules.founding import CLASSES
from madang.members.rules.roll import Known, Seats


def seats_of_forum(forum: Forum) -> Seats:
    """The seats the rules give, who sits in them, and the addresses that others have."""
    term = Term.objects.order_by("-number").first()
    chairs = set(CoChair.objects.exclude(seat=None).values_list("seat_id", flat=True))
    held = Holding.objects.filter(term=term, ends=None).exclude(person=None)
    known, people = [], set()
    for one in held.select_related("seat__seat_class", "person__account"):
        assert one.person
        people.add(one.person_id)
        account = getattr(one.person, "account", None)
        known.append(
            Known(
                name=one.person.name.say(forum.languages[0], forum.languages).words,
                email=account.email if account else "",
                kind=one.seat.seat_class.key,
                seat=one.seat.number,
                chair=one.seat_id in chairs,
            )
        )
    taken = Account.objects.exclude(person__in=people).values_list("email", flat=True)
    return Seats(
        counts=rule_counts(),
        known=known,
        taken=frozenset(taken),
        languages=forum.languages,
    )


def rule_counts() -> dict[str, int]:
    """How many seats of each kind the newest term has."""
    term = Term.objects.order_by("-number").first()
    said = {part["class"]: part["count"] or 0 for part in term.seats} if term else {}
    return {kind: said.get(kind, 0) for kind in CLASSES}
