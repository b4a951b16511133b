"""Import runs: nothing twice, edits that stand, dry runs, undo, runs that were interrupted."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import update_activity, values_of
from stocktake.domain.stakeholders.models import Organization
from stocktake.exchange import applying, planning, queries, runs, staging, undoing
from stocktake.exchange.iati.importer import IatiFormat
from stocktake.exchange.models import ImportRun, NoteKind, RunState, Source
from stocktake.kernel.history import queries as history
from stocktake.kernel.history import verification
from tests import factories
from tests.exchange.conftest import Import
from tests.exchange.material import (
    activity_xml,
    by_identifier,
    log_head,
    many,
    record,
    write_iati,
)

pytestmark = pytest.mark.django_db


def _counts(summary: Any) -> dict[str, int]:
    names = ("read", "created", "updated", "unchanged", "skipped")
    return {name: getattr(summary, name) for name in names}


def test_import_same_file_twice_changes_nothing_not_even_the_log(
    tmp_path: Path, import_iati: Import
) -> None:
    file = write_iati(tmp_path / "a.xml", *many(5))

    first = import_iati(file)
    before = (log_head(), ImportRun.objects.count(), record())
    second = import_iati(file)

    assert _counts(first.summary) == {
        "read": 5,
        "created": 5,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
    }
    assert _counts(second.summary) == {
        "read": 5,
        "created": 0,
        "updated": 0,
        "unchanged": 5,
        "skipped": 0,
    }
    assert second.run is None
    assert (log_head(), ImportRun.objects.count(), record()) == before
    assert verification.verify().holds


def test_import_changed_file_updates_only_what_changed(tmp_path: Path, import_iati: Import) -> None:
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"), activity_xml("X-2", "Two"))
    import_iati(file)
    write_iati(file, activity_xml("X-1", "One"), activity_xml("X-2", "Two, renamed"))

    report = import_iati(file)

    assert _counts(report.summary) == {
        "read": 2,
        "created": 0,
        "updated": 1,
        "unchanged": 1,
        "skipped": 0,
    }
    assert str(by_identifier("X-2").title) == "Two, renamed"
    last = history.changes_of("activity", by_identifier("X-2").public_id)[0]
    assert [told.field for told in history.diff(last)] == ["title"]


def test_import_of_edited_field_lets_the_edit_stand_and_lists_it(
    tmp_path: Path, import_iati: Import, anna: Any
) -> None:
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One", _status(2)))
    import_iati(file)
    edited = by_identifier("X-1")
    update_activity(anna, edited, {"status": "discontinued"}, expected_version=None)
    write_iati(file, "", activity_xml("X-1", "One, renamed", _status(4)))

    report = import_iati(file)

    conflicts = [fault.to_json() for fault in report.summary.notes["conflict"]]
    assert conflicts == [
        {
            "file": "a.xml",
            "line": 3,
            "identifier": "X-1",
            "field": "status",
            "code": "edited",
            "message": "status was edited in the register since the last import; the edit stands.",
        }
    ]
    assert by_identifier("X-1").status == "discontinued"
    assert str(by_identifier("X-1").title) == "One, renamed"
    assert import_iati(file).run is None


def test_import_keeps_a_translation_that_a_person_added(
    tmp_path: Path, import_iati: Import, anna: Any
) -> None:
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"))
    import_iati(file)
    edited = by_identifier("X-1")
    title = edited.title.with_translation("fr", "Un").to_json()
    update_activity(anna, edited, {"title": title}, expected_version=None)
    write_iati(file, activity_xml("X-1", "One, renamed"))

    report = import_iati(file)

    assert report.summary.count(NoteKind.CONFLICT) == 0
    assert dict(by_identifier("X-1").title.values) == {"en": "One, renamed", "fr": "Un"}


def test_import_of_entry_made_by_hand_fills_what_is_empty(
    tmp_path: Path, import_iati: Import
) -> None:
    identifiers = [{"scheme": "iati", "value": "X-1"}]
    made = factories.activity("Ours", external_identifiers=identifiers, status="ongoing")
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "Theirs", _status(4) + _START))

    report = import_iati(file)

    now = by_identifier("X-1")
    assert now.pk == made.pk
    assert (str(now.title), now.status, now.start_date) == ("Ours", "ongoing", "2011-02-15")
    assert {fault.field for fault in report.summary.notes["conflict"]} == {
        "title",
        "status",
        "owner",
    }
    undoing.undo(factories._system, report.run)
    assert Activity.objects.get(pk=made.pk).start_date == ""
    assert not Source.objects.exists()


def test_dry_run_tells_the_same_and_touches_nothing(
    tmp_path: Path, import_iati: Import, own_home: Path
) -> None:
    file = write_iati(tmp_path / "a.xml", *many(5))
    before = (log_head(), Organization.objects.count())

    report = import_iati(file, is_dry=True)

    assert _counts(report.summary)["created"] == 5
    assert report.run is None
    assert (log_head(), Organization.objects.count()) == before
    assert (Activity.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert not (own_home / "imports").exists()


def test_identifier_twice_in_one_run_counts_once_and_is_told(
    tmp_path: Path, import_iati: Import
) -> None:
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"), activity_xml("X-1", "Two"))

    report = import_iati(file)

    assert str(by_identifier("X-1").title) == "One"
    assert report.summary.skipped == 1
    assert [(fault.line, fault.code) for fault in report.summary.notes["error"]] == [
        (3, "duplicate")
    ]


def test_broken_file_of_a_folder_is_left_out_whole(tmp_path: Path, import_iati: Import) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write_iati(folder / "a.xml", activity_xml("X-1"))
    broken = write_iati(folder / "b.xml", activity_xml("X-2"), activity_xml("X-3"))
    broken.write_bytes(broken.read_bytes()[:-40])
    write_iati(folder / "c.xml", activity_xml("X-2", "Whole"))

    report = import_iati(folder)

    assert sorted(record()) == ["X-1", "X-2"]
    assert str(by_identifier("X-2").title) == "Whole"
    assert [fault.file for fault in report.summary.notes["error"]] == ["b.xml"]
    assert (report.summary.files, report.summary.read) == (3, 2)


def test_organizations_are_created_once_and_found_by_identifier_before_name(
    tmp_path: Path, import_iati: Import
) -> None:
    known = factories.organization("Known under another name", identifiers=["iati:XM-KNOWN-1"])
    partner = (
        '<participating-org role="1" ref="XM-KNOWN-1"><narrative>Some name</narrative>'
        '</participating-org><participating-org role="4"><narrative>New Body</narrative>'
        "</participating-org>"
    )
    file = write_iati(
        tmp_path / "a.xml", activity_xml("X-1", "One", partner), activity_xml("X-2", "Two", partner)
    )

    import_iati(file)

    first, second = by_identifier("X-1"), by_identifier("X-2")
    assert {link.organization_id for link in first.participations.all()} == {
        link.organization_id for link in second.participations.all()
    }
    assert known.pk in {link.organization_id for link in first.participations.all()}
    made = Organization.objects.filter(origin="import")
    assert sorted(str(organization) for organization in made) == ["Invented Fund", "New Body"]


def test_undo_takes_back_what_the_run_did(tmp_path: Path, import_iati: Import, system: Any) -> None:
    file = write_iati(tmp_path / "a.xml", *many(4))
    import_iati(file)
    before = record()
    organizations = set(Organization.objects.values_list("public_id", flat=True))
    changed = [*many(4, title="Renamed"), activity_xml("X-9", "New one", _partner("Other"))]
    write_iati(file, *changed)
    second = import_iati(file)
    assert second.run is not None

    undoing.undo(system, second.run)

    assert record() == before
    assert set(Organization.objects.values_list("public_id", flat=True)) == organizations
    assert import_iati(file, is_dry=True).summary.updated == 4
    assert verification.verify().holds


def test_undo_lets_later_edits_stand_and_lists_them(
    tmp_path: Path, import_iati: Import, system: Any, anna: Any
) -> None:
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"))
    import_iati(file)
    write_iati(file, activity_xml("X-1", "Two", _status(4)), activity_xml("X-2"))
    run = import_iati(file).run
    assert run is not None
    changed = {"title": {"original": "en", "values": {"en": "Anna's"}}}
    update_activity(anna, by_identifier("X-1"), changed, expected_version=None)
    update_activity(anna, by_identifier("X-2"), {"status": "planned"}, expected_version=None)

    report = undoing.undo(system, run)

    first = by_identifier("X-1")
    assert (str(first.title), first.status) == ("Anna's", "")
    assert by_identifier("X-2").status == "planned"
    kept = [(fault.identifier, fault.field) for fault in report.summary.notes["kept"]]
    assert kept == [("X-1", "title"), ("X-2", "")]
    assert report.run is not None
    assert report.run.state == RunState.UNDONE


def test_undo_of_a_run_that_a_later_one_built_on_is_refused(
    tmp_path: Path, import_iati: Import, system: Any
) -> None:
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"))
    first = import_iati(file).run
    write_iati(file, activity_xml("X-1", "Two"))
    second = import_iati(file).run
    assert first
    assert second

    with pytest.raises(ValidationError, match=second.public_id):
        undoing.undo(system, first)
    undoing.undo(system, second)
    undoing.undo(system, first)

    assert record() == {}
    with pytest.raises(ValidationError, match="undone already"):
        undoing.undo(system, first)


def test_interrupted_run_goes_on_to_the_same_record(
    tmp_path: Path, import_iati: Import, system: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(runs, "BATCH", 4)
    file = write_iati(tmp_path / "a.xml", *many(14))
    _stop_after(monkeypatch, batches=2)
    with pytest.raises(OperationalError):
        import_iati(file)
    run = ImportRun.objects.get()
    details = queries.details_of(run)
    assert (run.state, run.position, Activity.objects.count()) == ("applying", 8, 8)
    assert details.commands == (
        f"stocktake import resume {run.public_id}",
        f"stocktake import undo {run.public_id}",
    )

    monkeypatch.undo()
    report = runs.resume(system, run)

    resumed = record()
    assert _counts(report.summary)["created"] == 14
    undoing.undo(system, ImportRun.objects.get())
    assert record() == {}
    import_iati(file)
    assert record() == resumed
    assert verification.verify().holds


def test_interrupted_run_is_undone_without_a_trace_but_in_the_log(
    tmp_path: Path, import_iati: Import, system: Any, monkeypatch: Any, own_home: Path
) -> None:
    monkeypatch.setattr(runs, "BATCH", 4)
    organizations = Organization.objects.count()
    file = write_iati(tmp_path / "a.xml", *many(14))
    _stop_after(monkeypatch, batches=2)
    with pytest.raises(OperationalError):
        import_iati(file)

    monkeypatch.undo()
    undoing.undo(system, ImportRun.objects.get())

    assert (record(), Source.objects.count()) == ({}, 0)
    assert Organization.objects.count() == organizations
    assert list((own_home / "imports").iterdir()) == []
    assert ImportRun.objects.get().state == "undone"


def test_undo_that_was_interrupted_goes_on_when_asked_again(
    tmp_path: Path, import_iati: Import, system: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(undoing, "BATCH", 3)
    file = write_iati(tmp_path / "a.xml", *many(6))
    import_iati(file)
    before = record()
    write_iati(file, *many(10, title="Renamed"))
    run = import_iati(file).run
    assert run is not None
    real, calls = undoing.delete_activities, []

    def delete(*arguments: Any, **more: Any) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise OperationalError("the machine is gone")
        real(*arguments, **more)

    monkeypatch.setattr(undoing, "delete_activities", delete)
    with pytest.raises(OperationalError):
        undoing.undo(system, run)
    run.refresh_from_db()
    assert queries.details_of(run).run.state == "undoing"
    monkeypatch.setattr(undoing, "delete_activities", real)

    undoing.undo(system, run)

    assert record() == before
    assert ImportRun.objects.get(pk=run.pk).state == "undone"
    assert verification.verify().holds


def test_resume_is_refused_when_nothing_is_interrupted_or_staged(
    tmp_path: Path, import_iati: Import, system: Any
) -> None:
    run = import_iati(write_iati(tmp_path / "a.xml", *many(2))).run
    assert run is not None

    with pytest.raises(ValidationError, match="is not interrupted"):
        runs.resume(system, run)
    ImportRun.objects.filter(pk=run.pk).update(state="applying")
    run.refresh_from_db()
    with pytest.raises(ValidationError, match="no longer there"):
        runs.resume(system, run)


def test_entry_that_the_record_refuses_costs_that_entry_only(
    tmp_path: Path, import_iati: Import, monkeypatch: Any
) -> None:
    real = applying.enter_activities

    def refuse(actor: Any, rows: Sequence[Any], **more: Any) -> Any:
        if any(values["title"]["values"]["en"].endswith(" 3") for values in rows):
            raise ValidationError({"title": "Not this one."})
        return real(actor, rows, **more)

    monkeypatch.setattr(applying, "enter_activities", refuse)

    report = import_iati(write_iati(tmp_path / "a.xml", *many(6)))

    assert (report.summary.created, report.summary.skipped) == (5, 1)
    assert report.run is not None
    notes = queries.notes_of(report.run, NoteKind.ERROR)
    assert [(note.identifier, note.message) for note in notes] == [
        ("XM-INVENTED-00003", "Not this one.")
    ]
    assert report.run.state == "done"


def test_import_by_somebody_without_permission_is_refused(tmp_path: Path, bilal: Any) -> None:
    file = write_iati(tmp_path / "a.xml", *many(1))

    with pytest.raises(PermissionDenied):
        runs.import_files(bilal, IatiFormat(), [file])

    assert Activity.objects.count() == 0


def test_run_tells_its_files_without_their_place_on_the_machine(
    tmp_path: Path, import_iati: Import, anna: Any, bilal: Any
) -> None:
    run = import_iati(write_iati(tmp_path / "a.xml", *many(1))).run
    assert run is not None

    details = queries.details_of(run)
    created = history.changes_of("import_run", run.public_id)

    assert [set(file) for file in details.files] == [{"name", "size", "sha256"}]
    assert str(tmp_path) not in str([history.diff(change) for change in created])
    assert [change.verb for change in created] == ["update", "create"]
    assert (details.percent, details.is_running) == (100, False)
    assert queries.run_visible_to(anna, run.public_id) == run
    assert queries.run_visible_to(bilal, run.public_id) is None


def test_source_of_an_activity_is_kept_without_its_contacts(
    tmp_path: Path, import_iati: Import
) -> None:
    contact = "<contact-info><email>somebody@example.org</email></contact-info>"
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One", contact))

    import_iati(file)

    source = Source.objects.get()
    assert "somebody@example.org" not in zlib.decompress(source.content).decode()
    assert "<narrative>One</narrative>" in zlib.decompress(source.content).decode()
    assert "somebody@example.org" not in str(source.values)
    assert "somebody@example.org" not in str(values_of(by_identifier("X-1")))


def test_leftovers_of_an_import_that_died_early_are_swept(
    tmp_path: Path, import_iati: Import, own_home: Path
) -> None:
    left = staging.Staging.create("R-DIEDEARLY")
    left.close()

    import_iati(write_iati(tmp_path / "a.xml", *many(1)))

    assert list((own_home / "imports").iterdir()) == []


def _status(code: int) -> str:
    return f'<activity-status code="{code}"/>'


_START = '<activity-date type="2" iso-date="2011-02-15"/>'


def _partner(name: str) -> str:
    return f'<participating-org role="4"><narrative>{name}</narrative></participating-org>'


def _stop_after(monkeypatch: Any, *, batches: int) -> None:
    """Let the database refuse everything after some batches."""
    real = planning.plan
    calls = 0

    def plan(*arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > batches:
            raise OperationalError("the machine is gone")
        return real(*arguments, **more)

    monkeypatch.setattr(planning, "plan", plan)
