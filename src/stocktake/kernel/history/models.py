"""The tables of the log: the head, the immutable entries, and the payloads that may be blanked."""

from django.db import models


class Head(models.Model):
    """The end of the log: one row, locked by whoever writes the next entry."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class Change(models.Model):
    """One entry, never updated or deleted; the database itself refuses both.

    `digests` maps each field to a salted digest of its values before and after. `at` is kept as
    the text that was hashed (UTC, ISO 8601 with microseconds).
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    actor_key = models.CharField(max_length=80)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    digests = models.JSONField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["kind", "object_id", "number"], name="history_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.kind} {self.object_id}"


class Payload(models.Model):
    """The values of an entry and their salts; erasing blanks them and names the entry that did.

    `values` maps a field to `[salt, before, after]`, or to `null` once erased. The note is the
    field `note` of the entry like any other value, under the name `_note`.
    """

    change = models.OneToOneField(
        Change,
        primary_key=True,
        db_column="number",
        on_delete=models.DO_NOTHING,
        related_name="payload",
    )
    values = models.JSONField()
    erased_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"payload of {self.pk}"
