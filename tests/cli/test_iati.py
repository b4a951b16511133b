"""`stocktake iati validate` as a person reads it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from stocktake.cli.iati import group

pytestmark = pytest.mark.django_db

_HEAD = '<iati-activities version="2.03">'


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A file of one record with 23 errors by the schema: elements that it does not know."""
    records = "".join(f"<iati-activity><x{n}/></iati-activity>" for n in range(23))
    file = tmp_path / "faulty.xml"
    file.write_text(f"{_HEAD}{records}</iati-activities>")
    return file


def _lines(*arguments: str) -> list[str]:
    return CliRunner().invoke(group, ["validate", *arguments]).output.splitlines()


def test_validate_shows_the_first_twenty_and_says_how_many_more(faulty: Path) -> None:
    lines = _lines(str(faulty))

    assert lines[0].endswith("is not valid by the schema 2.03 (2.03, 23 records)")
    assert lines[1] == "  23 errors"
    assert lines[22:24] == ["  3 more are not shown.", "  To see all of them, add --all."]


def test_validate_all_shows_every_one(faulty: Path) -> None:
    lines = _lines(str(faulty), "--all")

    errors = lines[2 : next(n for n, line in enumerate(lines) if line.endswith(" findings"))]
    assert len(errors) == 23
    assert not any("not shown" in line for line in lines)


def test_validate_counts_one_in_the_singular(tmp_path: Path) -> None:
    file = tmp_path / "one.xml"
    file.write_text(f"{_HEAD}<iati-activity/></iati-activities>")

    lines = _lines(str(file))

    assert lines[0].endswith("(2.03, 1 record)")
    assert lines[1] == "  1 error"
