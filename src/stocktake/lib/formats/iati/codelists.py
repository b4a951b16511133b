"""Codelists as values: which codes a list knows, and their English names."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Code:
    """A code of a list; `withdrawn` is the date of withdrawal, "yes" when undated, else ""."""

    code: str
    name: str = ""
    withdrawn: str = ""


@dataclass(frozen=True)
class Codelists:
    """Codelists by name, as IATI names them ("ActivityStatus", "Sector")."""

    lists: dict[str, dict[str, Code]] = field(default_factory=dict)

    @classmethod
    def from_csv(cls, text: str) -> "Codelists":
        """Read a table with the columns `list`, `code`, `withdrawn`, `name_en`.

        Raises:
            KeyError: a column is missing.
        """
        lists: dict[str, dict[str, Code]] = {}
        for row in csv.DictReader(io.StringIO(text)):
            code = Code(row["code"], row["name_en"], row["withdrawn"])
            lists.setdefault(row["list"], {})[code.code] = code
        return cls(lists)

    def has(self, name: str, code: str) -> bool:
        """True when the list knows the code, withdrawn or not; a list unknown here knows all."""
        return name not in self.lists or code in self.lists[name]

    def name_of(self, name: str, code: str) -> str:
        """Return the English name of a code, "" when none is held."""
        found = self.lists.get(name, {}).get(code)
        return found.name if found is not None else ""

    def codes(self, name: str) -> Iterable[str]:
        """Return the codes of a list, in its order."""
        return self.lists.get(name, {}).keys()
