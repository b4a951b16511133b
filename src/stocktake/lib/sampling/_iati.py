"""Writing generated activities as an IATI 2.03 activity file, one activity at a time.

Source: IATI Standard 2.03, activity file; code lists of version 2.03.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr  # writes XML, reads none

from stocktake.lib.sampling._dates import first_day, last_day
from stocktake.lib.sampling._records import GeneratedActivity, GeneratedOrganization

_ORGANIZATION_TYPES = {
    "government": "10",
    "civil_society": "22",
    "international_organization": "40",
    "private_sector": "70",
    "academia": "80",
}
_ROLES = {"funding": "1", "accountable": "2", "extending": "3"}
_STATUSES = {"planned": "1", "ongoing": "2", "completed": "4", "discontinued": "5"}
_SCOPES = {"international": "1", "regional": "2", "national": "4", "local": "8"}
_SECTORS = {
    "C1": ("22010", "15110"),
    "C2": ("22020", "22040"),
    "C3": ("22040", "43040"),
    "C4": ("11330", "22040"),
    "C5": ("22010", "15130"),
    "C6": ("22010", "25010"),
    "C7.government": ("15110", "22040"),
    "C7.business": ("25010", "32130"),
    "C7.learning": ("11120", "11220"),
    "C7.health": ("12110", "12220"),
    "C7.employment": ("16020", "11330"),
    "C7.environment": ("41010", "74020"),
    "C7.agriculture": ("31166", "31120"),
    "C7.science": ("43082", "11420"),
    "C8": ("16061", "22040"),
    "C9": ("22030", "15153"),
    "C10": ("15160", "22010"),
    "C11": ("43010", "16062"),
}
_GOALS = "sdg"
_CHUNK = 200


def write_iati(
    records: Iterable[GeneratedActivity], stream: BinaryIO, *, generated_at: datetime
) -> int:
    """Write records as UTF-8 XML in constant memory.

    Returns:
        The number of activities written.
    """
    moment = generated_at.isoformat(timespec="seconds")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03"'
    stream.write(f'{head} generated-datetime="{moment}">\n'.encode())
    count = 0
    waiting: list[str] = []
    for record in records:
        waiting.append(_activity(record, moment))
        count += 1
        if len(waiting) == _CHUNK:
            stream.write("".join(waiting).encode())
            waiting.clear()
    stream.write(("".join(waiting) + "</iati-activities>\n").encode())
    return count


def _activity(record: GeneratedActivity, moment: str) -> str:
    currency = f' default-currency="{record.budget_currency}"' if record.budget_currency else ""
    named = f'xml:lang="{record.language}"{currency} last-updated-datetime="{moment}"'
    parts = [
        f"<iati-activity {named}>\n",
        f"<iati-identifier>{record.owner.identifier}-{record.identifier}</iati-identifier>\n",
        _organization("reporting-org", record.owner),
        f"<title>{_narratives(record.title)}</title>\n",
        f'<description type="1">{_narratives(record.description)}</description>\n',
        f'<description type="2">{_narratives(record.summary)}</description>\n',
    ]
    if record.obstacles:
        parts.append(f'<description type="4">{_narratives(record.obstacles)}</description>\n')
    parts.append(_organization("participating-org", record.owner, role="4"))
    for who, role in record.participations:
        parts.append(_organization("participating-org", who, role=_ROLES.get(role, "4")))
    parts.append(f'<activity-status code="{_STATUSES.get(record.status, "2")}"/>\n')
    parts.append(_dates(record))
    if record.scope_level in _SCOPES:
        parts.append(f'<activity-scope code="{_SCOPES[record.scope_level]}"/>\n')
    for area in record.areas:
        parts.append(f'<recipient-country code="{area.iso2}" percentage="{area.percentage}"/>\n')
    parts += [_sectors(record), _tags(record), _budget(record), "</iati-activity>\n"]
    return "".join(parts)


def _narratives(texts: Mapping[str, str]) -> str:
    return "".join(
        f'<narrative xml:lang="{language}">{escape(text)}</narrative>'
        for language, text in texts.items()
    )


def _organization(tag: str, organization: GeneratedOrganization, *, role: str = "") -> str:
    kind = _ORGANIZATION_TYPES.get(organization.type, "90")
    more = f' role="{role}"' if role else ' secondary-reporter="0"'
    return (
        f'<{tag} ref={quoteattr(organization.identifier)} type="{kind}"{more}>'
        f'<narrative xml:lang="{organization.language}">{escape(organization.name)}</narrative>'
        f"</{tag}>\n"
    )


def _dates(record: GeneratedActivity) -> str:
    start = "1" if record.status == "planned" else "2"
    told = f'<activity-date type="{start}" iso-date="{first_day(record.start_date)}"/>\n'
    if record.end_date:
        told += f'<activity-date type="4" iso-date="{last_day(record.end_date)}"/>\n'
    return told


def _sectors(record: GeneratedActivity) -> str:
    first, second = _SECTORS[record.field]
    if record.number % 3:
        return f'<sector vocabulary="1" code="{first}" percentage="100"/>\n'
    return (
        f'<sector vocabulary="1" code="{first}" percentage="70"/>\n'
        f'<sector vocabulary="1" code="{second}" percentage="30"/>\n'
    )


def _tags(record: GeneratedActivity) -> str:
    told = []
    for link in record.elements:
        framework, _, code = link.element.partition(":")
        if framework == _GOALS:
            vocabulary = "3" if "." in code else "2"
            told.append(f'<tag vocabulary="{vocabulary}" code="{code}"/>\n')
    return "".join(told)


def _budget(record: GeneratedActivity) -> str:
    """Write the budget in equal parts for up to three years, each from January to December."""
    if record.budget_amount is None:
        return ""
    first = int(record.start_date[:4])
    last = min(int(record.end_date[:4]), first + 2) if record.end_date else first
    amount = (record.budget_amount / (last - first + 1)).quantize(Decimal("0.01"))
    return "".join(
        f'<budget type="1" status="1"><period-start iso-date="{year}-01-01"/>'
        f'<period-end iso-date="{year}-12-31"/>'
        f'<value currency="{record.budget_currency}" value-date="{year}-01-01">{amount}</value>'
        "</budget>\n"
        for year in range(first, last + 1)
    )
