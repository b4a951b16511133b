"""Drawings kept as files: drawn once, never trusted to be there, never more than a bound."""

from pathlib import Path
from typing import Any

import pytest

from stocktake.web import drawings


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """A cache of its own."""
    settings.STOCKTAKE_CACHE_DIR = tmp_path
    return tmp_path / "drawings"


def test_drawing_is_made_once_for_the_same_values(folder: Path) -> None:
    made: list[str] = []

    def draw() -> str:
        made.append("<svg/>")
        return made[-1]

    first, second = (drawings.kept({"rows": [("2007", 3)]}, draw) for _turn in range(2))
    other = drawings.kept({"rows": [("2007", 4)]}, draw)

    assert (first, second, other) == ("<svg/>", "<svg/>", "<svg/>")
    assert len(made) == 2
    assert len(list(folder.glob("*.svg"))) == 2


def test_drawing_is_given_when_it_cannot_be_kept(settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.STOCKTAKE_CACHE_DIR = blocked

    assert drawings.kept({"a": 1}, lambda: "<svg/>") == "<svg/>"


def test_oldest_drawings_go_when_there_are_too_many(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(drawings, "MOST_KEPT", 3)

    for number in range(6):
        drawings.kept({"number": number}, lambda: "<svg/>")

    assert len(list(folder.glob("*.svg"))) == 3
