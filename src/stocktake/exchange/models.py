"""Import runs with their notes, the sources of imported activities, and drafts of documents."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stocktake.domain.activities.models import Activity
from stocktake.domain.documents.models import Document
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.accounts.queries import sees_everything
from stocktake.kernel.common.records import Record


class RunState(models.TextChoices):
    """How far an import is."""

    APPLYING = "applying", _("Applying")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class RunQuerySet(models.QuerySet["ImportRun"]):
    """Import runs, and who may see them."""

    def visible_to(self, user: Any) -> Self:
        """All for the secretariat, none for anybody else."""
        return self if sees_everything(user) else self.none()


class ImportRun(Record):
    """One import: what was asked, how far it came, what it did.

    It exists from its first write on: an import that changes nothing leaves no run. `position`
    is the number of staged entries that are settled; a killed run goes on from there. `files`
    lists `{name, path, size, sha256}`; `summary` holds the counts, the notes what was wrong.
    `updated_at` moves with every transaction of a running import. A run that `is_final` cannot be
    undone any more: what it replaced is no longer kept.
    """

    kind: ClassVar[str] = "import_run"
    id_prefix: ClassVar[str] = "R"

    format = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=RunState.choices, default=RunState.APPLYING)
    actor_key = models.CharField(max_length=80)
    files = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, blank=True)
    total = models.PositiveBigIntegerField(default=0)
    position = models.PositiveBigIntegerField(default=0)
    summary = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    is_final = models.BooleanField(default=False)

    objects = RunQuerySet.as_manager()


class NoteKind(models.TextChoices):
    """What a note of a run tells."""

    ERROR = "error", _("Fault in the file")
    CONFLICT = "conflict", _("An edit by a person stands")
    KEPT = "kept", _("Not undone")
    NOTE = "note", _("Worth a look")


class RunNote(models.Model):
    """One thing that a run has to tell: where (file, line, identifier, field) and what.

    `template` is an English sentence with named placeholders, which `values` fill.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="notes")
    note_kind = models.CharField(max_length=20, choices=NoteKind.choices)
    file = models.CharField(max_length=500, blank=True)
    line = models.PositiveBigIntegerField(default=0)
    identifier = models.CharField(max_length=300, blank=True)
    field = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60, blank=True)
    template = models.TextField()
    values = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "note_kind"], name="notes_by_kind")]

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        text = gettext(self.template)
        return text % self.values if self.values else text


class Source(models.Model):
    """What a file said of one activity, last time it was read.

    `values` are the activity's values as the source gave them, empty ones left out: the base of
    the three-way merge with what people have edited since. `content` is the compressed source
    (zlib) but for its contact persons, so what the model lacks is not lost; it is never published.
    `created_by` is the run that entered the activity, and none when it was there before or when
    an undo left it standing.
    """

    scheme = models.CharField(max_length=40)
    identifier = models.CharField(max_length=300)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sources")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="sources")
    created_by = models.ForeignKey(
        ImportRun, null=True, on_delete=models.PROTECT, related_name="created"
    )
    digest = models.CharField(max_length=64)
    values = models.JSONField()
    content = models.BinaryField()
    file = models.CharField(max_length=500, blank=True)
    line = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "identifier"], name="one_source"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.identifier}"


class PriorSource(models.Model):
    """What a run replaced: the source as it was, and the record's values that the run changed.

    Undoing the run puts both back. `changed` maps a field to its value before and the one written.
    `previous_run` is none when the activity had no source before.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="replaced")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="priors")
    previous_run = models.ForeignKey(
        ImportRun, null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    changed = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)
    content = models.BinaryField(default=bytes)
    file = models.CharField(max_length=500, blank=True)
    line = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "source"], name="replaced_once_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} before {self.run_id}"


class FormerEntry(models.Model):
    """The public identifier that an undone entry had: it gets it back when it is imported again."""

    scheme = models.CharField(max_length=40)
    identifier = models.CharField(max_length=300)
    public_id = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "identifier"], name="one_former_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.identifier} was {self.public_id}"


class ImportedOrganization(models.Model):
    """That a run created an organization, so that its undo can remove it again."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="organizations")
    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="imported_by"
    )

    def __str__(self) -> str:
        return f"{self.organization_id} by {self.run_id}"


class DraftState(models.TextChoices):
    """How far a draft of a document is."""

    OPEN = "open", _("Being corrected")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, and who may see them."""

    def visible_to(self, user: Any) -> Self:
        """All for the secretariat, none for anybody else."""
        return self if sees_everything(user) else self.none()


class Draft(Record):
    """A text as the parser read it, while a person corrects it; then it becomes a document.

    `structure` is the content of `exchange.resolutions.content` after `position` corrections;
    those with a higher number were undone and can be done again. `content` is the file,
    compressed (zlib), and `source` what was read of it.
    """

    kind: ClassVar[str] = "draft"
    id_prefix: ClassVar[str] = "T"

    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.OPEN)
    actor_key = models.CharField(max_length=80)
    symbol = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=10)
    file_name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(default=bytes, blank=True)
    source = models.TextField(blank=True)
    structure = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.symbol or self.title or self.public_id


class DraftStep(models.Model):
    """One correction of a draft: `step` as asked, and the units it replaced and put there.

    `patch` is `{"start": place, "old": [units], "new": [units]}`, for the head of the document
    `{"old": {...}, "new": {...}}`.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.JSONField()
    patch = models.JSONField()
    actor_key = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_step_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} step {self.number}"
