"""Closed lists of documents that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentStatus(models.TextChoices):
    """How far a document has come with those who agree it."""

    DRAFT = "draft", pgettext_lazy("document", "Draft")
    POSTED = "posted", pgettext_lazy("document", "Posted")
    AGREED = "agreed", pgettext_lazy("document", "Agreed")
    SUPERSEDED = "superseded", pgettext_lazy("document", "Superseded")


class DocumentState(models.TextChoices):
    """Whether the public sees a record of a document."""

    WORKING = "working", _("Being prepared")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """Where the record of a document came from."""

    ENTRY = "entry", _("Entered by the secretariat")
    SAMPLE = "sample", _("Sample register, from published facts")
    CITED = "cited", _("Known from a citation only")
    GENERATED = "generated", _("Invented for tests")


class ProvisionRole(models.TextChoices):
    """What a provision is in its document."""

    PREAMBULAR = "preambular", _("Preambular paragraph")
    OPERATIVE = "operative", _("Operative paragraph")
    TASK = "task", _("Sub-paragraph: a task of its own")
    QUOTED = "quoted", _("Sub-paragraph: quoted matter")
    ITEM = "item", _("Sub-paragraph")
    NUMBERED = "numbered", _("Numbered paragraph")
    HEADING = "heading", _("Heading")


class LineageRelation(models.TextChoices):
    """How a provision differs from its ancestor in an earlier document."""

    UNCHANGED = "unchanged", _("Unchanged")
    REWORDED = "reworded", _("Reworded")
    STRENGTHENED = "strengthened", _("Strengthened")
    WEAKENED = "weakened", _("Weakened")
