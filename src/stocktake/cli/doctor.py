"""`stocktake doctor`: what is on, what is off, and the one command that turns it on."""

import importlib.metadata
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from stocktake.domain.activities.models import Activity
from stocktake.exchange.models import RunState
from stocktake.exchange.queries import interrupted_runs
from stocktake.kernel.history import queries as history
from stocktake.kernel.search.status import status as search_status


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` is the command or step that turns it on."""

    name: str
    is_on: bool
    told: str
    remedy: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("--migrations", is_flag=True, help="Only say whether migrations are complete.")
def group(as_json: bool, migrations: bool) -> None:
    """Say what is on and off; exit code 1 when something that is needed is off."""
    if migrations:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        return
    findings = list(_findings())
    if as_json:
        told = {finding.name: asdict(finding) for finding in findings}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{'on ' if finding.is_on else 'off'}  {finding.name}: {finding.told}")
            if finding.remedy:
                click.echo(f"     {finding.remedy}")
    needed = ("database", "log", "search index")
    sys.exit(0 if all(f.is_on for f in findings if f.name in needed) else 1)


def _findings() -> Iterator[Finding]:
    yield Finding("version", True, importlib.metadata.version("stocktake"))
    yield Finding("home", settings.STOCKTAKE_HOME.is_dir(), str(settings.STOCKTAKE_HOME))
    yield _database()
    yield _log()
    yield _register()
    yield from _imports()
    yield _search()
    yield _mail()
    yield _address()
    yield _browser()
    yield _postgresql()


def _database() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding("database", False, str(error), "Check DATABASE_URL, then: ./run")
    told = connection.vendor
    if connection.vendor == "sqlite":
        told = f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL"
        if sqlite3.sqlite_version_info < (3, 51, 3):
            step = "Install the wheel pysqlite3: SQLite before 3.51.3 can damage a database."
            return Finding("database", False, told, step)
    if missing:
        return Finding("database", False, f"{told}, not migrated", "./run stocktake prepare")
    return Finding("database", True, told)


def _log() -> Finding:
    try:
        number, value = history.head()
    except DatabaseError:
        return Finding("log", False, "not set up", "./run stocktake prepare")
    return Finding("log", True, f"{number} entries, head {value[:12]}")


def _register() -> Finding:
    try:
        count = Activity.objects.count()
    except DatabaseError:
        return Finding("register", False, "not set up", "./run stocktake prepare")
    remedy = "" if count else "./run stocktake sample load"
    return Finding("register", bool(count), f"{count} activities", remedy)


def _imports() -> Iterator[Finding]:
    """Tell of each import that was killed: with what goes on, or what takes it back."""
    try:
        found = interrupted_runs()
    except DatabaseError:
        return
    for told in found:
        state = "undo interrupted" if told.run.state == RunState.UNDOING else "interrupted"
        settled = f"{told.run.position} of {told.run.total} entries settled"
        started = f"{told.run.started_at:%Y-%m-%d %H:%M} UTC"
        step = f"./run {told.commands[0]}"
        yield Finding(f"import {told.run.public_id}", False, f"{state}, {settled}, {started}", step)
    if not found:
        yield Finding("imports", True, "none is interrupted")


def _search() -> Finding:
    try:
        state = search_status()
    except DatabaseError:
        return Finding("search index", False, "not set up", "./run stocktake prepare")
    if not state.is_available:
        return Finding("search index", False, state.problem, "./run stocktake search rebuild")
    counts = ", ".join(f"{count} of {kind}" for kind, count in state.records.items())
    return Finding("search index", True, f"{counts}, {state.behind} entries of the log behind")


def _mail() -> Finding:
    if "filebased" in settings.EMAIL_BACKEND:
        step = "Set STOCKTAKE_MAIL_URL to send mail by a server."
        return Finding("mail", False, f"written to {settings.EMAIL_FILE_PATH}", step)
    return Finding("mail", True, f"sent by {settings.EMAIL_HOST}")


def _address() -> Finding:
    if not settings.STOCKTAKE_ORIGIN:
        step = "Set STOCKTAKE_ORIGIN to the public address, with nginx in front."
        return Finding("public address", False, "loopback only", step)
    return Finding("public address", True, settings.STOCKTAKE_ORIGIN)


def _browser() -> Finding:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    remedy = "" if found else "apt-get install chromium (needed by browser tests only)"
    return Finding("browser for tests", bool(found), found or "none", remedy)


def _postgresql() -> Finding:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    remedy = "" if found else "apt-get install postgresql (needed by tests only)"
    told = found[-1].parent.parent.name if found else "none"
    return Finding("PostgreSQL for tests", bool(found), told, remedy)
