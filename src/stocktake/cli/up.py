"""`stocktake up`: prepare what is not there yet, then serve: web and worker from one command."""

import contextlib
import ctypes
import ipaddress
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import click
import django
from django.conf import settings

from stocktake.cli import fingerprints

logger = logging.getLogger(__name__)

_ATTEMPTS = 100
_PR_SET_PDEATHSIG = 1
_SECONDS_TO_STOP = 10.0
_SECONDS_AHEAD = 1.0
"""How long the web has the machine to itself: the first visitor is there, the worker can wait."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port; the next free one is taken.")
def group(host: str, port: int) -> None:
    """Prepare, start web and worker together, print the address; Ctrl-C stops both."""
    port = _free_port(host, port)
    if not _is_loopback(host):
        click.echo(
            "This address can be reached from outside: put nginx with request buffering in front, "
            "or half-sent requests can stop the site (docs/how-to/run-in-public.md)."
        )
    children = Children(
        {
            "web": [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("--host", host, "--port", str(port)),
                *("--workers", str(settings.STOCKTAKE_WEB_WORKERS), "--blocking-threads", "4"),
                *("--respawn-failed-workers", "--log-level", "error"),
                "stocktake.config.wsgi:application",
            ],
            "worker": [sys.executable, "-m", "stocktake.cli", "worker"],
        }
    )
    address = f"http://{_name_of(host)}:{port}"
    with children:
        if fingerprints.is_prepared():
            children.start("web")  # it reads its code while this process looks what is to be done
        if _prepare():
            children.stop("web")
            children.start("web")
        children.heed_signals()
        if children.wait_until_answering(host, port):
            click.echo(f"Stocktake is at {address}/")
            _offer_sign_in(address, host)
            click.echo("Stop it with Ctrl-C.")
        time.sleep(_SECONDS_AHEAD)
        children.start("worker")
        children.watch()


class Children:
    """The two processes: started together, started again when one dies, stopped together.

    Each leads a process group of its own, so that what it started dies with it; and each is told
    by the kernel when this process is gone, however that came about.
    """

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self._commands = commands
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._is_stopping = False

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop(*self._running)

    def heed_signals(self) -> None:
        """From here on Ctrl-C ends the watch; before, it interrupts whatever is being done."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def wait_until_answering(self, host: str, port: int) -> bool:
        """Wait until the web process answers a request, at most 30 seconds."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not self._is_stopping:
            if _answers(host, port):
                return True
            time.sleep(0.02)
        return False

    def watch(self) -> None:
        """Start again what dies, until told to stop."""
        while not self._is_stopping:
            for name, process in list(self._running.items()):
                if process.poll() is not None and not self._is_stopping:
                    click.echo(f"The {name} process ended and is started again.", err=True)
                    _kill_group(process.pid)
                    time.sleep(1)
                    self.start(name)
            time.sleep(0.2)

    def start(self, name: str) -> None:
        """Start one process."""
        self._running[name] = subprocess.Popen(  # noqa: S603  our own commands
            self._commands[name],
            env=dict(os.environ),
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def stop(self, *names: str) -> None:
        """Stop processes that were started, all at once."""
        stopping = [self._running.pop(name) for name in names if name in self._running]
        for process in stopping:
            process.terminate()
        deadline = time.monotonic() + _SECONDS_TO_STOP
        for process in stopping:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("A process did not stop by itself and is killed.")
            _kill_group(process.pid)
            process.wait()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True


def _kill_group(leader: int) -> None:
    """Kill what is left of a process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _die_with_parent() -> None:
    """Ask the kernel (Linux) to end this process when the one that started it is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _prepare() -> bool:
    """Do what is still to be done; says whether that was anything that a server has read."""
    django.setup()
    from stocktake.cli.prepare import prepare  # after the set-up, like all that has models

    return prepare(click.echo)


def _offer_sign_in(address: str, host: str) -> None:
    from stocktake.domain.activities.choices import Origin
    from stocktake.domain.activities.models import Activity
    from stocktake.kernel.accounts.services import ensure_demo_secretariat, make_sign_in_link
    from stocktake.kernel.common.actors import System

    is_alone = _is_loopback(host) and not settings.STOCKTAKE_ORIGIN
    if not is_alone or not Activity.objects.filter(origin=Origin.SAMPLE).exists():
        return
    operator = System("up")
    user = ensure_demo_secretariat(operator)
    path = make_sign_in_link(operator, user, is_loopback=True, has_sample=True)
    click.echo(f"Sign in once as the demo secretariat: {address}{path}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _name_of(host: str) -> str:
    """Give the name to call an address by; browsers allow passkeys on names only."""
    if _is_loopback(host):
        return "localhost"
    return socket.gethostname() if ipaddress.ip_address(host).is_unspecified else host


def _answers(host: str, port: int) -> bool:
    """Say whether our own server answers; the connection is made to this machine only."""
    try:
        with socket.create_connection((host, port), timeout=10) as probe:
            probe.sendall(b"GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return bool(probe.recv(1))
    except OSError:
        return False


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _free_port(host: str, port: int) -> int:
    for candidate in range(port, port + _ATTEMPTS):
        with socket.socket(_family(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise click.ClickException(f"No port from {port} to {port + _ATTEMPTS - 1} is free.")
