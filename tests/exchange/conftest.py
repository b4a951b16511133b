"""Fixtures of exchange: a home of its own for staged files, invented IATI files, imports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stocktake.exchange import runs
from stocktake.exchange.iati.importer import IatiFormat
from stocktake.exchange.runs import Report
from stocktake.kernel.common.actors import System

Import = Callable[..., Report]


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    """Keep what is staged apart from other tests."""
    settings.STOCKTAKE_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def import_iati(system: System) -> Import:
    """Import IATI files as the operator does."""

    def run(*paths: Path, **options: Any) -> Report:
        return runs.import_files(system, IatiFormat(), list(paths), **options)

    return run
