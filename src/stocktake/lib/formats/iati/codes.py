"""Codes of versions 1.x and of the drafts of 2010, and the code of version 2 for each.

Source: IATI codelists 1.05 and 2.03; for the drafts, the publishers' sample files of 2010.
"""

from collections.abc import Mapping
from functools import lru_cache

# Keys are compared in lower case with spaces and punctuation folded to single hyphens.
DATE_TYPE = {
    "start-planned": "1",
    "start-actual": "2",
    "end-planned": "3",
    "end-actual": "4",
    "start": "1",
    "end": "3",
}
ASSUMED_DATE_TYPES = {"start", "end"}
ORGANISATION_ROLE = {
    "funding": "1",
    "donor": "1",
    "accountable": "2",
    "extending": "3",
    "implementing": "4",
    "beneficiary": "",
}
ORGANISATION_TYPE = {
    "government": "10",
    "other-public-sector": "15",
    "international-ngo": "21",
    "national-ngo": "22",
    "regional-ngo": "23",
    "public-private-partnership": "30",
    "multilateral": "40",
    "foundation": "60",
    "private-sector": "70",
    "academic-training-and-research": "80",
}
ACTIVITY_STATUS = {
    "pipeline": "1",
    "pipeline-identification": "1",
    "implementation": "2",
    "active": "2",
    "ongoing": "2",
    "completion": "3",
    "finalisation": "3",
    "operationally-closed": "3",
    "post-completion": "4",
    "completed": "4",
    "closed": "4",
    "financially-closed": "4",
    "cancelled": "5",
    "suspended": "6",
}
SECTOR_VOCABULARY = {
    "": "1",
    "dac": "1",
    "dac-3": "2",
    "cofog": "3",
    "nace": "4",
    "ntee": "5",
    "adt": "6",
    "ro": "99",
    "ro2": "98",
}
POLICY_MARKER_VOCABULARY = {"": "1", "dac": "1", "ro": "99"}
TRANSACTION_TYPE = {
    "if": "1",
    "c": "2",
    "d": "3",
    "e": "4",
    "ir": "5",
    "lr": "6",
    "r": "7",
    "qp": "8",
    "qs": "9",
    "cg": "10",
    "commitment": "2",
    "disbursement": "3",
    "disbursment": "3",
    "expenditure": "4",
}
BUDGET_TYPE = {"original": "1", "revised": "2", "annual": ""}
DESCRIPTION_TYPE = {"": "1", "general": "1", "objectives": "2", "target-groups": "3", "other": "4"}


def normalized(table: Mapping[str, str], written: str) -> str:
    """Return the version 2 code for what a file says; what the table lacks stays as written."""
    known = table.get(folded(written))
    return written if known is None else known


@lru_cache(maxsize=4096)
def folded(written: str) -> str:
    """Fold case, spaces and punctuation: "Operationally Closed" → "operationally-closed"."""
    return "-".join("".join(c if c.isalnum() else " " for c in written.lower()).split())
