"""Checking whole files: verdict, version, findings; against the real test collections."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stocktake.lib.formats.iati import Codelists, ValidationResult, validate

_NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
_VALID = """
<iati-activity xml:lang="en" default-currency="USD">
  <iati-identifier>XM-DAC-9-{n}</iati-identifier>
  <reporting-org ref="XM-DAC-9" type="40"><narrative>Invented</narrative></reporting-org>
  <title><narrative>Title</narrative></title>
  <description><narrative>Text</narrative></description>
  <participating-org ref="XM-DAC-9" role="1"/>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2011-01-01"/>
  <recipient-country code="MW"/>
  <sector vocabulary="1" code="22040"/>
</iati-activity>
"""


@pytest.fixture(scope="module")
def codelists() -> Codelists:
    table = Path(__file__).parents[4] / "src/stocktake/data/iati/codelists.csv"
    return Codelists.from_csv(table.read_text(encoding="utf-8"))


def _check(text: str, codelists: Codelists, **options: int) -> ValidationResult:
    return validate(io.BytesIO(text.encode()), codelists, now=_NOW, name="x.xml", **options)


def _file(*records: str, root: str = '<iati-activities version="2.03">') -> str:
    return root + "".join(records) + "</" + root[1:].split()[0].rstrip(">") + ">"


def test_validate_valid_file_has_no_errors_and_no_findings(codelists: Codelists) -> None:
    result = _check(_file(_VALID.format(n=1), _VALID.format(n=2)), codelists)

    assert result.to_json() == {
        "file": "x.xml",
        "kind": "activity",
        "version": "2.03",
        "valid": True,
        "records": 2,
        "error_count": 0,
        "finding_count": 0,
        "severities": {},
        "errors": [],
        "findings": [],
    }


def test_validate_schema_error_names_line_and_identifier(codelists: Codelists) -> None:
    broken = _VALID.format(n=2).replace('code="2"', 'kode="2"')

    result = _check(_file(_VALID.format(n=1), broken), codelists)

    assert result.valid is False
    assert [(e.code, e.line, e.identifier) for e in result.errors] == [
        ("schema", 20, "XM-DAC-9-2"),
        ("schema", 20, "XM-DAC-9-2"),
    ]
    assert "attribute 'kode' is not allowed" in result.errors[0].message


@pytest.mark.parametrize(
    "text",
    [
        _file(),
        _file("text between", _VALID.format(n=1)),
        _file(_VALID.format(n=1), "text behind"),
        _file("<stranger/>", _VALID.format(n=1)),
        _file(_VALID.format(n=1), "<stranger/>"),
        _file(_VALID.format(n=1), root='<iati-activities version="2.03" stranger="1">'),
        _file(_VALID.format(n=1), root="<iati-activities>"),
    ],
)
def test_validate_fault_of_the_root_is_found(text: str, codelists: Codelists) -> None:
    result = _check(text, codelists)

    assert (result.valid, [e.code for e in result.errors]) == (False, ["schema"])


def test_validate_foreign_namespace_at_the_root_is_allowed(codelists: Codelists) -> None:
    extra = '<x:extra xmlns:x="urn:x">text</x:extra>'

    assert _check(_file(extra, _VALID.format(n=1), extra), codelists).valid is True


def test_validate_not_well_formed_file_keeps_what_was_found_before(codelists: Codelists) -> None:
    text = _file(_VALID.format(n=1).replace("MW", "QQ"))[:-5]

    result = _check(text, codelists)

    assert (result.valid, result.records) == (False, 1)
    assert [e.code for e in result.errors] == ["xml-truncated"]
    assert [f.rule for f in result.findings] == ["9.50.1"]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2.03", []),
        ("2.01", []),
        ("1.05", [("0.6.1", "critical")]),
        ("7.00", [("9.1.1", "error")]),
        ("", [("9.1.1", "error")]),
    ],
)
def test_validate_version_is_a_finding_and_not_the_verdict(
    version: str, expected: list[tuple[str, str]], codelists: Codelists
) -> None:
    result = _check(
        _file(_VALID.format(n=1), root=f'<iati-activities version="{version}">'), codelists
    )

    assert (result.valid, result.version) == (True, version)
    assert [(f.rule, f.severity) for f in result.findings] == expected


def test_validate_repeated_identifier_names_the_first_line(codelists: Codelists) -> None:
    result = _check(_file(_VALID.format(n=1), _VALID.format(n=1)), codelists)

    assert [f.to_json() for f in result.findings] == [
        {
            "rule": "1.1.2",
            "severity": "error",
            "line": 14,
            "identifier": "XM-DAC-9-1",
            "field": "iati-identifier",
            "message": (
                "The identifier “XM-DAC-9-1” stands at more than one activity, first at line 2."
            ),
        }
    ]


def test_validate_many_findings_are_counted_but_not_all_kept(codelists: Codelists) -> None:
    text = _file(*(_VALID.format(n=n).replace("MW", "QQ") for n in range(20)))

    result = _check(text, codelists, keep=5)

    assert (len(result.findings), result.finding_count) == (5, 20)
    assert result.severities == {"error": 20}


def test_validate_organisation_file_is_checked_by_its_own_schema(
    samples: Path, codelists: Codelists
) -> None:
    result = validate(samples / "iati/organisations-2.03.xml", codelists, now=_NOW)

    assert (result.kind, result.valid, result.records, result.errors) == (
        "organisation",
        True,
        1,
        [],
    )
    assert [f.rule for f in result.findings] == ["1.18.8"]


def test_validate_hostile_entry_ends_within_5_seconds_and_600_mb(
    measured: Callable[[str, str], tuple[str, int]], tmp_path: Path
) -> None:
    units = (
        '<sector vocabulary="v{n}" percentage="1"/>',
        '<recipient-region vocabulary="{n}"/>',
        "<transaction/>",
        "<result><indicator><period/></indicator></result>",
    )
    for number, unit in enumerate(units):
        path = tmp_path / f"{number}.xml"
        body = "".join(unit.replace("{n}", str(n)) for n in range(40_000))
        path.write_text(_file(f"<iati-activity>{body}</iati-activity>"))

        output, peak = measured(_CHILD, str(path))

        assert output == "False 1"
        assert peak < 600


def test_validate_schema_tests_agree_with_libxml2_on_every_file(
    shared_data: Path, unpacked: Callable[[Path], Path], codelists: Codelists
) -> None:
    folder = unpacked(shared_data / "iati/schema-tests/schema-tests.tar.gz")
    with (shared_data / "iati/schema-tests/manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    differing = [
        row["file"]
        for row in rows
        if validate(folder / row["file"], codelists, now=_NOW).valid
        is not (row["libxml2_2_03_result"] == "pass")
    ]

    assert (len(rows), differing) == (343, [])


# The validator refuses version 1 as such; here the verdict is the schema's, and 0.6.1 is a finding.
_VERDICT_DIFFERS = {"iati-org-no-errors-old-version.xml"}
_KINDS = {"activity": "iati-activities", "organisation": "iati-organisations", "unknown": ""}


def _outcomes(result: ValidationResult) -> set[str]:
    """Return the rules found, with the validator's numbers for broken, foreign, against schema."""
    found = {finding.rule for finding in result.findings}
    numbers = {"schema": "0.3.1", "iati-root": "0.2.1"}
    found.update(numbers.get(error.code, "0.1.1") for error in result.errors)
    return found


