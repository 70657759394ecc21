"""Addresses without a language."""

from django.urls import path

from madang.web.pages import plain

urlpatterns = [
    path("healthz", plain.healthz, name="healthz"),
    path("robots.txt", plain.robots, name="robots"),
    path("favicon.ico", plain.favicon, name="favicon"),
]
