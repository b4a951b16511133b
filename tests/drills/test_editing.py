"""The drill of editing beside an import, small."""

from pathlib import Path

import pytest

from tests.drills import editing
from tests.drills.material import PROJECT, generated, write_file
from tests.homes import Home


@pytest.mark.committed
def test_edits_beside_an_import_are_neither_refused_nor_slow(home: Home, tmp_path: Path) -> None:
    home.extra["PYTHONPATH"] = str(PROJECT)
    file = tmp_path / "generated.xml"
    write_file(file, generated(1_500, seed=7))

    found = editing.edit_beside_import(home, file)

    assert found.summary["created"] == 1_500
    assert len(found.seconds) > 10
    assert found.refused == []
    assert found.lost == []
    assert found.p99 <= editing.BAR_SECONDS
    assert found.holds
