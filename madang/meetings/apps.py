from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "madang.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
