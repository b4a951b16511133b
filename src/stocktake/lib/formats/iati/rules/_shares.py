"""The rules about percentages and vocabularies of an activity's sectors, places, aid and budget.

Numbers and severities: IATI Validator rules for version 2.03.
"""

from stocktake.lib.formats.iati.rules import _rule as r
from stocktake.lib.formats.iati.rules._checks import ForEach, NoMoreThanOne, Sum, Within
from stocktake.lib.formats.iati.rules._checks import IfThen as If
from stocktake.lib.formats.iati.rules._rule import Rule, error, warning
from stocktake.lib.formats.problems import gettext_noop

# Without a vocabulary, that of OECD DAC ("1") is meant.
_DAC = "@vocabulary='1' or @vocabulary='' or not(@vocabulary)"
_DAC_SECTOR = f"sector[{_DAC}]"
_DAC_AID = f"aid-type[{_DAC}]"
_DAC_DEFAULT_AID = f"default-aid-type[{_DAC}]"
_OTHER_SECTORS = "sector[@vocabulary != '1' and @vocabulary != '']/@vocabulary"
_SECTOR_V = "sector[@vocabulary = $v]"
_REGION_V = "recipient-region[@vocabulary = $v]"
_REGIONS = "recipient-region/@vocabulary"
_ITEM_V = "country-budget-items[@vocabulary = $v]/budget-item"
_ITEMS = "country-budget-items/@vocabulary"


def _all_shares(path: str) -> If:
    return If(f"count({path}) > 1", f"count({path}) = count({path}/@percentage)", path)


def _sum(path: str, more: str = "") -> Sum:
    return Sum([f"{path}/@percentage"], when=f"count({path}) > 1{more}")


def _single(path: str, more: str = "") -> If:
    share = f"{path}/@percentage"
    return If(f"count({path}) = 1{more}", f"not({share}) or {share} = 100", path)


_ONLY_COUNTRIES = " and not(recipient-region)"
_DAC_MISSING = gettext_noop("A code of the OECD DAC vocabulary should stand beside the other ones.")
_AID_TWICE = gettext_noop("There is more than one aid type of the same vocabulary.")

SHARES: tuple[Rule, ...] = (
    error("2.1.1", ".", _all_shares(_DAC_SECTOR), r.SHARES_MISSING),
    error("2.1.1", ".", ForEach(_OTHER_SECTORS, _all_shares(_SECTOR_V)), r.SHARES_MISSING),
    error("2.1.2", ".", _sum(_DAC_SECTOR), r.SHARES_SUM),
    error("2.1.2", ".", ForEach(_OTHER_SECTORS, _sum(_SECTOR_V)), r.SHARES_SUM),
    error("2.1.4", ".", _single(_DAC_SECTOR), r.SHARE_SINGLE),
    error("2.1.4", ".", ForEach(_OTHER_SECTORS, _single(_SECTOR_V)), r.SHARE_SINGLE),
    error(
        "2.2.1",
        "sector[@vocabulary='98' or @vocabulary='99']",
        If("true()", "narrative"),
        gettext_noop("A sector of the publisher's own list needs a name."),
    ),
    error(
        "3.1.1",
        ".",
        If(
            "count(recipient-country) > 1" + _ONLY_COUNTRIES,
            "count(recipient-country) = count(recipient-country/@percentage)",
            "recipient-country",
        ),
        r.SHARES_MISSING,
    ),
    error("3.1.2", ".", _sum("recipient-country", _ONLY_COUNTRIES), r.SHARES_SUM),
    error("3.1.4", ".", _single("recipient-country", _ONLY_COUNTRIES), r.SHARE_SINGLE),
    error("3.4.1", ".", ForEach(_REGIONS, _all_shares(_REGION_V)), r.SHARES_MISSING),
    error(
        "3.4.2",
        ".",
        ForEach(
            _REGIONS,
            Sum(
                [f"{_REGION_V}/@percentage", "recipient-country/@percentage"],
                when=f"count({_REGION_V}) + count(recipient-country) > 1",
            ),
        ),
        r.SHARES_SUM,
    ),
    error(
        "3.4.4",
        ".",
        ForEach(_REGIONS, _single(_REGION_V, " and not(recipient-country)")),
        r.SHARE_SINGLE,
    ),
    warning("7.9.1", ".", ForEach(_ITEMS, _all_shares(_ITEM_V)), r.SHARES_MISSING),
    warning("7.9.2", ".", ForEach(_ITEMS, _sum(_ITEM_V)), r.SHARES_SUM),
    warning("7.9.4", ".", ForEach(_ITEMS, _single(_ITEM_V)), r.SHARE_SINGLE),
    error(
        "12.1.1",
        ".",
        Within(["recipient-country/@percentage", "recipient-region/@percentage"]),
        r.SHARE_RANGE,
    ),
    error(
        "12.2.1",
        ".",
        Within(["capital-spend/@percentage", "country-budget-items/budget-item/@percentage"]),
        r.SHARE_RANGE,
    ),
    error("12.3.1", ".", Within(["sector/@percentage"]), r.SHARE_RANGE),
    warning("102.1.1", ".", If("sector", _DAC_SECTOR, "sector"), _DAC_MISSING),
    warning(
        "107.1.1",
        ".",
        If("default-aid-type", _DAC_DEFAULT_AID, "default-aid-type"),
        _DAC_MISSING,
    ),
    warning("107.1.2", ".", NoMoreThanOne([_DAC_DEFAULT_AID]), _AID_TWICE),
    warning(
        "107.1.2",
        ".",
        ForEach(
            "default-aid-type[@vocabulary != '1' and @vocabulary != '']/@vocabulary",
            NoMoreThanOne(["default-aid-type[@vocabulary = $v]"]),
        ),
        _AID_TWICE,
    ),
    warning("107.2.1", "transaction", If("aid-type", _DAC_AID, "aid-type"), _DAC_MISSING),
    warning("107.2.2", "transaction", NoMoreThanOne([_DAC_AID]), _AID_TWICE),
    warning(
        "107.2.2",
        "transaction",
        ForEach(
            "aid-type[@vocabulary != '1' and @vocabulary != '']/@vocabulary",
            NoMoreThanOne(["aid-type[@vocabulary = $v]"]),
        ),
        _AID_TWICE,
    ),
)
