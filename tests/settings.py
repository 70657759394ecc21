"""The settings under which the tests run: a fresh installation that nobody keeps."""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="madang-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["MADANG_DATA"] = _DATA
# Whatever the person at this machine has set up, no test sends a letter with it.
os.environ.pop("MAIL_URL", None)

from madang.config.settings import *  # noqa: E402, F403
from madang.config.settings import DATABASES, INSTALLATION  # noqa: E402

# Static files under their own names and from where they lie: the tests need no collectstatic.
WHITENOISE_USE_FINDERS = True
(INSTALLATION.data / "static").mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in an installation: threads meet its locks, which a database in memory has not.
    DATABASES["default"]["TEST"] = {"NAME": str(INSTALLATION.data / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    # A statement that goes astray fails with its name, and holds nobody up for hours.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c statement_timeout=120s"
