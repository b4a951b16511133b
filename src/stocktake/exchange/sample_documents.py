"""Loading the sample of mandates: documents in our own words, what they ask, what came of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from stocktake.domain.activities.models import Activity
from stocktake.domain.asks.models import Ask, AskInstance, Evidence
from stocktake.domain.asks.services import (
    StatusSource,
    bring_evidence,
    create_asks,
    record_condition,
    set_status,
)
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.queries import documents_by_symbol
from stocktake.domain.documents.services import (
    create_documents,
    update_document,
    write_provisions,
)
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.vocabularies.terms import last_day

Row = Mapping[str, Any]

_PLAIN = (
    *("title", "summary", "type", "body", "session", "meeting", "date", "agenda_item"),
    *("presented_by", "author", "languages", "status", "events", "decisions"),
    *("source_name", "source_url"),
)
_PROVISION = ("path", "number", "role", "section", "summary", "clauses")
_ASK = ("lemma", "force", "task", "nature", "recurrence", "condition", "report_to", "through")


def load_sample_documents(actor: Actor) -> int:
    """Load the documents of the sample that are not there yet, with their asks and evidence.

    Evidence that is an activity is left out where the activity is not there. A document that
    somebody entered under the same symbol stays as it is; one that is known from citations is
    filled in.

    Returns:
        The number of documents added.

    Raises:
        PermissionDenied: nothing was written.
        ValidationError: the file contradicts itself; the document at fault was not written.
    """
    require(actor, "documents.create")
    require(actor, "asks.create")
    file = settings.STOCKTAKE_DATA_DIR / "sample" / "documents.json"
    return load_documents(actor, json.loads(file.read_text(encoding="utf-8")))


def load_documents(actor: Actor, rows: Sequence[Row]) -> int:
    """Load documents in the shape of the sample file."""
    with transaction.atomic():
        documents, added = _load_documents(actor, rows)
    named = _names(rows, documents)
    for row in rows:
        if row.get("provisions"):
            with transaction.atomic():
                _load_provisions(actor, documents[row["key"]], row, named)
    return added


def document_id(key: str) -> str:
    """Give the public identifier of a document of the sample."""
    return stable_public_id("D", key)


def _load_documents(actor: Actor, rows: Sequence[Row]) -> tuple[dict[str, Document], int]:
    """Give every document by its key, and the number of those that were made."""
    known = _known(rows)
    keys = {symbol: row["key"] for row in rows for symbol in row["symbols"]}
    ids = {
        row["key"]: known[row["key"]].public_id if row["key"] in known else document_id(row["key"])
        for row in rows
    }
    values = {row["key"]: _document_values(row, ids, keys) for row in rows}
    fresh = [row["key"] for row in rows if row["key"] not in known]
    made = create_documents(
        actor, [values[key] for key in fresh], public_ids=[ids[key] for key in fresh]
    )
    for row in rows:
        held = known.get(row["key"])
        if held is not None and held.is_stub and not row.get("is_stub"):
            told = values[row["key"]]
            known[row["key"]] = update_document(actor, held, told, expected_version=None)
    return {**known, **dict(zip(fresh, made, strict=True))}, len(fresh)


def _known(rows: Sequence[Row]) -> dict[str, Document]:
    """Give the documents that are there already, by key: loaded before, or of the same symbol."""
    by_id = {document_id(row["key"]): row["key"] for row in rows}
    loaded = Document.objects.filter(public_id__in=list(by_id))
    found = {by_id[document.public_id]: document for document in loaded}
    held = documents_by_symbol([symbol for row in rows for symbol in row["symbols"]])
    for row in rows:
        for symbol in row["symbols"]:
            if symbol in held:
                found.setdefault(row["key"], held[symbol])
    return found


def _document_values(row: Row, ids: Row, keys: Row) -> dict[str, Any]:
    values = {name: row[name] for name in _PLAIN if row.get(name)}
    if row.get("previous"):
        values["previous"] = ids[keys[row["previous"]]]
    is_stub = row.get("is_stub", False)
    return {**values, "symbols": list(row["symbols"]), "is_stub": is_stub, "origin": "sample"}


def _names(rows: Sequence[Row], documents: Mapping[str, Document]) -> dict[str, str]:
    """Give the identifier of each document by every name that the file calls it."""
    named: dict[str, str] = {}
    for row in rows:
        titles = row.get("title", {}).get("values", {}).values()
        for name in (*row["symbols"], *row.get("aliases", ()), *titles):
            named.setdefault(name, documents[row["key"]].public_id)
    return named


def _load_provisions(actor: Actor, document: Document, row: Row, named: Row) -> None:
    """Write the provisions of a document that has none, and the asks that are not there."""
    asks = {_ask_id(ask): (told, ask) for told in row["provisions"] for ask in told.get("asks", ())}
    known = set(Ask.objects.filter(public_id__in=list(asks)).values_list("public_id", flat=True))
    if document.provisions.exists():
        held = {each.path: each for each in document.provisions.all()}
    else:
        paths = {told["path"] for told in row["provisions"]}
        rows = [
            _provision_row(told, place, paths, named)
            for place, told in enumerate(row["provisions"], start=1)
        ]
        held = write_provisions(actor, document, rows)
    fresh = {
        public_id: pair
        for public_id, pair in asks.items()
        if public_id not in known and pair[0]["path"] in held
    }
    if fresh:
        _load_asks(actor, fresh, held)


def _ask_id(ask: Row) -> str:
    return stable_public_id("Q", ask["key"])


def _provision_row(told: Row, place: int, paths: Iterable[str], named: Row) -> dict[str, Any]:
    above = told["path"].rpartition("/")[0]
    return {
        **{name: told[name] for name in _PROVISION if told.get(name)},
        "parent": above if above in paths else "",
        "position": place,
        "citations": [
            {
                "document": named[each.get("symbol") or each["document"]],
                "paragraphs": list(each.get("paragraphs", ())),
            }
            for each in told.get("citations", ())
        ],
    }


def _load_asks(
    actor: Actor, asks: Mapping[str, tuple[Row, Row]], provisions: Mapping[str, Provision]
) -> None:
    organizations = organizations_of(
        each["code"] for _told, ask in asks.values() for each in ask.get("addressees", ())
    )
    rows = []
    for told, row in asks.values():
        position = told["asks"].index(row) + 1
        values = _ask_values(row, organizations)
        values |= {"provision": provisions[told["path"]].public_id, "position": position}
        rows.append(values)
    made = create_asks(actor, rows, public_ids=list(asks))
    for ask, (_told, row) in zip(made, asks.values(), strict=True):
        if met := row.get("condition_met"):
            record_condition(
                actor,
                ask,
                met_on=date.fromisoformat(met["on"]),
                source_name=met["source_name"],
                source_url=met.get("source_url", ""),
                expected_version=None,
            )
        _load_periods(actor, ask, row)


def _ask_values(ask: Row, organizations: Mapping[str, str]) -> dict[str, Any]:
    values = {name: ask[name] for name in _ASK if ask.get(name)}
    due = ask.get("due", {})
    return {
        **values,
        "due_on": due.get("on"),
        "due_session": due.get("session", ""),
        "addressees": [
            {
                "code": each["code"],
                "organization": organizations.get(each["code"], ""),
                "qualifier": each.get("qualifier", ""),
            }
            for each in ask["addressees"]
        ],
        "elements": [{"element": code} for code in ask.get("elements", ())],
        "instances": [
            {"period": each["period"], "due_on": each.get("due")}
            for each in ask.get("instances", ())
        ],
    }


def organizations_of(codes: Iterable[str]) -> dict[str, str]:
    """Give the organization of each code that is the acronym of exactly one."""
    found: dict[str, list[str]] = {}
    rows = Organization.objects.published().filter(acronym__in=set(codes))
    for acronym, public_id in rows.values_list("acronym", "public_id"):
        found.setdefault(acronym, []).append(public_id)
    return {acronym: ids[0] for acronym, ids in found.items() if len(ids) == 1}


def _load_periods(actor: Actor, ask: Ask, row: Row) -> None:
    """Bring the evidence of each period, accepted, and give it the status that a source shows."""
    periods = {instance.period: instance for instance in ask.instances.all()}
    held = _held_activities(row)
    brought = [
        (told.get("period", ""), told, _bring(actor, periods[told.get("period", "")], told))
        for told in row.get("evidence", ())
        if "activity" not in told or _activity_id(told) in held
    ]
    stated = row.get("instances") or [{"period": "", **row}]
    for told in stated:
        if told.get("status"):
            source = told["status_source"]
            shown = [each for period, *each in brought if period == told["period"]]
            evidence = _shows(shown, source, told["status"])
            if evidence is None and len(brought) == len(row.get("evidence", ())):
                text = f"{row['key']}: no evidence is {source}, which shows its status."
                raise ValidationError(text)
            if evidence is not None:
                _set_status(actor, periods[told["period"]], told["status"], evidence)


def _held_activities(row: Row) -> set[str]:
    """Find the activities that are evidence; a register of its own has not those of the sample."""
    ids = [_activity_id(told) for told in row.get("evidence", ()) if "activity" in told]
    if not ids:
        return set()
    found = Activity.objects.filter(public_id__in=ids)
    return set(found.values_list("public_id", flat=True))


def _activity_id(told: Row) -> str:
    return stable_public_id("A", told["activity"])


def _shows(shown: Sequence[Sequence[Any]], source: str, status: str) -> Evidence | None:
    """Find the evidence that a status names as its source; one that claims it comes first."""
    told = ("symbol", "url", "source_url", "activity")
    named = [(row, each) for row, each in shown if source in (row.get(name) for name in told)]
    named.sort(key=lambda pair: pair[0].get("claims") != status)
    return named[0][1] if named else None


def _bring(actor: Actor, instance: AskInstance, told: Row) -> Evidence:
    values = {
        "evidence_kind": told["kind"],
        "document": told.get("symbol", ""),
        "activity": _activity_id(told) if "activity" in told else "",
        "title": told.get("title", {}),
        "url": told.get("url", ""),
        "note": told.get("note", {}),
        "dated": told.get("date", ""),
        "claims": told.get("claims", ""),
        "source_name": told.get("source_name", ""),
        "source_url": told.get("source_url", ""),
        "acceptance": "accepted",
    }
    filled = {name: value for name, value in values.items() if value}
    return bring_evidence(actor, instance, filled, on_behalf_of=None)


def _set_status(actor: Actor, instance: AskInstance, status: str, evidence: Evidence) -> None:
    set_status(
        actor,
        instance,
        status,
        source=StatusSource(evidence=evidence),
        expected_version=None,
        on=last_day(evidence.dated) if evidence.dated else None,
    )
