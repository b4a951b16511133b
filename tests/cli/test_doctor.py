"""`stocktake doctor` on imports: silent when all is well, one command when one was killed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from stocktake.cli.doctor import group
from stocktake.exchange.models import ImportRun

pytestmark = pytest.mark.django_db


def _findings() -> dict[str, Any]:
    return dict(json.loads(CliRunner().invoke(group, ["--json"]).output))


@pytest.fixture
def killed(settings: Any, tmp_path: Path) -> ImportRun:
    """An import that was killed after three of ten entries."""
    settings.STOCKTAKE_HOME = tmp_path
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "R-KILLED00.jsonl").write_text("")
    return ImportRun.objects.create(
        public_id="R-KILLED00", format="iati", actor_key="system:test", position=3, total=10
    )


def test_doctor_without_a_killed_import_says_so() -> None:
    assert _findings()["imports"]["told"] == "none is interrupted"


def test_doctor_shows_a_killed_import_with_the_command_that_goes_on(killed: ImportRun) -> None:
    found = _findings()

    told = found["import R-KILLED00"]
    assert (told["is_on"], told["remedy"]) == (False, "./run stocktake import resume R-KILLED00")
    assert told["told"].startswith("interrupted, 3 of 10 entries settled, ")
    assert "imports" not in found
