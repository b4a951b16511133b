"""Kill -9 of an indexer in the middle of its commits: nothing acknowledged is lost."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import tantivy

from stocktake.kernel.search.folders import damaged_files
from stocktake.kernel.search.readers import read_state

_KILLS = int(os.environ.get("STOCKTAKE_DRILL_KILLS", "4"))
_ACTIVITIES = 30

_PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from stocktake.kernel.common.actors import System
from stocktake.kernel.vocabularies.services import load_vocabularies
load_vocabularies(System("test"))
"""

_WRITE = """
import time
from tests import factories
owner = factories.organization("Invented network of telecentres")
made = []
for number in range({count}):
    made.append(factories.activity(f"Invented entry {{number}} on rural networks", owner=owner))
    print(number, flush=True)
    time.sleep(0.2)
"""

_COMMIT = """
from stocktake.kernel.search import declarations
from stocktake.kernel.search.folders import folders
from stocktake.kernel.search.readers import State
from stocktake.kernel.search.writing import IndexWriter
from tests.kernel.search.conftest import Notes, titled
notes = Notes()
with declarations.only(notes.declaration()):
    store = folders()
    folder = store.live() or store.create({})
    with IndexWriter(folder, is_new=store.live() is None) as writer:
        store.go_live(folder)
        number = max(0, writer.state.number)
        while True:
            number += 1
            ids = [f"N-{number:06}", f"M-{number // 2:06}"]
            notes.add(*(titled(each, f"Note {number}", colours=("red",)) for each in ids))
            writer.replace(declarations.declaration("note"), ids)
            writer.commit(State(number, ""))
            print(number, flush=True)
"""

_SETUP = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "stocktake.config.settings"
import django
django.setup()
"""


def run(script: str, home: Path) -> subprocess.Popen[str]:
    project = Path(__file__).parents[3]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "STOCKTAKE_HOME": str(home),
        "PYTHONPATH": f"{project / 'src'}{os.pathsep}{project}",
    }
    return subprocess.Popen(
        [sys.executable, "-c", _SETUP + script],
        env=environment,
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a database of its own, which other processes share."""
    assert run(_PREPARE, tmp_path).wait(timeout=120) == 0
    return tmp_path


@pytest.mark.once
def test_indexer_killed_again_and_again_loses_nothing(home: Path) -> None:
    chance = random.Random(11)
    writer = run(_WRITE.format(count=_ACTIVITIES), home)
    kills = 0
    while writer.poll() is None or kills < _KILLS:
        indexer = run("from stocktake.cli.main import main\nmain(['search', 'follow'])", home)
        with contextlib.suppress(subprocess.TimeoutExpired):
            indexer.wait(timeout=1.5 + 1.5 * chance.random())
        indexer.send_signal(signal.SIGKILL)
        indexer.wait()
        kills += 1
    acknowledged = writer.stdout.read().split() if writer.stdout else []

    report = answer("['search', 'verify', '--queries', '40', '--json']", home)
    found = answer("['search', 'status', '--thorough', '--json']", home)

    assert len(acknowledged) == _ACTIVITIES
    assert (report["queries"], report["differences"]) == (40, [])
    assert (found["problem"], found["behind"]) == ("", 0)
    assert found["records"]["activity"] == _ACTIVITIES
    assert found["records"]["organization"] == 1


def test_writer_killed_while_it_commits_keeps_every_commit(tmp_path: Path) -> None:
    chance = random.Random(5)
    folder = tmp_path / "search" / "index-000001"
    for _ in range(_KILLS):
        process = run(_COMMIT, tmp_path)
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline())]
        threading.Timer(0.6 * chance.random(), process.kill).start()
        acknowledged += [int(line) for line in process.stdout]
        process.wait()

        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        number = read_state(searcher, index.schema).number

        assert damaged_files(folder) == []
        assert number in (acknowledged[-1], acknowledged[-1] + 1)
        assert searcher.num_docs == number + (number // 2 + 1) + 1


def answer(arguments: str, home: Path) -> Any:
    process = run(f"from stocktake.cli.main import main\nmain({arguments})", home)
    output, _ = process.communicate(timeout=120)
    return json.loads(output)
