"""Watches the memory and processor time of a running process from outside."""

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
    """What was seen of a process: resident bytes over time, their peak, processor seconds."""

    resident: list[int] = field(default_factory=list)
    peak: int = 0
    cpu: float = 0.0

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

    def _run(self, pid: int, stop: threading.Event) -> None:
        while self._look(pid) and not stop.wait(_EVERY_SECONDS):
            pass

    def _look(self, pid: int) -> bool:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            times = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return False
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        if "VmHWM" not in told:  # it has ended and waits to be collected
            return False
        self.peak = max(self.peak, 1024 * int(told["VmHWM"].split()[0]))
        self.resident.append(1024 * int(told["VmRSS"].split()[0]))
        self.cpu = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
        return True
