"""The rules about an activity. Numbers and severities: IATI Validator rules for version 2.03."""

from stocktake.lib.formats.iati.rules import _rule as r
from stocktake.lib.formats.iati.rules._checks import (
    NOW,
    AtLeastOne,
    DateOrder,
    Matches,
    NoMoreThanOne,
    NoOuterSpaces,
    NotInFuture,
    OneOrAll,
    StartsWith,
    Unique,
)
from stocktake.lib.formats.iati.rules._checks import IfThen as If
from stocktake.lib.formats.iati.rules._rule import Rule, error, warning
from stocktake.lib.formats.problems import gettext_noop

_NO_SYMBOLS = "[^/&|?]*"
_PROVIDER = "transaction/provider-org | planned-disbursement/provider-org"
_RECEIVER = "transaction/receiver-org | planned-disbursement/receiver-org"
_B1 = "other-identifier[@type='B1']/@ref"
_PLACE = "recipient-country or recipient-region"

IDENTIFIERS: tuple[Rule, ...] = (
    error(
        "1.1.3",
        ".",
        Unique(["reporting-org/@ref", "iati-identifier"]),
        gettext_noop("The activity has the same identifier as its reporting organization."),
    ),
    warning(
        "1.1.21",
        ".",
        StartsWith(["iati-identifier"], ["reporting-org/@ref", _B1], "-"),
        gettext_noop(
            "The activity's identifier “%(value)s” does not begin with the identifier of its "
            "reporting organization and a hyphen."
        ),
    ),
    warning("1.3.13", ".", Matches(["iati-identifier"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.14.13", ".", Matches(["reporting-org/@ref"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.11.13", "other-identifier/owner-org", Matches(["@ref"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.10.13", _PROVIDER, Matches(["@ref"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.15.13", _RECEIVER, Matches(["@ref"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.8.13", "participating-org", Matches(["@ref"], _NO_SYMBOLS), r.SYMBOLS),
    warning("1.3.1", ".", NoOuterSpaces(["iati-identifier"]), r.OUTER_SPACES),
    warning("1.14.1", ".", NoOuterSpaces(["reporting-org/@ref"]), r.OUTER_SPACES),
    warning("1.16.1", ".", NoOuterSpaces([_B1]), r.OUTER_SPACES),
    warning("1.6.1", ".", NoOuterSpaces(["other-identifier[@type='A3']/@ref"]), r.OUTER_SPACES),
    warning("1.7.1", ".", NoOuterSpaces(["related-activity/@ref"]), r.OUTER_SPACES),
    warning("1.11.1", "other-identifier/owner-org", NoOuterSpaces(["@ref"]), r.OUTER_SPACES),
    warning("1.10.1", _PROVIDER, NoOuterSpaces(["@ref"]), r.OUTER_SPACES),
    warning("1.4.1", _PROVIDER, NoOuterSpaces(["@provider-activity-id"]), r.OUTER_SPACES),
    warning("1.15.1", _RECEIVER, NoOuterSpaces(["@ref"]), r.OUTER_SPACES),
    warning("1.5.1", _RECEIVER, NoOuterSpaces(["@receiver-activity-id"]), r.OUTER_SPACES),
    warning("1.8.1", "participating-org", NoOuterSpaces(["@ref"]), r.OUTER_SPACES),
    warning("1.9.1", "participating-org", NoOuterSpaces(["@activity-id"]), r.OUTER_SPACES),
    error("6.8.1", "other-identifier/owner-org", AtLeastOne(["@ref", "narrative"]), r.UNNAMED),
    error("6.9.1", _PROVIDER, AtLeastOne(["@ref", "narrative"]), r.UNNAMED),
    error("6.9.2", _RECEIVER, AtLeastOne(["@ref", "narrative"]), r.UNNAMED),
    error("6.10.1", "participating-org", AtLeastOne(["@ref", "narrative"]), r.UNNAMED),
)

TEXTS: tuple[Rule, ...] = (
    error(
        "4.1.1",
        ".",
        OneOrAll("@xml:lang", [".//narrative"], "@xml:lang"),
        gettext_noop("The activity names no language, and this text does not name its own."),
    ),
    error("4.3.1", ".//title", AtLeastOne(["narrative/text()"]), r.NO_TEXT),
    error("4.4.1", ".//description", AtLeastOne(["narrative/text()"]), r.NO_TEXT),
)

DATES: tuple[Rule, ...] = (
    error(
        "6.11.1",
        ".",
        AtLeastOne(["activity-date[@type='1' or @type='2']"]),
        gettext_noop("The activity has neither a planned nor an actual start date."),
    ),
    error(
        "11.1.1",
        ".",
        NotInFuture("@last-updated-datetime"),
        gettext_noop("The activity was last updated in the future (“%(value)s”)."),
    ),
    error(
        "11.1.2",
        ".",
        DateOrder("activity-date[@type='1']/@iso-date", "activity-date[@type='3']/@iso-date"),
        gettext_noop("The planned start (“%(value)s”) is later than the planned end."),
    ),
    error(
        "11.1.3",
        ".",
        DateOrder("activity-date[@type='2']/@iso-date", "activity-date[@type='4']/@iso-date"),
        gettext_noop("The actual start (“%(value)s”) is later than the actual end."),
    ),
    error(
        "11.1.4",
        ".",
        DateOrder("activity-date[@type='2']/@iso-date", NOW),
        gettext_noop("The actual start (“%(value)s”) lies in the future."),
    ),
    error(
        "11.1.5",
        ".",
        DateOrder("activity-date[@type='4']/@iso-date", NOW),
        gettext_noop("The actual end (“%(value)s”) lies in the future."),
    ),
    error(
        "11.2.1",
        "transaction",
        DateOrder("transaction-date/@iso-date", NOW),
        gettext_noop("The date of the transaction (“%(value)s”) lies in the future."),
    ),
    error(
        "11.2.2",
        "transaction",
        DateOrder("value/@value-date", NOW),
        gettext_noop("The value date of the transaction (“%(value)s”) lies in the future."),
    ),
)

CLASSIFICATIONS: tuple[Rule, ...] = (
    error(
        "6.2.2",
        ".",
        AtLeastOne(["sector", "transaction/sector"]),
        gettext_noop("Neither the activity nor its transactions have a sector."),
    ),
    error(
        "6.6.2",
        ".",
        If("sector", "not(transaction/sector)", "transaction/sector"),
        gettext_noop("Sectors stand both at the activity and at its transactions."),
    ),
    error(
        "6.7.2",
        ".",
        OneOrAll("sector", ["transaction"], "sector"),
        gettext_noop("The activity has no sector, and this transaction has none of its own."),
    ),
    error(
        "3.6.2",
        ".",
        If(
            _PLACE,
            "not(transaction/recipient-country or transaction/recipient-region)",
            "transaction/recipient-country | transaction/recipient-region",
        ),
        gettext_noop("Countries or regions stand both at the activity and at its transactions."),
    ),
    error(
        "3.7.1",
        ".",
        If(f"not({_PLACE})", f"transaction[{_PLACE}]"),
        gettext_noop("Neither the activity nor its transactions name a country or region."),
    ),
    error(
        "3.7.2",
        ".",
        If(f"not({_PLACE})", f"not(transaction[not({_PLACE})])", f"transaction[not({_PLACE})]"),
        gettext_noop("The activity names no country or region, and neither does this transaction."),
    ),
    error(
        "6.13.1",
        "policy-marker",
        AtLeastOne(["narrative"], "@vocabulary='99'"),
        gettext_noop("A policy marker of the publisher's own list needs a name."),
    ),
    error(
        "6.14.1",
        "policy-marker",
        AtLeastOne(["@significance"], "@vocabulary='1' or @vocabulary='' or not(@vocabulary)"),
        gettext_noop("A policy marker of the OECD DAC list needs a significance."),
    ),
    error(
        "8.11.1",
        "result/indicator",
        NoMoreThanOne(["reference[1]", "../reference[1]"]),
        gettext_noop("References stand both at the result and at its indicator."),
    ),
)
