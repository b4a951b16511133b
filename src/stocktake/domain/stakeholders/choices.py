"""Closed lists of stakeholders that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationState(models.TextChoices):
    """Whether the public sees an organization."""

    PUBLISHED = "published", _("Published")
    DRAFT = "draft", _("Draft")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """Where a record came from."""

    ENTRY = "entry", _("Entered by hand")
    REFERENCE = "reference", _("Reference data")
    SAMPLE = "sample", _("Sample register")
    IMPORT = "import", _("Imported file")
    GENERATED = "generated", _("Invented for tests")


class RoleKind(models.TextChoices):
    """A public office of an organization in the follow-up."""

    FACILITATOR = "facilitator", _("Facilitator")
    CO_FACILITATOR = "co_facilitator", _("Co-facilitator")
    PARTNER = "partner", _("Partner")
    FOCAL_POINT = "focal_point", _("Focal point")
    MEMBER = "member", _("Member")
