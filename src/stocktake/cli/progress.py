"""A bar on the terminal while a long command works; silent where nobody watches."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

_WORDS = {
    "checking": "Checking",
    "applying": "Applying",
    "undoing": "Undoing",
    "generating": "Inventing",
}


class Progress:
    """Shows one bar a phase on standard error, when that is a terminal."""

    def __init__(self) -> None:
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def tell(self, phase: str, done: int, total: int) -> None:
        """Move the bar of a phase."""
        if phase not in self._tasks:
            self._tasks[phase] = self._bars.add_task(_WORDS.get(phase, phase), total=total)
        self._bars.update(self._tasks[phase], completed=done, total=total)
