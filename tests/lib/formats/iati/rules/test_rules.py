"""Every rule: one activity or organisation that breaks it, and one that does not."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stocktake.lib.formats.iati import Codelists
from stocktake.lib.formats.iati.rules import Finding, RuleChecker, _checker, _codes
from stocktake.lib.formats.safexml import parse_whole

_NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def codelists() -> Codelists:
    table = Path(__file__).parents[5] / "src/stocktake/data/iati/codelists.csv"
    return Codelists.from_csv(table.read_text(encoding="utf-8"))


def _findings(kind: str, inner: str, attributes: str, codelists: Codelists) -> list[Finding]:
    element = parse_whole(f"<iati-{kind} {attributes}>{inner}</iati-{kind}>".encode())
    checker = RuleChecker(kind, codelists, now=_NOW, version="2.03")
    return list(checker.check_record(element, "X"))


def _shares(name: str, *shares: str, vocabulary: str = "") -> str:
    """Return elements of a name, each with a percentage, or without for "-"."""
    voc = f'vocabulary="{vocabulary}" ' if vocabulary else ""
    return "".join(
        f"<{name} {voc}/>" if share == "-" else f'<{name} {voc}percentage="{share}"/>'
        for share in shares
    )


def _items(*shares: str) -> str:
    inner = _shares("budget-item", *shares)
    return f'<country-budget-items vocabulary="2">{inner}</country-budget-items>'


def _period(name: str, start: str, end: str, more: str = "") -> str:
    return (
        f'<{name}><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{more}</{name}>'
    )


def _indicator(measure: str, inner: str) -> str:
    return f'<result><indicator measure="{measure}">{inner}</indicator></result>'


def _dates(*pairs: tuple[str, str]) -> str:
    return "".join(f'<activity-date type="{t}" iso-date="{d}"/>' for t, d in pairs)


def _id(text: str, ref: str = "XM-DAC-9") -> str:
    return f'<iati-identifier>{text}</iati-identifier><reporting-org ref="{ref}"/>'


_T = "<transaction>{}</transaction>"
_SECTOR = '<sector code="11110"/>'
_COUNTRY = '<recipient-country code="MW"/>'
_NAME = "<narrative>Name</narrative>"
# Rule, what breaks it, what does not.
_ACTIVITY = [
    ("1.1.3", _id("XM-DAC-9"), _id("XM-DAC-9-1")),
    ("1.1.21", _id("XM-DAC-8-1"), _id("XM-DAC-9-1")),
    (
        "1.1.21",
        _id("XM-DAC-9") + '<other-identifier type="B1" ref="OLD"/>',
        _id("OLD-1") + '<other-identifier type="B1" ref="OLD"/>',
    ),
    ("1.3.13", _id("XM-DAC-9-a/b"), _id("XM-DAC-9-a.b")),
    ("1.3.1", _id("XM-DAC-9-1\n"), _id("XM-DAC-9-1")),
    ("1.14.13", _id("A", "XM|9"), _id("A", "XM-9")),
    ("1.14.1", _id("A", " XM-DAC-9"), _id("A", "XM-DAC-9")),
    ("1.14.8", _id("A", "NOSUCH-9"), _id("A", "XM-DAC-9")),
    ("1.16.1", '<other-identifier type="B1" ref="A "/>', '<other-identifier type="A1" ref="A "/>'),
    ("1.6.1", '<other-identifier type="A3" ref="A "/>', '<other-identifier type="A3" ref="A"/>'),
    ("1.7.1", '<related-activity ref=" A"/>', '<related-activity ref="A"/>'),
    *(
        (rule, before.format(value=bad), before.format(value="A-1"))
        for rules, before in (
            (
                {"1.11.13": "A?", "1.11.1": "A "},
                '<other-identifier><owner-org ref="{value}"/></other-identifier>',
            ),
            (
                {"1.10.13": "A&amp;B", "1.10.1": " A"},
                '<planned-disbursement><provider-org ref="{value}"/></planned-disbursement>',
            ),
            ({"1.15.13": "A/B", "1.15.1": " A"}, _T.format('<receiver-org ref="{value}"/>')),
            ({"1.4.1": " A"}, _T.format('<provider-org provider-activity-id="{value}"/>')),
            ({"1.5.1": " A"}, _T.format('<receiver-org receiver-activity-id="{value}"/>')),
            ({"1.8.13": "A|B", "1.8.1": "A "}, '<participating-org ref="{value}"/>'),
            ({"1.9.1": "A "}, '<participating-org activity-id="{value}"/>'),
        )
        for rule, bad in rules.items()
    ),
    (
        "6.8.1",
        "<other-identifier><owner-org/></other-identifier>",
        f"<other-identifier><owner-org>{_NAME}</owner-org></other-identifier>",
    ),
    ("6.9.1", _T.format("<provider-org/>"), _T.format('<provider-org ref="A"/>')),
    ("6.9.2", _T.format("<receiver-org/>"), _T.format(f"<receiver-org>{_NAME}</receiver-org>")),
    ("6.10.1", "<participating-org/>", '<participating-org ref="A"/>'),
    ("4.1.1", f"<title>{_NAME}</title>", '<title><narrative xml:lang="en">A</narrative></title>'),
    ("4.3.1", "<title><narrative/></title>", f"<title>{_NAME}</title>"),
    (
        "4.4.1",
        _T.format("<description><narrative/></description>"),
        _T.format(f"<description>{_NAME}</description>"),
    ),
    ("6.11.1", _dates(("3", "2011-01-01")), _dates(("2", "2011-01-01"))),
    (
        "11.1.2",
        _dates(("1", "2012-01-02"), ("3", "2012-01-01")),
        _dates(("1", "2012-01-01"), ("3", "2012-01-01")),
    ),
    (
        "11.1.3",
        _dates(("2", "2012-01-02"), ("4", "2012-01-01")),
        _dates(("2", "2012-01-01"), ("4", "2012-02-01")),
    ),
    ("11.1.4", _dates(("2", "2025-06-02")), _dates(("2", "2025-06-01"))),
    ("11.1.5", _dates(("4", "2025-06-02")), _dates(("4", "2025-06-01"))),
    *(
        (rule, _T.format(inner.format("2025-06-02")), _T.format(inner.format("2025-06-01")))
        for rule, inner in (
            ("11.2.1", '<transaction-date iso-date="{}"/>'),
            ("11.2.2", '<value value-date="{}"/>'),
        )
    ),
    ("6.2.2", "", _T.format(_SECTOR)),
    ("6.6.2", _SECTOR + _T.format(_SECTOR), _SECTOR + _T.format("")),
    ("6.7.2", _T.format(_SECTOR) + _T.format(""), _T.format(_SECTOR)),
    ("3.6.2", _COUNTRY + _T.format(_COUNTRY), _COUNTRY),
    ("3.7.1", _T.format(""), _T.format('<recipient-region code="298"/>')),
    ("3.7.2", _T.format(_COUNTRY) + _T.format(""), _T.format(_COUNTRY)),
    (
        "6.13.1",
        '<policy-marker vocabulary="99"/>',
        f'<policy-marker vocabulary="99">{_NAME}</policy-marker>',
    ),
    ("6.14.1", '<policy-marker code="1"/>', '<policy-marker code="1" significance="1"/>'),
    (
        "8.11.1",
        '<result><indicator><reference code="a"/></indicator><reference code="a"/></result>',
        '<result><indicator><reference code="a"/><reference code="b"/></indicator></result>',
    ),
    ("2.1.1", _shares("sector", "50", "-"), _shares("sector", "50", "50")),
    (
        "2.1.1",
        _shares("sector", "50", "-", vocabulary="9"),
        _shares("sector", "-") + _shares("sector", "-", vocabulary="9"),
    ),
    ("2.1.2", _shares("sector", "50", "51"), _shares("sector", "33.33", "33.33", "33.33")),
    (
        "2.1.2",
        _shares("sector", "50", "51", vocabulary="9"),
        _shares("sector", "50", "50") + _shares("sector", "100", vocabulary="9"),
    ),
    ("2.1.4", _shares("sector", "50"), _shares("sector", "100")),
    ("2.1.4", _shares("sector", "50", vocabulary="9"), _shares("sector", "-", vocabulary="9")),
    ("2.2.1", '<sector vocabulary="99"/>', f'<sector vocabulary="99">{_NAME}</sector>'),
    ("3.1.1", _shares("recipient-country", "50", "-"), _shares("recipient-country", "50", "50")),
    ("3.1.2", _shares("recipient-country", "50", "49"), _shares("recipient-country", "50", "50")),
    ("3.1.4", _shares("recipient-country", "50"), _shares("recipient-country", "100.0")),
    (
        "3.4.1",
        _shares("recipient-region", "50", "-", vocabulary="1"),
        _shares("recipient-region", "50", "50", vocabulary="1"),
    ),
    (
        "3.4.2",
        _shares("recipient-region", "50", vocabulary="1") + _shares("recipient-country", "60"),
        _shares("recipient-region", "40", vocabulary="1") + _shares("recipient-country", "60"),
    ),
    (
        "3.4.4",
        _shares("recipient-region", "50", vocabulary="1"),
        _shares("recipient-region", "-", vocabulary="1"),
    ),
    ("7.9.1", _items("50", "-"), _items("50", "50")),
    ("7.9.2", _items("50", "40"), _items("50", "50")),
    ("7.9.4", _items("50"), _items("100")),
    ("12.1.1", _shares("recipient-country", "-5"), _shares("recipient-region", "0")),
    ("12.2.1", _shares("capital-spend", "100.5"), _shares("capital-spend", "88.8")),
    ("12.3.1", _shares("sector", "101"), _shares("sector", "100")),
    ("102.1.1", '<sector vocabulary="2" code="111"/>', _SECTOR),
    (
        "107.1.1",
        '<default-aid-type vocabulary="2" code="1"/>',
        '<default-aid-type vocabulary="2" code="1"/><default-aid-type code="A01"/>',
    ),
    (
        "107.1.2",
        '<default-aid-type code="A01"/><default-aid-type vocabulary="1" code="A02"/>',
        '<default-aid-type code="A01"/><default-aid-type vocabulary="2" code="1"/>',
    ),
    (
        "107.1.2",
        '<default-aid-type vocabulary="2"/><default-aid-type vocabulary="2"/>',
        '<default-aid-type vocabulary="2"/><default-aid-type vocabulary="3"/>',
    ),
    (
        "107.2.1",
        _T.format('<aid-type vocabulary="2" code="1"/>'),
        _T.format('<aid-type code="A01"/>'),
    ),
    (
        "107.2.2",
        _T.format('<aid-type code="A01"/><aid-type code="A02"/>'),
        _T.format('<aid-type code="A01"/>') * 2,
    ),
    (
        "107.2.2",
        _T.format('<aid-type vocabulary="2"/><aid-type vocabulary="2"/>'),
        _T.format('<aid-type vocabulary="2"/><aid-type vocabulary="3"/>'),
    ),
    (
        "7.8.1",
        '<budget><value currency="USD"/></budget><fss><forecast/></fss>',
        '<budget><value currency="USD"/></budget>',
    ),
    (
        "8.6.3",
        _period("planned-disbursement", "2012-01-02", "2012-01-01"),
        _period("budget", "2012-01-01", "2012-01-01"),
    ),
    (
        "7.5.3",
        _period("budget", "2012-01-01", "2013-01-02"),
        _period("budget", "2012-01-01", "2012-12-31"),
    ),
    (
        "8.6.1",
        _indicator("1", _period("period", "2012-01-02", "2012-01-01")),
        _indicator("1", _period("period", "2012-01-01", "2012-01-02")),
    ),
    *(
        (rule, _indicator(measure, open_ + bad + close), _indicator(measure, open_ + good + close))
        for first, open_, name, close in (
            ("8.8", "", "baseline", ""),
            ("8.9", "<period>", "target", "</period>"),
            ("8.10", "<period>", "actual", "</period>"),
        )
        for rule, measure, bad, good in (
            (first + ".1", "1", f"<{name}/>", f'<{name} value="1"/>'),
            (first + ".2", "2", f'<{name} value="many"/>', f'<{name} value="1.5"/>'),
            (first + ".3", "5", f'<{name} value="1"/>', f"<{name}/>"),
        )
    ),
    ("9.95.1", '<title><narrative xml:lang="qq"/></title>', '<title xml:lang="EN"/>'),
    ("codelist", '<sector vocabulary="7" code="18"/>', '<sector vocabulary="7" code="17"/>'),
]
_BUDGET = "recipient-country-budget"
_ORGANISATION = [
    (
        "1.12.13",
        "<organisation-identifier>A/B</organisation-identifier>",
        "<organisation-identifier>A-B</organisation-identifier>",
    ),
    (
        "1.12.1",
        "<organisation-identifier> A</organisation-identifier>",
        "<organisation-identifier>A</organisation-identifier>",
    ),
    ("1.18.13", '<reporting-org ref="A/B"/>', '<reporting-org ref="A-B"/>'),
    ("1.18.1", '<reporting-org ref="A "/>', '<reporting-org ref="A"/>'),
    ("1.18.8", '<reporting-org ref="NOSUCH-1"/>', '<reporting-org ref="GB-COH-1"/>'),
    (
        "1.17.1",
        '<recipient-org-budget><recipient-org ref=" A"/></recipient-org-budget>',
        '<recipient-org-budget><recipient-org ref="A"/></recipient-org-budget>',
    ),
    ("4.5.1", f"<name>{_NAME}</name>", '<name><narrative xml:lang="en">A</narrative></name>'),
    ("4.3.1", "<document-link><title/></document-link>", f"<title>{_NAME}</title>"),
    ("4.4.1", "<description/>", f"<description>{_NAME}</description>"),
    (
        "7.8.2",
        "<total-budget><value/></total-budget>",
        '<total-budget><value currency="EUR"/></total-budget>',
    ),
    (
        "8.6.3",
        _period("total-expenditure", "2012-01-02", "2012-01-01"),
        _period("total-expenditure", "2012-01-01", "2012-01-02"),
    ),
    (
        "7.5.3",
        _period("recipient-region-budget", "2012-01-01", "2014-01-01"),
        _period("recipient-region-budget", "2012-01-01", "2012-12-31"),
    ),
    *(
        (
            "11.3.1",
            _period(_BUDGET, "2012-01-01", "2012-12-31", line.format(bad)),
            _period(_BUDGET, "2012-01-01", "2012-12-31", line.format("2012-12-31")),
        )
        for line in ('<budget-line><value value-date="{}"/></budget-line>',)
        for bad in ("2011-12-31", "2013-01-01")
    ),
]


@pytest.mark.parametrize(("rule", "broken", "kept"), _ACTIVITY)
def test_activity_rule_is_found_where_broken_and_only_there(
    rule: str, broken: str, kept: str, codelists: Codelists
) -> None:
    found = [f.rule for f in _findings("activity", broken, "", codelists)]
    other = [f.rule for f in _findings("activity", kept, "", codelists)]

    assert (rule in found, rule in other) == (True, False)


@pytest.mark.parametrize(("rule", "broken", "kept"), _ORGANISATION)
def test_organisation_rule_is_found_where_broken_and_only_there(
    rule: str, broken: str, kept: str, codelists: Codelists
) -> None:
    found = [f.rule for f in _findings("organisation", broken, "", codelists)]
    other = [f.rule for f in _findings("organisation", kept, "", codelists)]

    assert (rule in found, rule in other) == (True, False)


@pytest.mark.parametrize(("kind", "rule"), [("activity", "11.1.1"), ("organisation", "11.4.1")])
def test_last_update_in_the_future_is_found(kind: str, rule: str, codelists: Codelists) -> None:
    ahead = _findings(kind, "", 'last-updated-datetime="2025-06-01T12:00:01Z"', codelists)
    past = _findings(kind, "", 'last-updated-datetime="2025-06-01T12:00:00Z"', codelists)

    assert (rule in {f.rule for f in ahead}, rule in {f.rule for f in past}) == (True, False)


def test_every_rule_has_its_case() -> None:
    own = {"1.14.8", "1.18.8", "9.95.1", "codelist"}
    alone = {"11.1.1", "11.4.1"}
    activity = {rule.number for rule in _checker.ACTIVITY_RULES} - alone
    organisation = {rule.number for rule in _checker.ORGANISATION_RULES} - alone

    assert {rule for rule, *_ in _ACTIVITY} - own == activity
    assert {rule for rule, *_ in _ORGANISATION} - own == organisation


def _path(path: str, attribute: str, vocabulary: str, code: str) -> str:
    """Return XML that holds a code at a path, with a vocabulary where its element needs one."""
    text = f">{code}<" if attribute == "text()" else ""
    value = "" if text else f' {attribute}="{code}"'
    names = path.split("/") if path else []
    own = f' vocabulary="{vocabulary}"' if vocabulary and attribute != "vocabulary" else ""
    xml = ""
    for depth, name in enumerate(reversed(names)):
        if depth == 0:
            xml = f"<{name}{value}{own}{text or '>' + '<'}/{name}>"
        else:
            # The vocabulary of a budget item stands at its parent.
            xml = f"<{name}{own if depth == 1 else ''}>{xml}</{name}>"
    return xml


@pytest.mark.parametrize(
    ("kind", "rows"),
    [("activity", _codes.ACTIVITY_CODES), ("organisation", _codes.ORGANISATION_CODES)],
)
def test_code_that_is_not_on_its_list_is_found_at_every_place(
    kind: str, rows: tuple[_codes.Row, ...], codelists: Codelists
) -> None:
    missed = []
    for rule, path, codelist, vocabulary in rows:
        place, _, attribute = path.rpartition("/")
        known = next(iter(codelists.codes(codelist)))
        for code, expected in ((known, False), ("no such code", True)):
            name = attribute.lstrip("@")
            xml = _path(place, name, vocabulary, code)
            attributes = "" if place else f'{name}="{code}"'
            found = [
                f
                for f in _findings(kind, xml, attributes, codelists)
                if f.rule == rule and f.values.get("list") == codelist
            ]
            if bool(found) is not expected:
                missed.append((rule, path, code))

    assert missed == []


def test_finding_names_line_field_value_and_severity(codelists: Codelists) -> None:
    inner = (
        f'{_id("XM-DAC-9-1")}\n{_SECTOR}{_COUNTRY}\n<activity-date type="2" iso-date="2031-01-01"/>'
    )

    findings = _findings("activity", inner, 'xml:lang="en"', codelists)

    assert [f.to_json() for f in findings] == [
        {
            "rule": "11.1.4",
            "severity": "error",
            "line": 3,
            "identifier": "X",
            "field": "activity-date/@iso-date",
            "message": "The actual start (“2031-01-01”) lies in the future.",
        }
    ]


def test_numbers_and_severities_are_those_of_the_public_ruleset(shared_data: Path) -> None:
    public: dict[str, set[str]] = {}

    def collect(node: object) -> None:
        if isinstance(node, dict):
            info = node.get("ruleInfo")
            if isinstance(info, dict):
                public.setdefault(info["id"], set()).add(info["severity"])
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    collect(json.loads((shared_data / "iati/rules/standard.json").read_text(encoding="utf-8")))
    rules = (*_checker.ACTIVITY_RULES, *_checker.ORGANISATION_RULES)
    own: dict[str, set[str]] = {"1.14.8": {"warning"}, "1.18.8": {"warning"}}
    for rule in rules:
        own.setdefault(rule.number, set()).add(rule.severity)

    assert own == public
