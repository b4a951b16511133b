"""The tables of the vocabularies; only the loader writes them, and it deletes nothing."""

from django.db import models

from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.vocabularies.choices import AreaKind, GroupKind, MembershipStatus
from stocktake.kernel.vocabularies.terms import partial_date


class Codelist(models.Model):
    """A closed list of codes with where it comes from; `date` is the date of the source."""

    code = models.CharField(max_length=40, primary_key=True)
    names = TranslatedField()
    source = models.TextField()
    licence = models.CharField(max_length=200)
    date = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class Code(models.Model):
    """One code of a list; `broader` names another code of the same list or is empty."""

    codelist = models.ForeignKey(Codelist, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=40)
    names = TranslatedField()
    broader = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["codelist", "position"]
        constraints = [
            models.UniqueConstraint(fields=["codelist", "code"], name="code_once_in_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.codelist_id}:{self.code}"


class Area(models.Model):
    """A country, area or region by its M49 code: three digits, as text."""

    m49 = models.CharField(max_length=3, primary_key=True)
    kind = models.CharField(max_length=20, choices=AreaKind.choices)
    iso2 = models.CharField(max_length=2, blank=True, db_index=True)
    iso3 = models.CharField(max_length=3, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_un_member = models.BooleanField(default=False)
    names = TranslatedField()
    withdrawn_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.m49


class AreaGroup(models.Model):
    """A group of countries that changes over time: least developed countries, a commission."""

    code = models.CharField(max_length=20, primary_key=True)
    kind = models.CharField(max_length=30, choices=GroupKind.choices)
    names = TranslatedField()
    position = models.PositiveIntegerField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code


class AreaGroupMembership(models.Model):
    """That an area belongs to a group from one partial date to another, as far as sourced."""

    group = models.ForeignKey(AreaGroup, on_delete=models.PROTECT, related_name="memberships")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=20, choices=MembershipStatus.choices)
    joined = models.CharField(max_length=10, blank=True, validators=[partial_date])
    left = models.CharField(max_length=10, blank=True, validators=[partial_date])
    source = models.TextField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "area", "joined"], name="area_joins_a_group_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} in {self.group_id}"


class Revision(models.Model):
    """One row whose random token changes with each load, so that caches know they are old."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
