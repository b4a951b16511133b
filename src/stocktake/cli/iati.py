"""`stocktake iati`: IATI files checked against the standard."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _

from stocktake.exchange.iati.tables import codelists
from stocktake.lib.formats.iati.schema import SchemaMissingError
from stocktake.lib.formats.iati.validate import ValidationResult, validate

_SHOWN = 20


@click.group()
def group() -> None:
    """IATI files checked against the standard."""


@group.command(name="validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file and line.")
def validate_files(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check files by the 2.03 schema and the standard's rules; exit code 1 when one is not valid.

    Whether a file holds activities or organisations is told by its root.
    """
    now = datetime.now(UTC)
    all_valid = True
    for path in _files(paths):
        told = {"file": str(path)}
        try:
            result = validate(path, codelists(), now=now, name=str(path))
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
            _tell(result)
    sys.exit(0 if all_valid else 1)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*"))
            yield from (file for file in found if file.name.lower().endswith((".xml", ".xml.gz")))
        else:
            yield path


def _tell(result: ValidationResult) -> None:
    told = {
        "file": result.file,
        "version": result.version or _("without a version"),
        "records": result.records,
        "errors": result.error_count,
        "findings": result.finding_count,
    }
    verdict = (
        _("%(file)s is valid by the schema 2.03 (%(version)s, %(records)s records)")
        if result.valid
        else _("%(file)s is not valid by the schema 2.03 (%(version)s, %(records)s records)")
    )
    click.echo(verdict % told)
    click.echo(_("  %(errors)s errors, %(findings)s findings") % told)
    for error in result.errors[:_SHOWN]:
        click.echo(f"  {error.line}: {error.message}")
    for finding in result.findings[:_SHOWN]:
        plain = finding.to_json()
        click.echo(f"  {plain['line']}: {plain['rule']}: {plain['message']}")
