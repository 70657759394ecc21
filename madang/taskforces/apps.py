from django.apps import AppConfig


class TaskforcesConfig(AppConfig):
    name = "madang.taskforces"
    label = "taskforces"
    default_auto_field = "django.db.models.BigAutoField"
