"""The drill of killing, small: the site and the importer each in a test of its own."""

from pathlib import Path

import pytest

from tests import homes
from tests.drills import killing
from tests.drills.material import PROJECT, write_files


def _pair(template: homes.Home, folder: Path) -> tuple[homes.Home, homes.Home]:
    home = homes.copy_of(template, folder / "home")
    control = homes.copy_of(template, folder / "control")
    for each in (home, control):
        each.extra |= {"PYTHONPATH": str(PROJECT), "STOCKTAKE_WEB_WORKERS": "1"}
    return home, control


@pytest.mark.committed
def test_killing_web_and_worker_loses_no_acknowledged_edit(
    sample_template: homes.Home, tmp_path: Path
) -> None:
    home, control = _pair(sample_template, tmp_path)
    plan = killing.Plan(web=1, worker=1, importer=0, queries=10, pause=1.0)

    found = killing.kill(home, control, [], plan, seed=9)

    assert found.kills.total() == 2
    assert found.told.count > 3
    assert found.told.faults == []
    assert (found.lost, found.twice, found.halves) == ([], [], [])
    assert (found.log_faults, found.search_differences) == ([], [])
    assert found.left_running == []


@pytest.mark.committed
def test_killing_the_importer_leaves_what_an_uninterrupted_one_does(
    empty_template: homes.Home, tmp_path: Path
) -> None:
    home, control = _pair(empty_template, tmp_path)
    files = write_files(tmp_path, 5, 420, seed=11)
    plan = killing.Plan(web=0, worker=0, importer=1, queries=10)

    found = killing.kill(home, control, files, plan, seed=9)

    assert found.kills["importer"] == 1
    assert found.endings.total() == 1  # resumed, undone or begun again: the moment is random
    assert found.import_differences == []
    assert (found.halves, found.log_faults, found.search_differences) == ([], [], [])
