"""Asks with their addressees and periods, evidence for them, and answers by those addressed."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce

from stocktake.domain.activities.choices import ActivityState
from stocktake.domain.activities.models import Activity
from stocktake.domain.asks.choices import (
    WAITING,
    Acceptance,
    AnswerState,
    AskNature,
    AskStatus,
    EvidenceKind,
)
from stocktake.domain.documents.choices import DocumentState
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.frameworks.models import Element
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.queries import scopes_of, sees_everything
from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.records import Record
from stocktake.kernel.vocabularies.terms import partial_date


class AskQuerySet(models.QuerySet["Ask"]):
    """Asks, and which of them someone may see: those of visible documents."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(provision__document__state=DocumentState.PUBLISHED, is_withdrawn=False)

    def visible_to(self, user: Any) -> Self:
        """Only what a person may see; `rules.is_visible` is the same rule for one record."""
        return self if sees_everything(user) else self.published()

    def with_links(self) -> Self:
        """Fetch what the values and the page of an ask read, in a fixed number of queries."""
        found = self.select_related("provision__document", "superseded_by")
        return found.prefetch_related("addressees__organization", "ask_elements__element")


class Ask(Record):
    """One thing that a provision asks: verb, force, addressees, task, due, recurrence, route.

    `force` is 1 (invites) to 4 (decides). `recurrence` is an ISO 8601 duration, empty where no
    interval is stated. `due_on` is the last day by which it is due as far as the text tells,
    `due_session` the session by whose opening it is (`A/66`). `report_to` and `through` list codes
    of the codelist `addressee`. A condition keeps the ask asleep until `condition_met_on`, which
    needs a source.
    """

    kind: ClassVar[str] = "ask"
    id_prefix: ClassVar[str] = "Q"

    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="asks")
    position = models.PositiveIntegerField(default=0)
    lemma = models.CharField(max_length=120)
    force = models.PositiveSmallIntegerField()
    task = TranslatedField(blank=False)
    nature = models.CharField(max_length=20, choices=AskNature.choices, default=AskNature.ONCE)
    due_on = models.DateField(null=True, blank=True)
    due_session = models.CharField(max_length=40, blank=True)
    due_as_written = models.CharField(max_length=300, blank=True)
    recurrence = models.CharField(max_length=20, blank=True)
    recurrence_as_written = models.CharField(max_length=300, blank=True)
    condition = TranslatedField()
    condition_met_on = models.DateField(null=True, blank=True)
    condition_source_name = models.CharField(max_length=500, blank=True)
    condition_source_url = models.URLField(max_length=1000, blank=True)
    report_to = models.JSONField(default=list, blank=True)
    through = models.JSONField(default=list, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    is_invented = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["provision", "position"]

    def __str__(self) -> str:
        return str(self.task) or self.public_id


class Addressee(models.Model):
    """Of whom something is asked: a code of the codelist `addressee`, or an organization."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="addressees")
    code = models.CharField(max_length=60, blank=True)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="asked"
    )
    raw = models.CharField(max_length=500, blank=True)
    qualifier = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.code or self.raw


class AskElement(models.Model):
    """That an ask concerns an element of a framework, such as an action line."""

    ask = models.ForeignKey(
        Ask, on_delete=models.CASCADE, related_name="ask_elements", db_index=False
    )
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="ask_links")
    is_suggested = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "element"], name="ask_element_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} on {self.element_id}"


class InstanceQuerySet(models.QuerySet["AskInstance"]):
    """Instances of asks, and which of them someone may see: those of visible asks."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(
            ask__provision__document__state=DocumentState.PUBLISHED, ask__is_withdrawn=False
        )

    def visible_to(self, user: Any) -> Self:
        """Only what a person may see; the same rule as for the ask."""
        return self if sees_everything(user) else self.published()

    def with_reports(self) -> Self:
        """Count for each what the public sees of it: `evidence_count` and `answer_count`."""
        evidence = Evidence.objects.published().filter(instance=models.OuterRef("pk"))
        answers = Answer.objects.published().filter(instance=models.OuterRef("pk"))
        return self.annotate(evidence_count=_counted(evidence), answer_count=_counted(answers))

    def with_rows(self) -> Self:
        """Fetch what a row of the ledger reads, in a fixed number of queries."""
        found = self.select_related(
            "ask__provision__document", "ask__superseded_by", "status_document", "status_evidence"
        )
        return found.prefetch_related(
            "ask__addressees__organization", "ask__ask_elements__element"
        ).with_reports()

    def silent(self, today: date) -> Self:
        """Only those whose due date has passed without evidence, answer or status that tells."""
        own = models.OuterRef("pk")
        return self.filter(
            ~models.Exists(Evidence.objects.published().filter(instance=own)),
            ~models.Exists(Answer.objects.published().filter(instance=own)),
            due_on__lt=today,
            status__in=WAITING,
            ask__is_withdrawn=False,
        )


def _counted(found: models.QuerySet[Any]) -> Coalesce:
    rows = found.order_by().values("instance").annotate(number=models.Count("pk"))
    return Coalesce(models.Subquery(rows.values("number")[:1]), 0)


