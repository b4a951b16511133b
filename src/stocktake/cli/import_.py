"""`stocktake import`: files into the register, checked first; runs resumed, undone and shown."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from stocktake.cli.progress import Progress
from stocktake.exchange import queries, runs, undoing
from stocktake.exchange.iati.importer import IatiFormat
from stocktake.exchange.models import ImportRun, RunState
from stocktake.exchange.reading import Format, found_files
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables.importer import TableFormat
from stocktake.kernel.common.actors import System
from stocktake.lib.formats.tabular import (
    NAMED,
    ColumnMapping,
    MappingError,
    is_encoding,
    parse_mapping,
)

_ACTOR = System("import")
_SHOWN = 20

_paths = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
_dry = click.option("--dry-run", "is_dry", is_flag=True, help="Tell what would happen, only.")
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object instead of words.")


@click.group()
def group() -> None:
    """Files into the register."""


@group.command()
@_paths
@_dry
@_json
def iati(paths: tuple[Path, ...], is_dry: bool, as_json: bool) -> None:
    """Import IATI activity files, or all of those in folders."""
    import_as(IatiFormat(), paths, is_dry=is_dry, as_json=as_json)


@group.command()
@_paths
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON that says what columns are, and the order of dates: see the how-to.",
)
@click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help=f"Of CSV files that are not in UTF-8: {NAMED}.",
)
@_dry
@_json
def table(
    paths: tuple[Path, ...],
    mapping_file: Path | None,
    encoding: str,
    is_dry: bool,
    as_json: bool,
) -> None:
    """Import tables (CSV, XLSX) whose first row names the columns."""
    if encoding and not is_encoding(encoding):
        told = {"name": encoding, "names": NAMED}
        raise click.ClickException(_("%(name)s is no encoding; name one of: %(names)s.") % told)
    given = _mapping(mapping_file)
    given = replace(given, encoding=encoding or given.encoding)
    import_as(TableFormat(given), paths, is_dry=is_dry, as_json=as_json)


def _mapping(mapping_file: Path | None) -> ColumnMapping:
    """Read what a person says about the columns."""
    if mapping_file is None:
        return ColumnMapping()
    try:
        return parse_mapping(mapping_file.read_text(encoding="utf-8"))
    except MappingError as error:
        sentences = [Fault.of(told, mapping_file.name).message for told in error.problems]
        raise click.ClickException("\n".join(sentences)) from error
    except UnicodeDecodeError as error:
        told = {"file": mapping_file.name}
        raise click.ClickException(_("%(file)s is not in UTF-8.") % told) from error


@group.command()
@click.argument("run_id")
@_json
def resume(run_id: str, as_json: bool) -> None:
    """Go on with an import that was killed."""
    run = _run(run_id)
    with Progress() as progress:
        report = runs.resume(_ACTOR, run, tell=progress.tell)
    _tell(report, as_json=as_json)


@group.command()
@click.argument("run_id")
@_json
def undo(run_id: str, as_json: bool) -> None:
    """Take an import back; edits made by people since then stand."""
    run = _run(run_id)
    with Progress() as progress:
        report = undoing.undo(_ACTOR, run, tell=progress.tell)
    _tell(report, as_json=as_json, is_good=True)


@group.command(name="list")
@_json
def list_runs(as_json: bool) -> None:
    """List the latest imports, and what can be done with each."""
    for run in queries.latest_runs(_SHOWN):
        details = queries.details_of(run)
        told = {
            "run": run.public_id,
            "format": run.format,
            "state": run.state,
            "started_at": run.started_at.isoformat(timespec="seconds"),
            "is_running": details.is_running,
            **details.counts,
            "commands": list(details.commands),
        }
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(
                f"{run.public_id}  {told['started_at']}  {run.format}  {run.get_state_display()}"
                f"  +{details.counts['created']} ~{details.counts['updated']}"
                f"  {' | '.join(details.commands)}"
            )


def import_as(form: Format, paths: tuple[Path, ...], *, is_dry: bool, as_json: bool) -> None:
    """Import files of a format, and tell the summary; exit code 1 when something was wrong."""
    for path in paths:
        _refuse_empty(path, form.suffixes)
    try:
        with Progress() as progress:
            report = runs.import_files(_ACTOR, form, paths, is_dry=is_dry, tell=progress.tell)
    except KeyboardInterrupt:
        for run in queries.latest_runs(1):
            if run.state == RunState.APPLYING:
                click.echo(_("The import was interrupted. Go on or take it back with:"), err=True)
                for command in queries.details_of(run).commands:
                    click.echo(f"  {command}", err=True)
        raise
    _tell(report, as_json=as_json, is_dry=is_dry, mapping=form.mapping())


def _refuse_empty(path: Path, suffixes: Sequence[str]) -> None:
    """End with a sentence where there is nothing to import."""
    told = {"path": path, "ends": ", ".join(suffixes)}
    if path.is_dir() and not found_files([path], suffixes):
        raise click.ClickException(
            _("The folder %(path)s holds no file to import: their names end in %(ends)s.") % told
        )
    if path.is_file() and not path.stat().st_size:
        raise click.ClickException(_("The file %(path)s is empty.") % told)


def _run(run_id: str) -> ImportRun:
    run = queries.run_by_id(run_id)
    if run is None:
        raise click.ClickException(_("There is no import %(run)s.") % {"run": run_id})
    return run


def _tell(
    report: runs.Report,
    *,
    as_json: bool,
    is_dry: bool = False,
    is_good: bool = False,
    mapping: dict[str, Any] | None = None,
) -> None:
    told = report.summary.to_json()
    run = report.run
    if as_json:
        head: dict[str, Any] = {"run": run.public_id if run else None, "dry_run": is_dry}
        if run:
            head["state"] = run.state
        if mapping:
            head["mapping"] = mapping
        click.echo(json.dumps({**head, **told}, ensure_ascii=False))
    else:
        for file in (mapping or {}).get("files", ()):
            if file["left_out"]:
                names = {"file": file["file"], "columns": ", ".join(file["left_out"])}
                click.echo(_("%(file)s: columns left out: %(columns)s") % names, err=True)
        _tell_in_words(report, told, is_dry=is_dry)
    if told["error_count"] and not is_good:
        sys.exit(1)


def _tell_in_words(report: runs.Report, told: dict[str, Any], *, is_dry: bool) -> None:
    for name in ("errors", "conflicts", "kept", "notes"):
        for fault in told.get(name, ())[:_SHOWN]:
            place = ":".join(str(part) for part in (fault["file"], fault["line"] or "") if part)
            which = " ".join(part for part in (fault["identifier"], fault["field"]) if part)
            click.echo(f"{place}: {which}: {fault['message']}", err=True)
        more = len(told.get(name, ())) - _SHOWN
        if more > 0:
            click.echo(_("… and %(count)s more; --json lists them.") % {"count": more}, err=True)
    if is_dry:
        click.echo(_("Nothing was written; this is what would happen:"))
    click.echo(
        _(
            "%(files)s files, %(read)s entries: %(created)s created, %(updated)s updated, "
            "%(unchanged)s unchanged, %(skipped)s left out; %(error_count)s faults, "
            "%(conflict_count)s conflicts."
        )
        % told
    )
    if report.run:
        state = report.run.get_state_display()
        click.echo(_("Import %(run)s: %(state)s.") % {"run": report.run.public_id, "state": state})
