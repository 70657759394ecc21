"""Groups."""

from madang.foundation.addresses import twinned
from madang.taskforces.pages import groups

BOTH = ("json", "csv")

urlpatterns = [
    *twinned("plans/<number:number>/groups", groups.groups, "groups", BOTH),
    *twinned("plans/<number:number>/groups/<number:group>", groups.group, "group", BOTH),
]
