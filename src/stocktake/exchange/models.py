"""Import runs with their position and summary, and the source of every imported activity."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from stocktake.domain.activities.models import Activity
from stocktake.kernel.common.records import Record


class RunState(models.TextChoices):
    """How far an import is."""

    CHECKING = "checking", _("Checking")
    APPLYING = "applying", _("Applying")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class ImportRun(Record):
    """One import: what was asked, how far it came, what it did.

    `position` is the number of entries that are settled; a killed run goes on from there.
    `files` lists `{name, path, size, sha256}`; `summary` the counts and the faults.
    """

    kind: ClassVar[str] = "import_run"
    id_prefix: ClassVar[str] = "R"

    format = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=RunState.choices, default=RunState.CHECKING)
    actor_key = models.CharField(max_length=80)
    files = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, blank=True)
    position = models.PositiveBigIntegerField(default=0)
    summary = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)


class Source(models.Model):
    """What a file said of one activity, last time it was read.

    `values` are the activity's values as the source gave them: the base of the three-way merge
    with what people have edited since. `content` is the compressed source (zlib), with nothing
    left out, so what the model lacks is not lost; it is never published.
    """

    scheme = models.CharField(max_length=40)
    identifier = models.CharField(max_length=300)
    activity = models.OneToOneField(
        Activity, null=True, on_delete=models.CASCADE, related_name="source"
    )
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="sources")
    created_by = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="created")
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
