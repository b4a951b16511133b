"""The drill of the ledger at full size, on both databases."""

from tests.drills import ledger
from tests.drills.ledger import LIMIT, MOST_QUERIES, Measured
from tests.drills.material import DATABASES, PROJECT, installation
from tests.drills.prove import Proof

FULL = 50_000
_SMALL = 400


def prove(size: int, seed: int) -> Proof:
    """Read every page of a small ledger and of a large one."""
    figures: list[tuple[str, str]] = []
    holds = True
    for database in DATABASES:
        with installation(database) as home:
            home.extra["PYTHONPATH"] = str(PROJECT)
            small = ledger.measure(home, _SMALL, seed)
            large = ledger.measure(home, size, seed + 1)
        figures += _figures(database, small, large)
        holds = holds and small.holds and large.holds and large.asks >= size
    return Proof(
        "The ledger of many asks",
        f"every page of the ledger takes at most {LIMIT:,} bytes over the wire with its style "
        f"sheet and script, and asks the database at most {MOST_QUERIES} times at any size",
        f"{size:,} invented asks on each database, against {_SMALL} asks",
        seed,
        figures,
        holds,
    )


def _figures(database: str, small: Measured, large: Measured) -> list[tuple[str, str]]:
    before = small.queries()
    rows = [(f"{database}: asks, rows of the ledger", f"{large.asks:,}, {large.rows:,}")]
    for page in large.pages:
        few = before[page.name, page.language]
        figure = (
            f"{page.size:,} bytes, {page.queries} queries ({few} when small), "
            f"{page.seconds * 1000:.0f} ms"
        )
        rows.append((f"{database}: {page.name} ({page.language})", figure))
    return rows
