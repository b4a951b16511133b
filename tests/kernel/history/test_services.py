"""Writing the log: numbers, what is kept, refusals, erasing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries, services, verification
from stocktake.kernel.history.models import Change, Head, Payload
from stocktake.kernel.history.services import Entry, HistoryError, record_many

pytestmark = pytest.mark.django_db


def _entry(number: int, **values: object) -> Entry:
    return Entry("update", "activity", f"A-{number}", {"title": None}, {"title": "x", **values})


def test_record_many_numbers_without_gaps_and_chains_hashes(system: System) -> None:
    start, start_hash = queries.head()

    numbers = record_many(system, [_entry(n) for n in range(5)])

    rows = list(Change.objects.filter(number__in=numbers))
    assert numbers == list(range(start + 1, start + 6))
    assert [row.previous_hash for row in rows] == [start_hash, *(row.hash for row in rows[:-1])]
    assert queries.head() == (rows[-1].number, rows[-1].hash)


def test_record_keeps_only_the_fields_that_differ(system: System) -> None:
    entry = Entry("update", "activity", "A-1", {"a": 1, "b": 2}, {"a": 1, "b": 3}, "why")

    [number] = record_many(system, [entry])

    change = Change.objects.select_related("payload").get(number=number)
    [told] = queries.diff(change)
    assert (told.field, told.before, told.after) == ("b", 2, 3)
    assert queries.note_of(change) == "why"
    assert change.actor_key == "system:test"


def test_record_names_the_author_on_whose_behalf_it_was_written(system: System) -> None:
    [number] = record_many(system, [_entry(1)], on_behalf_of=System("author"))

    assert Change.objects.get(number=number).on_behalf_of == "system:author"


def test_record_many_of_nothing_writes_nothing(system: System) -> None:
    before = queries.head()

    assert record_many(system, []) == []
    assert queries.head() == before


def test_record_rolls_back_with_its_write(system: System) -> None:
    before = queries.head()

    with pytest.raises(RuntimeError), transaction.atomic():
        record_many(system, [_entry(1)])
        raise RuntimeError

    assert queries.head() == before


def test_record_without_a_head_row_is_refused(system: System, monkeypatch) -> None:
    monkeypatch.setattr(services, "HEAD_ROW", 99)

    with pytest.raises(HistoryError, match="no head row"):
        record_many(system, [_entry(1)])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_change SET verb = 'x'",
        "DELETE FROM history_change",
        "DELETE FROM history_payload",
        "UPDATE history_payload SET \"values\" = '{}'",
        "UPDATE history_head SET number = number - 1",
        "DELETE FROM history_head",
        "TRUNCATE history_payload, history_change",
        "TRUNCATE history_head",
    ],
)
def test_database_refuses_to_rewrite_the_log(statement: str, system: System) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        statement = "DELETE FROM history_change"  # SQLite knows no TRUNCATE
    record_many(system, [_entry(1)])

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_erase_leaves_a_tombstone_and_a_log_that_holds(system: System) -> None:
    [number] = record_many(system, [_entry(1, name="a person")])

    told = services.erase(system, number, ["name"], reason="asked for")

    change = Change.objects.select_related("payload").get(number=number)
    erased = {field.field: field.is_erased for field in queries.diff(change)}
    assert erased == {"name": True, "title": False}
    assert Payload.objects.get(pk=number).erased_by == told
    assert "a person" not in str(list(Payload.objects.values_list("values", flat=True)))
    assert verification.verify().holds


def test_erase_by_someone_without_permission_is_denied(bilal, system: System) -> None:
    [number] = record_many(system, [_entry(1)])

    with pytest.raises(PermissionDenied):
        services.erase(bilal, number, ["title"], reason="no")

    assert Payload.objects.get(pk=number).erased_by is None


def test_erase_of_an_unknown_field_is_refused(system: System) -> None:
    [number] = record_many(system, [_entry(1)])

    with pytest.raises(ValidationError, match="no field nothing"):
        services.erase(system, number, ["nothing"], reason="x")


def test_head_row_is_the_only_one() -> None:
    assert list(Head.objects.values_list("pk", flat=True)) == [1]


def test_erase_many_blanks_each_entry_and_the_log_still_holds(system: System) -> None:
    numbers = record_many(system, [_entry(1, summary="Ada"), _entry(1, title="Ada")])
    found = queries.erasable("activity", "A-1", fields=["title"])

    told_by = services.erase_many(system, found, reason="It named a person.")

    assert found == {number: ["title"] for number in numbers}
    assert list(told_by) == numbers
    assert queries.erasable("activity", "A-1") == {numbers[0]: ["summary"]}
    assert [
        queries.note_of(change) for change in queries.changes_of("change", str(numbers[0]))
    ] == ["It named a person."]
    assert verification.verify().holds


def test_erase_many_with_a_fault_in_one_entry_erases_nothing(system: System) -> None:
    [first, second] = record_many(system, [_entry(1), _entry(1)])

    with pytest.raises(ValidationError, match="no field colour"):
        services.erase_many(system, {first: ["title"], second: ["colour"]}, reason="Why.")

    assert queries.erasable("activity", "A-1") == {first: ["title"], second: ["title"]}


def test_erase_many_without_a_reason_is_refused(system: System) -> None:
    [number] = record_many(system, [_entry(1)])

    with pytest.raises(ValidationError, match="needs a reason"):
        services.erase_many(system, {number: ["title"]}, reason=" ")


def test_erase_of_what_is_erased_already_is_refused(system: System) -> None:
    [number] = record_many(system, [_entry(1)])
    services.erase(system, number, ["title"], reason="Why.")

    with pytest.raises(ValidationError, match="erased already"):
        services.erase(system, number, ["title"], reason="Why.")


def test_erase_of_what_an_erasure_tells_is_refused_but_for_its_note(system: System) -> None:
    [number] = record_many(system, [_entry(1)])
    told_by = services.erase(system, number, ["title"], reason="It named Ada.")

    with pytest.raises(ValidationError, match="only its note"):
        services.erase(system, told_by, ["fields"], reason="Why.")
    services.erase(system, told_by, ["_note"], reason="The reason named a person.")

    assert verification.verify().holds
