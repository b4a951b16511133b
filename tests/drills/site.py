"""A running site whose processes can be found and killed."""

import contextlib
import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.homes import Home, free_port, wait_for

_LINK = re.compile(r"https?://\S+/desk/sign-in/\S+")


class Site:
    """`stocktake up` in an installation with the sample."""

    def __init__(self, home: Home) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.link = ""
        self.lines: list[str] = []
        self._process = home.start("up", "--port", str(self.port))
        self._has_link = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        wait_for(self.address + "/health/", self._process, seconds=120)
        if not self._has_link.wait(60):
            raise AssertionError("".join(self.lines))

    def kill_web(self, chance: random.Random) -> str:
        """Kill the web process, one of those that answer, or all of them; says which."""
        web = self._child("granian")
        answering = _children(web)
        kind = chance.choice(["parent", "one that answers", "all"] if answering else ["all"])
        if kind == "parent":
            _kill(web)
        elif kind == "one that answers":
            _kill(chance.choice(answering))
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(web, signal.SIGKILL)
        return kind

    def kill_worker(self) -> None:
        """Kill the process that follows the log."""
        _kill(self._child("worker"))

    def stop(self) -> list[str]:
        """Stop the site as Ctrl-C does; gives what is left running, which is ended then."""
        before = self._all()
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
        left = {pid: _command(pid) for pid in {*before, *self._listening()} if _is_alive(pid)}
        for pid in left:
            _kill(pid)
        return [f"{pid} {command}".replace("\0", " ") for pid, command in left.items()]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line)
            found = _LINK.search(line)
            if found:
                self.link = found.group()
                self._has_link.set()

    def _child(self, word: str) -> int:
        """Give the process of the site whose command holds a word, once it is there."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for pid in _children(self._process.pid):
                if word in _command(pid):
                    return pid
            time.sleep(0.05)
        raise AssertionError(f"No {word} is running: {''.join(self.lines[-20:])}")

    def _all(self) -> list[int]:
        children = _children(self._process.pid)
        return [*children, *(pid for child in children for pid in _children(child))]

    def _listening(self) -> list[int]:
        """List processes of this port that lost their parent."""
        word = f"--port\0{self.port}\0"
        return [pid for pid in _processes() if word in _command(pid)]


def _processes() -> Iterator[int]:
    yield from (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ["Z", "0"]


def _children(parent: int) -> list[int]:
    found = ((pid, _stat(pid)) for pid in _processes())
    return [pid for pid, told in found if int(told[1]) == parent and told[0] != "Z"]


def _is_alive(pid: int) -> bool:
    return _stat(pid)[0] != "Z"


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
