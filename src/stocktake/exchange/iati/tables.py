"""What the codes of the IATI standard mean in the register's own lists.

Source: IATI Standard 2.03, codelists ActivityStatus, ActivityScope, OrganisationRole,
OrganisationType, DocumentCategory, SectorVocabulary, TagVocabulary.
"""

import csv
from functools import cache

from django.conf import settings

from stocktake.lib.formats.iati.codelists import Codelists

STATUS = {
    "1": "planned",
    "2": "ongoing",
    "3": "completed",
    "4": "completed",
    "5": "discontinued",
    "6": "discontinued",
}
SCOPE = {
    "1": "international",
    "2": "regional",
    "3": "international",
    "4": "national",
    "5": "local",
    "6": "local",
    "7": "local",
    "8": "local",
}
ROLE = {
    "1": "funding",
    "2": "accountable",
    "3": "extending",
    "4": "implementing",
    "": "partner",
}
ORGANIZATION_TYPE = {
    "10": "government",
    "11": "government",
    "15": "government",
    "21": "civil_society",
    "22": "civil_society",
    "23": "civil_society",
    "24": "civil_society",
    "30": "other",
    "40": "international_organization",
    "60": "civil_society",
    "70": "private_sector",
    "71": "private_sector",
    "72": "private_sector",
    "73": "private_sector",
    "80": "academia",
    "90": "other",
}
LINK_KIND = {
    "A01": "report",
    "A07": "report",
    "A08": "results",
    "A12": "homepage",
    "B01": "report",
    "B06": "report",
    "B07": "report",
    "B09": "report",
    "B10": "report",
    "B16": "homepage",
    "B17": "homepage",
    "B18": "homepage",
}
SECTOR_SCHEME = {"1": "dac-5", "2": "dac-3"}
"""Vocabularies whose codes lead to elements through crosswalks, as suggestions."""

STATED_SECTOR = {"7": "sdg", "8": "sdg", "9": "sdg"}
STATED_TAG = {"2": "sdg", "3": "sdg"}
"""Vocabularies that are a framework of ours: their codes are stated links."""


@cache
def codelists() -> Codelists:
    """Give the codelists of the standard."""
    file = settings.STOCKTAKE_DATA_DIR / "iati" / "codelists.csv"
    return Codelists.from_csv(file.read_text(encoding="utf-8"))


@cache
def dac_regions() -> dict[str, str]:
    """Give the M49 area of each region of the OECD DAC."""
    file = settings.STOCKTAKE_DATA_DIR / "iati" / "regions.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["dac"]: row["m49"] for row in csv.DictReader(rows)}
