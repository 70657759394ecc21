"""Madang's settings with the bare views beside the real ones."""

from madang.config.settings import *  # noqa: F403
from madang.config.settings import INSTALLED_APPS, STORAGES

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
