"""A large file mapped by several processes gives the same as one mapped by this one."""

import io
from pathlib import Path

import pytest

from stocktake.exchange.iati.worker import work
from stocktake.lib.formats.iati import ActivityReader, read_piece
from tests.exchange.material import activity_xml, write_iati
from tests.homes import Home

SAMPLES = Path(__file__).parents[2] / "data" / "iati"


@pytest.mark.once
@pytest.mark.parametrize("name", ["activities-2.03.xml", "activities-1.05.xml", "draft-2010.xml"])
def test_piece_read_apart_gives_the_same_as_in_its_file(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    whole = list(ActivityReader(io.BytesIO(data)))

    reader = ActivityReader(io.BytesIO(data))
    language = reader.header.default_language
    apart = [
        read_piece(piece, version=reader.header.version, default_language=language)
        for piece in reader.pieces()
    ]

    assert apart == whole


_COMPARE = """
import io, json
from pathlib import Path
from stocktake.exchange.iati import importer, workers
from stocktake.exchange.reading import opened
path = Path(%r)
told = []
for size in (1, 10**12):
    workers.WORTH_BYTES = size
    file = opened(path, path.name, lambda more: None)
    told.append(list(importer.IatiFormat().checked(file)))
print(json.dumps([len(told[0]), told[0] == told[1]]))
"""


@pytest.mark.once
@pytest.mark.committed
def test_workers_give_the_same_entries_and_faults_in_the_same_order(
    home: Home, tmp_path: Path
) -> None:
    bad = '<recipient-country code="ZZ"/><document-link url="nope" format="x"/>'
    activities = [activity_xml(f"X-{n}", f"Title {n}\n", bad if n % 7 == 0 else "")
                  for n in range(450)]  # fmt: skip
    file = write_iati(tmp_path / "a.xml", *activities, "<iati-activity/>")

    told = home.python(_COMPARE % str(file))

    assert told.strip() == "[451, true]"


@pytest.mark.django_db
def test_worker_answers_line_by_line_until_its_input_ends() -> None:
    text = activity_xml("X-1", "Titre\n« é »").encode()
    batch = b"[[%d, 17], [%d, 18]]\n%b%b" % (len(text), len(text), text, text)
    output = io.BytesIO()

    work(io.BytesIO(b'["a.xml", "2.03", ""]\n' + batch + batch), output)

    first, second = output.getvalue().splitlines()
    assert first == second
    assert first.startswith(b'[["iati","X-1",17,["iati","X-1","a.xml",17,"')
    assert b',["iati","X-1",18,["iati","X-1","a.xml",18,"' in first
