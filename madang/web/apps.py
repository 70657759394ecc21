from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

import madang


class WebConfig(AppConfig):
    name = "madang.web"
    label = "web"

    def ready(self) -> None:
        from madang.web import followers

        followers.install()
        # The page of permissions shows every act there is, so every act must have been read.
        for path in Path(madang.__file__).parent.glob("*/actions/[a-z]*.py"):
            import_module(f"madang.{path.parent.parent.name}.actions.{path.stem}")
