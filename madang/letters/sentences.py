"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "letters.printed_ended": _(
        "The printed code is used up or void. Type the six digits from the mail, or ask the secretariat for a new sheet."
    ),
    "letters.code_wrong": _("The number is not the right one. Use the one in the newest mail."),
    "letters.code_ended": _("The number is no longer valid. Ask for a new one."),
    "letters.code_too_soon": _(
        "A number was just sent. You can ask for another in %(seconds)s seconds."
    ),
    "letters.code_too_many": _("Too many numbers were asked for. You can ask again at %(time)s."),
    "letters.link_unknown": _("This link is not known here. It may have been copied in part."),
    "letters.link_ended": _("This link ended at %(time)s."),
    "letters.link_revoked": _("This link has been used or revoked. Ask for a new one."),
    "letters.focal_link_ended": _(
        "This link was for the focal point of %(agency)s. It ended at %(time)s; the newest letter has a good one."
    ),
    "letters.post_passed_on": _(
        "This link was for the focal point of %(agency)s. The post has passed to someone else, and the link has stopped."
    ),
    "letters.code_shape": _("The number has six digits. Type it as it stands in the mail."),
    "letters.no_such_letter": _("There is no such letter."),
}
