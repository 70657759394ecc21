"""Django's settings, read from the installation and the environment."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from madang.config.installation import current_installation

INSTALLATION = current_installation()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = INSTALLATION.secret_key
DEBUG = False
ALLOWED_HOSTS = [INSTALLATION.host, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [INSTALLATION.address]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "madang.foundation.apps.FoundationConfig",
    "madang.record.apps.RecordConfig",
    "madang.members.apps.MembersConfig",
    "madang.documents.apps.DocumentsConfig",
    "madang.letters.apps.LettersConfig",
    "madang.meetings.apps.MeetingsConfig",
    "madang.planning.apps.PlanningConfig",
    "madang.calls.apps.CallsConfig",
    "madang.taskforces.apps.TaskforcesConfig",
    "madang.drafting.apps.DraftingConfig",
    "madang.consultation.apps.ConsultationConfig",
    "madang.ballots.apps.BallotsConfig",
    "madang.plans.apps.PlansConfig",
    "madang.monitoring.apps.MonitoringConfig",
    "madang.web.apps.WebConfig",
]
AUTH_USER_MODEL = "members.Account"
AUTHENTICATION_BACKENDS = ["madang.members.backend.ByAccount"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "madang.web.middleware.security_headers",
    "madang.web.middleware.door",
    "madang.web.middleware.static_files",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "madang.web.middleware.language",
    "madang.web.middleware.installation",
    "madang.web.middleware.public_cache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before CSRF: a method that is not declared is told so, not that its form is stale.
    "madang.web.middleware.access",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "madang.web.middleware.actor",
]
ROOT_URLCONF = "madang.config.urls"
ASGI_APPLICATION = "madang.config.asgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "madang.foundation.templatetags.madang",
                "madang.members.templatetags.sources",
            ],
            "string_if_invalid": "",
            "context_processors": ["madang.web.context.page"],
        },
    }
]

# --- the database: SQLite in the data folder, or whatever DATABASE_URL names ---------------------

_url = os.environ.get("DATABASE_URL") or INSTALLATION.database
if _url:
    # Said without the address itself: a password may stand in it.
    if not _url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL begins with postgres://, as in postgres://user:password@host/name."
        )
    DATABASES = {"default": environ.Env.db_url_config(_url)}
    # Under ASGI each thread would keep a connection of its own; the pool shares them.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # A statement's fifth asking is prepared and its plan kept: half of an act's time there was
    # planning. Behind a pooler that can't follow this, `?server_side_binding=false` turns it off.
    DATABASES["default"]["OPTIONS"] = {
        "server_side_binding": True,
        "prepare_threshold": 5,
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": 8},
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": INSTALLATION.data / "madang.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Without recursive triggers INSERT OR REPLACE slips past the append-only record.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;",
            },
        }
    }

# --- language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = INSTALLATION.time_zone

# --- files ---------------------------------------------------------------------------------------

FILES = INSTALLATION.data / "files"
STATIC_URL = "/static/"
STATIC_ROOT = INSTALLATION.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- mail: none without an address ---------------------------------------------------------------

MAIL = os.environ.get("MAIL_URL") or INSTALLATION.mail
if MAIL:
    if MAIL.partition("://")[0] not in environ.Env.EMAIL_SCHEMES or "://" not in MAIL:
        raise ImproperlyConfigured(
            "MAIL_URL begins with smtp://, as in smtp://user:password@host:587."
        )
    _mail = environ.Env.email_url_config(MAIL)
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
    EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = INSTALLATION.email or f"madang@{INSTALLATION.host}"

# --- doors ---------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = INSTALLATION.secure
# Two installations on one machine share a host, and cookies know no ports.
_tag = INSTALLATION.address.rpartition(":")[2] if not INSTALLATION.secure else ""
SESSION_COOKIE_NAME = "__Host-sid" if INSTALLATION.secure else f"sid-{_tag}"
CSRF_COOKIE_NAME = "__Host-csrf" if INSTALLATION.secure else f"csrf-{_tag}"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "madang.web.pages.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if INSTALLATION.secure else None
SILENCED_SYSTEM_CHECKS = [
    # Our own middleware sends these headers, on static files and errors too.
    "security.W001",
    "security.W002",
    # Redirecting to https and HSTS belong to the proxy that holds the certificate.
    "security.W004",
    "security.W008",
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # A stranger's broken request is answered with a sentence; it is not our trouble.
        "django.security": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
    },
}
