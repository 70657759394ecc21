"""The repository: every paper with its date and hash."""

from django.urls import path

from madang.documents.pages import documents
from madang.foundation.addresses import twinned

urlpatterns = [
    *twinned("documents", documents.documents, "documents", ("json", "csv")),
    path("documents/<slug:sha256>/", documents.document, name="document"),
]
