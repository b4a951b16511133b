"""`stocktake resolution import` and the documents of `stocktake sample`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stocktake.cli.resolution import group
from stocktake.cli.sample import group as sample
from stocktake.domain.asks.models import Ask
from stocktake.domain.documents.models import Document
from tests.exchange.resolutions.texts import LAMPS, SYMBOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file with a resolution of our own."""
    file = tmp_path / "lamps.txt"
    file.write_text(LAMPS, encoding="utf-8")
    return file


def test_import_makes_a_record_and_then_changes_nothing(page: Path) -> None:
    first = CliRunner().invoke(group, ["import", str(page), "--symbol", SYMBOL])
    second = CliRunner().invoke(group, ["import", str(page), "--symbol", SYMBOL])

    assert (first.exit_code, first.stdout) == (
        *(0, f"{SYMBOL}: a new record with 7 paragraphs and 4 asks.\n"),
    )
    assert (second.exit_code, second.stdout) == (
        *(0, f"{SYMBOL}: the record holds this text already.\n"),
    )


def test_import_as_a_trial_tells_and_writes_nothing(page: Path) -> None:
    result = CliRunner().invoke(group, ["import", str(page), "--symbol", SYMBOL, "--dry-run"])

    assert result.stdout.startswith("Nothing was written; this is what would happen:")
    assert not Document.objects.exists()


def test_import_that_contradicts_the_record_ends_with_one_and_names_it(page: Path) -> None:
    CliRunner().invoke(group, ["import", str(page), "--symbol", SYMBOL])
    page.write_text(LAMPS.replace("Invites", "Urges"), encoding="utf-8")

    told = CliRunner().invoke(group, ["import", str(page), "--symbol", SYMBOL, "--json"])

    result = json.loads(told.stdout)
    assert (told.exit_code, result["outcome"], result["dry_run"]) == (1, "contradicted", False)
    assert [(each["paragraph"], each["field"]) for each in result["contradictions"]] == [
        ("para/3", "verb")
    ]
    assert "lamps.txt, para/3, verb and force: recorded invite (1), read urge (2)." in told.stderr


def test_import_of_what_is_no_resolution_says_so(tmp_path: Path) -> None:
    file = tmp_path / "rain.txt"
    file.write_text("It rained.\n\nIt rained again.\n", encoding="utf-8")

    result = CliRunner().invoke(group, ["import", str(file), "--symbol", SYMBOL])

    assert result.exit_code == 1
    assert "neither a resolution nor a numbered report" in result.stderr


def test_sample_generate_asks_enters_invented_asks() -> None:
    result = CliRunner().invoke(sample, ["generate", "--asks", "3", "--seed", "1"])

    assert (result.exit_code, Ask.objects.filter(is_invented=True).count()) == (0, 3)
    assert "3 invented asks were added." in result.stdout


def test_sample_generate_without_a_number_is_refused() -> None:
    result = CliRunner().invoke(sample, ["generate", "--seed", "1"])

    assert result.exit_code == 2
    assert "Give either the number of activities, or --asks." in result.stderr
