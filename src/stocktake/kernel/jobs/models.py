"""When each job of the timetable was last run, and how that went."""

from django.db import models


class Run(models.Model):
    """The last run of a job; one row a job."""

    job = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.job
