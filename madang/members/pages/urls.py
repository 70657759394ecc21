"""The forum's pages: who it is, its rules, its terms; and the sources."""

from madang.foundation.addresses import twinned
from madang.members.pages import forum

urlpatterns = [
    *twinned("forum", forum.forum, "forum", ("json", "csv", "svg")),
    *twinned("forum/rules", forum.rules, "forum.rules", ("json", "csv")),
    *twinned("forum/terms", forum.terms, "terms", ("json", "csv")),
    *twinned("forum/terms/<number:number>", forum.term, "term", ("json", "csv", "svg")),
    *twinned("sources", forum.sources, "sources", ("json", "csv")),
]
