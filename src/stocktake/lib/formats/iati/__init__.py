"""IATI activity and organisation files: reading (1.01 to 2.03 and the drafts of 2010), checking."""

from stocktake.lib.formats.iati.codelists import Code, Codelists
from stocktake.lib.formats.iati.contacts import without_contacts
from stocktake.lib.formats.iati.model import Activity, FileHeader
from stocktake.lib.formats.iati.reader import (
    ActivityReader,
    Piece,
    open_source,
    read_activity,
    read_piece,
)
from stocktake.lib.formats.iati.rules import Finding
from stocktake.lib.formats.iati.validate import ValidationResult, validate
from stocktake.lib.formats.problems import Problem
from stocktake.lib.formats.safexml import Limits

__all__ = [
    "Activity",
    "ActivityReader",
    "Code",
    "Codelists",
    "FileHeader",
    "Finding",
    "Limits",
    "Piece",
    "Problem",
    "ValidationResult",
    "open_source",
    "read_activity",
    "read_piece",
    "validate",
    "without_contacts",
]
