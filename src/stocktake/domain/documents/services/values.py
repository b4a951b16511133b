"""A document as plain JSON values: what is compared, validated and logged by field."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.documents.choices import DocumentState, DocumentStatus, Origin
from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import checks
from stocktake.domain.documents.services.symbols import normal_symbols
from stocktake.lib.multilingual import Text, spelling_key

Values = dict[str, Any]

TEXTS = ("title", "summary")
CODES = {"type": "document_type", "body": "document_body"}
LIMITS = {
    "session": 120,
    "meeting": 120,
    "agenda_item": 120,
    "presented_by": 300,
    "author": 300,
    "source_name": 500,
}
LISTS = ("events", "decisions")
FLAGS = ("is_stub", "is_invented")
LINKED = ("symbols", "previous")
FIELDS = (
    *("symbols", *TEXTS, *CODES, *LIMITS),
    *("date", "languages", "status", *FLAGS, "previous", *LISTS),
    *("origin", "source_url", "state"),
)
"""Every field that history, loaders and edits know, by its name among the values."""

DEFAULTS: Values = {
    "is_stub": False,
    "is_invented": False,
    "origin": Origin.ENTRY.value,
    "state": DocumentState.PUBLISHED.value,
}
"""What a new document holds where nothing else is told."""


def values_of(document: Document) -> Values:
    """Give the values of a record; its symbols and previous should be fetched."""
    return {
        "symbols": [each.symbol for each in document.symbols.all()],
        **{name: getattr(document, name).to_json() for name in TEXTS},
        **{name: getattr(document, name) for name in (*CODES, *LIMITS, *FLAGS)},
        "date": document.date,
        "languages": sorted(document.languages),
        "status": document.status,
        "previous": document.previous.public_id if document.previous else "",
        **{name: getattr(document, name) for name in LISTS},
        "origin": document.origin,
        "source_url": document.source_url,
        "state": document.state,
    }


def in_normal_form(values: Mapping[str, Any]) -> Values:
    """Bring checked values into the form in which `values_of` reads them back."""
    told = dict(values)
    for name in TEXTS:
        if name in told:
            told[name] = Text.from_json(told[name]).to_json()
    if "symbols" in told:
        told["symbols"] = normal_symbols(told["symbols"])
    if "languages" in told:
        told["languages"] = sorted(set(told["languages"]))
    return told


def clean_values(values: Mapping[str, Any]) -> None:
    """Check values field by field; all faults are reported at once.

    Raises:
        ValidationError: a mapping of field names to full sentences.
    """
    faults: dict[str, list[str]] = {}
    for name, value in values.items():
        check = _CHECKS.get(name)
        if told := check(value) if check else [checks.unknown_field()]:
            faults[name] = told
    if faults:
        raise ValidationError(faults)


def needs_a_name(values: Mapping[str, Any]) -> None:
    """Check that a document can be named at all.

    Raises:
        ValidationError: it has neither symbol nor title.
    """
    if not values.get("symbols") and not values.get("title"):
        raise ValidationError({"title": _("A symbol or a title is needed.")})


def assign(document: Document, values: Mapping[str, Any]) -> None:
    """Set the fields of the row itself; symbols and the text before it are written apart."""
    for name, value in values.items():
        if name in TEXTS:
            setattr(document, name, Text.from_json(value))
        elif name == "symbols":
            document.symbol = value[0] if value else ""
        elif name in FIELDS and name not in LINKED:
            setattr(document, name, value)
    document.sort_key = name_key(document.title) or spelling_key(document.symbol)[:300]


def name_key(title: Text) -> str:
    """Give the key by which a document without symbol is known again."""
    return spelling_key(str(title))[:300] if title else ""


def kept(values: Mapping[str, Any]) -> Values:
    """Leave out what is empty: an empty field is no change from nothing."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def _check_symbols(value: Any) -> list[str]:
    if told := checks.strings(value):
        return told
    try:
        normal_symbols(value)
    except ValidationError as error:
        return list(error.messages)
    return []


_CHECKS: dict[str, Callable[[Any], list[str]]] = {
    "symbols": _check_symbols,
    **dict.fromkeys(TEXTS, checks.text),
    **{name: partial(checks.code, codelist=codelist) for name, codelist in CODES.items()},
    **{name: partial(checks.plain, limit=limit) for name, limit in LIMITS.items()},
    **dict.fromkeys(FLAGS, checks.flag),
    **dict.fromkeys(LISTS, checks.objects),
    "date": checks.partial,
    "languages": partial(checks.codes, codelist="language"),
    "status": partial(checks.choice, name="status", choices=("", *DocumentStatus.values)),
    "previous": partial(checks.plain, limit=80),
    "origin": partial(checks.choice, name="origin", choices=Origin.values),
    "source_url": checks.web_address,
    "state": partial(checks.choice, name="state", choices=DocumentState.values),
}
