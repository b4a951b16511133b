"""A small folder of vocabularies to change at will, and fresh caches around each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from stocktake.kernel.vocabularies.snapshot import forget


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget the vocabularies before and after, as each test rolls its load back."""
    forget()
    yield
    forget()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped vocabularies."""
    for name in ("codelists", "geo"):
        shutil.copytree(Path(settings.STOCKTAKE_DATA_DIR) / name, tmp_path / name)
    return tmp_path
