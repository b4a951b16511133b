"""The rules of the IATI Standard beyond its schema, for version 2.03, as our own code.

Rule numbers and severities are those of the IATI Validator; sentences are ours.
"""

from stocktake.lib.formats.iati.rules._checker import RuleChecker
from stocktake.lib.formats.iati.rules._finding import Finding

__all__ = ["Finding", "RuleChecker"]
