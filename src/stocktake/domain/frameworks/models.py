"""Processes, their frameworks, elements of any depth, and mappings between elements."""

from typing import Any, ClassVar, Self

from django.db import models

from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.records import Record


class PublicQuerySet(models.QuerySet[Any]):
    """Reference records, which everybody may see."""

    def visible_to(self, user: Any) -> Self:
        """Everything: frameworks are public."""
        return self


class Process(Record):
    """A summit and its follow-up; `public_id` is its code (`wsis`)."""

    kind: ClassVar[str] = "process"
    id_prefix: ClassVar[str] = "P"

    names = TranslatedField()
    description = TranslatedField()
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    related_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="related"
    )
    details = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = PublicQuerySet.as_manager()


class Framework(Record):
    """A list of goals or lines of action; `public_id` is its code (`wsis-al`)."""

    kind: ClassVar[str] = "framework"
    id_prefix: ClassVar[str] = "F"

    process = models.ForeignKey(
        Process, null=True, blank=True, on_delete=models.PROTECT, related_name="frameworks"
    )
    names = TranslatedField()
    description = TranslatedField()
    source = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    date = models.CharField(max_length=10, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = PublicQuerySet.as_manager()


class Element(Record):
    """One entry of a framework; `public_id` is the qualified code (`wsis-al:C7.health`).

    `ancestors` lists the qualified codes above it, from the top down.
    """

    kind: ClassVar[str] = "element"
    id_prefix: ClassVar[str] = "E"

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="elements")
    code = models.CharField(max_length=80)
    broader = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    ancestors = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    names = TranslatedField()
    description = TranslatedField()
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    withdrawn_on = models.CharField(max_length=10, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="element_code")]


class Mapping(models.Model):
    """A link between two elements, or from a code of an outside scheme to an element.

    `relation` is SKOS's: exact_match, close_match, broad_match, narrow_match, related_match.
    """

    from_scheme = models.CharField(max_length=40)
    from_code = models.CharField(max_length=80)
    relation = models.CharField(max_length=20)
    to_element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="mapped_from")
    source = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_scheme", "from_code", "relation", "to_element"], name="mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_scheme}:{self.from_code} {self.relation} {self.to_element_id}"
