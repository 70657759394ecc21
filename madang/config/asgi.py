"""The application as the web server runs it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.config.settings")
application = get_asgi_application()
