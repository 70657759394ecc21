"""All addresses: each room's own, Korean without a prefix and English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from madang.web.pages import errors

urlpatterns = [
    path("", include("madang.web.pages.plain_urls")),
    *i18n_patterns(
        path("", include("madang.web.pages.urls")),
        path("", include("madang.record.pages.urls")),
        path("", include("madang.members.pages.urls")),
        path("", include("madang.documents.pages.urls")),
        path("", include("madang.meetings.pages.urls")),
        path("", include("madang.ballots.pages.urls")),
        path("", include("madang.calls.pages.urls")),
        path("", include("madang.taskforces.pages.urls")),
        # Before plans, whose address of a part would take a commitment's.
        path("", include("madang.monitoring.pages.urls")),
        path("", include("madang.consultation.pages.urls")),
        path("", include("madang.plans.pages.urls")),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.our_fault
