"""The rules about periods, currencies and measured values of activities and organisations.

Numbers and severities: IATI Validator rules for version 2.03.
"""

from stocktake.lib.formats.iati.rules import _rule as r
from stocktake.lib.formats.iati.rules._checks import (
    AtLeastOne,
    AtMostOneYear,
    DateBetween,
    DateOrder,
    IfThen,
    Matches,
    NoOuterSpaces,
    NotInFuture,
    OneOrAll,
)
from stocktake.lib.formats.iati.rules._rule import Rule, error, warning
from stocktake.lib.formats.problems import gettext_noop

_START, _END = "period-start/@iso-date", "period-end/@iso-date"
_VALUES = [".//value", ".//loan-status", ".//forecast"]
_BUDGETS = (
    "total-budget | total-expenditure | recipient-country-budget | recipient-org-budget | "
    "recipient-region-budget"
)
_NO_SYMBOLS = "[^/&|?]*"
_NO_CURRENCY = gettext_noop("There is no default currency, and this amount does not name its own.")


def _measured(numbers: tuple[str, str, str], at: str) -> tuple[Rule, ...]:
    """Return the three rules about a value of an indicator: there, a number, or left out."""
    counted = f"result/indicator[@measure='1' or @measure='2' or @measure='3' or @measure='4']/{at}"
    return (
        error(
            numbers[0],
            counted,
            AtLeastOne(["@value"]),
            gettext_noop("The indicator is not a qualitative one, so a value is needed here."),
        ),
        warning(
            numbers[1],
            counted,
            IfThen("@value", "number(@value) = @value", "@value"),
            gettext_noop("The indicator counts or measures, but “%(value)s” is no number."),
        ),
        warning(
            numbers[2],
            f"result/indicator[@measure='5']/{at}",
            IfThen("true()", "not(@value)", "@value"),
            gettext_noop("The indicator is qualitative, so “%(value)s” should be left out."),
        ),
    )


MONEY: tuple[Rule, ...] = (
    error(
        "7.8.1",
        ".",
        OneOrAll("@default-currency", _VALUES, "@currency"),
        _NO_CURRENCY,
    ),
    error("8.6.3", "planned-disbursement | budget", DateOrder(_START, _END), r.PERIOD_ORDER),
    error("7.5.3", "budget", AtMostOneYear(_START, _END), r.PERIOD_LENGTH),
)

RESULTS: tuple[Rule, ...] = (
    error("8.6.1", "result/indicator/period", DateOrder(_START, _END), r.PERIOD_ORDER),
    *_measured(("8.8.1", "8.8.2", "8.8.3"), "baseline"),
    *_measured(("8.9.1", "8.9.2", "8.9.3"), "period/target"),
    *_measured(("8.10.1", "8.10.2", "8.10.3"), "period/actual"),
)

ORGANISATION: tuple[Rule, ...] = (
    warning("1.12.13", ".", Matches(["organisation-identifier"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.18.13", ".", Matches(["reporting-org/@ref"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.12.1", ".", NoOuterSpaces(["organisation-identifier"]), r.OUTER_SPACES),
    warning(
        "1.17.1", ".", NoOuterSpaces(["recipient-org-budget/recipient-org/@ref"]), r.OUTER_SPACES
    ),
    warning("1.18.1", ".", NoOuterSpaces(["reporting-org/@ref"]), r.OUTER_SPACES),
    error(
        "11.4.1",
        ".",
        NotInFuture("@last-updated-datetime"),
        gettext_noop("The organization was last updated in the future (“%(value)s”)."),
    ),
    error(
        "4.5.1",
        ".",
        OneOrAll("@xml:lang", [".//narrative"], "@xml:lang"),
        gettext_noop("The organization names no language, and this text does not name its own."),
    ),
    error("4.3.1", ".//title", AtLeastOne(["narrative/text()"]), r.NO_TEXT),
    error("4.4.1", ".//description", AtLeastOne(["narrative/text()"]), r.NO_TEXT),
    error("7.8.2", ".", OneOrAll("@default-currency", _VALUES, "@currency"), _NO_CURRENCY),
    error("8.6.3", _BUDGETS, DateOrder(_START, _END), r.PERIOD_ORDER),
    error("7.5.3", _BUDGETS, AtMostOneYear(_START, _END), r.PERIOD_LENGTH),
    error(
        "11.3.1",
        "recipient-country-budget",
        DateBetween("budget-line/value/@value-date", _START, _END),
        gettext_noop("The value date of the budget line (“%(value)s”) lies outside its period."),
    ),
)
