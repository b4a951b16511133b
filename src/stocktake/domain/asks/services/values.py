"""An ask as plain JSON values: what is compared, validated and logged, field by field."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.activities.services import is_web_address
from stocktake.domain.asks.choices import AskForce, AskNature
from stocktake.domain.asks.models import Ask
from stocktake.domain.asks.services.checks import (
    as_day,
    check_code,
    check_day,
    check_plain,
    check_text,
    day_text,
)
from stocktake.lib.multilingual import Text
from stocktake.lib.periods import Duration, DurationError

Values = dict[str, Any]

TEXTS = ("task", "condition")
DAYS = ("due_on", "condition_met_on")
PLAIN: Mapping[str, int] = {
    "lemma": 120,
    "due_session": 40,
    "due_as_written": 300,
    "recurrence": 20,
    "recurrence_as_written": 300,
    "condition_source_name": 500,
    "condition_source_url": 1000,
}
ROUTES = ("report_to", "through")
FLAGS = ("is_invented", "is_withdrawn")
LINKED = ("addressees", "elements")
FIELDS = (
    "provision",
    "position",
    *TEXTS,
    *PLAIN,
    "force",
    "nature",
    *DAYS,
    *ROUTES,
    "superseded_by",
    *FLAGS,
    *LINKED,
)
"""Every field that history and edits know, by its name among the values."""

_LONGEST_MONTHS, _LONGEST_DAYS = 1200, 36_500


def values_of(ask: Ask) -> Values:
    """Give the values of a record; its links should be fetched (`with_links`)."""
    return {
        "provision": ask.provision.public_id,
        "position": ask.position,
        **{name: getattr(ask, name).to_json() for name in TEXTS},
        **{name: getattr(ask, name) for name in PLAIN},
        "force": ask.force,
        "nature": ask.nature,
        **{name: day_text(getattr(ask, name)) for name in DAYS},
        **{name: list(getattr(ask, name)) for name in ROUTES},
        "superseded_by": ask.superseded_by.public_id if ask.superseded_by else "",
        **{name: getattr(ask, name) for name in FLAGS},
        "addressees": [
            {
                "code": each.code,
                "organization": each.organization.public_id if each.organization else "",
                "raw": each.raw,
                "qualifier": each.qualifier,
            }
            for each in ask.addressees.all()
        ],
        "elements": sorted(
            (
                {"element": link.element.public_id, "is_suggested": link.is_suggested}
                for link in ask.ask_elements.all()
            ),
            key=lambda told: str(told["element"]),
        ),
    }


def in_normal_form(values: Mapping[str, Any]) -> Values:
    """Bring checked values into the form in which `values_of` reads them back."""
    return {
        name: _FORMS[name](value) if name in _FORMS else value for name, value in values.items()
    }


def clean_values(values: Mapping[str, Any]) -> None:
    """Check values field by field; all faults are reported at once.

    Raises:
        ValidationError: a mapping of field names to full sentences.
    """
    faults: dict[str, list[str]] = {}
    for name, value in values.items():
        check = _CHECKS.get(name)
        told = [_("There is no field of this name.")] if check is None else check(name, value)
        if told:
            faults[name] = told
    if not faults:
        faults = _contradictions(values)
    if faults:
        raise ValidationError(faults)


def _contradictions(values: Mapping[str, Any]) -> dict[str, list[str]]:
    nature, interval = values.get("nature"), values.get("recurrence")
    if nature == AskNature.RECURRING and not interval:
        return {"recurrence": [_("What recurs at a stated interval needs that interval.")]}
    if interval and nature is not None and nature != AskNature.RECURRING:
        return {"recurrence": [_("Only what recurs at a stated interval has one.")]}
    return {}


def kept(values: Mapping[str, Any]) -> Values:
    """Leave out what is empty: an empty field is no change from nothing."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, False)}


def _needed_text(name: str, value: Any) -> list[str]:
    return check_text(name, value, is_needed=True)


