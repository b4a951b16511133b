"""What was asked once and must not be done twice."""

from django.db import models
from django.utils import timezone


class IdempotencyKey(models.Model):
    """A key that came with a request of one actor, and what the first such request gave."""

    actor_key = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    result = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="done_once")]

    def __str__(self) -> str:
        return f"{self.actor_key} {self.key}"
