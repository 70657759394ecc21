"""The real addresses and, under /bare/, the views they are measured against."""

from django.urls import path

from bench import views
from madang.config.urls import handler400, handler403, handler404, handler500
from madang.config.urls import urlpatterns as real
from madang.web.routes import READ, ROUTES

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

ROUTES.update(dict.fromkeys(("bare.list", "bare.detail", "bare.versions", "bare.kept"), READ))
urlpatterns = [
    path("bare/plans/<int:number>/commitments/", views.bare_list, name="bare.list"),
    path(
        "bare/plans/<int:number>/commitments/<int:commitment>/",
        views.bare_detail,
        name="bare.detail",
    ),
    path(
        "bare/plans/<int:number>/draft/<int:commitment>/history/",
        views.bare_versions,
        name="bare.versions",
    ),
    path("bare/kept/", views.kept, name="bare.kept"),
    *real,
]
