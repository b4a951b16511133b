"""A line of two invented resolutions with asks, evidence and lineage, for pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from stocktake.domain.asks.services import bring_evidence, create_ask
from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import (
    add_language_version,
    write_lineage,
    write_provisions,
)
from stocktake.kernel.common.actors import System
from stocktake.lib.multilingual import Text
from tests import factories

SYSTEM = System("test")
OFFICIAL = """Resolution 2010/7

The Economic and Social Council,

Recalling its invented resolution 2009/7,

1. Takes note of the invented report;

2. Requests the Secretary-General:

(a) To count the invented bridges;

(b) To report on them by 31 December 2010.
"""


def words(english: str, **others: str) -> dict[str, Any]:
    """Write a text in English and other languages as a value."""
    return Text("en", {"en": english, **others}).to_json()


def clause(lemma: str, force: int) -> dict[str, Any]:
    """Give a clause as the record keeps it."""
    return {"verb": lemma, "lemma": lemma, "modifiers": [], "force": force, "position": 0}


def row(path: str, place: int, role: str = "operative", **more: Any) -> dict[str, Any]:
    """Give a provision as a value."""
    return {
        "path": path,
        "number": path.rpartition("/")[2],
        "role": role,
        "position": place,
        "summary": words(f"Our words on {path}."),
        **more,
    }


@dataclass
class Made:
    """Last year's resolution, this year's, and what it asks."""

    earlier: Document
    later: Document
    ask: Any


def line() -> Made:
    """Make two resolutions: 2009 with three paragraphs, 2010 with a new and a stronger one."""
    earlier = factories.document(
        "E/RES/2009/7", "Bridges, 2009", date="2009-07-24", body="UN-ECOSOC"
    )
    write_provisions(
        SYSTEM,
        earlier,
        [
            row("para/1", 0, clauses=[clause("take note", 0)]),
            row("para/2", 1, clauses=[clause("invite", 1)]),
            row("para/3", 2, summary=words("Our words on ferries.")),
        ],
    )
    later = factories.document(
        "E/RES/2010/7",
        "Bridges, 2010",
        date="2010-07-19",
        body="UN-ECOSOC",
        previous=earlier.public_id,
        status="agreed",
        summary=words("What the Council wants of bridges."),
        languages=["en", "ar"],
        source_name="Official documents",
        source_url="https://documents.un.org/api/symbol/access?s=E/RES/2010/7&l=en&t=pdf",
    )
    cited = [{"symbol": "A/RES/60/252", "paragraphs": ["5"]}]
    write_provisions(
        SYSTEM,
        later,
        [
            row("preamble/1", 0, "preambular", citations=[{"symbol": "E/RES/2009/7"}]),
            row("para/1", 1, section=words("Counting"), clauses=[clause("take note", 0)]),
            row("para/2", 2, section=words("Counting"), clauses=[clause("request", 3)]),
            row("para/2/a", 3, "task", parent="para/2", number="(a)"),
            row("para/2/b", 4, "quoted", parent="para/2", number="(b)"),
            row("para/3", 5, section=words("Tunnels"), citations=cited),
        ],
    )
    same = {"relation": "unchanged", "is_due_moved": False, "similarity": 1}
    stronger = {"relation": "strengthened", "is_due_moved": True, "similarity": 0.9}
    write_lineage(
        SYSTEM,
        later,
        [
            {"earlier": "para/1", "later": "para/1", **same},
            {"earlier": "para/2", "later": "para/2", **stronger},
        ],
    )
    return Made(earlier, later, asked(later, "para/2/a"))


def asked(document: Document, path: str, **values: Any) -> Any:
    """Make an ask of a paragraph whose day passed long ago."""
    told = {
        "provision": document.provisions.get(path=path).public_id,
        "lemma": "request",
        "force": 3,
        "task": words("Count the bridges", ar="عدّ الجسور"),
        "addressees": [{"code": "UN-SG"}],
        "due_on": (timezone.localdate() - timedelta(days=400)).isoformat(),
        **values,
    }
    return create_ask(SYSTEM, told)


def evidenced(ask: Any, **values: Any) -> Any:
    """Bring accepted evidence for the only period of an ask."""
    told = {
        "evidence_kind": "report",
        "title": words("Count of bridges"),
        "url": "https://example.org/count",
        "dated": "2010-11",
        "source_name": "Bridge office",
        "source_url": "https://example.org/office",
        "acceptance": "accepted",
        **values,
    }
    return bring_evidence(SYSTEM, ask.instances.get(), told, on_behalf_of=None)


def with_text(document: Document, language: str = "en", text: str = OFFICIAL) -> None:
    """Load an official text for a document and some of its paragraphs."""
    texts = {"para/1": "Takes note of the invented report;", "para/2": "Requests the clerk:"}
    if language == "ar":
        texts = {"para/1": "يحيط علما بالتقرير المختلق؛"}
    add_language_version(
        SYSTEM,
        document,
        language=language,
        text=text,
        content=text.encode(),
        file_name="text.txt",
        media_type="text/plain",
        provision_texts=texts,
    )
