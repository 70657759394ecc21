"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "planning.published": _(
        "This plan is adopted and published. Its text is changed by an amendment alone."
    ),
    "planning.withdrawn": _("This plan was withdrawn; its text stays as it was."),
    "planning.before_forum": _(
        "This text is before the forum for decision. It can be written again only if the forum "
        "does not adopt it."
    ),
    "planning.history": _(
        "This plan is known from a source and has begun. What a source says is not rewritten here."
    ),
    "planning.not_a_date": _(
        "“%(value)s” is no date. Write a year, a month or a day: 2028, 2028-03 or 2028-03-31."
    ),
    "planning.ends_before_it_begins": _("This ends before it begins. Change one of the two dates."),
    "planning.no_title": _("Write the plan’s title in at least one language."),
    "planning.no_period": _("Write when the plan begins and when it ends."),
    "planning.too_many_headings": _("A direction has at most %(most)s areas and visions each."),
    "planning.vision_in_use": _(
        "Commitments stand under the vision you took out. Put them under another one first."
    ),
    "planning.area_in_use": _(
        "Proposals stand in the area you took out. Keep it, or write other words for it."
    ),
    "planning.changed_meanwhile": _(
        "Someone else saved this direction while you were writing. Nothing of yours is lost: read "
        "what it says now, then save yours."
    ),
    "planning.nothing_changed": _("Nothing was changed, so nothing was saved."),
    "planning.announced_before": _("This plan’s outline and timeline are public already."),
    "planning.no_timeline": _(
        "Write the date of at least one stage first: what is announced is the timeline."
    ),
    "planning.not_prepared": _("Plan %(number)s is not one that is written here."),
}
