"""Closed lists of accounts that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GrantedRole(models.TextChoices):
    """What a person may do; an office in public life is a `Role` of stakeholders instead."""

    ADMINISTRATOR = "administrator", _("Administrator")
    SECRETARIAT = "secretariat", _("Secretariat")
    FACILITATOR = "facilitator", _("Facilitator")
    FOCAL_POINT = "focal_point", _("Focal point")
    EDITOR = "editor", _("Editor")
    CONTRIBUTOR = "contributor", _("Contributor")
