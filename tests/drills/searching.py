"""The search compared with a plain computation over the record, and asked in six languages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.drills.looking import ask
from tests.homes import Home


@dataclass(frozen=True)
class Searching:
    """What `search verify` reported, and whether each language probe was found."""

    entries: int
    report: dict[str, Any]
    probes: dict[str, bool]

    @property
    def missed(self) -> list[str]:
        """The probes that were not found."""
        return [name for name, is_found in self.probes.items() if not is_found]

    @property
    def holds(self) -> bool:
        """Whether nothing differs and every probe was found."""
        return not self.report["differences"] and bool(self.probes) and not self.missed


def compare(home: Home, file: Path, *, queries: int, seed: int) -> Searching:
    """Import a file, ask the language probes of the index, and compare random queries."""
    told = ask(home, "compare", str(file), str(queries), str(seed))
    return Searching(told["created"], told["report"], told["probes"])
