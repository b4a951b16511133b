"""What a person may change of a head, a paragraph, a verb and an ask of a draft, checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.asks.services import clean_values
from stocktake.domain.documents.services import values as document_values

Values = dict[str, Any]

_HEAD: Mapping[str, int] = {
    "symbol": 120,
    "title": 1000,
    "body": 60,
    "session": 120,
    "meeting": 120,
    "date": 10,
    "type": 40,
    "previous": 120,
}
_UNIT: Mapping[str, int] = {"number": 60, "section": 1000}
_WORDS: Mapping[str, int] = {"task": 50_000, "condition": 50_000}
_CLAUSE = ("lemma", "force")
_ASK = (
    *_WORDS,
    *("lemma", "force", "addressees", "nature", "due_on", "due_session", "due_as_written"),
    *("recurrence", "recurrence_as_written", "report_to", "through"),
)
_STRONGEST = 4

NO_ASK: Mapping[str, Any] = {
    **dict.fromkeys(_ASK, ""),
    **{name: [] for name in ("addressees", "report_to", "through")},
    "force": 1,
    "due_year": None,
}
"""An ask of which nothing is said yet."""


def of_head(step: Mapping[str, Any]) -> Values:
    """Give the new values of the document itself.

    Raises:
        ValidationError: a name or value that a document does not have.
    """
    values = _plain(_named(step, tuple(_HEAD)), _HEAD)
    checked = {name: value for name, value in values.items() if name in ("type", "body", "date")}
    if values.get("symbol"):
        checked["symbols"] = [values["symbol"]]
    document_values.clean_values(checked)
    return values


def of_unit(step: Mapping[str, Any]) -> Values:
    """Give the new values of a paragraph.

    Raises:
        ValidationError: a name or value that a paragraph does not have.
    """
    return _plain(_named(step, tuple(_UNIT)), _UNIT)


def of_clause(step: Mapping[str, Any], _known: Mapping[str, Any]) -> Values:
    """Give the new values of a verb.

    Raises:
        ValidationError: a name or value that a verb does not have.
    """
    values = _named(step, _CLAUSE)
    _plain({name: value for name, value in values.items() if name == "lemma"}, {"lemma": 120})
    force = values.get("force", 0)
    if isinstance(force, bool) or not isinstance(force, int) or not 0 <= force <= _STRONGEST:
        raise ValidationError(_("The force of a verb is a number from 0 to 4."))
    return values


def of_ask(step: Mapping[str, Any], known: Mapping[str, Any]) -> Values:
    """Give the new values of an ask, whose other values are known.

    Raises:
        ValidationError: a name or value that an ask does not have.
    """
    values = _named(step, _ASK)
    _plain({name: value for name, value in values.items() if name in _WORDS}, _WORDS)
    told = {name: value for name, value in values.items() if name not in _WORDS and value != ""}
    nature = values.get("nature") or known.get("nature")
    if nature:
        recurrence = values.get("recurrence", known.get("recurrence", ""))
        told |= {"nature": nature, "recurrence": recurrence}
    clean_values(told)
    whole = {**known, **values}
    if not whole["lemma"] or not whole["task"]:
        raise ValidationError(_("An ask needs a verb and says what is asked."))
    return values


def _named(step: Mapping[str, Any], fields: Sequence[str]) -> Values:
    given = step.get("values")
    values = dict(given) if isinstance(given, Mapping) else {}
    if not values or set(values) - set(fields):
        told = {"names": ", ".join(fields)}
        raise ValidationError(_("What can be edited here is: %(names)s.") % told)
    return values


def _plain(values: Values, limits: Mapping[str, int]) -> Values:
    faults = {
        name: [_("A text of at most %(limit)s characters is expected.") % {"limit": limits[name]}]
        for name, value in values.items()
        if not isinstance(value, str) or len(value) > limits[name]
    }
    if faults:
        raise ValidationError(faults)
    return values
