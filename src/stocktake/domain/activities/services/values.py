"""An activity as plain JSON values: what is compared, validated, logged and merged by field."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.activities.choices import EARLIEST_YEAR, LATEST_YEAR, ActivityState, Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services.drafts import ActivityDraft
from stocktake.domain.stakeholders.services import OrganizationRef
from stocktake.kernel.vocabularies.queries import known_codes
from stocktake.kernel.vocabularies.terms import PARTIAL_DATE
from stocktake.lib.multilingual import Text, TextError

Values = dict[str, Any]

TEXTS = ("title", "summary", "description", "results", "obstacles", "lessons")
CODES = {
    "type": "activity_type",
    "status": "activity_status",
    "scope_level": "scope_level",
}
CODE_LISTS = {
    "beneficiaries": "beneficiary_group",
    "impediments": "impediment",
    "languages": "language",
}
PLAIN = ("source_name", "source_url", "budget_currency")
LINKED = (
    "owner",
    "elements",
    "areas",
    "participations",
    "links",
    "external_identifiers",
)
FIELDS = (
    *TEXTS,
    *CODES,
    *CODE_LISTS,
    *PLAIN,
    *LINKED,
    "start_date",
    "end_date",
    "budget_amount",
    "origin",
    "is_invented",
    "last_confirmed_on",
    "state",
)
"""Every field that history, imports and edits know, by its name among the values."""


class Identified(Protocol):
    """An organization, or what stands for one until it is resolved."""

    @property
    def public_id(self) -> str:
        """The public identifier."""
        ...


_MAX_TEXT = 200_000
_MAX_URL = 1000
_MAX_AMOUNT = Decimal(10) ** 18
_MAX_LINK_TITLE = 500
_EARLIEST_ZONE = timedelta(hours=14)
_LIMITS = {"source_name": 500, "source_url": 1000, "budget_currency": 3}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CHOICES = {"state": tuple(ActivityState.values), "origin": tuple(Origin.values)}
_is_partial_date = re.compile(PARTIAL_DATE).fullmatch
_is_url = URLValidator(schemes=["http", "https"])


def values_of(activity: Activity) -> Values:
    """Give the values of a record; its links should be fetched (`with_links`)."""
    return {
        **{name: getattr(activity, name).to_json() for name in TEXTS},
        **{name: getattr(activity, name) for name in (*CODES, *PLAIN)},
        **{name: sorted(getattr(activity, name)) for name in CODE_LISTS},
        "start_date": activity.start_date,
        "end_date": activity.end_date,
        "budget_amount": _amount_text(activity.budget_amount),
        "origin": activity.origin,
        "is_invented": activity.is_invented,
        "last_confirmed_on": _date_text(activity.last_confirmed_on),
        "state": activity.state,
        "owner": activity.owner.public_id if activity.owner else "",
        "elements": sorted(
            (
                {
                    "element": link.element.public_id,
                    "is_primary": link.is_primary,
                    "is_suggested": link.is_suggested,
                    "note": link.note,
                }
                for link in activity.activity_elements.all()
            ),
            key=lambda told: told["element"],
        ),
        "areas": sorted(
            (
                {"area": link.area_id, "percentage": _amount_text(link.percentage)}
                for link in activity.activity_areas.all()
            ),
            key=lambda told: told["area"] or "",
        ),
        "participations": sorted(
            (
                {"organization": link.organization.public_id, "role": link.role}
                for link in activity.participations.all()
            ),
            key=lambda told: (told["organization"], told["role"]),
        ),
        "links": [
            {"url": link.url, "title": link.title, "kind": link.kind}
            for link in activity.links.all()
        ],
        "external_identifiers": sorted(
            (
                {"scheme": known.scheme, "value": known.value}
                for known in activity.external_identifiers.all()
            ),
            key=lambda told: (told["scheme"], told["value"]),
        ),
    }


def draft_values(
    draft: ActivityDraft, organizations: Mapping[OrganizationRef, Identified]
) -> Values:
    """Give the values of a draft whose organizations are resolved."""
    links = {(organizations[ref].public_id, role) for ref, role in draft.participations}
    return {
        **{name: getattr(draft, name).to_json() for name in TEXTS},
        **{name: getattr(draft, name) for name in (*CODES, *PLAIN)},
        **{name: sorted(set(getattr(draft, name))) for name in CODE_LISTS},
        "start_date": draft.start_date,
        "end_date": draft.end_date,
        "budget_amount": _amount_text(draft.budget_amount),
        "origin": draft.origin,
        "is_invented": draft.is_invented,
        "last_confirmed_on": _date_text(draft.last_confirmed_on),
        "state": draft.state,
        "owner": organizations[draft.owner].public_id if draft.owner else "",
        "elements": _elements(draft),
        "areas": [
            {"area": code, "percentage": _amount_text(share)}
            for code, share in sorted({link.area: link.percentage for link in draft.areas}.items())
        ],
        "participations": [
            {"organization": organization, "role": role} for organization, role in sorted(links)
        ],
        "links": [
            {"url": link.url, "title": link.title, "kind": link.kind}
            for link in {link.url: link for link in draft.links}.values()
        ],
        "external_identifiers": [
            {"scheme": scheme, "value": value}
            for scheme, value in sorted(set(draft.external_identifiers))
        ],
    }


def _elements(draft: ActivityDraft) -> list[dict[str, Any]]:
    """Keep one link an element: a stated one before a suggested one, a primary one before both."""
    best: dict[str, Any] = {}
    for link in draft.elements:
        known = best.get(link.element)
        if known is None or (link.is_suggested, not link.is_primary) < (
            known["is_suggested"],
            not known["is_primary"],
        ):
            best[link.element] = {
                "element": link.element,
                "is_primary": link.is_primary,
                "is_suggested": link.is_suggested,
                "note": link.note,
            }
    return [best[code] for code in sorted(best)]


def clean_values(values: Mapping[str, Any]) -> None:
    """Check values field by field; all faults are reported at once.

    Raises:
        ValidationError: a mapping of field names to full sentences.
    """
    faults: dict[str, list[str]] = {}
    for name, value in values.items():
        if value == _NOTHING.get(name, _SOMETHING):
            continue
        check = _CHECKS.get(name)
        told = [_("There is no field of this name.")] if check is None else check(name, value)
        if told:
            faults[name] = told
    if not faults:
        start, end = values.get("start_date") or "", values.get("end_date") or ""
        shared = min(len(start), len(end))
        if shared and start[:shared] > end[:shared]:
            faults["end_date"] = [_("The end is before the start.")]
    if faults:
        raise ValidationError(faults)


def _check_text(name: str, value: Any) -> list[str]:
    try:
        text = Text.from_json(value)
    except TextError as error:
        return [str(error)]
    if name == "title" and not text:
        return [_("A title is needed.")]
    parts = text.values.values()
    if any(len(part) > _MAX_TEXT for part in parts):
        return [_("The text is longer than %(limit)s characters.") % {"limit": _MAX_TEXT}]
    if any(map(_has_controls, parts)):
        return [_("The text holds control characters that cannot be shown.")]
    return []


def _has_controls(text: str) -> bool:
    # no control character is printable, which is told far faster
    return not text.isprintable() and _CONTROL.search(text) is not None


def _check_code(name: str, value: Any) -> list[str]:
    if value == "" or value in known_codes(CODES[name]):
        return []
    told = {"code": value, "list": CODES[name]}
    return [_("%(code)s is not on the list %(list)s.") % told]


def _check_codes(name: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        return [_("A list of codes is expected.")]
    known = known_codes(CODE_LISTS[name])
    unknown = [str(code) for code in value if code not in known]
    told = {"code": ", ".join(unknown), "list": CODE_LISTS[name]}
    return [_("%(code)s is not on the list %(list)s.") % told] if unknown else []


def _check_plain(name: str, value: Any) -> list[str]:
    limit = _LIMITS[name]
    if not isinstance(value, str) or len(value) > limit or _has_controls(value):
        return [_("A text of at most %(limit)s characters is expected.") % {"limit": limit}]
    return [] if name != "source_url" or not value else _check_url(value)


def is_web_address(value: Any) -> bool:
    """Say whether a link may lead there: http or https, at most 1,000 characters."""
    return isinstance(value, str) and len(value) <= _MAX_URL and _leads_there(value)


@lru_cache(maxsize=4096)  # an import asks of each twice
def _leads_there(url: str) -> bool:
    try:
        _is_url(url)
    except ValidationError:
        return False
    return True


def _check_url(value: Any) -> list[str]:
    if is_web_address(value):
        return []
    return [_("%(url)s is no web address.") % {"url": str(value)[:200]}]


def _check_date(_name: str, value: Any) -> list[str]:
    if value == "" or (isinstance(value, str) and _is_date(value)):
        return []
    return [_("%(date)s is no date such as 2007, 2007-10 or 2007-10-29.") % {"date": value}]


@lru_cache(maxsize=4096)  # days come again and again in an import
def _is_date(value: str) -> bool:
    if not _is_partial_date(value):
        return False
    try:
        day = date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
    except ValueError:
        return False
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def _check_amount(_name: str, value: Any) -> list[str]:
    if value is None:
        return []
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return [_("%(amount)s is no amount.") % {"amount": value}]
    if not amount.is_finite() or abs(amount) >= _MAX_AMOUNT:
        return [_("%(amount)s is no amount.") % {"amount": value}]
    return []


def _check_day(_name: str, value: Any) -> list[str]:
    if value is None:
        return []
    latest = (timezone.now() + _EARLIEST_ZONE).date().isoformat()
    return _check_date(_name, value) or (
        [_("This day is still to come.")] if value > latest else []
    )


def _check_list(_name: str, value: Any) -> list[str]:
    return [] if isinstance(value, list) else [_("A list is expected.")]


def _check_links(_name: str, value: Any) -> list[str]:
    return _check_list(_name, value) or [
        fault for link in value for fault in (*_check_url(link.get("url")), *_check_words(link))
    ]


def _check_words(link: Mapping[str, Any]) -> list[str]:
    if len(link.get("title", "")) <= _MAX_LINK_TITLE:
        return []
    told = {"url": str(link.get("url"))[:200], "limit": _MAX_LINK_TITLE}
    return [_("The words behind %(url)s are longer than %(limit)s characters.") % told]


def _check_choice(name: str, value: Any) -> list[str]:
    if value in _CHOICES[name]:
        return []
    return [_("%(code)s is not on the list %(list)s.") % {"code": value, "list": name}]


_CHECKS: dict[str, Callable[[str, Any], list[str]]] = {
    **dict.fromkeys(TEXTS, _check_text),
    **dict.fromkeys(CODES, _check_code),
    **dict.fromkeys(CODE_LISTS, _check_codes),
    **dict.fromkeys(PLAIN, _check_plain),
    **dict.fromkeys(("elements", "areas", "participations", "external_identifiers"), _check_list),
    "links": _check_links,
    "owner": lambda _name, value: [] if isinstance(value, str) else [_("A code is expected.")],
    "start_date": _check_date,
    "end_date": _check_date,
    "budget_amount": _check_amount,
    "last_confirmed_on": _check_day,
    "origin": _check_choice,
    "state": _check_choice,
    "is_invented": lambda _name, value: (
        [] if isinstance(value, bool) else [_("Yes or no is expected.")]
    ),
}


_NOTHING: Mapping[str, Any] = {
    **{name: {} for name in TEXTS[1:]},
    **dict.fromkeys((*CODES, *PLAIN, "owner", "start_date", "end_date"), ""),
    **{name: [] for name in (*CODE_LISTS, *LINKED[1:])},
    "budget_amount": None,
}
"""What an empty field holds, which needs no check."""

_SOMETHING = object()
"""What no field holds."""


def _amount_text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _date_text(day: date | None) -> str | None:
    return day.isoformat() if day else None
