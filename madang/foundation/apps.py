from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "madang.foundation"
    label = "foundation"

    def ready(self) -> None:
        # Whoever writes an address may use our converters, whichever room is imported first.
        from madang.foundation import addresses  # noqa: F401
