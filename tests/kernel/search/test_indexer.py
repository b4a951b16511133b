"""The indexer: follows the log, leaves out what is not published, heals itself."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from stocktake.kernel.common.actors import System
from stocktake.kernel.history.queries import head
from stocktake.kernel.history.services import Entry, record_many
from stocktake.kernel.search import declarations, indexer, services
from stocktake.kernel.search.folders import Folders, IndexerRunning, damaged_files
from stocktake.kernel.search.indexer import Indexer, follow_log, running_indexer
from stocktake.kernel.search.readers import State
from stocktake.kernel.search.requests import IndexUnavailable, SearchRequest
from stocktake.kernel.search.searcher import search
from stocktake.kernel.search.status import status
from stocktake.kernel.search.writing import IndexWriter

Make = Callable[..., Any]

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(notes: Any) -> Iterator[Indexer]:
    """The indexer of an index that is live and empty but for what the notes hold."""
    with running_indexer() as it:
        it.follow()
        yield it


def log(*ids: str, kind: str = "note") -> None:
    with transaction.atomic():
        record_many(System("test"), [Entry("edit", kind, each, {}, {"a": "b"}) for each in ids])


def everything() -> list[str]:
    return sorted(search(SearchRequest("note", page_size=1_000)).ids)


def test_follow_change_of_a_record_replaces_it(own: Indexer, notes: Any, note: Make) -> None:
    notes.add(note("N-1", "First words"), note("N-2", "Other words"))
    log("N-1", "N-2")
    own.follow()
    notes.add(note("N-1", "Second words"))
    log("N-1")

    own.follow()

    assert everything() == ["N-1", "N-2"]
    assert search(SearchRequest("note", text="first")).ids == []
    assert search(SearchRequest("note", text="second")).ids == ["N-1"]
    assert search(SearchRequest("note")).position == head()[0]


def test_follow_record_no_longer_published_leaves_hits_and_counts(
    own: Indexer, notes: Any, note: Make
) -> None:
    notes.add(note("N-1", "Seen", colours=("red",)), note("N-2", "Hidden", colours=("red",)))
    notes.records["N-2"].is_published = False
    log("N-1", "N-2")
    own.follow()
    before = search(SearchRequest("note"))
    notes.records["N-1"].is_published = False
    log("N-1")
    own.follow()

    after = search(SearchRequest("note"))

    assert (before.ids, before.facets["colour"]) == (["N-1"], [("red", 1)])
    assert (after.total, after.facets["colour"]) == (0, [])


def test_follow_change_of_a_borrowed_record_indexes_what_shows_it(
    own: Indexer, notes: Any, note: Make
) -> None:
    notes.add(note("N-1", "One", author="ada"), note("N-2", "Two", author="bo"))
    log("N-1", "N-2")
    own.follow()
    for each in notes.records.values():
        each.body = "renamed"
    log("ada", kind="person")

    own.follow()

    assert search(SearchRequest("note", text="renamed")).ids == ["N-1"]


def test_follow_twice_or_from_an_older_number_changes_nothing(
    own: Indexer, notes: Any, note: Make, store: Folders
) -> None:
    notes.add(*(note(f"N-{number}", f"Note {number}", colours=("red",)) for number in range(9)))
    log(*notes.records)
    own.follow()
    before = search(SearchRequest("note"))
    own.close()
    folder = store.live()
    assert folder is not None
    with IndexWriter(folder) as writer:
        writer.state = State(0, "")
        replayed = follow_log(writer)

    after = search(SearchRequest("note"))

    assert own.follow() == 0
    assert replayed >= 9
    assert (after.total, after.facets) == (before.total, before.facets)


def _coming(own: Indexer, notes: Any, note: Make, monkeypatch: Any) -> list[float]:
    """Log 3 notes, and 3 more in each of two pauses; gives the pauses that are taken."""
    pauses: list[float] = []

    def more() -> None:
        made = [note(f"N-{len(notes.records) + each}", "Note") for each in range(3)]
        notes.add(*made)
        log(*(each.public_id for each in made))

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) < 3:
            more()

    monkeypatch.setattr(indexer, "_MANY", 2)
    monkeypatch.setattr(indexer.time, "sleep", sleep)
    more()
    return pauses


def test_follow_while_many_come_in_commits_them_together(
    own: Indexer, notes: Any, note: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[State] = []
    real = IndexWriter.commit
    monkeypatch.setattr(
        IndexWriter, "commit", lambda writer, state: (commits.append(state), real(writer, state))
    )
    pauses = _coming(own, notes, note, monkeypatch)

    own.follow(held_seconds=60)

    assert len(pauses) == 4
    assert [state.number for state in commits] == [head()[0]]
    assert len(everything()) == 9


def test_follow_that_is_asked_for_once_waits_for_nothing(
    own: Indexer, notes: Any, note: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = _coming(own, notes, note, monkeypatch)

    own.follow()

    assert pauses == []
    assert len(everything()) == 3


def test_follow_many_changes_is_read_and_committed_in_parts(
    own: Indexer, notes: Any, note: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_CHANGES", 7)
    monkeypatch.setattr(indexer, "_UNCOMMITTED", 10)
    monkeypatch.setattr(indexer, "BATCH", 3)
    monkeypatch.setattr(indexer, "_SEEN", 2)
    notes.add(*(note(f"N-{number:02}", f"Note {number}") for number in range(50)))
    log(*notes.records)

    own.follow()

    assert everything() == sorted(notes.records)
    assert search(SearchRequest("note")).position == head()[0]


def test_follow_missing_index_is_made_anew(own: Indexer, notes: Any, note: Make) -> None:
    notes.add(note("N-1", "Kept in the record"))
    live = own.store.live()
    assert live is not None
    own.store.pointer.unlink()
    with pytest.raises(IndexUnavailable):
        everything()

    own.follow()

    assert everything() == ["N-1"]
    assert not live.exists()


@pytest.mark.parametrize(
    ("suffix", "harm"),
    [
        (".term", "cut"),
        (".term", "remove"),
        (".idx", "flip"),
        (".fast", "flip"),
        (".store", "cut"),
        ("meta.json", "cut"),
        ("meta.json", "remove"),
    ],
)
def test_follow_damaged_index_is_found_and_made_anew(
    notes: Any, note: Make, store: Folders, suffix: str, harm: str
) -> None:
    notes.add(*(note(f"N-{number}", f"Note {number}", colours=("red",)) for number in range(30)))
    services.catch_up()
    folder = store.live()
    assert folder is not None
    hurt(max(folder.glob(f"*{suffix}"), key=lambda path: path.stat().st_size), harm)

    seen = damaged_files(folder)
    services.catch_up()

    assert seen
    assert everything() == sorted(notes.records)
    assert store.live() != folder
    assert status(is_thorough=True).problem == ""


def hurt(path: Path, harm: str) -> None:
    content = path.read_bytes()
    if harm == "remove":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        middle = len(content) // 3
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])


def test_search_damaged_index_says_so_and_asks_for_another(
    notes: Any, note: Make, store: Folders
) -> None:
    notes.add(note("N-1", "Note"))
    services.catch_up()
    folder = store.live()
    assert folder is not None
    (folder / "meta.json").write_text("{")

    with pytest.raises(IndexUnavailable):
        everything()

    assert store.requested_rebuild() is not None
    services.catch_up()
    assert everything() == ["N-1"]
    assert store.requested_rebuild() is None


def test_follow_index_of_another_log_is_made_anew(
    own: Indexer, notes: Any, note: Make, store: Folders
) -> None:
    notes.add(note("N-1", "Note"))
    own.close()
    folder = store.live()
    assert folder is not None
    with IndexWriter(folder) as writer:
        writer.commit(State(10_000_000, "of another log"))

    own.follow()

    assert everything() == ["N-1"]


def test_follow_index_of_another_version_is_made_anew(
    own: Indexer, notes: Any, note: Make, store: Folders
) -> None:
    notes.add(note("N-1", "Note"))
    own.close()
    folder = store.live()
    assert folder is not None
    (folder / "about.json").write_text('{"fingerprint": "older"}')
    with pytest.raises(IndexUnavailable):
        everything()

    own.follow()

    assert everything() == ["N-1"]


def test_rebuild_changes_meanwhile_are_in_both_indexes(
    own: Indexer, notes: Any, note: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add(*(note(f"N-{number:02}", f"Note {number}") for number in range(9)))
    log(*notes.records)
    own.follow()
    monkeypatch.setattr(indexer, "BATCH", 3)
    seen: list[tuple[int, int, list[str]]] = []

    def meanwhile(stage: str, done: int, total: int) -> None:
        notes.add(note(f"N-9{done}", "Added meanwhile"))
        notes.records["N-00"].is_published = False
        log(f"N-9{done}", "N-00")
        seen.append((done, total, search(SearchRequest("note", text="meanwhile")).ids))

    own.progress = meanwhile

    own.rebuild("a test")

    assert [(done, total) for done, total, _ in seen] == [(3, 9), (6, 9), (9, 9)]
    assert [len(ids) for _, _, ids in seen] == [0, 1, 2]
    published = [each.public_id for each in notes.records.values() if each.is_published]
    assert everything() == sorted(published)


def test_run_told_to_stop_in_the_middle_of_a_rebuild_ends_and_goes_on_later(
    own: Indexer, notes: Any, note: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add(*(note(f"N-{number:02}", f"Note {number}") for number in range(9)))
    monkeypatch.setattr(indexer, "BATCH", 3)
    stop = threading.Event()
    done: list[int] = []

    def stop_after_first(stage: str, number: int, total: int) -> None:
        done.append(number)
        stop.set()

    own.progress = stop_after_first
    own.store.request_rebuild("a test")

    own.run(stop)
    interrupted = everything()
    own.stop = threading.Event()
    own.follow()

    assert done[0] == 3
    assert interrupted == []
    assert everything() == sorted(notes.records)


def test_running_indexer_second_one_is_refused(own: Indexer) -> None:
    with pytest.raises(IndexerRunning), running_indexer():
        pass


def test_rebuild_asked_of_a_running_indexer_is_done_by_it(
    own: Indexer, notes: Any, note: Make
) -> None:
    notes.add(note("N-1", "Never logged"))
    own.follow()
    before = everything()
    own.store.request_rebuild("asked for")

    own.follow()

    assert before == []
    assert everything() == ["N-1"]
    assert own.store.requested_rebuild() is None


def test_status_tells_what_the_index_holds(own: Indexer, notes: Any, note: Make) -> None:
    notes.add(note("N-1", "Note"), note("N-2", "Note"))
    log("N-1", "N-2")
    before = status()
    own.follow()

    after = status(is_thorough=True)

    assert (before.behind, before.records) == (2, {"note": 0})
    assert (after.behind, after.records, after.problem) == (0, {"note": 2}, "")
    assert after.is_available
    assert after.is_indexer_running
    assert after.to_json()["behind"] == 0


def test_status_without_index_has_a_problem(notes: Any) -> None:
    found = status()

    assert (found.is_available, found.position, found.folder) == (False, -1, "")
    assert found.problem


def test_follow_facet_that_is_not_declared_is_refused(own: Indexer, notes: Any, note: Make) -> None:
    notes.add(note("N-1", "Note", colours=("red",)))
    log("N-1")
    declared = notes.declaration()
    bare = declarations.Declaration(
        "note", "Notes", declared.published, declared.documents, declared.facets[:1]
    )

    with declarations.only(bare), pytest.raises(ValueError, match="'colour' of 'note'"):
        own.rebuild("a test")
