"""A stranger's first minutes: clone, `./run`, the first page; then the second start.

Needs the network for packages. The clone holds what is committed, nothing else.
"""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.drills.material import PROJECT

_ADDRESS = re.compile(r"Stocktake is at (http://\S+)")
_LONGEST = 900.0
_KEPT = ("HOME", "LANG", "TMPDIR", "USER")
_KEPT_PREFIXES = ("PIP_", "UV_", "SSL_", "HTTP", "http", "NO_PROXY", "no_proxy", "REQUESTS_")


@dataclass(frozen=True)
class Start:
    """Seconds from the command to the address and to the first page, and how it stopped."""

    to_address: float
    to_page: float
    stopped_in: float
    exit_code: int
    title: str


@dataclass(frozen=True)
class Starting:
    """The start on a fresh clone and the one after it."""

    commit: str
    first: Start
    second: Start


def start_fresh(folder: Path, *, uv: Path | None) -> Starting:
    """Clone into a folder and start twice, with empty caches of packages.

    Args:
        uv: the program to put on the path; none is found there otherwise.
    """
    clone = folder / "stocktake"
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=clone, check=True, capture_output=True
    )
    environment = _environment(folder, uv)
    first, second = (_start(clone, environment) for _turn in range(2))
    return Starting(commit.stdout.decode().strip(), first, second)


def _environment(folder: Path, uv: Path | None) -> dict[str, str]:
    """Give the environment of somebody who has just come: no cache, no virtual environment."""
    told = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
    inside = os.environ.get("VIRTUAL_ENV", str(PROJECT / ".venv"))
    places = os.environ["PATH"].split(os.pathsep)
    own = (PROJECT / ".venv" / "bin", Path(inside) / "bin")
    path = [place for place in places if Path(place) not in own and not _has_uv(place)]
    if uv is not None:
        tools = folder / "tools"
        tools.mkdir()
        (tools / "uv").symlink_to(uv.resolve())
        path.insert(0, str(tools))
    caches = {"XDG_CACHE_HOME": "cache", "PIP_CACHE_DIR": "cache/pip", "UV_CACHE_DIR": "cache/uv"}
    return {
        **told,
        **{name: str(folder / place) for name, place in caches.items()},
        "PATH": os.pathsep.join(path),
    }


def _has_uv(place: str) -> bool:
    return shutil.which("uv", path=place) is not None


def _start(clone: Path, environment: dict[str, str]) -> Start:
    began = time.monotonic()
    with _running(clone, environment) as process:
        address = _address(process)
        to_address = time.monotonic() - began
        with urllib.request.urlopen(address, timeout=60) as answer:
            page = answer.read().decode()
        to_page = time.monotonic() - began
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title, page[:500]
    return Start(to_address, to_page, time.monotonic() - asked, code, title.group(1).strip())


@contextmanager
def _running(clone: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        ["./run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    """Read what `./run` says until it gives the address."""
    assert process.stdout is not None
    lines: list[str] = []
    until = time.monotonic() + _LONGEST
    for line in process.stdout:
        lines.append(line)
        found = _ADDRESS.search(line)
        if found:
            return found.group(1)
        if time.monotonic() > until:
            break
    raise AssertionError("".join(lines))
