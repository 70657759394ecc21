"""The public record."""

from madang.foundation.addresses import twinned
from madang.record.pages import record

urlpatterns = [
    *twinned("record", record.record, "record", ("json", "csv")),
    *twinned("record/<index:index>", record.entry, "entry"),
]
