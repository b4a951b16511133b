"""Organizations with their identifiers, memberships of groups, and roles with scope and term."""

from typing import Any, ClassVar, Self

from django.db import models

from stocktake.domain.stakeholders.choices import OrganizationState, Origin, RoleKind
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.queries import scopes_of, sees_everything
from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.records import Record
from stocktake.kernel.vocabularies.terms import partial_date


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Organizations, and which of them someone may see."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(state=OrganizationState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Only what a person may see: the published ones, their own, or all for the secretariat."""
        if sees_everything(user):
            return self
        own = scopes_of(user, GrantedRole.EDITOR, "organization")
        published = models.Q(state=OrganizationState.PUBLISHED)
        return self.filter(published | models.Q(public_id__in=own))


class Organization(Record):
    """A body that owns or takes part in activities: a ministry, agency, company, association.

    `country` is an M49 code or empty; `type` a code of the codelist `organization_type`.
    """

    kind: ClassVar[str] = "organization"
    id_prefix: ClassVar[str] = "O"

    names = TranslatedField()
    acronym = models.CharField(max_length=40, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    type = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=3, blank=True)
    website = models.URLField(max_length=500, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.ENTRY)
    source_url = models.URLField(max_length=500, blank=True)
    state = models.CharField(
        max_length=20, choices=OrganizationState.choices, default=OrganizationState.PUBLISHED
    )
    name_key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.names) or self.public_id


class OrganizationIdentifier(models.Model):
    """An identifier that a scheme gives an organization, such as IATI's `XM-DAC-41304`."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="one_owner_per_identifier"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Membership(models.Model):
    """That an organization belongs to a group, which is an organization itself (UNGIS)."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    group = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="members")
    joined = models.CharField(max_length=10, blank=True, validators=[partial_date])
    left = models.CharField(max_length=10, blank=True, validators=[partial_date])
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "group", "joined"], name="one_membership_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} in {self.group}"


class Role(models.Model):
    """A public office: which organization is facilitator of what, from when to when.

    The scope is an element, an area or a process, named by its public identifier.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=RoleKind.choices)
    scope_kind = models.CharField(max_length=20)
    scope_id = models.CharField(max_length=80)
    starts = models.CharField(max_length=10, blank=True, validators=[partial_date])
    ends = models.CharField(max_length=10, blank=True, validators=[partial_date])
    source = models.CharField(max_length=500, blank=True)
    note = TranslatedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "role", "scope_kind", "scope_id", "starts"],
                name="one_role_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["scope_kind", "scope_id"], name="roles_by_scope")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.role} of {self.scope_id}"
