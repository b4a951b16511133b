"""`stocktake search`: the index made again, followed, checked and shown."""

import json
import signal
import sys
import threading
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stocktake.kernel.search import services, verification
from stocktake.kernel.search.folders import IndexerRunning
from stocktake.kernel.search.requests import IndexUnavailable
from stocktake.kernel.search.status import status as search_status


@click.group("search")
def group() -> None:
    """The search index, which follows the log of changes."""


@group.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def rebuild(as_json: bool) -> None:
    """Make the index anew beside the live one and swap it in."""
    with _bar(is_hidden=as_json) as bar:
        tasks: dict[str, int] = {}

        def show(stage: str, done: int, total: int) -> None:
            task = tasks.setdefault(stage, -1)
            if task < 0:
                task = tasks[stage] = bar.add_task(stage, total=total)
            bar.update(task, completed=done, total=total)  # type: ignore[arg-type]

        services.rebuild(show)
    _print_status(as_json=as_json, is_thorough=False)


@group.command()
@click.option("--thorough", is_flag=True, help="Read every file against its checksum.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def status(thorough: bool, as_json: bool) -> None:
    """Show what the index holds and how far it is behind; exit code 1 while it is unusable."""
    sys.exit(0 if _print_status(as_json=as_json, is_thorough=thorough) else 1)


@group.command()
def follow() -> None:
    """Be the indexer: follow the log until stopped."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        services.run_forever(stop)
    except IndexerRunning as error:
        raise click.ClickException(str(error)) from error


@group.command()
@click.option("--queries", default=100, show_default=True, help="How many random queries.")
@click.option("--seed", default=1, show_default=True, help="The same seed asks the same.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def verify(queries: int, seed: int, as_json: bool) -> None:
    """Compare hits and counts with a plain computation over the record; exit code 1 on any
    difference."""
    if not services.catch_up():
        raise click.ClickException("The index did not reach the end of the log within 30 seconds.")
    try:
        report = verification.verify(queries, seed)
    except IndexUnavailable as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        for difference in report.differences:
            click.echo(difference, err=True)
        if report.position != report.head:
            click.echo("The record changed meanwhile; run this again when it is quiet.", err=True)
        click.echo(
            f"{report.queries} queries, {report.hits} hits, {report.counts} counts:"
            f" {len(report.differences)} differences"
        )
    sys.exit(0 if report.is_equal else 1)


def _print_status(*, as_json: bool, is_thorough: bool) -> bool:
    found = search_status(is_thorough=is_thorough)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
        return found.is_available
    if found.problem:
        click.echo(found.problem, err=True)
    for kind, number in found.records.items():
        click.echo(f"{kind}: {number} records")
    running = "an indexer is running" if found.is_indexer_running else "no indexer is running"
    click.echo(
        f"Log number {found.position} of {found.head} ({found.behind} behind), {running},"
        f" {found.bytes} bytes in {found.folder or 'no folder'}"
    )
    return found.is_available


def _bar(*, is_hidden: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=is_hidden,
    )
