"""Closed lists of the vocabularies that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """Where an area stands in the M49 tree; a country is any country or area of the standard."""

    WORLD = "world", _("World")
    REGION = "region", _("Region")
    SUBREGION = "subregion", _("Sub-region")
    INTERMEDIATE = "intermediate", _("Intermediate region")
    COUNTRY = "country", _("Country or area")


class GroupKind(models.TextChoices):
    """What brings the countries of a group together."""

    DEVELOPMENT_GROUP = "development_group", _("Development group")
    REGIONAL_COMMISSION = "regional_commission", _("Regional commission")


class MembershipStatus(models.TextChoices):
    """How an area belongs to a group."""

    MEMBER = "member", _("Member")
    ASSOCIATE = "associate", _("Associate member")
