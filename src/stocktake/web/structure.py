"""The processes and frameworks as pages arrange them; which comes first is decided by data."""

import re
from dataclasses import dataclass

from stocktake.domain.frameworks import queries as frameworks
from stocktake.domain.frameworks.models import Framework, Process
from stocktake.domain.frameworks.queries import ElementFacts
from stocktake.web.environment import english
from stocktake.web.parts import Link, Value

_ADDRESS = re.compile(r"https?://[^\s,;()]+[^\s,;.:()]")
_MOST_ROWS = 40


@dataclass(frozen=True)
class Structure:
    """All frameworks in force, those of the first process at the start."""

    frameworks: tuple[Framework, ...]

    @property
    def main(self) -> Framework | None:
        """The first framework of the first process: what home and country pages show."""
        return self.frameworks[0] if self.frameworks else None

    @property
    def process(self) -> Process | None:
        """The process that the register follows up first."""
        return self.main.process if self.main else None

    def of_process(self) -> list[Framework]:
        """List the frameworks of the first process."""
        process = self.process
        return [each for each in self.frameworks if process and each.process == process]

    def framework(self, code: str) -> Framework | None:
        """Find a framework by its code."""
        return next((each for each in self.frameworks if each.public_id == code), None)


def structure() -> Structure:
    """Read the frameworks in force: by process, those without one last."""
    found = list(frameworks.frameworks())
    found.sort(key=lambda each: (each.process is None, _place(each.process)))
    return Structure(tuple(found))


def _place(process: Process | None) -> tuple[int, str]:
    return (process.position, process.public_id) if process else (0, "")


def top_elements(framework: str) -> list[ElementFacts]:
    """List the elements of a framework that stand at its top."""
    return [facts for facts in frameworks.elements_of(framework) if not facts.parent]


def shown_elements(framework: str) -> list[ElementFacts]:
    """List the elements that a matrix or bars have room for: all, or those at the top."""
    found = frameworks.elements_of(framework)
    return found if len(found) <= _MOST_ROWS else top_elements(framework)


def sourced(text: str) -> Value:
    """Make the name of a source a link where it holds an address."""
    address = _ADDRESS.search(text)
    if address is None:
        return english(text)
    name = (text[: address.start()] + text[address.end() :]).replace(" ()", "").strip(" ,;.")
    return Link(english(name) or address.group(), address.group())
