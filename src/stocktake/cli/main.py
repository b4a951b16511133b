"""The command line: collects one group a noun, and maps errors to sentences and exit codes."""

import gc
import importlib
import keyword
import os
import pkgutil
import sys
from typing import Any

import click
import django

import stocktake.cli

_INNER = ("__main__", "fingerprints", "main", "output", "progress")
"""Modules of this package that are no command."""

_SETS_UP_ITSELF = ("up",)
"""Commands that set Django up when they need it: `up` starts the web server first."""


class LazyGroup(click.Group):
    """Imports a noun's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(stocktake.cli.__path__))
        return sorted(_command_name(name) for name in names if name not in _INNER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        if cmd_name not in _SETS_UP_ITSELF:
            django.setup()
            gc.freeze()  # what is loaded now stays, and need not be looked through again
        name = cmd_name.replace("-", "_")
        name += "_" if keyword.iskeyword(name) else ""
        module = importlib.import_module(f"stocktake.cli.{name}")
        command: click.Command = module.group
        return command


def _command_name(module: str) -> str:
    """Give the noun of a module; `import_` is named so because `import` is Python's own."""
    return module.rstrip("_").replace("_", "-")


@click.group(cls=LazyGroup)
@click.version_option(package_name="stocktake")
def stocktake_command() -> None:
    """The public ledger of a summit's follow-up."""


def main(arguments: list[str] | None = None) -> Any:
    """Run one command; the entry point of `stocktake`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktake.config.settings")
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import DatabaseError

    try:
        stocktake_command.main(arguments, prog_name="stocktake", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except ValidationError as error:
        click.echo("\n".join(_sentences(error)), err=True)
        sys.exit(2)
    except DatabaseError as error:
        if prepared():
            raise
        click.echo(f"The database is not prepared ({error}). Run: stocktake prepare", err=True)
        sys.exit(2)
    except PermissionDenied as error:
        click.echo(str(error), err=True)
        sys.exit(3)


def prepared() -> bool:
    """Say whether the database has every table that the code asks for."""
    from django.db import DatabaseError, connection  # after the settings are named
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _sentences(error: Any) -> list[str]:
    if hasattr(error, "message_dict"):
        return [f"{name}: {told}" for name, many in error.message_dict.items() for told in many]
    return list(error.messages)
