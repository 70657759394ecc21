"""The pages of docs/ that are printed from the code, so that they can't say anything else."""

from django.utils import translation

from madang.web.management.printed import forum_file, permissions, routes


def pages() -> dict[str, str]:
    """Each page by its name in docs/, in English, as the code has it now."""
    with translation.override("en"):
        return {
            "forum-file.md": forum_file.page(),
            "forum-file.schema.json": forum_file.schema(),
            "permissions.md": permissions.page(),
            "routes.md": routes.page(),
        }
