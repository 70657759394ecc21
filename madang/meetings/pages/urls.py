"""Meetings."""

from django.urls import path

from madang.foundation.addresses import twinned
from madang.meetings.pages import meetings

urlpatterns = [
    *twinned("meetings", meetings.meetings, "meetings", ("json", "csv")),
    *twinned("meetings/<slug:address>", meetings.meeting, "meeting"),
    path("m/<slug:address>", meetings.short, name="short.meeting"),
]
