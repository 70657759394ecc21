"""Ballots."""

from madang.ballots.pages import ballots
from madang.foundation.addresses import twinned

urlpatterns = twinned("meetings/<slug:address>/ballot", ballots.ballot, "ballot")
