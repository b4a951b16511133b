"""Somebody edits an activity again and again while a large file is imported beside them."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.drills.material import quantile
from tests.homes import Home

BAR_SECONDS = 2.0
"""How long an edit may take, 99 of 100 times."""


@dataclass(frozen=True)
class Editing:
    """The edits made while an import ran: seconds of each, and what was refused or lost.

    `silent_seconds` lie between the last edit and the end of the import.
    """

    seconds: list[float]
    refused: list[str]
    lost: list[str]
    summary: dict[str, Any]
    import_seconds: float
    silent_seconds: float

    @property
    def p99(self) -> float:
        """Seconds that 99 of 100 edits took at most."""
        return quantile(self.seconds, 0.99)

    @property
    def holds(self) -> bool:
        """Whether nobody waited too long and nothing was refused or lost."""
        is_whole = self.silent_seconds <= BAR_SECONDS + max(self.seconds, default=0.0)
        return is_whole and self.p99 <= BAR_SECONDS and not self.refused and not self.lost


def edit_beside_import(home: Home, file: Path) -> Editing:
    """Import a file while an editor works; only edits begun while the import ran count."""
    with tempfile.TemporaryFile("w+") as told:  # a pipe that nobody empties would stop the editor
        editor = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.editor"],
            env=home.environment,
            stdin=subprocess.PIPE,
            stdout=told,
            text=True,
        )
        try:
            _wait_until_ready(told.fileno(), editor)
            began = time.time()
            done = home.run("import", "iati", str(file), "--json")
            ended = time.time()
            editor.communicate(timeout=60)
        finally:
            editor.kill()
        assert editor.returncode == 0
        told.seek(0)
        _ready, *edits, logged = [json.loads(line) for line in told]
    beside = [edit for edit in edits if began <= edit[0] <= ended]
    return Editing(
        [seconds for _at, seconds, _title, _refused in beside],
        [refused for *_rest, refused in edits if refused],
        [title for *_rest, title, refused in edits if not refused and title not in logged],
        json.loads(done.stdout),
        ended - began,
        ended - max((at for at, *_rest in beside), default=began),
    )


def _wait_until_ready(output: int, editor: subprocess.Popen[str]) -> None:
    while os.fstat(output).st_size == 0:
        assert editor.poll() is None
        time.sleep(0.05)
