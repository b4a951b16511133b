"""The drill of killing at full size, on both databases."""

import tempfile
from pathlib import Path

from tests.drills import killing
from tests.drills.material import DATABASES, installation, write_files
from tests.drills.prove import Proof

FULL = 50
_ENTRIES = 600
"""Activities of each imported file: three transactions."""


def prove(kills: int, seed: int) -> Proof:
    """Kill so many processes on each database."""
    figures: list[tuple[str, str]] = []
    holds = True
    importer = kills // 3
    worker = kills // 3
    plan = killing.Plan(kills - importer - worker, worker, importer)
    for database in DATABASES:
        with (
            tempfile.TemporaryDirectory(prefix="stocktake-drill-") as folder,
            installation(database, sample=True) as home,
            installation(database, sample=True) as control,
        ):
            files = write_files(Path(folder), 4 * importer + 4, _ENTRIES, seed)
            found = killing.kill(home, control, files, plan, seed)
        figures += _figures(database, found)
        holds = holds and found.holds and found.kills.total() == kills
    return Proof(
        "Killing web, worker and importer",
        "no acknowledged edit is lost or written twice, no record is half written, the log is "
        "whole, the search equals the record, and each interrupted import is resumed or undone to "
        "the same record as an uninterrupted one",
        f"{kills} processes killed with no warning on each database, files of {_ENTRIES} "
        "activities, three visitors who edit through the web form without a pause",
        seed,
        figures,
        holds,
    )


def _figures(database: str, found: killing.Killing) -> list[tuple[str, str]]:
    faults = {
        "acknowledged edits lost": found.lost,
        "edits written twice": found.twice,
        "edits refused": found.told.faults,
        "records that differ from the log (half entries)": found.halves,
        "faults of the log": found.log_faults,
        "differences between search and record": found.search_differences,
        "differences from an uninterrupted import": found.import_differences,
        "processes left running after the stop": [str(pid) for pid in found.left_running],
    }
    return [
        (f"{database}: killed", _told(found.kills)),
        (f"{database}: edits acknowledged", str(found.told.count)),
        (f"{database}: answers to the visitors", _told(found.told.answers)),
        (f"{database}: longest time without an acknowledgement", f"{found.told.longest_gap:.1f} s"),
        (f"{database}: interrupted imports", _told(found.endings)),
        (f"{database}: imported activities compared", str(found.imported)),
        *((f"{database}: {what}", _first(those)) for what, those in faults.items()),
    ]


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{what} {number}" for what, number in sorted(counts.items()))


def _first(those: list[str]) -> str:
    return f"{len(those)}: {'; '.join(those[:3])[:600]}" if those else "0"
