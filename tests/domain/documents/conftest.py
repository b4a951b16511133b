"""Makers of invented documents, and an empty folder of the search."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import create_document, write_provisions
from stocktake.kernel.search import readers
from stocktake.kernel.search.folders import Folders, folders
from stocktake.lib.multilingual import Text

Made = Callable[..., Document]


@pytest.fixture
def make(system: Any) -> Made:
    """Make a document with a symbol and a paragraph for each path that is named."""

    def made(symbol: str, *paths: str, **values: Any) -> Document:
        title = Text.of("en", f"Text of {symbol}").to_json()
        document = create_document(system, {"symbols": [symbol], "title": title, **values})
        rows = [
            {"path": path, "role": role_of(path), "position": place, "parent": parent_of(path)}
            for place, path in enumerate(paths)
        ]
        write_provisions(system, document, rows)
        return document

    return made


def role_of(path: str) -> str:
    """Say what a path of the makers is: `para/2/a` a task under `para/2`."""
    if path.startswith("preamble/"):
        return "preambular"
    return "task" if _is_below(path) else "operative"


def parent_of(path: str) -> str:
    """Give the paragraph that a sub-paragraph stands under."""
    return path.rpartition("/")[0] if _is_below(path) else ""


def _is_below(path: str) -> bool:
    return path.startswith("para/") and path.count("/") > 1


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Iterator[Folders]:
    """An empty folder of the search."""
    settings.STOCKTAKE_SEARCH_DIR = tmp_path / "search"
    readers.forget()
    yield folders()
    readers.forget()
