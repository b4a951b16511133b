"""Processes, their frameworks, elements of any depth, and mappings between elements.

Foreign keys hold the codes themselves, so that a row reads like its line in the data file.
"""

from typing import Any, ClassVar, Self

from django.db import models

from stocktake.domain.frameworks.choices import Relation
from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.records import Record


class PublicQuerySet(models.QuerySet[Any]):
    """Reference records, which everybody may see."""

    def visible_to(self, user: Any) -> Self:
        """Everything: frameworks are public."""
        return self

    def in_force(self) -> Self:
        """Only what is not withdrawn."""
        return self.filter(withdrawn_on="")


class Reference(Record):
    """A record that data files decide.

    `collection` names the folder of data it was loaded from, empty for the shipped data; a load
    withdraws only what its own collection brought.
    """

    collection = models.CharField(max_length=80, blank=True)
    withdrawn_on = models.CharField(max_length=10, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True


class Process(Reference):
    """A summit and its follow-up; `public_id` is its code (`wsis`).

    `phases` is a list of `{"kind", "starts", "ends", "names", "source"}` with partial dates.
    """

    kind: ClassVar[str] = "process"

    names = TranslatedField()
    description = TranslatedField()
    phases = models.JSONField(default=list, blank=True)
    related_to = models.ForeignKey(
        "self",
        to_field="public_id",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="related",
    )
    source = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    date = models.CharField(max_length=10, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "public_id"]


class Framework(Reference):
    """A list of goals or lines of action; `public_id` is its code (`wsis-al`).

    `levels` holds the names of its levels from the top down, such as goal and target.
    """

    kind: ClassVar[str] = "framework"

    process = models.ForeignKey(
        Process,
        to_field="public_id",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="frameworks",
    )
    names = TranslatedField()
    description = TranslatedField()
    levels = models.JSONField(default=list, blank=True)
    source = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    date = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "public_id"]


class Element(Reference):
    """One entry of a framework; `public_id` is the qualified code (`wsis-al:C7.health`).

    `ancestors` lists the qualified codes above it, from the top down.
    """

    kind: ClassVar[str] = "element"

    framework = models.ForeignKey(
        Framework, to_field="public_id", on_delete=models.PROTECT, related_name="elements"
    )
    code = models.CharField(max_length=40)
    broader = models.ForeignKey(
        "self",
        to_field="public_id",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    ancestors = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    names = TranslatedField()
    description = TranslatedField()
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="element_code")]


class Mapping(Reference):
    """A link between two elements, or from a code of an outside scheme to an element.

    `table` names the data file. `from_scheme` is the code of a framework, and then `from_element`
    is set, or of an outside scheme such as `dac-5` (purpose codes of the OECD DAC).
    """

    kind: ClassVar[str] = "mapping"
    id_prefix: ClassVar[str] = "M"

    table = models.CharField(max_length=80)
    from_scheme = models.CharField(max_length=40)
    from_code = models.CharField(max_length=40)
    from_element = models.ForeignKey(
        Element,
        to_field="public_id",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mapped_to",
    )
    relation = models.CharField(max_length=20, choices=Relation.choices)
    to_element = models.ForeignKey(
        Element, to_field="public_id", on_delete=models.PROTECT, related_name="mapped_from"
    )
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["table", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_scheme", "from_code", "to_element"], name="mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_scheme}:{self.from_code} {self.relation} {self.to_element_id}"
