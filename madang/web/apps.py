from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "madang.web"
    label = "web"

    def ready(self) -> None:
        from madang.web import followers

        followers.install()
