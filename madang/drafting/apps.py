from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "madang.drafting"
    label = "drafting"
    default_auto_field = "django.db.models.BigAutoField"
