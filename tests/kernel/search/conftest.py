"""A record type that lives in memory: notes with topics, colours and years."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import pytest

from stocktake.kernel.search import declarations, readers
from stocktake.kernel.search.declarations import (
    Declaration,
    Document,
    Facet,
    TextRun,
    Weight,
    one_by_one,
)
from stocktake.kernel.search.folders import Folders, folders
from stocktake.kernel.search.readers import State
from stocktake.kernel.search.schema import fingerprint
from stocktake.kernel.search.writing import IndexWriter


@dataclass
class Note:
    """A record of the tests; `topics` are qualified codes with their ancestors."""

    public_id: str
    titles: Mapping[str, str]
    body: str = ""
    language: str = "en"
    author: str = ""
    topics: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    year: int | None = None
    is_published: bool = True


class NoteSet:
    """As much of a queryset as the indexer uses."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self.notes = list(notes)

    def filter(self, **wanted: Any) -> Self:
        (name, value), *_ = wanted.items()
        if name == "public_id__in":
            return type(self)(note for note in self.notes if note.public_id in set(value))
        assert name == "public_id__gt"
        return type(self)(note for note in self.notes if note.public_id > value)

    def order_by(self, name: str) -> Self:
        return type(self)(sorted(self.notes, key=lambda note: getattr(note, name)))

    def prefetch_related(self, _: None) -> Self:
        return self

    def count(self) -> int:
        return len(self.notes)

    def values_list(self, name: str, *, flat: bool) -> list[str]:
        return [getattr(note, name) for note in self.notes]

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def __getitem__(self, part: slice) -> list[Note]:
        return self.notes[part]


def _document(note: Note) -> Document:
    day = date(note.year, 6, 1) if note.year else None
    return Document(
        id=note.public_id,
        titles=note.titles,
        original=next(iter(note.titles)),
        texts=(
            TextRun(Weight.BODY, note.language, note.body),
            TextRun(Weight.NAMES, "", note.author),
        ),
        facets={
            "topic": note.topics,
            "colour": note.colours,
            "author": (note.author,),
            "year": (str(note.year),) if note.year else (),
        },
        sort_date=day,
        period=(date(note.year, 1, 1), date(note.year, 12, 31)) if note.year else None,
        updated_at=datetime(note.year, 1, 1, tzinfo=UTC) if note.year else None,
    )


def _same(codes: Collection[str], language: str) -> dict[str, str]:
    return {code: code for code in codes}


@dataclass
class Notes:
    """The record of the tests and its declaration."""

    records: dict[str, Note] = field(default_factory=dict)

    def add(self, *notes: Note) -> None:
        self.records.update({note.public_id: note for note in notes})

    def declaration(self, *, author_limit: int = 3) -> Declaration:
        return Declaration(
            kind="note",
            label="Notes",
            published=lambda: NoteSet(n for n in self.records.values() if n.is_published),  # type: ignore[arg-type, return-value]
            documents=one_by_one(_document),
            facets=(
                Facet("topic", "Topic", _same, groups=lambda language: {"x": "X", "y": "Y"}),
                Facet("colour", "Colour", _same),
                Facet("author", "Author", _same, limit=author_limit),
                Facet("year", "Year", _same, order="code"),
            ),
            borrows={"person": self._by_authors},
        )

    def _by_authors(self, names: Collection[str]) -> Iterator[str]:
        return (note.public_id for note in self.records.values() if note.author in names)


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Iterator[Folders]:
    """An empty folder of the search."""
    settings.STOCKTAKE_SEARCH_DIR = tmp_path / "search"
    readers.forget()
    yield folders()
    readers.forget()


@pytest.fixture
def notes(store: Folders) -> Iterator[Notes]:
    """An empty record of notes, the only searchable kind."""
    record = Notes()
    with declarations.only(record.declaration()):
        yield record


@pytest.fixture
def index(store: Folders, notes: Notes) -> Callable[..., None]:
    """Put notes into the record and all of it into a live index, without a log."""

    def put(*those: Note, position: int = 1) -> None:
        notes.add(*those)
        folder = store.create({"fingerprint": fingerprint(declarations.declarations())})
        with IndexWriter(folder, is_new=True) as writer:
            writer.replace(declarations.declaration("note"), sorted(notes.records))
            writer.commit(State(position, "hash"))
        store.go_live(folder)

    return put


def titled(public_id: str, title: str, language: str = "en", **values: Any) -> Note:
    """Make a note with one title."""
    return Note(public_id, {language: title}, language=language, **values)


@pytest.fixture
def note() -> Callable[..., Note]:
    """Make a note with one title."""
    return titled
