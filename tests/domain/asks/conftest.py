"""People and an empty folder of the search."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.search import readers
from stocktake.kernel.search.folders import Folders, folders
from tests import factories


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Iterator[Folders]:
    """An empty folder of the search."""
    settings.STOCKTAKE_SEARCH_DIR = tmp_path / "search"
    readers.forget()
    yield folders()
    readers.forget()


@pytest.fixture
def bureau(db: None) -> Organization:
    """An organization that is asked."""
    return factories.organization("Invented bureau", acronym="IB")


@pytest.fixture
def clara(bureau: Organization) -> Any:
    """Clara, who edits for the bureau."""
    return factories.user(role="editor", scope_kind="organization", scope_id=bureau.public_id)


@pytest.fixture
def dora(db: None) -> Any:
    """Dora, a second person of the secretariat."""
    return factories.user(role="secretariat")