def test_validate_validator_tests_agree_on_verdict_kind_version_and_rules(
    shared_data: Path, unpacked: Callable[[Path], Path], codelists: Codelists
) -> None:
    folder = unpacked(shared_data / "iati/validator-tests/test-files.tar.gz")
    with (shared_data / "iati/validator-tests/expected.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    differing = []
    for row in rows:
        result = validate(folder / row["file"], codelists, now=_NOW)
        expected = (row["expect_valid"], row["expect_fileType"], row["expect_iatiVersion"])
        actual = (str(result.valid).lower(), _KINDS[result.kind], result.version)
        agrees = all(want in ("", have) for want, have in zip(expected, actual, strict=True))
        if not agrees or not set(row["rule_ids_mentioned_in_test"].split()) <= _outcomes(result):
            differing.append((row["file"], expected, actual, sorted(_outcomes(result))))

    assert len(rows) == 50
    assert {file for file, *_ in differing} == _VERDICT_DIFFERS


def test_validate_official_examples_are_valid(shared_data: Path, codelists: Codelists) -> None:
    folder = shared_data / "iati/examples"

    verdicts = {p.name: validate(p, codelists, now=_NOW).valid for p in folder.glob("*.xml")}

    assert verdicts == {
        "activity-standard-example-annotated-2.03.xml": True,
        "organisation-standard-example-annotated-2.03.xml": True,
        "cove-basic_iati_org_valid.xml": True,
        "cove-basic_iati_unordered_valid.xml": True,
        "cove-iati_openag_tag.xml": False,
    }


_CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from stocktake.lib.formats.iati import Codelists, validate
result = validate(Path(sys.argv[1]), Codelists(), now=datetime(2025, 6, 1, tzinfo=UTC))
print(result.valid, result.records)
"""
