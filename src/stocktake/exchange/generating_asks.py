"""Invented documents with asks, periods and evidence for load tests; always marked as invented."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction

from stocktake.domain.asks.choices import AskNature, AskStatus, EvidenceKind
from stocktake.domain.asks.models import AskInstance
from stocktake.domain.asks.services import (
    StatusSource,
    bring_evidence,
    create_asks,
    set_status,
)
from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import create_documents, write_provisions
from stocktake.exchange.checking import Tell
from stocktake.exchange.generating import codes
from stocktake.exchange.runs import breathe
from stocktake.exchange.sample_documents import organizations_of
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.vocabularies.queries import codes_of
from stocktake.lib.multilingual import Text
from stocktake.lib.sampling import GeneratedActivity, generate

ASKS_A_DOCUMENT = 40
"""How many asks an invented document makes, each in a paragraph of its own."""

_DOCUMENTS_A_BATCH = 3
_LINE = 5
_FIRST_YEAR, _LAST_YEAR = 2004, 2025
_VERBS = (("decide", 4), ("request", 3), ("urge", 2), ("call upon", 2), ("invite", 1))
_SECTIONS = ("Invented section A", "Invented section B", "Invented section C")
_SHOWN = (AskStatus.ACKNOWLEDGED, AskStatus.IN_PROGRESS, AskStatus.REPORTED_DONE)


def generate_asks(
    actor: Actor, count: int, *, seed: int, tell: Tell = lambda _phase, _done, _total: None
) -> int:
    """Enter invented documents with asks; those of the same seed that are there already stay.

    About one ask in five recurs, one in five is a standing norm, and one period in ten has
    evidence, accepted and with the status that it shows.

    Returns:
        The number of asks added.

    Raises:
        PermissionDenied: nothing was written.
    """
    require(actor, "exchange.import")
    texts = generate(count, seed=seed, codes=codes())
    numbers = range(-(-count // ASKS_A_DOCUMENT))
    done = added = 0
    for batch in _batches(numbers, _DOCUMENTS_A_BATCH):
        told = {number: list(islice(texts, ASKS_A_DOCUMENT)) for number in batch}
        with transaction.atomic():
            added += _enter(actor, told, seed)
        done += sum(len(each) for each in told.values())
        tell("generating", done, count)
        breathe(0.1)
    return added


def _enter(actor: Actor, told: Mapping[int, Sequence[GeneratedActivity]], seed: int) -> int:
    ids = {_document_id(seed, number): number for number in told}
    known = Document.objects.filter(public_id__in=list(ids))
    for public_id in known.values_list("public_id", flat=True):
        del ids[public_id]
    if not ids:
        return 0
    rows = [_document_values(seed, number) for number in ids.values()]
    documents = create_documents(actor, rows, public_ids=list(ids))
    added = 0
    for document, number in zip(documents, ids.values(), strict=True):
        dice = Random(f"{seed}:{number}")  # noqa: S311  no secret: the same seed, the same asks
        added += _enter_asks(actor, document, told[number], dice)
    return added


def _enter_asks(
    actor: Actor, document: Document, told: Sequence[GeneratedActivity], dice: Random
) -> int:
    rows = [_provision_row(place, each, dice) for place, each in enumerate(told, start=1)]
    provisions = write_provisions(actor, document, rows)
    wanted = [
        _ask_values(document, provisions[row["path"]].public_id, row, each, dice)
        for row, each in zip(rows, told, strict=True)
    ]
    ids = [stable_public_id("Q", f"{document.public_id}:{row['path']}") for row in rows]
    linked = organizations_of(each["code"] for ask in wanted for each in ask["addressees"])
    for ask in wanted:
        for each in ask["addressees"]:
            each["organization"] = linked.get(each["code"], "")
    made = create_asks(actor, wanted, public_ids=ids)
    for instance in AskInstance.objects.filter(ask__in=made).order_by("pk"):
        if dice.random() < 0.1:
            _enter_evidence(actor, instance, dice)
    return len(made)


def _document_id(seed: int, number: int) -> str:
    return stable_public_id("D", f"invented:{seed}:{number}")


def _document_values(seed: int, number: int) -> dict[str, Any]:
    dice = Random(f"{seed}:{number}:head")  # noqa: S311  as above
    place = number % _LINE
    year = _FIRST_YEAR + (number // _LINE * 7 + place) % (_LAST_YEAR - _FIRST_YEAR)
    bodies = [each.code for each in codes_of("document_body")]
    title = Text.of("en", f"Invented resolution {number + 1} of {year}")
    values = {
        "title": title.to_json(),
        "type": "resolution",
        "body": bodies[number // _LINE % len(bodies)] if bodies else "",
        "date": f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
        "status": "agreed",
        "is_invented": True,
        "origin": "generated",
        "source_name": "Invented for tests",
    }
    if place:
        values["previous"] = _document_id(seed, number - 1)
    return values


def _provision_row(place: int, told: GeneratedActivity, dice: Random) -> dict[str, Any]:
    lemma, force = dice.choice(_VERBS)
    section = _SECTIONS[(place - 1) * len(_SECTIONS) // ASKS_A_DOCUMENT]
    return {
        "path": f"para/{place}",
        "number": str(place),
        "role": "operative",
        "position": place,
        "section": Text.of("en", section).to_json(),
        "summary": Text(told.language, told.summary or told.title).to_json(),
        "clauses": [{"lemma": lemma, "force": force}],
        "force": force,
    }


def _ask_values(
    document: Document,
    provision: str,
    row: Mapping[str, Any],
    told: GeneratedActivity,
    dice: Random,
) -> dict[str, Any]:
    clause = row["clauses"][0]
    nature = dice.choices(
        (AskNature.ONCE, AskNature.RECURRING, AskNature.PERIODIC, AskNature.STANDING),
        (5, 2, 1, 2),
    )[0]
    known = [each.code for each in codes_of("addressee")]
    year = int(document.date[:4])
    due = date(year + dice.randint(1, 4), dice.randint(1, 12), dice.randint(1, 28))
    is_dated = nature in (AskNature.ONCE, AskNature.RECURRING) and dice.random() < 0.7
    return {
        "provision": provision,
        "position": 1,
        "lemma": clause["lemma"],
        "force": clause["force"],
        "task": Text(told.language, told.title).to_json(),
        "nature": nature.value,
        "due_on": due.isoformat() if is_dated else None,
        "recurrence": "P1Y" if nature == AskNature.RECURRING else "",
        "addressees": [{"code": code} for code in dice.sample(known, dice.choice((1, 1, 1, 2)))],
        "elements": [{"element": link.element} for link in told.elements],
        "is_invented": True,
        "instances": _periods(due, dice) if nature == AskNature.RECURRING else [],
    }


def _periods(first: date, dice: Random) -> list[dict[str, str]]:
    years = [first.year + more for more in range(dice.randint(1, 3))]
    return [{"period": str(year), "due_on": first.replace(year=year).isoformat()} for year in years]


def _enter_evidence(actor: Actor, instance: AskInstance, dice: Random) -> None:
    is_standing = not instance.status
    shown = dice.choice(_SHOWN)
    values = {
        "evidence_kind": EvidenceKind.REPORT.value,
        "title": Text.of("en", "Invented report").to_json(),
        "url": f"https://example.org/invented/{instance.public_id}",
        "dated": (instance.due_on or date(_LAST_YEAR, 1, 1)).isoformat(),
        "claims": "" if is_standing else shown.value,
        "source_name": "Invented for tests",
        "acceptance": "accepted",
    }
    evidence = bring_evidence(actor, instance, values, on_behalf_of=None)
    if not is_standing:
        set_status(
            actor,
            instance,
            shown.value,
            source=StatusSource(evidence=evidence),
            expected_version=None,
        )


def _batches(numbers: range, size: int) -> Iterator[range]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
