"""Runs a command with DATABASE_URL naming a fresh PostgreSQL server of its own.

`python -m tests.with_postgresql COMMAND …`: the server is started from the system's binaries as an
unprivileged user (PostgreSQL refuses root) on a socket in a temporary folder, and is gone after.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
_COMMON = "-c listen_addresses='' -c max_connections=60 -c shared_buffers=128MB"


def binaries() -> Path | None:
    """Find the folder of the newest PostgreSQL (15 or later) of the system."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found and int(found[-1].parent.parent.name) >= 15:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Start a server and give the URL of its database `stocktake`.

    Args:
        durable: keep what power cuts need, which is slower; drills of lost writes set it.
    """
    bin_folder = binaries()
    if bin_folder is None:
        raise FileNotFoundError("PostgreSQL 15 or later is not installed (package postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="stocktake-postgresql-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    as_user = _unprivileged(folder, data)
    try:
        _run(as_user, bin_folder / "initdb", "-D", data, "-U", "stocktake", "-A", "trust", "-E",
             "UTF8", "--no-sync", "--locale", "C.UTF-8")  # fmt: skip
        options = f"{_COMMON} -k {folder} {'' if durable else _FAST}"
        log = data / "server.log"
        _run(as_user, bin_folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", log, "start")
        try:
            _run(as_user, bin_folder / "createdb", "-h", folder, "-U", "stocktake", "stocktake")
            yield f"postgres://stocktake@{str(folder).replace('/', '%2F')}/stocktake"
        finally:
            _run(as_user, bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(*folders: Path) -> list[str]:
    """Give the command prefix that leaves root behind, and hand the folders over."""
    if os.geteuid() != 0:
        return []
    user = next(name for name in ("postgres", "nobody") if _exists(name))
    for folder in folders:
        shutil.chown(folder, user)
    return ["runuser", "-u", user, "--"]


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _run(prefix: list[str], *command: object) -> None:
    done = subprocess.run(
        [*prefix, *map(str, command)], capture_output=True, text=True, cwd="/", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")


def main() -> int:
    """Run the command of the arguments beside a server."""
    if binaries() is None:
        print("SKIPPED ON POSTGRESQL: no server binaries here; install the package postgresql.")
        return 0
    with server() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
