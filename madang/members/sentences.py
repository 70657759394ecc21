"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "members.no_seat": _("There is no seat “%(number)s” in this forum."),
    "members.no_term": _("No term %(number)s is recorded."),
    "members.already_open": _("This installation already keeps a forum."),
    "members.clock_only_forwards": _(
        "The practice clock only goes forwards. Choose a later moment."
    ),
    "members.clock_too_far": _("The practice clock goes at most %(years)s years ahead."),
    "members.no_such_person": _("There is no such person in this practice forum."),
    "members.already_founded": _("This installation already holds a forum: it is set up once."),
    "members.not_founded": _(
        "Members are registered here for a forum that was set up on this desk. Give its name and rules first."
    ),
    "members.no_forum_name": _("Give the forum’s name in at least one language."),
    "members.no_seats": _("Say how many seats there are of at least one kind."),
    "members.too_many_seats": _("A forum has at most %(most)s seats here."),
    "members.not_a_count": _("The number of seats is a whole number, such as 22."),
    "members.unknown_rule": _("Choose one of the answers that are offered for this rule."),
    "members.not_a_day": _("Write the day as 2026-07-01."),
    "members.no_source": _("Say which ordinance or decision the rules stand in."),
    "members.chair_filled": _("Someone sits in this chair, so nobody stands in for it."),
    "members.stand_in_other_side": _(
        "Choose a member of the same side: the two keys are turned by two sides."
    ),
    "members.stand_in_seat": _("Choose a seat that someone holds on that day."),
    "members.stand_in_there": _(
        "Someone stands in for this chair, or waits to be confirmed. End that first."
    ),
    "members.no_basis": _(
        "Say which rule or decision this rests on, in at most %(most)s characters."
    ),
    "members.no_document": _(
        "Write the number under which the document is filed, at most %(most)s characters."
    ),
    "members.no_chair": _("Choose which chair it is."),
    "members.nothing_pending": _("This entry is confirmed, dropped or ended already."),
    "members.own_entry": _("What you entered yourself another officer confirms."),
    "members.officer_email": _("Type the e-mail address of your colleague."),
    "members.officer_there": _("This address is an officer’s of the secretariat already."),
    "members.officers_complete": _(
        "The secretariat has %(most)s officers. One of them alone can’t add more: what comes on paper takes two different people."
    ),
    "members.officer_is_member": _(
        "This address is a member’s. An officer who confirms votes on paper has no seat."
    ),
    "members.not_set_up": _("The forum is not set up yet: give its name and rules first."),
    "members.nothing_changed": _("This is how it stands already; nothing was changed."),
    "members.not_after": _("Choose a day after %(day)s, from which the present one holds."),
    "members.still_to_come": _("That day is still to come. Change the name on it, or after it."),
    "members.rules_that_day": _(
        "Other rules are in force from that day. They are not rewritten: choose another day."
    ),
    "members.seats_filled": _(
        "Somebody sits in a seat with the number %(place)s; there can’t be fewer seats of this kind."
    ),
    "members.holder_changed": _(
        "The seat %(seat)s has changed hands since this page was opened. See who sits there now."
    ),
    "members.seat_empty": _("No member is recorded in this seat."),
    "members.address_stays": _(
        "This member signs in with an address. Type the right one; it can’t be left empty."
    ),
    "members.rows_refused": _(
        "%(count)s rows can’t be registered (rows %(numbers)s). Mend them in the field below and check again; nothing was registered."
    ),
    "members.nothing_new": _("Everyone on this list is registered already. Nothing was added."),
    "members.note_missing": _(
        "The number of members is not the number in the rules. Say why in the note, and it is allowed."
    ),
    "members.note_too_long": _("The note has at most %(most)s characters."),
    "members.row_too_long": _("Too long: at most %(most)s characters in one cell."),
    "members.row_no_name": _("The name is missing."),
    "members.row_not_an_email": _("“%(value)s” is not an e-mail address."),
    "members.row_no_such_seat": _("There is no seat “%(seat)s”. Seats look like gov-3."),
    "members.row_unknown_side": _(
        "“%(value)s” is not a kind of seat: write 당연직, 정부 or 시민사회 (ex officio, government, civil society)."
    ),
    "members.row_seat_of_another_side": _("The seat %(seat)s is of another kind."),
    "members.row_chair_unclear": _("“%(value)s” under co-chair is neither yes nor no."),
    "members.row_unknown_language": _("“%(value)s” is not a language of this forum."),
    "members.row_email_twice": _(
        "The e-mail address stands twice: it is the same as in row %(other)s, %(name)s."
    ),
    "members.row_seat_twice": _("The seat %(seat)s stands twice: also in row %(other)s."),
    "members.row_name_twice": _("The same name and organisation stand in row %(other)s."),
    "members.row_person_twice": _(
        "The same name and organisation stand in row %(other)s, and no two addresses tell them apart."
    ),
    "members.row_email_taken": _(
        "This address is another account’s here, such as the secretariat’s."
    ),
    "members.row_no_email": _(
        "No e-mail address: this member can’t sign in and votes by letter or telephone."
    ),
    "members.row_differs": _(
        "This member is registered already (%(seat)s), and the row says something else."
    ),
    "members.row_becomes_chair": _("Sits already (%(seat)s) and becomes co-chair."),
    "members.row_chair_twice": _("This side has a co-chair already: %(other)s."),
    "members.row_seat_held": _("The seat %(seat)s is held by someone else."),
    "members.focal_agency": _("Choose the agency."),
    "members.focal_duty": _("Choose one of the duties that are offered."),
    "members.focal_about": _("A focal point is named for a whole agency or for one commitment."),
    "members.focal_name": _("Write the name, at most %(most)s characters."),
    "members.focal_email": _("This is not an e-mail address. One looks like name@example.kr."),
    "members.focal_no_agency": _("“%(value)s” is not the name of an agency here."),
    "members.focal_no_duty": _(
        "“%(value)s” is not a duty: write 담당자 (focal point) or 과장 (director)."
    ),
    "members.focal_no_about": _("There is no commitment “%(value)s”. Write it like 2-6."),
    "members.focal_twice": _("The same post stands in row %(other)s already."),
    "members.focal_follows": _("Follows %(name)s, whose links stop."),
    "members.no_focal_point": _("There is no such focal point."),
    "members.post_ended": _("This post has passed to someone else, or was ended."),
    "members.row_beyond": _(
        "More rows than the rules have seats of this kind (%(count)s): the seat %(seat)s is added, with a note."
    ),
}
