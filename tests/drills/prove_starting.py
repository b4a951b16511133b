"""The drill of starting: a fresh clone to its first page, without uv and with it.

`uv` is taken from the variable UV or from the path; without either only pip is tried.
"""

import os
import shutil
import tempfile
from pathlib import Path

from tests.drills import starting
from tests.drills.prove import Proof

FULL = 1
BAR_FIRST = 60.0
BAR_SECOND = 3.0


def prove(times: int, seed: int) -> Proof:
    """Start fresh so many times each way; every start must hold."""
    figures: list[tuple[str, str]] = []
    holds = True
    given = os.environ.get("UV") or shutil.which("uv")
    for name, uv in (("python3 and git only", None), ("with uv", given)):
        if name == "with uv" and uv is None:
            figures.append((name, "not tried: uv is not installed"))
            continue
        for _turn in range(times):
            with tempfile.TemporaryDirectory(prefix="stocktake-drill-") as folder:
                found = starting.start_fresh(Path(folder), uv=Path(uv) if uv else None)
            figures += _figures(name, found)
            holds = holds and _holds(found)
    return Proof(
        "Starting from a fresh clone",
        f"`./run` on a fresh clone gives its first page within {BAR_FIRST:.0f} s with empty caches "
        f"of packages, and the same within {BAR_SECOND:.0f} s the second time",
        "one clone each way, packages from the index that pip is told of",
        seed,
        figures,
        holds,
    )


def _holds(found: starting.Starting) -> bool:
    is_clean = found.first.exit_code == found.second.exit_code == 0
    is_quick = found.first.to_page <= BAR_FIRST and found.second.to_page <= BAR_SECOND
    return is_clean and is_quick


def _figures(name: str, found: starting.Starting) -> list[tuple[str, str]]:
    told = []
    for which, start in (("first", found.first), ("second", found.second)):
        told += [
            (f"{name}, {which} start: until the address was printed", f"{start.to_address:.1f} s"),
            (f"{name}, {which} start: until the first page was read", f"{start.to_page:.1f} s"),
            (
                f"{name}, {which} start: stopped by Ctrl-C",
                f"exit code {start.exit_code} in {start.stopped_in:.1f} s",
            ),
        ]
    told.append((f"{name}: title of the first page", found.first.title))
    told.append((f"{name}: commit cloned", found.commit))
    return told
