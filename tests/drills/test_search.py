"""The drill of the search, small."""

from pathlib import Path

import pytest

from tests.drills import searching
from tests.drills.material import PROJECT, generated, write_file
from tests.homes import Home


@pytest.mark.committed
def test_search_equals_the_record_and_finds_every_language(home: Home, tmp_path: Path) -> None:
    home.extra["PYTHONPATH"] = str(PROJECT)
    file = tmp_path / "generated.xml"
    write_file(file, generated(300, seed=5))

    found = searching.compare(home, file, queries=40, seed=5)

    assert found.entries == 300
    assert (found.report["queries"], found.report["differences"]) == (40, [])
    assert found.report["hits"] > 0
    assert len(found.probes) == 11
    assert found.missed == []
