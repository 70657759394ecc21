from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "madang.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"
