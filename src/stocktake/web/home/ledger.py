"""What the first page tells of the ledger: how much was asked, what is due, where is silence."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from stocktake.domain.asks.choices import NO_REPORT_RECEIVED
from stocktake.domain.asks.models import AskInstance
from stocktake.web import ask_parts
from stocktake.web.asks import reading
from stocktake.web.asks.listing import LedgerRow, ledger_row
from stocktake.web.naming import Naming
from stocktake.web.register import INVENTED, Register

_TO_COME = 3
_PAST = 2
_SILENT = {"status": (NO_REPORT_RECEIVED,)}


@dataclass(frozen=True)
class LedgerFigures:
    """Asks by period on record, how many are invented, and on how many no report was received."""

    asks: int
    invented: int
    silent: int
    href: str
    silent_href: str


def figures(naming: Naming) -> LedgerFigures:
    """Count what the public ledger holds."""
    register = Register(naming.language, kind=AskInstance.kind)
    return LedgerFigures(
        asks=register.total(),
        invented=register.total(INVENTED),
        silent=register.total(_SILENT),
        href=ask_parts.ledger(),
        silent_href=ask_parts.ledger(status=NO_REPORT_RECEIVED),
    )


def nearest(user: Any, naming: Naming) -> list[LedgerRow]:
    """Give the asks that are due next, then those that were due last."""
    register = Register(naming.language, kind=AskInstance.kind)
    today = timezone.localdate()
    to_come = register.search({}, size=_TO_COME, sort="oldest", since=today).ids
    before = today - timedelta(days=1)
    latest = register.search({}, size=_TO_COME + _PAST, sort="newest", until=before).ids
    past = [each for each in latest if each not in to_come][:_PAST]
    ids = [*to_come, *past]
    return [ledger_row(row, naming) for row in reading.rows(user, ids)]
