"""`stocktake import`, `iati`, `sample` and `activity` at the terminal, killed imports included."""

import json
import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from stocktake.cli import activity as activity_command
from stocktake.cli import iati as iati_command
from stocktake.cli import import_ as import_command
from stocktake.cli import sample as sample_command
from stocktake.cli.main import stocktake_command
from stocktake.domain.activities.models import Activity
from tests import factories
from tests.exchange.material import many, write_iati
from tests.homes import Home


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """Keep what is staged apart from other tests."""
    settings.STOCKTAKE_HOME = tmp_path / "own"


def _run(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command.group, [str(argument) for argument in arguments])


def test_import_is_a_command_though_python_keeps_the_word() -> None:
    commands = stocktake_command.list_commands(None)  # type: ignore[arg-type]

    assert {"import", "iati", "sample", "activity"} <= set(commands)
    assert stocktake_command.get_command(None, "import") is import_command.group  # type: ignore[arg-type]


@pytest.mark.django_db
def test_import_iati_tells_one_summary_and_exit_code(tmp_path: Path) -> None:
    file = write_iati(tmp_path / "a.xml", *many(3), "<iati-activity/>")

    first = _run(import_command, "iati", file, "--json")
    second = _run(import_command, "iati", file)

    told = json.loads(first.stdout)
    assert {name: told[name] for name in ("files", "read", "created", "skipped", "state")} == {
        "files": 1,
        "read": 4,
        "created": 3,
        "skipped": 1,
        "state": "done",
    }
    assert set(told["errors"][0]) == {"file", "line", "identifier", "field", "code", "message"}
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "3 unchanged, 1 left out" in second.stdout
    listed = _run(import_command, "list", "--json")
    assert json.loads(listed.stdout)["commands"] == [f"stocktake import undo {told['run']}"]
    assert _run(import_command, "undo", told["run"]).exit_code == 0
    assert Activity.objects.count() == 0


