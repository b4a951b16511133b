"""IATI activity and organisation files: reading (1.01 to 2.03 and the drafts of 2010), checking."""

from stocktake.lib.formats.iati.model import Activity, FileHeader
from stocktake.lib.formats.iati.reader import ActivityReader, open_source, read_activity
from stocktake.lib.formats.problems import Problem
from stocktake.lib.formats.safexml import Limits

__all__ = [
    "Activity",
    "ActivityReader",
    "FileHeader",
    "Limits",
    "Problem",
    "open_source",
    "read_activity",
]