def _limited(name: str, value: Any) -> list[str]:
    faults = check_plain(value, PLAIN[name])
    if not faults and name == "lemma" and not value:
        return [_("The verb is needed.")]
    if not faults and name == "condition_source_url" and value and not is_web_address(value):
        return [_("%(url)s is no web address.") % {"url": value[:200]}]
    return faults


def _interval(_name: str, value: Any) -> list[str]:
    if value == "":
        return []
    try:
        duration = Duration.parse(value)
    except (DurationError, TypeError):
        return [_("%(written)s is no interval such as P1Y or P6M.") % {"written": str(value)[:40]}]
    if duration.months <= _LONGEST_MONTHS and duration.days <= _LONGEST_DAYS:
        return []
    return [_("The interval is longer than a hundred years.")]


def _position(_name: str, value: Any) -> list[str]:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
        return []
    return [_("A number is expected.")]


def _force(_name: str, value: Any) -> list[str]:
    if not isinstance(value, bool) and value in AskForce.values:
        return []
    return [_("The force of an ask is a number from 1 to 4.")]


def _nature(_name: str, value: Any) -> list[str]:
    if value in AskNature.values:
        return []
    return [_("%(code)s is not on the list %(list)s.") % {"code": value, "list": "nature"}]


def _route(_name: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        return [_("A list of codes is expected.")]
    return [fault for code in value for fault in check_code("addressee", code)]


def _flag(_name: str, value: Any) -> list[str]:
    return [] if isinstance(value, bool) else [_("Yes or no is expected.")]


def _identifier(_name: str, value: Any) -> list[str]:
    return [] if isinstance(value, str) else [_("A code is expected.")]


def _addressees(_name: str, value: Any) -> list[str]:
    known = {"code", "organization", "raw", "qualifier"}
    if not isinstance(value, list) or not all(
        isinstance(each, dict) and set(each) <= known and any(each.values()) for each in value
    ):
        return [_("A list of addressees is expected, each a code, an organization or words.")]
    faults = []
    for each in value:
        if each.get("code"):
            faults += check_code("addressee", each["code"])
        for part in ("organization", "raw", "qualifier"):
            faults += check_plain(each.get(part, ""), 500)
    return faults


def _elements(_name: str, value: Any) -> list[str]:
    if isinstance(value, list) and all(
        isinstance(each, dict)
        and set(each) <= {"element", "is_suggested"}
        and isinstance(each.get("element"), str)
        and isinstance(each.get("is_suggested", False), bool)
        for each in value
    ):
        return []
    example = '[{"element": "sdg:4"}]'
    return [_("A list is expected, such as %(example)s.") % {"example": example}]


_CHECKS: dict[str, Callable[[str, Any], list[str]]] = {
    "task": _needed_text,
    "condition": check_text,
    **dict.fromkeys(PLAIN, _limited),
    "recurrence": _interval,
    **dict.fromkeys(DAYS, check_day),
    **dict.fromkeys(ROUTES, _route),
    **dict.fromkeys(FLAGS, _flag),
    **dict.fromkeys(("provision", "superseded_by"), _identifier),
    "position": _position,
    "force": _force,
    "nature": _nature,
    "addressees": _addressees,
    "elements": _elements,
}


def _text(value: Any) -> Values:
    return Text.from_json(value).to_json()


def _whole_day(value: Any) -> str | None:
    return day_text(as_day(value))


def _whole_addressees(value: Any) -> list[Values]:
    parts = ("code", "organization", "raw", "qualifier")
    told = [{part: each.get(part) or "" for part in parts} for each in value]
    return [each for count, each in enumerate(told) if each not in told[:count]]


def _whole_elements(value: Any) -> list[Values]:
    best: dict[str, bool] = {}
    for each in value:
        is_suggested = each.get("is_suggested", False)
        best[each["element"]] = best.get(each["element"], True) and is_suggested
    return [{"element": code, "is_suggested": best[code]} for code in sorted(best)]


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(DAYS, _whole_day),
    "addressees": _whole_addressees,
    "elements": _whole_elements,
}
