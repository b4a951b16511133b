"""`stocktake search rebuild|status|verify`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from stocktake.cli.search import group
from stocktake.kernel.search import readers
from stocktake.kernel.search.folders import folders
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.STOCKTAKE_SEARCH_DIR = tmp_path / "search"
    readers.forget()
    yield
    readers.forget()


def test_status_without_index_is_a_sentence_and_exit_code_1() -> None:
    result = CliRunner().invoke(group, ["status"])

    assert result.exit_code == 1
    assert "The search index is missing; it is being made again." in result.output


def test_rebuild_then_status_and_verify_agree() -> None:
    factories.activity("Invented rural network")
    run = CliRunner().invoke

    rebuilt = json.loads(run(group, ["rebuild", "--json"]).stdout)
    status = run(group, ["status", "--thorough", "--json"])
    verified = run(group, ["verify", "--queries", "12", "--seed", "3", "--json"])

    assert rebuilt["records"]["activity"] == 1
    assert (status.exit_code, json.loads(status.stdout)) == (0, rebuilt)
    assert verified.exit_code == 0
    assert json.loads(verified.stdout)["differences"] == []


def test_verify_of_a_damaged_index_makes_it_again_first() -> None:
    factories.activity("Invented rural network")
    run = CliRunner().invoke
    run(group, ["rebuild"])
    folder = folders().live()
    assert folder is not None
    (folder / "meta.json").unlink()

    verified = run(group, ["verify", "--queries", "5"])

    assert verified.exit_code == 0
    assert "5 queries" in verified.output
    assert folders().live() != folder


def test_follow_while_another_indexer_runs_is_refused() -> None:
    with folders().lock():
        result = CliRunner().invoke(group, ["follow"])

    assert result.exit_code == 1
    assert "Another process is the indexer of this index." in result.output
