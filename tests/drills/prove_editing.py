"""The drill of editing beside an import at full size, on both databases."""

import tempfile
from pathlib import Path

from tests.drills import editing
from tests.drills.material import DATABASES, generated, installation, quantile, write_file
from tests.drills.prove import Proof

FULL = 200_000


def prove(size: int, seed: int) -> Proof:
    """Edit beside one large import on each database."""
    figures: list[tuple[str, str]] = []
    holds = True
    with tempfile.TemporaryDirectory(prefix="stocktake-drill-") as folder:
        file = Path(folder) / "generated.xml"
        write_file(file, generated(size, seed))
        for database in DATABASES:
            with installation(database) as home:
                found = editing.edit_beside_import(home, file)
            figures += _figures(database, found)
            holds = holds and found.holds and found.summary["created"] == size
    return Proof(
        "Editing beside an import",
        f"99 of 100 edits take at most {editing.BAR_SECONDS:.0f} s while a large file is imported, "
        "and none is refused or lost",
        f"{size} generated activities, an edit every 50 ms",
        seed,
        figures,
        holds,
    )


def _figures(database: str, found: editing.Editing) -> list[tuple[str, str]]:
    steps = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0))
    told = ", ".join(f"{name} {quantile(found.seconds, share):.3f} s" for name, share in steps)
    return [
        (f"{database}: edits beside the import", str(len(found.seconds))),
        (
            f"{database}: from the last of them to the end of the import",
            f"{found.silent_seconds:.2f} s",
        ),
        (f"{database}: an edit took", told),
        (f"{database}: refused", "; ".join(found.refused[:5]) or "0"),
        (f"{database}: acknowledged and lost", "; ".join(found.lost[:5]) or "0"),
        (
            f"{database}: imported meanwhile",
            f"{found.summary['created']} activities in {found.import_seconds:.0f} s",
        ),
    ]
