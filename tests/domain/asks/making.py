"""Provisions and asks for tests, through the services."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from stocktake.domain.asks.models import Ask, AskInstance
from stocktake.domain.asks.services import create_ask
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.services import create_document, write_provisions
from stocktake.kernel.common.actors import System
from stocktake.lib.multilingual import Text

SYSTEM = System("test")
_numbers = itertools.count(1)


def text(words: str, language: str = "en") -> dict[str, Any]:
    """Write a text in one language as a value."""
    return Text.of(language, words).to_json()


def day(offset: int) -> date:
    """Give the day some days from today."""
    return timezone.now().date() + timedelta(days=offset)


def document(symbol: str = "", **values: Any) -> Document:
    """Make a published resolution."""
    symbol = symbol or f"E/RES/2010/{next(_numbers)}"
    told = {"symbols": [symbol], "title": text(f"Invented resolution {symbol}"), **values}
    return create_document(SYSTEM, {"type": "resolution", "body": "UN-ECOSOC", **told})


def provision(of: Document | None = None, path: str = "para/1", **values: Any) -> Provision:
    """Make an operative paragraph."""
    row = {"path": path, "number": path.rpartition("/")[2], "role": "operative", **values}
    row.setdefault("summary", text("Asks for something invented."))
    return write_provisions(SYSTEM, of or document(), [row])[path]


def ask(of: Provision | None = None, **values: Any) -> Ask:
    """Make an ask with its periods."""
    told = {
        "provision": (of or provision()).public_id,
        "lemma": "request",
        "force": 3,
        "task": text("Report on the invented work"),
        "addressees": [{"code": "UN-SG"}],
        **values,
    }
    return create_ask(SYSTEM, told)


def instance(of: Ask | None = None, **values: Any) -> AskInstance:
    """Make an ask and give its first period."""
    return (of or ask(**values)).instances.get()
