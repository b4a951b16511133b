"""Records prepared for the index in a process beside: the same as here, also where it ends."""

import io
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from stocktake.kernel.search import declarations, preparing
from stocktake.kernel.search.preparing import Beside, Here, answer
from stocktake.lib.compactjson import to_json

Make = Callable[..., Any]

pytestmark = pytest.mark.django_db

ANSWERING = """
import sys
told = open(sys.argv[1], "rb").readlines()
known = dict(zip(told[::2], told[1::2]))
for line in sys.stdin.buffer:
    sys.stdout.buffer.write(known[line])
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def batches(notes: Any, note: Make) -> list[list[str]]:
    """Three batches of identifiers, the last of a record that is not there."""
    notes.add(note("N-1", "First words", colours=("red",)), note("N-2", "قرية متصلة"))
    return [["N-1"], ["N-2"], ["N-3"]]


def told(batches: list[list[str]], preparer: Here) -> list[tuple[list[str], list[Any]]]:
    found = preparer.prepared(declarations.declaration("note"), batches)
    return [(batch, [_plain(each) for each in prepared]) for batch, prepared in found]


def _plain(prepared: Any) -> tuple[Any, ...]:
    texts = {name: list(values) for name, values in prepared.texts.items()}
    return prepared.key, prepared.kind, texts, dict(prepared.integers), prepared.stored


def questions(batches: list[list[str]]) -> list[bytes]:
    return [to_json(["note", False, batch]).encode() + b"\n" for batch in batches]


def test_beside_gives_what_is_prepared_here(
    batches: list[list[str]], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "answers").open("wb") as file:
        for question in questions(batches):
            file.write(question)
            answer([question], file)
    run = [sys.executable, "-c", ANSWERING, str(tmp_path / "answers")]
    monkeypatch.setattr(preparing, "_started", lambda: _process(run))
    beside = Beside()

    found = told(batches, beside)

    beside.close()
    assert found == told(batches, Here())
    assert [len(prepared) for _batch, prepared in found] == [1, 1, 0]


def test_beside_that_ends_is_done_without(
    batches: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def fails() -> subprocess.Popen[bytes]:
        started.append(1)
        return _process([sys.executable, "-c", ""])

    monkeypatch.setattr(preparing, "_started", fails)
    beside = Beside()

    found = [told(batches, beside), told(batches, beside)]

    assert found == [told(batches, Here())] * 2
    assert len(started) == 2


def test_beside_is_told_of_new_vocabularies(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[int] = []
    monkeypatch.setattr(preparing, "forget", lambda: forgotten.append(1))
    monkeypatch.setattr(preparing, "declaration", lambda _kind: None)
    monkeypatch.setattr(preparing, "prepare_records", lambda _declared, _batch: [])
    lines = [b'["note",false,["N-1"]]\n', b'["note",true,["N-1"]]\n']

    answer(lines, io.BytesIO())

    assert forgotten == [1]


def _process(run: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
