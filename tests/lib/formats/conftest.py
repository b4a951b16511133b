"""Fixtures of the format tests: our samples, the real files unpacked, a child that is measured."""

import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "data"
_TAIL = r"""
import re
import resource
from pathlib import Path
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime)
# The peak of this program alone; `ru_maxrss` may be that of the process that started it.
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Unpack an archive of the shared data once a session; return the folder."""
    folders: dict[Path, Path] = {}

    def unpack(archive: Path) -> Path:
        if archive not in folders:
            folder = tmp_path_factory.mktemp(archive.name.split(".")[0])
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
            folders[archive] = folder
        return folders[archive]

    return unpack


@pytest.fixture
def measured() -> Callable[[str, str], tuple[str, int]]:
    """Run Python source in a child; return its output and peak memory in MB.

    Asserts that it took at most 5 s of processor time: the machine may be shared, so that the
    time on the wall is only capped.
    """

    def run(source: str, argument: str) -> tuple[str, int]:
        command = [sys.executable, "-c", source + _TAIL, argument]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        *lines, seconds, peak = done.stdout.splitlines()
        assert float(seconds) <= 5
        return "\n".join(lines), int(peak)

    return run
