"""The sentences for a refused forum file."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "loading.too_large": _("The file is larger than %(most)s MB."),
    "loading.not_utf8": _("The file is not text in UTF-8."),
    "loading.not_yaml": _("This is not readable as YAML or JSON."),
    "loading.empty": _("The file is empty."),
    "loading.alias": _("Aliases (*name) are not allowed; write the words out."),
    "loading.too_deep": _("The file is nested too deeply."),
    "loading.nul": _("The text holds a character that can’t be kept: a NUL or half of another."),
    "loading.key_twice": _("The key “%(key)s” stands twice."),
    "loading.key_missing": _("The key “%(key)s” is missing."),
    "loading.key_unknown": _("The key “%(key)s” is not known here."),
    "loading.kind_without_words": _("“kind” names a language that has no words here."),
    "loading.unknown_kind": _("“kind” can be official, working or machine."),
    "loading.no_words": _("There are no words in any language."),
    "loading.not_a_language": _("This is not a language code such as ko or en."),
    "loading.not_words": _("The words of a language are empty, too long or not text."),
    "loading.not_a_date": _(
        "“%(value)s” is not a year (2020), a month (2020-03) or a day (2020-03-22)."
    ),
    "loading.ends_before_it_begins": _("It ends before it begins."),
    "loading.due_before_it_begins": _("It is due before it begins."),
    "loading.unknown_figure": _("The figure has none of the shapes that are known."),
    "loading.not_one_of": _("“%(value)s” is not one of: %(known)s."),
    "loading.wrong_form": _("“%(value)s” does not have the form of this key."),
    "loading.wrong_value": _("“%(value)s” can’t stand here."),
    "loading.no_such_source": _("There is no source “%(key)s”."),
    "loading.language_not_listed": _(
        "The language “%(language)s” is not among the file’s languages."
    ),
    "loading.agency_twice": _("The agency “%(value)s” stands twice."),
    "loading.no_such_agency": _("There is no agency “%(value)s”."),
    "loading.person_twice": _("The person “%(value)s” stands twice."),
    "loading.email_twice": _("The e-mail address “%(value)s” stands twice."),
    "loading.role_without_email": _(
        "“%(value)s” has a role but no e-mail address to sign in with."
    ),
    "loading.no_such_person": _("There is no person “%(value)s”."),
    "loading.no_such_body": _("There is no body “%(value)s”."),
    "loading.body_twice": _("The body “%(value)s” stands twice."),
    "loading.term_twice": _("The term %(value)s stands twice."),
    "loading.no_such_class": _("There is no kind of seat “%(value)s”."),
    "loading.seats_do_not_add_up": _("The seats add up to %(sum)s; the body has %(seats)s."),
    "loading.no_such_seat": _("There is no seat “%(value)s”."),
    "loading.seat_twice": _("The seat “%(value)s” is held twice at the same time."),
    "loading.chair_twice": _("The side “%(value)s” has two co-chairs."),
    "loading.plan_twice": _("Plan %(value)s stands twice."),
    "loading.commitment_twice": _("Commitment %(value)s stands twice."),
    "loading.vision_twice": _("The vision “%(value)s” stands twice."),
    "loading.stage_twice": _("The stage “%(value)s” stands twice."),
    "loading.no_such_vision": _("There is no vision “%(value)s” in this plan."),
    "loading.commitments_do_not_add_up": _(
        "There are %(sum)s commitments; the plan’s total says %(total)s."
    ),
    "loading.label_of_another": _("The label %(value)s does not belong under %(parent)s."),
    "loading.empty_evidence": _("Evidence is a link or words, and here is neither."),
    "loading.says_no_status": _("A report says a status of ours or the source’s own word."),
    "loading.history_backwards": _("%(value)s stands after %(before)s; the oldest comes first."),
    "loading.label_twice": _("The label %(value)s stands twice."),
    "loading.identifier_twice": _("The identifier %(value)s stands twice."),
    "loading.named_twice": _("“%(value)s” stands twice."),
    "loading.people_need_a_forum": _("People can only be loaded together with their forum."),
    "loading.meetings_need_a_forum": _("Meetings can only be loaded together with their forum."),
    "loading.meeting_twice": _("The meeting %(value)s stands twice."),
    "loading.forum_already_loaded": _(
        "This installation already holds a forum. A file without “forum” can add a plan to it."
    ),
    "loading.no_forum_yet": _("This installation is empty: load a file with its forum first."),
    "loading.nothing_to_load": _("The file holds neither a forum nor a plan."),
    "loading.plan_there": _("Plan %(number)s is already here; a loaded plan is never overwritten."),
    "loading.source_differs": _("The source “%(key)s” is already here and says something else."),
    "loading.identifier_there": _(
        "The identifier %(value)s already belongs to another commitment."
    ),
}
