"""The import of generated IATI activities, end to end, against bare PostgreSQL, in one run.

Ours: `stocktake import iati FILE` on SQLite with a worker beside it, from start until the search
index holds every entry. The peer: COPY of the same texts from a ready file into one table with a
`to_tsvector` column, then a GIN index, on a durable server; once before ours and once after it.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import psycopg

from benchmarks.watching import Watch
from stocktake.lib.sampling import GeneratedActivity
from tests.drills.material import generated, write_file
from tests.drills.prove import Proof, keep, load, written
from tests.homes import Home
from tests.with_postgresql import server

FULL = 200_000
BAR_RATIO = 0.25
BAR_BYTES = 400 * 1000 * 1000


@dataclass(frozen=True)
class Ours:
    """What our import took: seconds until read and until found, memory, what came of it."""

    importing: float
    searchable: float
    importer: Watch
    worker: Watch
    created: int
    indexed: int
    sources: int
    links: int


def main() -> None:
    """Measure, print a table, and keep it when the size is the full one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=FULL, help="How many activities.")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    before = load()
    with tempfile.TemporaryDirectory(prefix="stocktake-bench-") as name:
        folder = Path(name)
        _write(folder, given.n, given.seed)
        peers = [_copy(folder / "rows.tsv", given.n)]
        ours = _import(folder, given.n)
        peers.append(_copy(folder / "rows.tsv", given.n))
        size = (folder / "generated.xml").stat().st_size
    proof = _proof(ours, peers, given.n, given.seed, size)
    page = written(proof, "./run bench import", before)
    print(page)
    if given.n == FULL:
        keep(page, "import")
    raise SystemExit(0 if proof.holds else 1)


def _write(folder: Path, count: int, seed: int) -> None:
    """Write the IATI file for us and the rows for the peer, with the same texts."""
    write_file(folder / "generated.xml", generated(count, seed))
    with (folder / "rows.tsv").open("w", encoding="utf-8") as stream:
        for record in generated(count, seed):
            stream.write("\t".join(map(_escaped, _row(record))) + "\n")


def _row(record: GeneratedActivity) -> tuple[str, str, str]:
    """Give identifier, title and the texts that the IATI file holds."""
    texts = (record.summary, record.description, record.obstacles)
    names = [record.owner.name, *(who.name for who, _role in record.participations)]
    body = [text for told in texts for text in told.values()]
    identifier = f"{record.owner.identifier}-{record.identifier}"
    return identifier, " ".join(record.title.values()), " ".join([*body, *names])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _copy(rows: Path, count: int) -> float:
    """Give the seconds that the peer takes until its rows can be searched."""
    column = "to_tsvector('simple', title || ' ' || body)"
    with server(durable=True) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '256MB'")
        connection.execute(
            "CREATE TABLE entry (identifier text PRIMARY KEY, title text, body text,"
            f" words tsvector GENERATED ALWAYS AS ({column}) STORED)"
        )
        start = time.perf_counter()
        told = "COPY entry (identifier, title, body) FROM STDIN"
        with connection.cursor().copy(told) as copy, rows.open("rb") as stream:
            while chunk := stream.read(1 << 16):
                copy.write(chunk)
        connection.execute("CREATE INDEX entry_words ON entry USING gin (words)")
        seconds = time.perf_counter() - start
        found = connection.execute("SELECT count(*) FROM entry").fetchone()
        assert found == (count,), found
    return seconds


def _import(folder: Path, count: int) -> Ours:
    """Import the file beside a running worker, until every entry is in the index."""
    home = Home(folder / "home", "", {"STOCKTAKE_SAMPLE": "false"})
    home.path.mkdir()
    home.run("prepare")
    os.environ.update(home.environment, DJANGO_SETTINGS_MODULE="stocktake.config.settings")
    os.environ.pop("DATABASE_URL", None)
    import django  # after the settings are named

    django.setup()
    from stocktake.domain.activities.models import ActivityElement
    from stocktake.exchange.models import Source
    from stocktake.kernel.search.folders import folders
    from stocktake.kernel.search.indexer import wait_until_followed
    from stocktake.kernel.search.status import status

    worker = home.start("worker")
    try:
        while not folders().is_indexer_running():
            time.sleep(0.05)
        time.sleep(1.0)
        start = time.perf_counter()
        importer = home.start("import", "iati", str(folder / "generated.xml"), "--json")
        with Watch.of(importer.pid) as first, Watch.of(worker.pid) as second:
            told, _ = importer.communicate()
            importing = time.perf_counter() - start
            if not wait_until_followed(max(60.0, 3 * importing)):
                raise SystemExit("The index did not reach the end of the log.")
            searchable = time.perf_counter() - start
        found = status()
    finally:
        worker.terminate()
        worker.communicate()
    summary = json.loads(told.splitlines()[-1])
    return Ours(
        importing,
        searchable,
        first,
        second,
        summary["created"],
        found.records.get("activity", 0),
        Source.objects.count(),
        ActivityElement.objects.count(),
    )


def _proof(ours: Ours, peers: list[float], count: int, seed: int, size: int) -> Proof:
    rate, peer = count / ours.searchable, count / min(peers)
    most = max(ours.importer.peak, ours.worker.peak)
    is_whole = ours.created == ours.indexed == ours.sources == count and ours.links > 0
    figures = [
        ("the file", f"{size / 1e6:.0f} MB"),
        ("ours: until the import was done", f"{ours.importing:.1f} s"),
        ("ours: until every entry was found by the search", f"{ours.searchable:.1f} s"),
        ("ours: activities a second, end to end", f"{rate:.0f}"),
        ("peer: COPY, tsvector and GIN", " and ".join(f"{each:.1f} s" for each in peers)),
        ("peer: rows a second in its faster run", f"{peer:.0f}"),
        ("**ratio of the rates, ours to the peer's**", f"**{rate / peer:.2f}**"),
        ("created, indexed, sources kept", f"{ours.created}, {ours.indexed}, {ours.sources}"),
        ("links to elements", str(ours.links)),
        ("importer and its helpers: most memory (resident)", ours.importer.peak_text),
        (
            "importer and its helpers: memory at 25, 50, 75 and 100 %",
            ours.importer.course,
        ),
        ("importer and its helpers: processor time", f"{ours.importer.cpu:.1f} s"),
        ("worker with the indexer: most memory (resident)", ours.worker.peak_text),
        ("worker with the indexer: memory at 25, 50, 75 and 100 %", ours.worker.course),
        ("worker with the indexer: processor time", f"{ours.worker.cpu:.1f} s"),
    ]
    return Proof(
        "Import against bare PostgreSQL",
        "an import of generated IATI activities, end to end into the search with history, links "
        f"and source kept, runs at {BAR_RATIO} times the rate of PostgreSQL's COPY, tsvector and "
        "GIN alone or faster, in at most 400 MB of memory",
        f"{count} activities",
        seed,
        figures,
        rate / peer >= BAR_RATIO and most <= BAR_BYTES and is_whole,
    )


if __name__ == "__main__":
    main()
