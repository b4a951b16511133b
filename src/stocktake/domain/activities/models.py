"""An activity and what hangs on it: elements, areas, partners, links, identifiers."""

from typing import Any, ClassVar, Self

from django.db import models

from stocktake.domain.activities.choices import ActivityState, Origin
from stocktake.domain.frameworks.models import Element
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.queries import scopes_of, sees_everything
from stocktake.kernel.common.fields import CodesField, TranslatedField
from stocktake.kernel.common.records import Record
from stocktake.kernel.vocabularies.models import Area
from stocktake.kernel.vocabularies.terms import partial_date


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, and which of them someone may see."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(state=ActivityState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Only what a person may see; `rules.is_visible` is the same rule for one record."""
        if sees_everything(user):
            return self
        own = scopes_of(user, GrantedRole.EDITOR, "organization")
        published = models.Q(state=ActivityState.PUBLISHED)
        return self.filter(published | models.Q(owner__public_id__in=own))

    def with_rows(self) -> Self:
        """Fetch what a row of a list shows: owner, elements, areas; three queries."""
        elements = ActivityElement.objects.select_related("element").only(
            "activity_id", "is_primary", "is_suggested", "element__public_id"
        )
        areas = ActivityArea.objects.select_related("area").only(
            "activity_id", "percentage", "area__m49"
        )
        return self.select_related("owner").prefetch_related(
            models.Prefetch("activity_elements", elements.order_by("pk")),
            models.Prefetch("activity_areas", areas.order_by("pk")),
        )

    def with_links(self) -> Self:
        """Fetch everything that a page or a file shows, in a fixed number of queries."""
        elements = ActivityElement.objects.select_related("element")
        areas = ActivityArea.objects.select_related("area")
        # joined, as SQLite refuses to prefetch more than a thousand records that are pointed to
        partners = Participation.objects.select_related("organization")
        return self.select_related("owner").prefetch_related(
            models.Prefetch("activity_elements", elements),
            models.Prefetch("activity_areas", areas),
            models.Prefetch("participations", partners),
            "links",
            "external_identifiers",
        )


class Activity(Record):
    """What somebody does towards an element of a framework: a project, a training, a meeting.

    Dates are partial, `YYYY[-MM[-DD]]`. Codes are of the codelists `activity_type`,
    `activity_status`, `scope_level`, `beneficiary_group`, `impediment`, `language`. `is_invented`
    marks generated data, which says so wherever it shows.
    """

    kind: ClassVar[str] = "activity"
    id_prefix: ClassVar[str] = "A"

    title = TranslatedField(blank=False)
    summary = TranslatedField()
    description = TranslatedField()
    results = TranslatedField()
    obstacles = TranslatedField()
    lessons = TranslatedField()
    type = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=40, blank=True)
    scope_level = models.CharField(max_length=40, blank=True)
    start_date = models.CharField(max_length=10, blank=True, validators=[partial_date])
    end_date = models.CharField(max_length=10, blank=True, validators=[partial_date])
    owner = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_activities",
    )
    budget_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    budget_currency = models.CharField(max_length=3, blank=True)
    beneficiaries = CodesField(default=list, blank=True)
    impediments = CodesField(default=list, blank=True)
    languages = CodesField(default=list, blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.ENTRY)
    source_name = models.CharField(max_length=500, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    is_invented = models.BooleanField(default=False)
    last_confirmed_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=20,
        choices=ActivityState.choices,
        default=ActivityState.PUBLISHED,
        db_index=True,
    )

    objects = ActivityQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.title) or self.public_id


# The unique constraints of the links begin with the activity, and so serve as its index.


class ActivityElement(models.Model):
    """That an activity serves an element; a suggested link is no fact yet and says so."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="activity_elements", db_index=False
    )
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="activity_links")
    is_primary = models.BooleanField(default=False)
    is_suggested = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "element"], name="element_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} to {self.element_id}"


class ActivityArea(models.Model):
    """That an activity takes place in or serves a country or region; the share is in percent."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="activity_areas", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    percentage = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "area"], name="area_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} in {self.area_id}"


class Participation(models.Model):
    """That an organization takes part in an activity in a role of `participation_role`."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="participations", db_index=False
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organization", "role"], name="participation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} as {self.role}"


class ActivityLink(models.Model):
    """An address outside that tells more; only http and https."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url


class ExternalIdentifier(models.Model):
    """The identifier that another register gives an activity; one activity an identifier."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="external_identifiers"
    )
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="one_activity_per_identifier"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
