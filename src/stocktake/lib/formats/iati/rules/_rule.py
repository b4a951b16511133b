"""A rule: its public number and severity, where it applies, its check and its sentence."""

from dataclasses import dataclass

from stocktake.lib.formats.iati.rules._checks import Check
from stocktake.lib.formats.problems import gettext_noop


@dataclass(frozen=True)
class Rule:
    """A rule of the standard.

    `number` and `severity` are those of the IATI Validator; `at` is the XPath, from the activity
    or organisation, of the elements it is about ("." for the record itself).
    """

    number: str
    severity: str
    at: str
    check: Check
    sentence: str


def error(number: str, at: str, check: Check, sentence: str) -> Rule:
    """Return a rule whose breach is an error."""
    return Rule(number, "error", at, check, sentence)


def warning(number: str, at: str, check: Check, sentence: str) -> Rule:
    """Return a rule whose breach is a warning."""
    return Rule(number, "warning", at, check, sentence)


OUTER_SPACES = gettext_noop("The identifier “%(value)s” begins or ends with a space or line break.")
SYMBOLS = gettext_noop(
    "The identifier “%(value)s” holds one of the signs / & | ?, which identifiers must not have."
)
UNNAMED = gettext_noop("The organization has neither an identifier nor a name.")
PERIOD_ORDER = gettext_noop("The period ends before it begins.")
PERIOD_LENGTH = gettext_noop("The period is longer than one year.")
SHARES_MISSING = gettext_noop("There is more than one entry, so each must have a percentage.")
SHARES_SUM = gettext_noop("The percentages do not add up to 100.")
SHARE_SINGLE = gettext_noop("There is one entry only, so its percentage is 100 or left out.")
SHARE_RANGE = gettext_noop("The percentage “%(value)s” does not lie between 0 and 100.")
NO_TEXT = gettext_noop("A title or description holds no text.")
"""Sentences that several rules share."""
