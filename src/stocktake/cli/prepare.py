"""`stocktake prepare`: migrate, load reference data and the sample, build index and styles.

What is done already is not done again: a fingerprint of code, migrations and data is kept.
"""

import shutil
from collections.abc import Callable

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from stocktake.cli import fingerprints
from stocktake.domain.activities.models import Activity
from stocktake.domain.documents.models import Document
from stocktake.domain.frameworks.services import load_frameworks
from stocktake.domain.stakeholders.services import load_stakeholders
from stocktake.exchange.sample import load_sample
from stocktake.exchange.sample_documents import load_sample_documents
from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries as history
from stocktake.kernel.search import services as search
from stocktake.kernel.search.status import status as search_status
from stocktake.kernel.vocabularies.services import load_vocabularies

Tell = Callable[[str], None]

_LOADER = System("load")


@click.command()
def group() -> None:
    """Bring database, reference data, sample, index and styles up to date."""
    prepare(click.echo)


def prepare(tell: Tell) -> bool:
    """Do every step that is still to be done; says whether there was any but catching up."""
    steps: dict[str, Callable[[], object]] = {
        "database": _migrate,
        "reference data": load_reference,
        "pages": _collect,
    }
    wanted, before = fingerprints.wanted(), fingerprints.done()
    done = dict(before)
    if done.get("of") != wanted["of"] or not _database_answers():
        done = {"of": wanted["of"]}
    for name, do in steps.items():
        if done.get(name) != wanted[name]:
            tell(f"Preparing the {name} …")
            do()
            done[name] = wanted[name]
            fingerprints.keep(done)
    for name, load in _SAMPLES.items():
        if settings.STOCKTAKE_SAMPLE and name not in done:
            load(tell)
            done[name] = "loaded"
            fingerprints.keep(done)
    if not search_status().is_available:
        tell("Building the search index …")
    search.catch_up()
    return done != before


def load_reference() -> None:
    """Load codelists, areas, frameworks, processes and their organizations."""
    load_vocabularies(_LOADER)
    load_frameworks(_LOADER)
    load_stakeholders(_LOADER, sorted((settings.STOCKTAKE_DATA_DIR / "processes").iterdir()))


def _load_register(tell: Tell) -> None:
    if not Activity.objects.exists():
        tell("Loading the sample register …")
        load_sample(_LOADER)


def _load_documents(tell: Tell) -> None:
    if not Document.objects.exists():
        tell("Loading the sample documents …")
        load_sample_documents(_LOADER)


_SAMPLES: dict[str, Callable[[Tell], None]] = {
    "sample": _load_register,
    "sample documents": _load_documents,
}
"""What a fresh register is filled with, each once."""


def _migrate() -> None:
    settings.STOCKTAKE_HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def _collect() -> None:
    shutil.rmtree(settings.STOCKTAKE_CACHE_DIR, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def _database_answers() -> bool:
    try:
        history.head()
    except DatabaseError:
        return False
    return True
