"""The invented framework, and fresh caches around each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stocktake.domain.frameworks import queries


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget the elements before and after, as each test rolls its load back."""
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def invented() -> Path:
    """A folder with a process, a framework of three levels and mappings, all invented."""
    return Path(__file__).parents[2] / "data" / "frameworks" / "invented"
