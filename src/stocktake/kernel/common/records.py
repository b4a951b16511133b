"""The base of every public record: an identifier that never changes and a version."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.common.identifiers import new_public_id


class Record(models.Model):
    """A record that history, search and addresses can name by `kind` and `public_id`."""

    kind: ClassVar[str]
    id_prefix: ClassVar[str]

    public_id = models.CharField(max_length=80, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.public_id

    def give_public_id(self) -> None:
        """Give a new record its identifier, unless its data brought one."""
        if not self.public_id:
            self.public_id = new_public_id(self.id_prefix)

    def expect_version(self, given: int | None) -> None:
        """Refuse an edit that started from another version than the record's.

        Raises:
            StaleVersion: someone changed the record meanwhile.
        """
        if given is not None and given != self.version:
            raise StaleVersion(current=self.version, given=given)

    def advance(self) -> None:
        """Count a new version of the record as of now."""
        self.version += 1
        self.updated_at = timezone.now()