class AskInstance(Record):
    """An ask in one period, the row of the ledger; every ask has at least one.

    `period` is what it is called (`2011`), empty for asks without periods. `status` is empty for
    standing norms. A status changes only with a source: a record (`status_evidence`,
    `status_document`) or a named one. "No report received" is never kept: it is shown when `due_on`
    has passed without evidence, publicly from `silence_public_on` on. `due_announced_on` is the
    day on which the log was told that the due date or that day had passed.
    """

    kind: ClassVar[str] = "ask_instance"
    id_prefix: ClassVar[str] = "L"

    evidence_count: int  # of `with_reports` only
    answer_count: int

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="instances", db_index=False)
    period = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, db_index=True)
    status = models.CharField(max_length=30, choices=AskStatus.choices, blank=True)
    status_on = models.DateField(null=True, blank=True)
    status_evidence = models.ForeignKey(
        "Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status_document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status_source_name = models.CharField(max_length=500, blank=True)
    status_source_url = models.URLField(max_length=1000, blank=True)
    silence_public_on = models.DateField(null=True, blank=True)
    due_announced_on = models.DateField(null=True, blank=True)

    objects = InstanceQuerySet.as_manager()

    class Meta:
        ordering = ["ask", "period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "period"], name="one_instance_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.period}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, and which of it someone may see."""

    def published(self) -> Self:
        """What everybody may see: accepted evidence for public asks from public records."""
        return self.filter(
            models.Q(activity=None) | models.Q(activity__state=ActivityState.PUBLISHED),
            models.Q(document=None) | models.Q(document__state=DocumentState.PUBLISHED),
            acceptance=Acceptance.ACCEPTED,
            instance__ask__provision__document__state=DocumentState.PUBLISHED,
            instance__ask__is_withdrawn=False,
        )

    def visible_to(self, user: Any) -> Self:
        """What a person may see: also what their organization brought forward or is to accept.

        `rules.is_evidence_visible` is the same rule for one record.
        """
        if sees_everything(user):
            return self
        own = scopes_of(user, GrantedRole.EDITOR, "organization")
        if not own:
            return self.published()
        concerned = self.model.objects.filter(concerns(own), asserted_by=None)
        return self.filter(
            models.Q(pk__in=self.model.objects.published().values("pk"))
            | models.Q(asserted_by__public_id__in=own)
            | models.Q(pk__in=concerned.values("pk"))
        )


def concerns(organizations: list[str]) -> models.Q:
    """Say of evidence for public asks that one of some organizations is asked, or its group."""
    to = "instance__ask__addressees__organization"
    return models.Q(
        instance__ask__provision__document__state=DocumentState.PUBLISHED,
        instance__ask__is_withdrawn=False,
    ) & (
        models.Q(**{f"{to}__public_id__in": organizations})
        | models.Q(**{f"{to}__members__organization__public_id__in": organizations})
    )


class Evidence(Record):
    """What somebody brings forward as an answer to an ask; the other side accepts it or not.

    Exactly one of `activity`, `document` or a named source with address is the evidence itself.
    `claims` is the status that it is said to show, empty where it shows none. `asserted_by` is the
    organization for which it was brought forward, none when the secretariat did.
    """

    kind: ClassVar[str] = "evidence"
    id_prefix: ClassVar[str] = "V"

    instance = models.ForeignKey(AskInstance, on_delete=models.PROTECT, related_name="evidence")
    evidence_kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_for"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_for"
    )
    paragraph = models.CharField(max_length=60, blank=True)
    title = TranslatedField()
    url = models.URLField(max_length=1000, blank=True)
    note = TranslatedField()
    dated = models.CharField(max_length=10, blank=True, validators=[partial_date])
    claims = models.CharField(max_length=30, choices=AskStatus.choices, blank=True)
    asserted_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="assertions"
    )
    asserted_by_key = models.CharField(max_length=80)
    acceptance = models.CharField(
        max_length=20, choices=Acceptance.choices, default=Acceptance.PROPOSED
    )
    accepted_by_key = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    source_name = models.CharField(max_length=500, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["instance", "dated", "pk"]

    def __str__(self) -> str:
        return f"{self.public_id} for {self.instance_id}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers, and which of them someone may see."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(
            state=AnswerState.PUBLISHED,
            instance__ask__provision__document__state=DocumentState.PUBLISHED,
            instance__ask__is_withdrawn=False,
        )

    def visible_to(self, user: Any) -> Self:
        """What a person may see: also what their organization answered and withdrew."""
        if sees_everything(user):
            return self
        own = scopes_of(user, GrantedRole.EDITOR, "organization")
        return self.filter(
            models.Q(pk__in=self.model.objects.published().values("pk"))
            | models.Q(organization__public_id__in=own)
        )


class Answer(Record):
    """What an addressee says in public to an ask, in its own words."""

    kind: ClassVar[str] = "answer"
    id_prefix: ClassVar[str] = "W"

    instance = models.ForeignKey(AskInstance, on_delete=models.PROTECT, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="answers")
    text = TranslatedField(blank=False)
    answered_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=AnswerState.choices, default=AnswerState.PUBLISHED
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["instance", "answered_on", "pk"]

    def __str__(self) -> str:
        return f"{self.organization_id} on {self.instance_id}"
