"""Words for what the software calls by a key."""

from django.utils.translation import gettext_lazy as _

from madang.foundation.actors import Role

ROLES = {
    Role.ANONYMOUS: _("Anyone"),
    Role.MEMBER: _("Member"),
    Role.CO_CHAIR: _("Co-chair"),
    Role.SECRETARIAT: _("Secretariat"),
    Role.GROUP_MEMBER: _("Works in a group, without a seat"),
    Role.FOCAL_POINT: _("Focal point of an agency"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.CLOCK: _("The clock"),
    Role.LOADER: _("The loader of files"),
}