@pytest.mark.django_db
def test_import_table_takes_a_mapping_and_refuses_a_bad_one(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Was\nRadio\n")
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text('{"columns": {"Was": "title"}}')
    bad.write_text('{"columns": {"Was": "colour"}}')

    refused = _run(import_command, "table", table, "--mapping", bad)
    taken = _run(import_command, "table", table, "--mapping", good, "--json")

    assert refused.exit_code == 1
    assert "colour" in refused.stderr
    assert json.loads(taken.stdout)["created"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["table", "iati"])
def test_import_of_an_empty_folder_or_file_ends_in_a_sentence(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = tmp_path / "empty.csv"
    file.touch()

    nothing, empty = _run(import_command, kind, folder), _run(import_command, kind, file)

    assert (nothing.exit_code, empty.exit_code) == (1, 1)
    assert f"The folder {folder} holds no file to import" in nothing.stderr
    assert f"The file {file} is empty." in empty.stderr


@pytest.mark.django_db
def test_import_table_of_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes("Title\nمعلومات\n".encode("windows-1256"))

    unnamed = _run(import_command, "table", table)
    named = _run(import_command, "table", table, "--encoding", "windows-1256")
    wrong = _run(import_command, "table", table, "--encoding", "latin-99")

    assert [result.exit_code for result in (unnamed, named, wrong)] == [1, 0, 1]
    assert "t.csv:2" in unnamed.stderr
    assert "latin-99 is no encoding; name one of: windows-1256 (Arabic)" in wrong.stderr
    assert str(Activity.objects.get()) == "معلومات"


@pytest.mark.once
def test_iati_validate_gives_one_object_a_line(shared_data: Path) -> None:
    folder = shared_data / "iati" / "examples"

    result = _run(iati_command, "validate", folder, "--json")

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert {Path(each["file"]).name: each["valid"] for each in told} == {
        "activity-standard-example-annotated-2.03.xml": True,
        "cove-basic_iati_org_valid.xml": True,
        "cove-basic_iati_unordered_valid.xml": True,
        "cove-iati_openag_tag.xml": False,
        "organisation-standard-example-annotated-2.03.xml": True,
    }
    assert result.exit_code == 1


@pytest.mark.django_db
def test_sample_generate_enters_invented_entries_that_say_so(tmp_path: Path) -> None:
    first = _run(sample_command, "generate", 30, "--seed", 5)
    second = _run(sample_command, "generate", 40, "--seed", 5)
    written = _run(sample_command, "generate", 20, "--seed", 5, "--iati", tmp_path / "g.xml")

    assert "30 invented activities were added" in first.stdout
    assert "10 invented activities were added" in second.stdout
    assert written.exit_code == 0
    assert Activity.objects.filter(is_invented=True, origin="generated").count() == 40
    checked = _run(iati_command, "validate", tmp_path / "g.xml", "--json")
    assert json.loads(checked.stdout)["records"] == 20
    assert json.loads(checked.stdout)["valid"] is True


@pytest.mark.django_db
def test_activity_is_shown_edited_confirmed_and_withdrawn() -> None:
    made = factories.activity("Before")
    name = made.public_id

    edited = _run(
        activity_command, "edit", name, "--set", "title.fr=Après", "--set", 'languages=["fr"]'
    )
    confirmed = _run(activity_command, "confirm", name, "--on", "2026-01-02")
    withdrawn = _run(activity_command, "withdraw", name, "--reason", "Asked by its owner")
    shown = json.loads(_run(activity_command, "show", name).stdout)

    assert [edited.exit_code, confirmed.exit_code, withdrawn.exit_code] == [0, 0, 0]
    assert shown["title"]["values"] == {"en": "Before", "fr": "Après"}
    assert (shown["languages"], shown["last_confirmed_on"]) == (["fr"], "2026-01-02")
    assert (shown["state"], shown["version"]) == ("withdrawn", 4)
    assert _run(activity_command, "show", "A-00000000").exit_code == 1


_EXPORT = """
import json
from tests.exchange.material import record
print(json.dumps(record(), sort_keys=True))
"""


def _export(home: Home) -> Any:
    return json.loads(home.python(_EXPORT))


def _runs(home: Home) -> dict[str, Any]:
    told = home.run("import", "list", "--json").stdout.splitlines()
    return {run["run"]: run for run in map(json.loads, told)}


def _kill_at_work(home: Home, file: Path) -> Any:
    """Import a file, kill the import once it has begun to write, and give its run."""
    known = _begun(home)
    process = home.start("import", "iati", str(file), "--json")
    while process.poll() is None and not (fresh := _begun(home) - known):
        time.sleep(0.005)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return _runs(home)[fresh.pop()]


def _begun(home: Home) -> set[str]:
    """Read from the database itself, as a command would take longer than the import."""
    with closing(sqlite3.connect(home.path / "stocktake.sqlite3")) as connection:
        found = connection.execute("SELECT public_id FROM exchange_importrun")
        return {public_id for (public_id,) in found}


@pytest.mark.committed
@pytest.mark.once
def test_import_killed_without_warning_is_resumed_or_undone(home: Home, tmp_path: Path) -> None:
    file = write_iati(tmp_path / "a.xml", *many(2000))
    empty = _export(home)

    for ending, expected in (("undo", len(empty)), ("resume", 2000)):
        run = _kill_at_work(home, file)
        assert (run["state"], run["is_running"]) == ("applying", False)
        assert f"stocktake import {ending} {run['run']}" in run["commands"]
        home.run("import", ending, run["run"])
        assert len(_export(home)) == expected
    again = home.run("import", "iati", str(file), "--json")

    assert json.loads(again.stdout)["unchanged"] == 2000
    assert re.search("The log is whole", home.run("history", "verify").stdout)


@pytest.mark.committed
@pytest.mark.once
def test_memory_stays_flat_however_many_entries_a_file_holds(home: Home, tmp_path: Path) -> None:
    peaks = []
    for count in (200, 2500):
        home.run("sample", "generate", str(count), "--seed", str(count), "--iati",
                 str(tmp_path / "g.xml"))  # fmt: skip
        peaks.append(int(home.python(_PEAK % str(tmp_path / "g.xml")).split()[-1]))

    assert peaks[1] < 400
    assert peaks[1] - peaks[0] < 60


_PEAK = """
import re
from contextlib import closing
from pathlib import Path
from stocktake.exchange import runs
from stocktake.exchange.iati.importer import IatiFormat
from stocktake.kernel.common.actors import System
runs.import_files(System("test"), IatiFormat(), [Path(%r)])
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
