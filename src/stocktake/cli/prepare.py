"""`stocktake prepare`: migrate, load reference data and the sample, build index and styles.

What is done already is not done again: a fingerprint of code, migrations and data is kept.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

import stocktake
from stocktake.domain.activities.models import Activity
from stocktake.domain.frameworks.services import load_frameworks
from stocktake.domain.stakeholders.services import load_stakeholders
from stocktake.exchange.sample import load_sample
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


def prepare(tell: Tell) -> None:
    """Do every step that is still to be done."""
    package = Path(stocktake.__file__).parent
    steps: list[tuple[str, str, Callable[[], object]]] = [
        ("database", _fingerprint(package, "*/*/migrations/*.py", "*/migrations/*.py"), _migrate),
        ("reference data", _fingerprint(package, "data/**/*"), load_reference),
        ("pages", _fingerprint(package, "web/**/*.*", "lib/charts/*.py"), _collect),
    ]
    done = _read()
    database = _fingerprint(package)
    if done.get("of") != database or not _database_answers():
        done = {"of": database}
    for name, fingerprint, do in steps:
        if done.get(name) != fingerprint:
            tell(f"Preparing the {name} …")
            do()
            done[name] = fingerprint
            _write(done)
    if settings.STOCKTAKE_SAMPLE and "sample" not in done:
        if not Activity.objects.exists():
            tell("Loading the sample register …")
            load_sample(_LOADER)
        done["sample"] = "loaded"
        _write(done)
    if not search_status().is_available:
        tell("Building the search index …")
    search.catch_up()


def load_reference() -> None:
    """Load codelists, areas, frameworks, processes and their organizations."""
    load_vocabularies(_LOADER)
    load_frameworks(_LOADER)
    load_stakeholders(_LOADER, sorted((settings.STOCKTAKE_DATA_DIR / "processes").iterdir()))


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


def _fingerprint(package: Path, *patterns: str) -> str:
    """Digest names, sizes and times of files, and which database this is."""
    digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    digest.update(str(settings.DATABASES["default"].get("HOST", "")).encode())
    for pattern in patterns:
        for file in sorted(package.glob(pattern)):
            if file.is_file():
                told = file.stat()
                line = f"{file.relative_to(package)} {told.st_size} {told.st_mtime_ns}\n"
                digest.update(line.encode())
    return digest.hexdigest()


def _file() -> Path:
    return settings.STOCKTAKE_HOME / "prepared.json"


def _read() -> dict[str, str]:
    try:
        return dict(json.loads(_file().read_text()))
    except (OSError, ValueError):
        return {}


def _write(done: dict[str, str]) -> None:
    file = _file()
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(done, indent=1))
    fresh.replace(file)
