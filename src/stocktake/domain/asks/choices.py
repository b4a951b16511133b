"""Closed lists of asks that code branches on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AskNature(models.TextChoices):
    """How an ask unfolds over time."""

    ONCE = "once", _("Asked once")
    RECURRING = "recurring", _("Recurring at a stated interval")
    PERIODIC = "periodic", _("Periodic, interval unknown")
    STANDING = "standing", _("Standing norm, without status")


class AskStatus(models.TextChoices):
    """What is known of an ask in one period; silence is none of these, it is shown, not kept."""

    OPEN = "open", pgettext_lazy("ask", "Open")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    IN_PROGRESS = "in_progress", _("In progress")
    PARTLY_REPORTED_DONE = "partly_reported_done", _("Partly reported done")
    REPORTED_DONE = "reported_done", _("Reported done")
    SUPERSEDED = "superseded", pgettext_lazy("ask", "Superseded")
    LAPSED = "lapsed", _("Lapsed")
    SLEEPING = "sleeping", _("Sleeping: its condition is not recorded")


class AskForce(models.IntegerChoices):
    """How strongly a provision asks; 0, which asks nothing, is no ask."""

    INVITES = 1, _("Invites, encourages or recommends")
    CALLS_UPON = 2, _("Calls upon or urges")
    REQUESTS = 3, _("Requests or directs")
    DECIDES = 4, _("Decides or establishes")


WAITING = (AskStatus.OPEN, AskStatus.ACKNOWLEDGED, AskStatus.IN_PROGRESS)
"""In these an ask still waits for a report."""

CLAIMS = (
    AskStatus.ACKNOWLEDGED,
    AskStatus.IN_PROGRESS,
    AskStatus.PARTLY_REPORTED_DONE,
    AskStatus.REPORTED_DONE,
)
"""What evidence may be said to show."""

COLLECTIVES = {
    "ALL_STATES": ("government",),
    "DEVELOPED_STATES": ("government",),
    "DEVELOPING_STATES": ("government",),
    "PRIVATE_SECTOR": ("private_sector",),
    "CIVIL_SOCIETY": ("civil_society",),
    "ACADEMIA": ("academia",),
    "INTL_REGIONAL_ORGS": ("international_organization", "regional_commission"),
    "REGIONAL_COMMISSIONS": ("regional_commission",),
    "OTHER_ORGS": ("international_organization", "other"),
}
"""Codes of the codelist `addressee` that stand for all organizations of some types."""

EVERYBODY = ("ALL_STAKEHOLDERS", "INTERNATIONAL_COMMUNITY")
"""Codes of the codelist `addressee` that stand for every organization."""

FACILITATORS = ("ACTION_LINE_FACILITATORS",)
"""Codes of the codelist `addressee` that stand for those who facilitate the ask's elements."""

STANDING = "standing"
"""Shown in place of a status for standing norms, which have none."""

NO_REPORT_RECEIVED = "no_report_received"
"""Shown in place of a status where a due date passed in silence; it is never kept."""

SHOWN = {
    **{status.value: status.label for status in AskStatus},
    NO_REPORT_RECEIVED: _("No report received"),
    STANDING: _("Standing norm, without status"),
}
"""The words for everything that may be shown as the status of an ask."""

SILENCE_DAYS = 180
"""Days after a due date from which on silence is public, unless another day is given."""


class EvidenceKind(models.TextChoices):
    """What kind of record or source is brought forward as evidence."""

    ACTIVITY = "activity", _("Activity")
    DOCUMENT = "document", _("Document")
    REPORT = "report", _("Report")
    OBSERVATION = "observation", _("Observation of an indicator")


class Acceptance(models.TextChoices):
    """Whether the other side has accepted what one side brought forward."""

    PROPOSED = "proposed", pgettext_lazy("evidence", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("evidence", "Accepted")
    DECLINED = "declined", pgettext_lazy("evidence", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("evidence", "Withdrawn")


class AnswerState(models.TextChoices):
    """Whether the public sees an answer."""

    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
