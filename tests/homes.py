"""Whole installations for tests that need real commits, several processes or a running server.

A template is prepared once a session; each test gets a copy: of the folder, and on PostgreSQL of
the database as well. Nothing is ever flushed, since the log refuses that.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg


@dataclass
class Home:
    """One installation: its folder, its database, and the commands run in it."""

    path: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment that its commands run in."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        told = {"STOCKTAKE_HOME": str(self.path), "PYTHONUNBUFFERED": "1", **self.extra}
        if self.database_url:
            told["DATABASE_URL"] = self.database_url
        return {**kept, **told}

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one `stocktake` command to its end."""
        done = subprocess.run(
            command(*arguments), env=self.environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stderr}")
        return done

    def python(self, code: str) -> str:
        """Run Python code with Django set up, and give what it prints."""
        setup = (
            "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'stocktake.config.settings'\n"
            "import django; django.setup()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", setup + code],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(done.stderr)
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start one `stocktake` command in a process group of its own."""
        return subprocess.Popen(
            command(*arguments),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve the site while the context lasts; gives its address."""
        port = free_port()
        process = self.start("up", "--port", str(port))
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address + "/health/", process)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def command(*arguments: str) -> list[str]:
    """Give the command line of a `stocktake` command."""
    return [sys.executable, "-m", "stocktake.cli", *arguments]


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[str], *, seconds: float = 60) -> None:
    """Wait until an address answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"The server ended: {process.stdout and process.stdout.read()}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer within {seconds} s.")


def wait_for_answer(address: str, *, seconds: float = 20) -> None:
    """Wait until an address answers, whoever serves it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer within {seconds} s.")


@contextmanager
def listening(port: int) -> Iterator[None]:
    """Occupy a port while the context lasts."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        yield


def make_template(folder: Path, *, sample: bool) -> Home:
    """Prepare an installation that others are copied from."""
    extra = {"STOCKTAKE_SAMPLE": "true" if sample else "false"}
    home = Home(folder, _new_database("template"), extra)
    home.run("prepare")
    return home


def copy_of(template: Home, folder: Path) -> Home:
    """Copy an installation, its database included."""
    shutil.copytree(template.path, folder)
    (folder / "prepared.json").unlink(missing_ok=True)
    url = _new_database("copy", of=template.database_url)
    home = Home(folder, url, dict(template.extra))
    prepared = template.path / "prepared.json"
    if prepared.exists() and not url:
        shutil.copy(prepared, folder)
    return home


def _new_database(purpose: str, *, of: str = "") -> str:
    """Make a PostgreSQL database beside the one of the suite; empty on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return ""
    parts = urlsplit(url)
    name = f"{purpose}_{os.getpid()}_{time.monotonic_ns()}"
    target = f'CREATE DATABASE "{name}"'
    if of:
        target += f' TEMPLATE "{urlsplit(of).path.lstrip("/")}"'
    with psycopg.connect(
        host=unquote(parts.hostname or ""),
        user=parts.username,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(target)
    return urlunsplit(parts._replace(path=f"/{name}"))
