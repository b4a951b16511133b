"""`stocktake docs`: writes the reference pages from the code, or says which are stale."""

import csv
import importlib
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import rules.permissions
from django.conf import settings

from stocktake.cli.main import stocktake_command

PROJECT = Path(settings.STOCKTAKE_DATA_DIR).parent.parent.parent
REFERENCE = PROJECT / "docs" / "reference"
_NOTE = "This page is generated: change the code and run `stocktake docs`.\n"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when a page is stale.")
def group(check: bool) -> None:
    """Write docs/reference from the code."""
    stale = []
    for name, make in PAGES.items():
        file = REFERENCE / f"{name}.md"
        text = make()
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(file.name)
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    if check and stale:
        click.echo(f"Stale, run `stocktake docs`: {', '.join(stale)}", err=True)
        sys.exit(1)
    click.echo("fresh" if check else f"written: {', '.join(stale) or 'nothing, all fresh'}")


def _settings() -> str:
    listed = importlib.import_module(f"{settings.SETTINGS_MODULE.rpartition('.')[0]}.env").SETTINGS
    rows = [
        f"| `{each.name}` | {each.kind} | {'' if each.default is None else f'`{each.default!r}`'} "
        f"| {each.help} |"
        for each in listed
    ]
    head = ["| setting | type | default | what it does |", "|---|---|---|---|"]
    return _page("Settings", "Every setting is a variable of the environment.", [*head, *rows])


def _commands() -> str:
    lines = []
    for path, command in _walk(stocktake_command, ("stocktake",)):
        if isinstance(command, click.Group) and len(path) > 1:
            lines += [f"## `{' '.join(path)}`", "", command.get_short_help_str(200), ""]
            continue
        context = click.Context(command, info_name=" ".join(path))
        text = command.get_help(context)
        lines += [f"### `{' '.join(path)}`", "", "```", text, "```", ""]
    intro = "Everything that `stocktake` can do; in a checkout, `./run stocktake …`."
    return _page("Commands", intro, lines)


def _walk(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if len(path) > 1:
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _walk(inner, (*path, name))


def _permissions() -> str:
    names = sorted(rules.permissions.permissions)
    rows = [f"| `{name}` | {rules.permissions.permissions[name].name} |" for name in names]
    head = ["| permission | who has it |", "|---|---|"]
    intro = "Services ask for these by name. The system itself (commands, jobs) has all of them."
    return _page("Permissions", intro, [*head, *rows])


def _data() -> str:
    rows = []
    folder = Path(settings.STOCKTAKE_DATA_DIR)
    for file in sorted(folder.rglob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        table = file.with_suffix(".csv")
        count = ""
        if table.exists():
            with table.open(encoding="utf-8", newline="") as stream:
                count = str(sum(1 for _row in csv.reader(stream)) - 1)
        name = file.relative_to(folder).with_suffix("")
        rows.append(
            f"| `{name}` | {told.get('title', '')} | {count} | {told.get('source', '')} "
            f"| {told.get('licence', '')} | {told.get('date', '')} |"
        )
    head = ["| file | what | rows | source | licence | date |", "|---|---|---|---|---|---|"]
    intro = "The data that the project ships, under `src/stocktake/data`, each with its source."
    return _page("Data", intro, [*head, *rows])


def _page(title: str, intro: str, lines: list[str]) -> str:
    body = "\n".join(line.rstrip() for line in lines).rstrip()
    return f"# {title}\n\n{intro}\n\n{_NOTE}\n{body}\n"


PAGES: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "commands": _commands,
    "permissions": _permissions,
    "data": _data,
}
