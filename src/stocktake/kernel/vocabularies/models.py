"""The tables of the vocabularies; only the loader writes them, and it deletes nothing.

Foreign keys hold the codes themselves, so that a row reads like its line in the data file.
"""

from typing import ClassVar

from django.db import models

from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.records import Record
from stocktake.kernel.vocabularies.choices import AreaKind, GroupKind, MembershipStatus
from stocktake.kernel.vocabularies.terms import partial_date


class Codelist(Record):
    """A closed list of codes with where it comes from; `public_id` is its name in the files."""

    kind: ClassVar[str] = "codelist"

    names = TranslatedField()
    source = models.TextField()
    licence = models.CharField(max_length=200)
    date = models.CharField(max_length=10)
    withdrawn_on = models.CharField(max_length=10, blank=True)


class Code(Record):
    """One code of a list; `broader` names another code of the same list or is empty."""

    kind: ClassVar[str] = "code"

    codelist = models.ForeignKey(
        Codelist, to_field="public_id", on_delete=models.PROTECT, related_name="codes"
    )
    code = models.CharField(max_length=40)
    names = TranslatedField()
    broader = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    withdrawn_on = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["codelist", "position"]
        constraints = [models.UniqueConstraint(fields=["codelist", "code"], name="code_once")]


class Area(Record):
    """A country, area or region by its M49 code: three digits, as text, also its `public_id`."""

    kind: ClassVar[str] = "area"

    m49 = models.CharField(max_length=3, primary_key=True)
    kind_of_area = models.CharField(max_length=20, choices=AreaKind.choices)
    iso2 = models.CharField(max_length=2, blank=True, db_index=True)
    iso3 = models.CharField(max_length=3, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    is_un_member = models.BooleanField(default=False)
    names = TranslatedField()
    withdrawn_on = models.CharField(max_length=10, blank=True)


class AreaGroup(Record):
    """A group of countries that changes over time; `public_id` is its code (`ldc`, `escap`)."""

    kind: ClassVar[str] = "area_group"

    kind_of_group = models.CharField(max_length=40, choices=GroupKind.choices)
    names = TranslatedField()
    position = models.PositiveIntegerField()
    withdrawn_on = models.CharField(max_length=10, blank=True)


class AreaGroupMembership(Record):
    """That an area belongs to a group from one partial date to another, as far as sourced."""

    kind: ClassVar[str] = "area_group_membership"

    group = models.ForeignKey(
        AreaGroup, to_field="public_id", on_delete=models.PROTECT, related_name="memberships"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="group_memberships")
    status = models.CharField(max_length=20, choices=MembershipStatus.choices)
    joined = models.CharField(max_length=10, blank=True, validators=[partial_date])
    left = models.CharField(max_length=10, blank=True, validators=[partial_date])
    source = models.TextField()
    withdrawn_on = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "area", "joined"], name="member_once"),
        ]
