"""`stocktake resolution`: texts of resolutions and reports read, compared, exported, imported."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.exchange.resolutions import importing
from stocktake.kernel.common.actors import System
from stocktake.lib.formats.encodings import NAMED
from stocktake.lib.resolutions import (
    Collection,
    Comparison,
    Report,
    Resolution,
    UnreadableTextError,
    collection_to_akn,
    compare,
    parse,
    parse_every,
    to_akn,
    to_csv,
    to_json,
    to_markdown,
)
from stocktake.lib.resolutions.errors import NO_STRUCTURE

_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_MOST_BYTES = 60_000_000
_ACTOR = System("import")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SYMBOL = click.option(
    "--symbol",
    help="The symbol of the document, where the text does not print it; of a file with several "
    "resolutions, the one to take.",
)
_LANGUAGE = click.option(
    "--language", type=click.Choice(_LANGUAGES), help="Told from the text when left out."
)
_Parsed = Resolution | Report | Collection
_Kind = TypeVar("_Kind", Resolution | Report, _Parsed)
_ENCODING = click.option("--encoding", default="", help=f"Of a text not in UTF-8: {NAMED}.")


@click.group()
def group() -> None:
    """Texts of resolutions and reports: read, compared, exported, imported."""


@group.command(name="parse")
@click.argument("file", type=_FILE)
@_SYMBOL
@_LANGUAGE
@_ENCODING
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the standard output.")
def parse_file(
    file: Path, symbol: str | None, language: str | None, encoding: str, as_json: bool
) -> None:
    """Read a text, HTML, DOCX, PDF or Akoma Ntoso file and show its paragraphs and asks."""
    parsed = _read(file, symbol=symbol, language=language, encoding=encoding)
    _warn(parsed)
    if as_json:
        click.echo(_json(to_json(parsed)))
        return
    for at, each in enumerate(parsed.resolutions if isinstance(parsed, Collection) else (parsed,)):
        if at:
            click.echo()
        _show(each)


@group.command(name="compare")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@_ENCODING
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the standard output.")
def compare_files(old: Path, new: Path, encoding: str, as_json: bool) -> None:
    """Compare two texts paragraph by paragraph: new, dropped, reworded, stronger, weaker, moved."""
    result = compare(_read_one(old, encoding=encoding), _read_one(new, encoding=encoding))
    if as_json:
        click.echo(_json(_plain(result)))
        return
    for pair in result.pairs:
        click.echo(f"{pair.old or '—':>12}  {pair.new or '—':<12}  {', '.join(pair.changes)}")
    told = ", ".join(f"{change} {count}" for change, count in sorted(result.counts.items()))
    click.echo(told)


@group.command(name="export")
@click.argument("file", type=_FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(("akn", "json", "csv", "md")),
    required=True,
    help="Akoma Ntoso, JSON, a table with one row an ask, or Markdown.",
)
@_SYMBOL
@_LANGUAGE
@_ENCODING
def export_file(
    file: Path, form: str, symbol: str | None, language: str | None, encoding: str
) -> None:
    """Write a text in another form to the standard output."""
    parsed = _read(file, symbol=symbol, language=language, encoding=encoding)
    _warn(parsed)
    if form == "json":
        click.echo(_json(to_json(parsed)))
    elif form == "akn":
        click.echo(_akn(parsed), nl=False)
    else:
        click.echo(to_csv(parsed) if form == "csv" else to_markdown(parsed), nl=False)


def _akn(parsed: Resolution | Report | Collection) -> str:
    return collection_to_akn(parsed) if isinstance(parsed, Collection) else to_akn(parsed)


@group.command(name="import")
@click.argument("file", type=_FILE)
@click.option(
    "--symbol",
    required=True,
    help="The symbol of the document, or the identifier of its record where it has none.",
)
@click.option("--language", type=click.Choice(_LANGUAGES), help="Told from the text when left out.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Tell what would happen, only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of words.")
def import_file(file: Path, symbol: str, language: str | None, is_dry: bool, as_json: bool) -> None:
    """Add the official text of a document to its record, or make the record.

    A text that contradicts the record changes nothing: each contradiction is told.
    """
    _refuse_large(file)
    try:
        report = importing.import_text(
            _ACTOR,
            file.read_bytes(),
            symbol=symbol,
            file_name=file.name,
            language=language or "",
            is_dry=is_dry,
        )
    except OSError as error:
        raise _unopened(file, error) from error
    except ValidationError as error:
        raise click.ClickException(f"{file}: {' '.join(error.messages)}") from error
    for warning in report.warnings:
        click.echo(warning, err=True)
    for each in report.contradictions:
        click.echo(each.message, err=True)
    if as_json:
        click.echo(_json({"dry_run": is_dry, **report.to_json()}))
    else:
        _tell_import(report, is_dry=is_dry)
    if report.contradictions:
        sys.exit(1)


def _tell_import(report: importing.ImportReport, *, is_dry: bool) -> None:
    told = {
        "symbol": report.symbol,
        "paragraphs": report.paragraphs,
        "asks": report.asks,
        "count": len(report.contradictions),
    }
    sentences = {
        importing.CREATED: _(
            "%(symbol)s: a new record with %(paragraphs)s paragraphs and %(asks)s asks."
        ),
        importing.TEXT_ADDED: _(
            "%(symbol)s: the official text of %(paragraphs)s paragraphs joins the record."
        ),
        importing.UNCHANGED: _("%(symbol)s: the record holds this text already."),
        importing.CONTRADICTED: _(
            "%(symbol)s: the text contradicts the record in %(count)s places; nothing was written."
        ),
    }
    if is_dry:
        click.echo(_("Nothing was written; this is what would happen:"))
    click.echo(sentences[report.outcome] % told)


def _read(
    file: Path,
    *,
    symbol: str | None = None,
    language: str | None = None,
    encoding: str = "",
) -> _Parsed:
    """Read one file, which may hold several texts; a sentence says what is wrong with it."""
    with _told_of(file):
        data = file.read_bytes()
        parsed = parse_every(data, symbol=symbol, language=language, encoding=encoding)
    return _structured(file, parsed)


def _read_one(file: Path, *, encoding: str) -> Resolution | Report:
    """Read a file that holds one text."""
    with _told_of(file):
        parsed = parse(file.read_bytes(), encoding=encoding)
    return _structured(file, parsed)


@contextmanager
def _told_of(file: Path) -> Iterator[None]:
    """Say in a sentence why a file can not be read."""
    try:
        _refuse_large(file)
        yield
    except OSError as error:
        raise _unopened(file, error) from error
    except UnreadableTextError as error:
        reason = _(error.problem.template) % error.problem.values
        raise click.ClickException(f"{file}: {reason}") from error


def _structured(file: Path, parsed: _Kind) -> _Kind:
    if any(each.code == "text-unstructured" for each in parsed.warnings):
        raise click.ClickException(f"{file}: {_(NO_STRUCTURE.template)}")
    return parsed


def _refuse_large(file: Path) -> None:
    if file.stat().st_size > _MOST_BYTES:
        told = {"file": str(file)}
        raise click.ClickException(
            _("%(file)s is larger than 60 MB: give the text of one collection at a time.") % told
        )


def _unopened(file: Path, error: OSError) -> click.ClickException:
    told = {"file": str(file), "reason": error.strerror or str(error)}
    return click.ClickException(_("%(file)s cannot be opened: %(reason)s.") % told)


def _warn(parsed: _Parsed) -> None:
    for each in parsed.warnings:
        place = f"{each.place}: " if each.place else ""
        click.echo(f"{place}{each.message}", err=True)
    for part in parsed.resolutions if isinstance(parsed, Collection) else ():
        _warn(part)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _plain(result: Comparison) -> dict[str, Any]:
    return {
        "kind": "comparison",
        "counts": result.counts,
        "pairs": [
            {
                "old": pair.old,
                "new": pair.new,
                "changes": list(pair.changes),
                "similarity": pair.similarity,
                "old_force": pair.old_force,
                "new_force": pair.new_force,
                "old_due": list(pair.old_due),
                "new_due": list(pair.new_due),
                "words": [
                    {"kind": step.kind, "old": step.old, "new": step.new} for step in pair.words
                ],
            }
            for pair in result.pairs
        ],
    }


def _show(parsed: Resolution | Report) -> None:
    if isinstance(parsed, Resolution):
        _show_resolution(parsed)
    else:
        _show_report(parsed)


def _show_resolution(parsed: Resolution) -> None:
    identity = parsed.identity
    for fact in (identity.symbol, identity.title, identity.body, identity.adopted):
        if fact:
            click.echo(fact)
    section: str | None = None
    for op in parsed.operative:
        if op.section != section and op.section:
            click.echo(f"\n{op.section}")
        section = op.section
        number = "" if op.number is None else f"{op.number}."
        verbs = ", ".join(clause.lemma for clause in op.clauses)
        click.echo(f"{number:>5} {verbs}")
        for clause in op.clauses:
            for ask in clause.asks:
                who = ask.addressee or ask.raw or "—"
                due = f" [{ask.due.as_written}]" if ask.due else ""
                click.echo(f"      {who}: {ask.task}{due}")


def _show_report(parsed: Report) -> None:
    if parsed.identity.title:
        click.echo(parsed.identity.title)
    for unit in parsed.paragraphs:
        words = unit.heading or unit.text
        click.echo(f"{unit.number or '':>10} {words[:100]}")
    for document in parsed.documents:
        click.echo(f"{document.symbol}: {document.title or '—'}")
