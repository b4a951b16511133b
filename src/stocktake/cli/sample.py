"""`stocktake sample`: the sample register, and invented entries for load tests."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from stocktake.cli.progress import Progress
from stocktake.exchange.generating import generate_into_register, write_generated
from stocktake.exchange.generating_asks import generate_asks
from stocktake.exchange.sample import load_sample
from stocktake.exchange.sample_documents import load_sample_documents
from stocktake.kernel.common.actors import System

_ACTOR = System("sample")


@click.group()
def group() -> None:
    """The sample register, and invented entries for load tests."""


@group.command()
def load() -> None:
    """Load the sample: real activities and documents, described from published facts."""
    added = load_sample(_ACTOR)
    click.echo(_("%(count)s activities of the sample were added.") % {"count": added})
    added = load_sample_documents(_ACTOR)
    click.echo(_("%(count)s documents of the sample were added.") % {"count": added})


@group.command()
@click.argument("count", type=click.IntRange(1, 10_000_000), required=False)
@click.option(
    "--asks",
    type=click.IntRange(1, 1_000_000),
    help="How many asks to invent, in documents of their own.",
)
@click.option("--seed", type=int, required=True, help="The same seed gives the same entries.")
@click.option(
    "--iati",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an IATI 2.03 file instead of entering them into the register.",
)
def generate(count: int | None, asks: int | None, seed: int, file: Path | None) -> None:
    """Invent COUNT activities, or asks; wherever they show, they say that they are invented."""
    if (count is None) == (asks is None):
        raise click.UsageError(_("Give either the number of activities, or --asks."))
    if asks is not None:
        with Progress() as progress:
            added = generate_asks(_ACTOR, asks, seed=seed, tell=progress.tell)
        click.echo(_("%(count)s invented asks were added.") % {"count": added})
    elif count is not None:
        _generate_activities(count, seed, file)


def _generate_activities(count: int, seed: int, file: Path | None) -> None:
    if file is not None:
        with file.open("wb") as stream:
            written = write_generated(stream, count, seed=seed)
        told = {"count": written, "file": str(file)}
        click.echo(_("%(count)s invented activities were written to %(file)s.") % told)
        return
    with Progress() as progress:
        added = generate_into_register(_ACTOR, count, seed=seed, tell=progress.tell)
    click.echo(_("%(count)s invented activities were added.") % {"count": added})
