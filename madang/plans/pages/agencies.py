"""The pages of agencies: what each promised."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.foundation.answers import Table, answer, said
from madang.plans.pages import data as shapes


def agencies(request: HttpRequest, twin: str) -> HttpResponse:
    data = shapes.agencies_data()

    def table() -> Table:
        headings = [_("Agency"), _("Name in English"), _("Commitments led"), _("Source")]
        rows = [
            [said(a["name"]), a["name"].words.get("en"), a["commitments"], a["source"]]
            for a in data["agencies"]
        ]
        return Table("agencies", headings, rows)

    return answer(request, twin, "plans/agencies.html", data, table=table)


def agency(request: HttpRequest, slug: str, twin: str) -> HttpResponse:
    data = shapes.agency_data(shapes.find_agency(slug))

    def table() -> Table:
        headings = [
            _("Plan"),
            _("Number"),
            _("Title"),
            pgettext("of a commitment", "Parts"),
            _("Source"),
        ]
        rows = [
            [c["plan"], c["number"], said(c["title"]), " ".join(c["parts"]), c["source"]]
            for c in data["commitments"]
        ]
        return Table(f"agency-{slug}", headings, rows)

    return answer(request, twin, "plans/agency.html", data, table=table)
