"""The ledger as rows of a file: everything that is public of an ask in a period."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import AskNature
from stocktake.domain.asks.models import AskInstance
from stocktake.web import addresses, ask_parts
from stocktake.web.environment import plain
from stocktake.web.naming import Naming

Getter = Callable[[Any], Any]
_BETWEEN = "; "


def columns(naming: Naming, permanent: Callable[[str], str]) -> list[tuple[str, Getter]]:
    """Give the heads of the file with what gives the value of a row."""

    def codes(name: str) -> Getter:
        return lambda row: _BETWEEN.join(naming.codes("addressee", getattr(row.instance.ask, name)))

    return [
        (_("Identifier"), lambda row: row.instance.public_id),
        (_("Ask"), lambda row: row.instance.ask.public_id),
        (_("What is asked"), lambda row: naming.plain(row.instance.ask.task)),
        (_("Document"), lambda row: str(row.instance.ask.provision.document)),
        (_("Paragraph"), lambda row: row.instance.ask.provision.number),
        (_("Body"), lambda row: _body(row.instance, naming)),
        (_("Verb"), lambda row: row.instance.ask.lemma),
        (_("Force, 1 to 4"), lambda row: row.instance.ask.force),
        (_("Asked of"), lambda row: _BETWEEN.join(addressees_of(row.instance, naming))),
        (_("Period"), lambda row: row.instance.period),
        (_("Due"), lambda row: row.instance.due_on),
        (_("Due by session"), lambda row: row.instance.ask.due_session),
        (_("Due as written"), lambda row: row.instance.ask.due_as_written),
        (_("How it recurs"), lambda row: str(AskNature(row.instance.ask.nature).label)),
        (_("Interval (ISO 8601)"), lambda row: row.instance.ask.recurrence),
        (_("Condition"), lambda row: _text(row.instance.ask.condition, naming)),
        (_("Reported to"), codes("report_to")),
        (_("Through"), codes("through")),
        (_("Elements"), lambda row: _BETWEEN.join(elements_of(row.instance))),
        (_("Status"), lambda row: ask_parts.mark(row.shown).label),
        (_("Status since"), lambda row: row.instance.status_on),
        (_("Source of the status"), lambda row: source_of(row.instance)),
        (_("Accepted evidence"), lambda row: row.evidence),
        (_("Answers"), lambda row: row.answers),
        (_("Invented"), lambda row: _("yes") if row.instance.ask.is_invented else ""),
        (_("Address"), lambda row: permanent(addresses.ask(row.instance.ask.public_id))),
    ]


def addressees_of(instance: AskInstance, naming: Naming) -> Sequence[str]:
    """Name all of whom something is asked as plain text."""
    found = []
    for told in instance.ask.addressees.all():
        if told.organization is not None:
            found.append(plain(naming.organization(told.organization)))
        else:
            found.append(naming.code("addressee", told.code) if told.code else told.raw)
    return found


def elements_of(instance: AskInstance) -> list[str]:
    """List the qualified codes of the elements that an ask concerns, suggested ones aside."""
    links = instance.ask.ask_elements.all()
    return [link.element.public_id for link in links if not link.is_suggested]


def source_of(instance: AskInstance) -> str:
    """Name the source of a status as plain text; its records must be fetched."""
    if instance.status_document is not None:
        return str(instance.status_document)
    return instance.status_source_name or instance.status_source_url


def _body(instance: AskInstance, naming: Naming) -> str:
    return naming.code("document_body", instance.ask.provision.document.body)


def _text(text: Any, naming: Naming) -> str:
    return naming.plain(text) if text else ""
