"""The only writers of asks, periods, evidence and answers; each logs in its transaction."""

from stocktake.domain.asks.services.answers import answer_ask, update_answer, withdraw_answer
from stocktake.domain.asks.services.evidence import (
    bring_evidence,
    decide_evidence,
    withdraw_evidence,
)
from stocktake.domain.asks.services.recurring import announce_due, ensure_instances
from stocktake.domain.asks.services.status import StatusSource, record_condition, set_status
from stocktake.domain.asks.services.values import FIELDS, Values, clean_values, values_of
from stocktake.domain.asks.services.writing import (
    create_ask,
    create_asks,
    update_ask,
    withdraw_ask,
)

__all__ = [
    "FIELDS",
    "StatusSource",
    "Values",
    "announce_due",
    "answer_ask",
    "bring_evidence",
    "clean_values",
    "create_ask",
    "create_asks",
    "decide_evidence",
    "ensure_instances",
    "record_condition",
    "set_status",
    "update_answer",
    "update_ask",
    "values_of",
    "withdraw_answer",
    "withdraw_ask",
    "withdraw_evidence",
]
