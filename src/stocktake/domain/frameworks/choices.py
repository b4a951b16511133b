"""Closed lists of frameworks that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """How two elements are related, by the words of SKOS."""

    EXACT_MATCH = "exact_match", _("the same as")
    CLOSE_MATCH = "close_match", _("nearly the same as")
    BROAD_MATCH = "broad_match", _("part of")
    NARROW_MATCH = "narrow_match", _("wider than")
    RELATED_MATCH = "related_match", _("related to")


INVERSE = {
    Relation.EXACT_MATCH: Relation.EXACT_MATCH,
    Relation.CLOSE_MATCH: Relation.CLOSE_MATCH,
    Relation.BROAD_MATCH: Relation.NARROW_MATCH,
    Relation.NARROW_MATCH: Relation.BROAD_MATCH,
    Relation.RELATED_MATCH: Relation.RELATED_MATCH,
}
"""The relation as read from the other end."""
