"""The settings of an installation as it would stand in public."""

import json
import os
import subprocess
import sys

import pytest

from tests.makers.command_line import an_installation

LOOK = """
import django, json
from django.conf import settings as s
django.setup()
cookies = [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY]
names = [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME]
lasts = [s.SESSION_COOKIE_AGE, s.SESSION_COOKIE_SAMESITE]
print(json.dumps({"debug": s.DEBUG, "hosts": s.ALLOWED_HOSTS, "cookies": cookies, "names": names, "lasts": lasts}))
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """The environment of an installation at a public address."""
    data = tmp_path_factory.mktemp("public") / "data"
    an_installation(data, "--address", "https://forum.example.kr")
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "MADANG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "madang.config.settings"}


def run(public, *words):
    return subprocess.run([sys.executable, *words], env=public, capture_output=True, text=True)


def test_djangos_own_check_for_a_public_site_finds_nothing(public):
    said = run(public, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")

    assert said.returncode == 0, said.stderr


def test_a_public_site_is_strict_with_hosts_and_cookies(public):
    found = json.loads(run(public, "-c", LOOK).stdout)

    assert found["debug"] is False
    assert found["hosts"] == ["forum.example.kr", "127.0.0.1", "localhost", "[::1]"]
    assert found["cookies"] == [True] * 4
    assert found["names"] == ["__Host-sid", "__Host-csrf"]
    assert found["lasts"] == [12 * 60 * 60, "Lax"]


def test_the_tests_run_under_the_settings_of_an_installation_with_few_changes():
    import madang.config.settings as real
    import tests.settings as ours

    # What the tests add counts too: a setting that an installation leaves as Django has it.
    changed = {
        key
        for key in {*dir(real), *dir(ours)}
        if key[0].isalpha()
        and key.isupper()
        and getattr(real, key, None) != getattr(ours, key, None)
    }

    assert changed == {"STORAGES", "WHITENOISE_USE_FINDERS"}
