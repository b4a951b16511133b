"""The drill of the search at full size, on both databases."""

import tempfile
import time
from pathlib import Path

from tests.drills import searching
from tests.drills.material import DATABASES, generated, installation, write_file
from tests.drills.prove import Proof

FULL = 20_000
_QUERIES_OF = 40
"""Entries for each query: 500 queries at the full size."""


def prove(size: int, seed: int) -> Proof:
    """Compare the search with the record on random queries."""
    figures: list[tuple[str, str]] = []
    holds = True
    queries = max(40, size // _QUERIES_OF)
    with tempfile.TemporaryDirectory(prefix="stocktake-drill-") as folder:
        file = Path(folder) / "generated.xml"
        write_file(file, generated(size, seed))
        for database in DATABASES:
            start = time.perf_counter()
            with installation(database) as home:
                found = searching.compare(home, file, queries=queries, seed=seed)
            figures += _figures(database, found, time.perf_counter() - start)
            holds = holds and found.holds and found.entries == size
    return Proof(
        "The search against the record",
        "hits, order and every facet count of random queries equal a plain computation over the "
        "record, and the eleven language probes are found",
        f"{queries} random queries at {size} generated activities on each database",
        seed,
        figures,
        holds,
    )


def _figures(database: str, found: searching.Searching, seconds: float) -> list[tuple[str, str]]:
    report = found.report
    done = len(found.probes) - len(found.missed)
    missed = f": missed {', '.join(found.missed)}" if found.missed else ""
    return [
        (f"{database}: queries compared", str(report["queries"])),
        (f"{database}: hits compared", str(report["hits"])),
        (f"{database}: facet counts compared", str(report["counts"])),
        (f"{database}: differences", "; ".join(report["differences"][:5]) or "0"),
        (f"{database}: language probes found", f"{done} of {len(found.probes)}{missed}"),
        (f"{database}: time with the import", f"{seconds:.0f} s"),
    ]
