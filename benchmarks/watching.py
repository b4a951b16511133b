"""Watches the memory and processor time of a running process and its children from outside."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_EVERY_SECONDS = 0.2


@dataclass
class Watch:
    """What was seen of a process and its children, added up.

    `resident` are bytes over time; what processes share is counted for each. `cpu` are seconds.
    """

    resident: list[int] = field(default_factory=list)
    peak: int = 0
    _seconds: dict[int, float] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def of(cls, pid: int) -> Iterator[Self]:
        """Watch a process while the context lasts or until it ends."""
        watch, stop = cls(), threading.Event()
        thread = threading.Thread(target=watch._run, args=(pid, stop), daemon=True)
        thread.start()
        try:
            yield watch
        finally:
            stop.set()
            thread.join()

    @property
    def peak_text(self) -> str:
        """The peak in megabytes."""
        return f"{self.peak / 1e6:.0f} MB"

    @property
    def course(self) -> str:
        """Resident megabytes at four moments: at each the most of the time since the one before."""
        size = len(self.resident)
        parts = [self.resident[size * part // 4 : size * (part + 1) // 4] for part in range(4)]
        return ", ".join(f"{max(part) / 1e6:.0f}" for part in parts if part) + " MB"

    @property
    def cpu(self) -> float:
        """Processor seconds of all."""
        return sum(self._seconds.values())

    def _run(self, pid: int, stop: threading.Event) -> None:
        while self._look(pid) and not stop.wait(_EVERY_SECONDS):
            pass

    def _look(self, session: int) -> bool:
        """Read how each process of a session stands; says whether any is left."""
        resident = peak = 0
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                now, most = self._read(folder, session)
                resident, peak = resident + now, peak + most
        if not resident:
            return False
        self.resident.append(resident)
        self.peak = max(self.peak, peak)
        return True

    def _read(self, folder: Path, session: int) -> tuple[int, int]:
        """Give the resident bytes of a process now and at most, if it is of the session."""
        try:
            told = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(told[3]) != session:
                return 0, 0
            lines = (folder / "status").read_text().splitlines()
        except OSError:
            return 0, 0
        ticks = int(told[11]) + int(told[12])
        self._seconds[int(folder.name)] = ticks / os.sysconf("SC_CLK_TCK")
        status = dict(line.split(":", 1) for line in lines if ":" in line)
        if "VmHWM" not in status:  # it has ended and waits to be collected
            return 0, 0
        return 1024 * int(status["VmRSS"].split()[0]), 1024 * int(status["VmHWM"].split()[0])
