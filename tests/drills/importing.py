"""Imports that are killed at random moments and then resumed, undone or begun again."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.drills.material import write_revision
from tests.homes import Home

_LONGEST = 600.0


@dataclass
class Imports:
    """Imports of one installation, one after another: what was killed and how it ended."""

    home: Home
    files: list[Path]
    chance: random.Random
    kept: list[Path] = field(default_factory=list)
    endings: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    seconds: float = 1.0

    def run(self, kills: int) -> None:
        """Import file after file until so many processes were killed at work."""
        while self.kills < kills:
            self._import(self._next(), kills)

    def _next(self) -> Path:
        """Give a file that was not imported yet: a new one, or now and then a revision."""
        seen = {file.name for file in self.kept}
        open_ones = [file for file in self.kept if f"revised-{file.name}" not in seen]
        originals = [file for file in open_ones if not file.name.startswith("revised-")]
        if originals and self.chance.random() < 0.4:
            file = self.chance.choice(originals)
            revised = file.with_name(f"revised-{file.name}")
            write_revision(file, revised)
            return revised
        return self.files.pop(0)

    def _import(self, file: Path, kills: int) -> None:
        run = self._begin(file, is_to_be_killed=True)
        if run is None:
            return
        while True:
            state = _states(self.home).get(run)
            if state is None:
                self.endings["begun again"] += 1
                self._begin(file, is_to_be_killed=False)
                return
            if state in ("done", "undone"):
                break
            command = "undo" if state == "undoing" else self.chance.choice(["resume", "undo"])
            may_kill = self.kills < kills and self.chance.random() < 0.3
            self._go_on(command, run, is_to_be_killed=may_kill)
        self.endings["resumed" if state == "done" else "undone"] += 1
        if state == "done":
            self.kept.append(file)
        else:
            self.files.append(file)

    def _begin(self, file: Path, *, is_to_be_killed: bool) -> str | None:
        """Import a file; gives its run when it was killed, None when it came to its end."""
        before = self._staged()
        process = self.home.start("import", "iati", str(file), "--json")
        until = time.monotonic() + _LONGEST
        while not (fresh := self._staged() - before):
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(process.communicate()[0])
            time.sleep(0.01)
        if self._is_killed(process, is_to_be_killed):
            return fresh.pop()
        self.kept.append(file)
        return None

    def _go_on(self, command: str, run: str, *, is_to_be_killed: bool) -> None:
        process = self.home.start("import", command, run, "--json")
        self._is_killed(process, is_to_be_killed)

    def _is_killed(self, process: subprocess.Popen[str], is_to_be_killed: bool) -> bool:
        """Kill a process at a random moment of its work, or let it end well."""
        start = time.monotonic()
        if is_to_be_killed:
            self._wait_for_a_moment(process)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        told, _ = process.communicate(timeout=_LONGEST)
        if process.returncode == -signal.SIGKILL:
            self.kills += 1
            return True
        if process.returncode:
            raise AssertionError(told)
        self.seconds = (self.seconds + time.monotonic() - start) / 2
        return False

    def _wait_for_a_moment(self, process: subprocess.Popen[str]) -> None:
        """Wait for any moment, or more often for one when something is written already."""
        if self.chance.random() < 0.7:
            before = _runs_written(self.home)
            while process.poll() is None and _runs_written(self.home) == before:
                time.sleep(0.01)
            time.sleep(self.chance.uniform(0, self.seconds / 3))
        else:
            time.sleep(self.chance.uniform(0, self.seconds))

    def _staged(self) -> set[str]:
        return {file.stem for file in (self.home.path / "imports").glob("*.jsonl")}


def _states(home: Home) -> dict[str, str]:
    """Give the state of each run."""
    return dict(_rows(home, "SELECT public_id, state FROM exchange_importrun"))


def _runs_written(home: Home) -> list[tuple[str, int]]:
    """Give how far each run has come."""
    return _rows(home, "SELECT state, position FROM exchange_importrun ORDER BY id")


def _rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    """Read the database itself, without a process of its own."""
    if home.database_url:
        with psycopg.connect(home.database_url) as connection:
            return connection.execute(query).fetchall()
    file = f"file:{home.path / 'stocktake.sqlite3'}?mode=ro"
    with contextlib.closing(sqlite3.connect(file, uri=True)) as connection:
        return connection.execute(query).fetchall()
