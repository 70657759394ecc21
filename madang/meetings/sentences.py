"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "meetings.not_here": _("No meeting %(address)s is recorded."),
    "meetings.not_a_day": _("Write the day as 2027-03-02."),
    "meetings.day_past": _("That day is over. A meeting is called for today or later."),
    "meetings.called_already": _("A meeting is called for that day already."),
    "meetings.no_body": _("The forum has no body recorded that could meet."),
    "meetings.no_item": _("Write what is to be talked about, in one language at least."),
    "meetings.item_long": _("An item on an agenda has at most %(most)s characters."),
    "meetings.held_already": _("The day of this meeting is over, so its agenda stands."),
    "meetings.on_it_already": _("It stands on this agenda already."),
    "meetings.not_on_it": _("It was taken off this agenda already."),
    "meetings.not_a_sitting": _("A vote in writing has no agenda. Choose a meeting."),
    "meetings.choose": _("Choose the meeting."),
}
