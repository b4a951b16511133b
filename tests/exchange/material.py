"""Small IATI files made by us, and the record as values that can be compared."""

from pathlib import Path
from typing import Any

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import values_of
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.history import queries as history

REPORTER = (
    '<reporting-org ref="XM-INVENTED" type="40">'
    "<narrative>Invented Fund</narrative></reporting-org>"
)


def activity_xml(
    identifier: str, title: str = "Invented access points", more: str = "", reporter: str = REPORTER
) -> str:
    """Give one activity of version 2.03."""
    return (
        f'<iati-activity xml:lang="en" default-currency="USD">'
        f"<iati-identifier>{identifier}</iati-identifier>{reporter}"
        f"<title><narrative>{title}</narrative></title>{more}</iati-activity>"
    )


def write_iati(file: Path, *activities: str) -> Path:
    """Write a file of activities."""
    body = "\n".join(activities)
    file.write_text(f'<iati-activities version="2.03">\n{body}\n</iati-activities>')
    return file


def many(count: int, *, title: str = "Invented access points") -> list[str]:
    """Give activities that differ by number; every third names a partner of its own."""
    return [
        activity_xml(
            f"XM-INVENTED-{number:05d}",
            f"{title} {number}",
            f'<participating-org role="4"><narrative>Partner {number}</narrative>'
            "</participating-org>"
            if number % 3 == 0
            else "",
        )
        for number in range(count)
    ]


def by_identifier(identifier: str, scheme: str = "iati") -> Activity:
    """Give the activity of an outside identifier."""
    found = Activity.objects.with_links()
    return found.get(external_identifiers__scheme=scheme, external_identifiers__value=identifier)


def record() -> dict[str, Any]:
    """Give the register by outside identifier, with names in place of our own identifiers."""
    names = dict(Organization.objects.values_list("public_id", "names"))
    told = {}
    for activity in Activity.objects.with_links():
        values = values_of(activity)
        values["owner"] = str(names.get(values["owner"], ""))
        values["participations"] = sorted(
            (str(names[link["organization"]]), link["role"]) for link in values["participations"]
        )
        key = values["external_identifiers"][0]["value"] if values["external_identifiers"] else ""
        told[key or str(activity)] = values
    return told


def log_head() -> tuple[int, str]:
    """Give the number and hash of the last change."""
    return history.head()
