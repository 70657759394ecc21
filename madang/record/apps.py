from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "madang.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from madang.record import guard

        guard.install()
