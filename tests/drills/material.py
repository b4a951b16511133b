"""What drills work with: generated IATI files, installations on both databases, processes."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from stocktake.lib.sampling import Codes, GeneratedActivity, generate, write_iati
from tests.homes import Home
from tests.with_postgresql import server

PROJECT = Path(__file__).parent.parent.parent
DATA = PROJECT / "src" / "stocktake" / "data"
DATABASES = ("SQLite", "PostgreSQL")

_GENERATED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def shipped_codes() -> Codes:
    """Give countries, elements, types and lists as the register ships them."""
    frameworks = [*DATA.glob("processes/wsis/frameworks/*.csv"), DATA / "frameworks" / "sdg.csv"]
    return Codes(
        countries={
            row["m49"]: row["iso2"]
            for row in _rows(DATA / "geo" / "areas.csv")
            if row["kind"] == "country" and row["iso2"]
        },
        elements=[f"{file.stem}:{row['code']}" for file in frameworks for row in _rows(file)],
        types=[row["code"] for row in _rows(DATA / "codelists" / "activity_type.csv")],
        beneficiaries=[row["code"] for row in _rows(DATA / "codelists" / "beneficiary_group.csv")],
        impediments=[row["code"] for row in _rows(DATA / "codelists" / "impediment.csv")],
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def generated(count: int, seed: int) -> Iterator[GeneratedActivity]:
    """Give invented activities of a seed, one at a time."""
    return generate(count, seed=seed, codes=shipped_codes())


def write_file(file: Path, records: Iterable[GeneratedActivity]) -> int:
    """Write an IATI file and give the number of its activities."""
    with file.open("wb") as stream:
        return write_iati(records, stream, generated_at=_GENERATED_AT)


def write_files(folder: Path, count: int, size: int, seed: int) -> list[Path]:
    """Write files of activities that differ but share their organizations."""
    records = generated(count * size, seed)
    files = [folder / f"{number:03d}.xml" for number in range(count)]
    for file in files:
        write_file(file, islice(records, size))
    return files


def write_revision(file: Path, revised: Path) -> None:
    """Write a later version of a file: the same activities with other titles."""
    content = file.read_bytes()
    revised.write_bytes(content.replace(b"</narrative></title>", b" (revised)</narrative></title>"))


@contextmanager
def installation(database: str, *, sample: bool = False) -> Iterator[Home]:
    """Prepare an installation on one of `DATABASES`, with a durable server of its own."""
    with tempfile.TemporaryDirectory(prefix="stocktake-drill-") as folder:
        told = {"STOCKTAKE_SAMPLE": "true" if sample else "false"}
        if database == "SQLite":
            yield _prepared(Home(Path(folder) / "home", "", told))
            return
        with server(durable=True) as url:
            yield _prepared(Home(Path(folder) / "home", url, told))


def _prepared(home: Home) -> Home:
    home.path.mkdir(parents=True, exist_ok=True)
    home.extra["PYTHONPATH"] = str(PROJECT)
    home.run("prepare")
    return home


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value that a share of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
