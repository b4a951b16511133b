"""Reading asks: the ledger, what is shown as status, who is asked, what came of a document."""

from stocktake.domain.asks.queries.addressing import (
    ShownAddressee,
    addressee_labels,
    answering_organizations,
    asked_of,
    is_asked,
    shown_addressees,
)
from stocktake.domain.asks.queries.follow_up import (
    AskFollowUp,
    DocumentFollowUp,
    PeriodFollowUp,
    ProvisionFollowUp,
    follow_up,
)
from stocktake.domain.asks.queries.ledger import (
    answer_rows,
    answers_of,
    ask_visible_to,
    asks_of,
    due_dates,
    evidence_of,
    evidence_rows,
    instance_visible_to,
    instances_in_order,
    orphans,
    silences,
    with_instances,
)
from stocktake.domain.asks.queries.standing import Standing, sees_silence, shown_status, standing

__all__ = [
    "AskFollowUp",
    "DocumentFollowUp",
    "PeriodFollowUp",
    "ProvisionFollowUp",
    "ShownAddressee",
    "Standing",
    "addressee_labels",
    "answer_rows",
    "answering_organizations",
    "answers_of",
    "ask_visible_to",
    "asked_of",
    "asks_of",
    "due_dates",
    "evidence_of",
    "evidence_rows",
    "follow_up",
    "instance_visible_to",
    "instances_in_order",
    "is_asked",
    "orphans",
    "sees_silence",
    "shown_addressees",
    "shown_status",
    "silences",
    "standing",
    "with_instances",
]
