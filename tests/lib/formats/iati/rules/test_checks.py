"""The kinds of rules, tried on the public test files of two other rule engines."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from stocktake.lib.formats.iati.rules import _checks as c
from stocktake.lib.formats.safexml import parse_whole

_SCOPE = c.Scope(datetime(2020, 6, 1, tzinfo=UTC))


def _broken(check: c.Check, element: etree._Element) -> bool:
    return any(True for _ in check.broken(element, _SCOPE))


def _translated(kind: str, case: dict[str, Any]) -> c.Check:
    """Turn a rule of the public JSON language into a check."""
    paths = case.get("paths", [])
    # Version 1 kept the currency and sector rules; both engines mean these elements by them.
    each = {
        "lang": ([".//narrative"], "@xml:lang"),
        "sector": (["transaction"], "sector"),
        "currency": ([".//value", ".//forecast", ".//loan-status"], "@currency"),
    }
    makers: dict[str, Callable[[], c.Check]] = {
        "atleast_one": lambda: c.AtLeastOne(paths, case.get("condition", "")),
        "no_more_than_one": lambda: c.NoMoreThanOne(paths),
        "only_one_of": lambda: c.OnlyOneOf(case["excluded"], paths),
        "sum": lambda: c.Sum(paths, Decimal(str(case["sum"]))),
        "date_order": lambda: c.DateOrder(case["less"], case["more"]),
        "regex_matches": lambda: c.Matches(paths, case["regex"]),
        "startswith": lambda: c.StartsWith(paths, [case["start"]]),
        "unique": lambda: c.Unique(paths),
        "range": lambda: c.Within(paths, Decimal(str(case["min"])), Decimal(str(case["max"]))),
        "one_or_all": lambda: c.OneOrAll(case["one"], *each[case["all"]]),
        "time_limit": lambda: c.AtMostOneYear(case["start"], case["end"]),
    }
    return makers[kind]()


def test_checks_agree_with_the_ruleset_meta_tests(
    shared_data: Path, unpacked: Callable[[Path], Path]
) -> None:
    rules = shared_data / "iati/rules"
    folder = unpacked(rules / "ruleset-meta-tests.tar.gz")
    with (rules / "ruleset-meta-tests.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    differing = []
    for row in rows:
        root = parse_whole((folder / f"{row['xml']}.xml").read_bytes())
        ruleset = json.loads((folder / f"{row['ruleset']}.json").read_text())
        holds = not any(
            _broken(_translated(kind, case), element)
            for at, kinds in ruleset.items()
            for kind, cases in kinds.items()
            for case in cases["cases"]
            for element in root.xpath(at)
        )
        if holds is not (row["expected"] == "True"):
            differing.append(row)

    assert (len(rows), differing) == (50, [])


def _numbers(*pairs: str, attribute: str = "") -> list[str]:
    return [f".//element{n}{attribute}" for n in pairs]


def _pairs(first: int, last: int, step: int = 2, attribute: str = "") -> list[tuple[str, str]]:
    """Return the paths of neighbours: (element1, element2), (element3, element4) …"""
    return [
        (f".//element{n}{attribute}", f".//element{n + 1}{attribute}")
        for n in range(first, last, step)
    ]


_A = "/@attribute"
_DIGITS = "[a-z]+"
# What each file shows, as checks: those that hold in the valid file, those broken in the other.
_VALID: dict[str, list[c.Check]] = {
    "atleastone": [
        c.AtLeastOne([".//element1"]),
        c.AtLeastOne([".//element2", ".//element3"]),
        c.AtLeastOne([".//element4", ".//element4"]),
        c.AtLeastOne(["nest/element5"]),
        c.AtLeastOne(["element6/@attribute"]),
        c.AtLeastOne(["element7/@attribute", "element8/@attribute"]),
        c.AtLeastOne(["nest/element10/@attribute"]),
        c.AtLeastOne(["element11"]),
        c.AtLeastOne(["missing"], "absent"),
    ],
    "dateorder": [
        c.DateOrder("element1", "element2"),
        c.DateOrder("element3", c.NOW),
        c.DateOrder(c.NOW, "element4"),
        c.DateOrder("element5", "element6"),
        c.DateOrder("element7", "element8"),
        c.DateOrder("nest/element9", "nest/element10"),
        c.DateOrder("nOw", "noW"),
        *(c.DateOrder(a, b) for a, b in _pairs(21, 26)),
        c.DateOrder("element13/@attribute", c.NOW),
        c.DateOrder(c.NOW, "element14/@attribute"),
        c.DateOrder("element37", "element38"),
        c.DateOrder("element39", "element40"),
        c.DateOrder("element41", "element42"),
        c.DateOrder("element47", "element48"),
        c.DateOrder("element51", "element51"),
    ],
    "dependent": [
        c.Dependent(["element1"]),
        c.Dependent(["element2", "element3"]),
        c.Dependent(["element4", "element4"]),
        c.Dependent(["nest/element5", "nest/element6", "nest/element11/@attribute"]),
        c.Dependent(["element8/@attribute", "element9/@attribute"]),
        c.Dependent(["element13", "element14"]),
    ],
    "nomorethanone": [
        c.NoMoreThanOne(["element1"]),
        c.NoMoreThanOne(["element2", "element3"]),
        c.NoMoreThanOne(["element4", "element4"]),
        c.NoMoreThanOne(["element5/@attribute"]),
        c.NoMoreThanOne(["nest/element9"]),
        c.NoMoreThanOne(["nest/element10/@attribute"]),
    ],
    "regexmatches": [c.Matches(_numbers(*"12349"), "test"), c.Matches(["element11"], "test")],
    "regexnomatches": [c.Matches(_numbers(*"12349"), "(?!test).*")],
    "startswith": [
        c.StartsWith(_numbers(*"12349"), ["prefix"]),
        c.StartsWith(_numbers(*"56780", attribute=_A), ["prefix"]),
        c.StartsWith(["element11"], ["prefix"]),
    ],
    "sum": [
        c.Sum(["element1"], Decimal(3)),
        c.Sum(["element2", "element3"], Decimal(3)),
        c.Sum(["element4", "element4"], Decimal(3)),
        c.Sum(["element5", "element6"], Decimal(-1000)),
        c.Sum(["element7", "element8"], Decimal(101)),
        c.Sum(["element9", "element10"], Decimal("15.5")),
        c.Sum(["element11", "element12"], Decimal(0)),
        c.Sum(["element13", "element14"], Decimal("1e100")),
        c.Sum(["element17", "element18"], Decimal("2997924.58")),
    ],
    "unique": [
        c.Unique(["element1"]),
        c.Unique(["element2", "element3"]),
        c.Unique(["element4", "element4"]),
        c.Unique(["element6/@attribute", "element7/@attribute"]),
        c.Unique(["nest/element9", "nest/element10"]),
        c.Unique(["element13"]),
    ],
}
_INVALID: dict[str, list[c.Check]] = {
    "atleastone": [
        c.AtLeastOne(["element1"]),
        c.AtLeastOne(["element2", "element3"]),
        c.AtLeastOne(["nest/element5"]),
        c.AtLeastOne(["element9/@attribute"]),
        c.AtLeastOne(["nest/element10/@attribute"]),
        c.AtLeastOne(["missing"], "condition"),
    ],
    "dateorder": [
        c.DateOrder("element1", "element2"),
        c.DateOrder(c.NOW, "element5"),
        c.DateOrder("element6", c.NOW),
        c.DateOrder("nest/element7", "nest/element8"),
        c.DateOrder("element10", "element11"),
        c.DateOrder("element12", "element13"),
        c.DateOrder("element14/@attribute", "element15/@attribute"),
        c.DateOrder("element19/@attribute", c.NOW),
        c.DateOrder("nest/element20/@attribute", "nest/element21/@attribute"),
        c.DateOrder("element27", "element28"),
    ],
    "dependent": [
        c.Dependent(["element1", "element2"]),
        c.Dependent(["element4/@attribute", "element5/@attribute"]),
        c.Dependent(["nest/element7", "nest/element8"]),
        c.Dependent(["element11", "element12"]),
    ],
    "nomorethanone": [
        c.NoMoreThanOne(["element1"]),
        c.NoMoreThanOne(["element2", "element3"]),
        c.NoMoreThanOne(["element5", "element6"]),
        c.NoMoreThanOne(["element7/@attribute"]),
        c.NoMoreThanOne(["nest/element13"]),
        c.NoMoreThanOne(["element15", "element16"]),
    ],
    "regexmatches": [
        *(c.Matches([path], "test") for path in _numbers(*"12349")),
        *(c.Matches([path], "test") for path in _numbers(*"5678", attribute=_A)),
    ],
    "regexnomatches": [
        *(c.Matches([path], "(?!test).*") for path in _numbers(*"12349")),
        *(c.Matches([path], "(?!test).*") for path in _numbers(*"5678", attribute=_A)),
    ],
    "startswith": [
        *(c.StartsWith([path], ["prefix"]) for path in _numbers(*"12349")),
        *(c.StartsWith([path], ["prefix"]) for path in _numbers(*"5678", attribute=_A)),
        c.StartsWith(["element14"], ["prefix"]),
    ],
    "sum": [
        c.Sum(["element1"], Decimal(3)),
        c.Sum(["element2", "element3"], Decimal(3)),
        c.Sum(["element4", "element4"], Decimal(3)),
        c.Sum(["element5", "element6"], Decimal(-1000)),
        c.Sum(["element7", "element8"], Decimal(101)),
        c.Sum(["element9", "element10"], Decimal("15.5")),
        c.Sum(["element11", "element12"], Decimal(0)),
        c.Sum(["element13", "element14"], Decimal("1e100")),
        c.Sum(["element17", "element18"], Decimal("2997924.58")),
    ],
    "unique": [
        c.Unique(["element1", "element2"]),
        c.Unique(["element3/@attribute", "element4/@attribute"]),
        c.Unique(["nest/element5", "nest/element6"]),
        c.Unique(["nest/element7/@attribute", "nest/element8/@attribute"]),
        c.Unique(["element9"]),
    ],
}


@pytest.mark.parametrize("kind", sorted(_VALID))
def test_checks_agree_with_the_ruleset_files_of_pyiati(
    kind: str, shared_data: Path, unpacked: Callable[[Path], Path]
) -> None:
    folder = unpacked(shared_data / "iati/rules/pyiati-ruleset-files.tar.gz") / "ruleset"
    valid = parse_whole((folder / f"valid_{kind}.xml").read_bytes())
    invalid = parse_whole((folder / f"invalid_{kind}.xml").read_bytes())

    wrongly_broken = [check for check in _VALID[kind] if _broken(check, valid)]
    wrongly_held = [check for check in _INVALID[kind] if not _broken(check, invalid)]

    assert (wrongly_broken, wrongly_held) == ([], [])


def test_checks_dates_in_wrong_format_are_no_dates(
    shared_data: Path, unpacked: Callable[[Path], Path]
) -> None:
    folder = unpacked(shared_data / "iati/rules/pyiati-ruleset-files.tar.gz") / "ruleset"
    root = parse_whole((folder / "invalid_format_dateorder.xml").read_bytes())
    # Elements 41 and 42 hold good dates, for another purpose.
    wrong = [e for e in root.iter("*") if e is not root and e.tag not in ("element41", "element42")]
    texts = [e.get("attribute") or e.text or "" for e in wrong]

    read = [text for text in texts if c.day_of(text) is not None]

    # Only spaces around a date are forgiven; the schema is what refuses them.
    assert sorted(set(read)) == [" 2016-08-17", " 2017-08-17", "2016-08-17 ", "2017-08-17 "]


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        ("2019-01-01", "2019-12-31", False),
        ("2019-01-01", "2020-01-01", False),
        ("2019-01-01", "2020-01-02", True),
        ("2020-02-29", "2021-02-28", False),
        ("2020-02-29", "2021-03-02", True),
        ("9999-01-01", "9999-12-31", False),
        ("2019-01-01", "soon", False),
    ],
)
def test_at_most_one_year_first_day_a_year_later_still_counts(
    start: str, end: str, broken: bool
) -> None:
    element = parse_whole(f'<b><s d="{start}"/><e d="{end}"/></b>'.encode())

    assert _broken(c.AtMostOneYear("s/@d", "e/@d"), element) is broken


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        ("2020-06-01T00:00:00Z", False),
        ("2020-06-01T00:00:01Z", True),
        ("2020-06-01T12:00:00", False),
        ("2020-06-01T12:00:01", True),
        ("2020-06-01T05:00:00+05:00", False),
        ("never", False),
    ],
)
def test_not_in_future_time_without_zone_gets_half_a_day(written: str, broken: bool) -> None:
    element = parse_whole(f'<b at="{written}"/>'.encode())

    assert _broken(c.NotInFuture("@at"), element) is broken


def test_sum_of_rounded_thirds_is_accepted() -> None:
    element = parse_whole(b'<b><a p="33.33"/><a p="33.33"/><a p="33.33"/></b>')

    assert _broken(c.Sum(["a/@p"]), element) is False


def test_for_each_quote_in_a_value_does_not_change_the_path() -> None:
    element = parse_whole(b"""<b><a v="'] | //*[''='"/><a v="'] | //*[''='"/><a v='"'/></b>""")
    check = c.ForEach("a/@v", c.NoMoreThanOne(["a[@v = $v]"]))

    assert [node.get("v") for node in check.broken(element, _SCOPE)] == ["'] | //*[''='"]
