"""`stocktake sample`: the sample register, and invented entries for load tests."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from stocktake.cli.progress import Progress
from stocktake.exchange.generating import generate_into_register, write_generated
from stocktake.exchange.sample import load_sample
from stocktake.kernel.common.actors import System

_ACTOR = System("sample")


@click.group()
def group() -> None:
    """The sample register, and invented entries for load tests."""


@group.command()
def load() -> None:
    """Load the sample register: real activities, described from published facts."""
    added = load_sample(_ACTOR)
    click.echo(_("%(count)s activities of the sample were added.") % {"count": added})


@group.command()
@click.argument("count", type=click.IntRange(1, 10_000_000))
@click.option("--seed", type=int, required=True, help="The same seed gives the same entries.")
@click.option(
    "--iati",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an IATI 2.03 file instead of entering them into the register.",
)
def generate(count: int, seed: int, file: Path | None) -> None:
    """Invent activities in six languages; wherever they show, they say that they are invented."""
    if file is not None:
        with file.open("wb") as stream:
            written = write_generated(stream, count, seed=seed)
        told = {"count": written, "file": str(file)}
        click.echo(_("%(count)s invented activities were written to %(file)s.") % told)
        return
    with Progress() as progress:
        added = generate_into_register(_ACTOR, count, seed=seed, tell=progress.tell)
    click.echo(_("%(count)s invented activities were added.") % {"count": added})
