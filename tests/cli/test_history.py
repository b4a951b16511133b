"""`stocktake history erase`: what is listed, asked, blanked and refused."""

import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import ValidationError

from stocktake.cli.history import group
from stocktake.domain.activities.services import update_activity
from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries, verification
from stocktake.kernel.history.models import Payload
from stocktake.lib.multilingual import Text
from tests import factories

pytestmark = pytest.mark.django_db


def _run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(group, list(arguments), input=given)


@pytest.fixture
def record(system: System) -> tuple[str, str]:
    """Give kind and identifier of an activity whose first title named a person."""
    activity = factories.activity("Wells of Ada")
    update_activity(
        system,
        activity,
        {"title": Text.of("en", "Wells").to_json()},
        expected_version=None,
        note="Ada asked",
    )
    return "activity", activity.public_id


def test_erase_dry_lists_the_entries_and_blanks_nothing(record: tuple[str, str]) -> None:
    second, first = (change.number for change in queries.changes_of(*record))
    head = queries.head()

    result = _run(
        "erase", *record, "--field", "title", "--field", "_note", "--reason", "x", "--dry-run"
    )

    assert result.output.splitlines() == [
        f"Entry {first}: title",
        f"Entry {second}: _note, title",
        "Nothing was erased.",
    ]
    assert (result.exit_code, queries.head()) == (0, head)


def test_erase_asks_first_and_stops_without_a_yes(record: tuple[str, str]) -> None:
    head = queries.head()

    result = _run("erase", *record, "--all-fields", "--reason", "x", given="n\n")

    assert (result.exit_code, queries.head()) == (1, head)


def test_erase_blanks_the_values_and_the_log_is_whole(record: tuple[str, str]) -> None:
    second, first = (change.number for change in queries.changes_of(*record))

    result = _run("erase", *record, "--field", "title", "--reason", "A name.", given="y\n")

    assert "Erased in 2 entries" in result.output
    held = Payload.objects.in_bulk([first, second])
    assert [held[first].values["title"], held[second].values["title"]] == [None, None]
    assert held[second].values["_note"][2] == "Ada asked"
    assert verification.verify().holds
    assert _run("verify").exit_code == 0


def test_erase_of_one_entry_leaves_the_others(record: tuple[str, str]) -> None:
    second, first = (change.number for change in queries.changes_of(*record))

    result = _run(
        "erase", *record, "--entry", str(first), "--field", "title", "--reason", "x", "--yes"
    )

    assert result.output.endswith(f"entry {queries.head()[0]} tells of it.\n")
    assert list(queries.erasable(*record, fields=["title"])) == [second]


@pytest.mark.parametrize(
    "fields", [(), ("--field", "title", "--all-fields"), ("--field", "colour")]
)
def test_erase_of_unclear_or_absent_fields_is_refused(
    record: tuple[str, str], fields: tuple[str, ...]
) -> None:
    result = _run("erase", *record, *fields, "--reason", "x", "--yes")

    assert result.exit_code == 2


def test_erase_without_words_for_the_reason_is_refused(record: tuple[str, str]) -> None:
    result = _run("erase", *record, "--all-fields", "--reason", " ", "--yes")

    assert isinstance(result.exception, ValidationError)
