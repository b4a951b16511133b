"""Runs that were killed, and the addresses that undone entries had."""

from pathlib import Path
from typing import Any

import pytest

from stocktake.domain.activities.services import create_activities
from stocktake.exchange import queries, undoing
from stocktake.exchange.models import ImportRun
from tests import factories
from tests.exchange.conftest import Import
from tests.exchange.material import activity_xml, by_identifier, write_iati

pytestmark = pytest.mark.django_db

KEY = ("iati", "X-1")


@pytest.fixture
def undone(tmp_path: Path, import_iati: Import, system: Any) -> str:
    """The public identifier of an entry whose import was undone."""
    run = import_iati(write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"))).run
    public_id = by_identifier("X-1").public_id
    assert run
    undoing.undo(system, run)
    return public_id


def test_former_public_ids_of_an_undone_entry_is_what_it_had(undone: str) -> None:
    assert queries.former_public_ids([KEY, ("iati", "X-2"), ("other", "X-1")]) == {KEY: undone}


def test_former_public_ids_leaves_out_what_is_taken(undone: str, system: Any) -> None:
    owner = factories.organization()
    title = {"original": "en", "values": {"en": "Other"}}
    values = {"title": title, "owner": owner.public_id}
    create_activities(system, [values], public_ids=[undone])

    assert queries.former_public_ids([KEY]) == {}


def test_entry_imported_again_after_an_undo_has_its_former_address(
    undone: str, tmp_path: Path, import_iati: Import, system: Any
) -> None:
    run = import_iati(write_iati(tmp_path / "b.xml", activity_xml("X-1", "One"))).run
    assert run
    assert by_identifier("X-1").public_id == undone

    undoing.undo(system, run)

    assert queries.former_public_ids([KEY]) == {KEY: undone}


def test_former_public_ids_asks_twice_for_one_and_many(
    undone: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        queries.former_public_ids([("iati", f"X-{number}") for number in range(50)])


def test_interrupted_runs_names_what_was_killed_and_what_ends_it(
    tmp_path: Path, import_iati: Import, own_home: Path
) -> None:
    first = import_iati(write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"))).run
    second = import_iati(write_iati(tmp_path / "b.xml", activity_xml("X-2", "Two"))).run
    assert first
    assert second
    assert queries.interrupted_runs() == []
    ImportRun.objects.filter(pk=first.pk).update(state="applying", updated_at="2026-01-01T00:00Z")
    ImportRun.objects.filter(pk=second.pk).update(state="undoing", updated_at="2026-01-01T00:00Z")

    told = {details.run.public_id: details.commands for details in queries.interrupted_runs()}

    assert told == {
        second.public_id: (f"stocktake import undo {second.public_id}",),
        first.public_id: (f"stocktake import undo {first.public_id}",),
    }
    (own_home / "imports").mkdir(parents=True, exist_ok=True)
    (own_home / "imports" / f"{first.public_id}.jsonl").write_text("")
    resumable = queries.interrupted_runs()[1].commands
    assert resumable[0] == f"stocktake import resume {first.public_id}"
