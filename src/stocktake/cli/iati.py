"""`stocktake iati`: IATI files checked against the standard."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.exchange.iati.tables import codelists
from stocktake.lib.formats.iati.schema import SchemaMissingError
from stocktake.lib.formats.iati.validate import ValidationResult, validate

_SHOWN = 20
_KEPT = 1000
_EVERY = 1_000_000
"""How many errors and findings of a file are held in memory, without and with `--all`."""


@click.group()
def group() -> None:
    """IATI files checked against the standard."""


@group.command(name="validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file and line.")
@click.option("--all", "every", is_flag=True, help="Show every error and finding, not the first.")
def validate_files(paths: tuple[Path, ...], as_json: bool, every: bool) -> None:
    """Check files by the 2.03 schema and the standard's rules; exit code 1 when one is not valid.

    Whether a file holds activities or organisations is told by its root.
    """
    now = datetime.now(UTC)
    all_valid = True
    for path in _files(paths):
        told = {"file": str(path)}
        try:
            keep = _EVERY if every else _KEPT
            result = validate(path, codelists(), now=now, name=str(path), keep=keep)
        except SchemaMissingError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            told["reason"] = error.strerror or str(error)
            raise click.ClickException(
                _("%(file)s cannot be opened: %(reason)s.") % told
            ) from error
        all_valid = all_valid and result.valid
        if as_json:
            click.echo(json.dumps(result.to_json(), ensure_ascii=False))
        else:
            _tell(result, _EVERY if every else _SHOWN)
    sys.exit(0 if all_valid else 1)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*"))
            yield from (file for file in found if file.name.lower().endswith((".xml", ".xml.gz")))
        else:
            yield path


def _tell(result: ValidationResult, most: int) -> None:
    told = {"file": result.file, "version": result.version or _("without a version")}
    verdict = (
        ngettext(
            "%(file)s is valid by the schema 2.03 (%(version)s, %(count)s record)",
            "%(file)s is valid by the schema 2.03 (%(version)s, %(count)s records)",
            result.records,
        )
        if result.valid
        else ngettext(
            "%(file)s is not valid by the schema 2.03 (%(version)s, %(count)s record)",
            "%(file)s is not valid by the schema 2.03 (%(version)s, %(count)s records)",
            result.records,
        )
    )
    click.echo(verdict % {**told, "count": result.records})
    count = result.error_count
    click.echo("  " + ngettext("%(count)s error", "%(count)s errors", count) % {"count": count})
    for error in result.errors[:most]:
        click.echo(f"  {error.line}: {error.message}")
    _tell_rest(count - len(result.errors[:most]), is_whole=most == _EVERY)
    count = result.finding_count
    click.echo("  " + ngettext("%(count)s finding", "%(count)s findings", count) % {"count": count})
    for finding in result.findings[:most]:
        plain = finding.to_json()
        click.echo(f"  {plain['line']}: {plain['rule']}: {plain['message']}")
    _tell_rest(count - len(result.findings[:most]), is_whole=most == _EVERY)


def _tell_rest(count: int, *, is_whole: bool) -> None:
    """Say how many were not shown, and how to see them."""
    if count <= 0:
        return
    told = ngettext("%(count)s more is not shown.", "%(count)s more are not shown.", count)
    click.echo("  " + told % {"count": count})
    if not is_whole:
        click.echo("  " + _("To see all of them, add --all."))
