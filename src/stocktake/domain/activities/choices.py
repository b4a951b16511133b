"""Closed lists of the register that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    """Whether the public sees an entry."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """Where an entry came from."""

    ENTRY = "entry", _("Entered by its owner")
    SAMPLE = "sample", _("Sample register, from published facts")
    IMPORT = "import", _("Imported file")
    GENERATED = "generated", _("Invented for tests")


EARLIEST_YEAR, LATEST_YEAR = 1850, 2150
"""The years that an activity may plausibly name."""
