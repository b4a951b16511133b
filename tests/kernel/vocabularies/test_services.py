"""Loading the vocabularies: idempotent, withdrawing, logged, refused to others."""

import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from stocktake.kernel.history import queries as history
from stocktake.kernel.vocabularies import queries
from stocktake.kernel.vocabularies.files import DataFileError
from stocktake.kernel.vocabularies.models import (
    Area,
    AreaGroup,
    AreaGroupMembership,
    Code,
    Codelist,
)
from stocktake.kernel.vocabularies.reconcile import Outcome
from stocktake.kernel.vocabularies.services import load_vocabularies

pytestmark = pytest.mark.django_db


def replace(path: Path, old: str, new: str) -> None:
    """Change one place of a data file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_load_a_second_time_writes_nothing(system: Any) -> None:
    load_vocabularies(system)
    before = history.head()

    outcome = load_vocabularies(system)

    assert (outcome.created, outcome.updated, outcome.withdrawn) == (0, 0, 0)
    assert outcome.unchanged > 900
    assert history.head() == before


def test_load_into_an_empty_database_is_fast(system: Any) -> None:
    for model in (AreaGroupMembership, AreaGroup, Code, Codelist):
        model.objects.all().delete()
    Area.objects.update(parent=None)
    Area.objects.all().delete()

    start = time.process_time()
    outcome = load_vocabularies(system)
    seconds = time.process_time() - start

    assert outcome.created == outcome.written > 900
    assert seconds < 1.5


def test_load_of_many_changed_names_is_fast(system: Any) -> None:
    Area.objects.update(names={})

    start = time.process_time()
    outcome = load_vocabularies(system)
    seconds = time.process_time() - start

    assert (outcome.updated, outcome.created) == (279, 0)
    assert seconds < 1.5


def test_load_when_a_code_vanished_withdraws_it_and_keeps_its_name(
    system: Any, folder: Path
) -> None:
    path = folder / "codelists" / "impediment.csv"
    kept = [line for line in path.read_text().splitlines() if not line.startswith("standards,")]
    path.write_text("\n".join(kept) + "\n")

    outcome = load_vocabularies(system, folder=folder)

    code = Code.objects.get(public_id="impediment:standards")
    assert outcome.withdrawn == 1
    assert code.withdrawn_on == timezone.localdate().isoformat()
    assert "standards" not in [each.code for each in queries.codes_of("impediment")]
    assert queries.labels("impediment", "fr", ["standards"]) == {"standards": "Normes"}
    assert "standards" in queries.known_codes("impediment")
    assert history.changes_of("code", "impediment:standards")[0].verb == "withdraw"


def test_load_when_a_withdrawn_code_comes_back_restores_it(system: Any, folder: Path) -> None:
    Code.objects.filter(public_id="impediment:standards").update(withdrawn_on="2020-01-01")

    outcome = load_vocabularies(system, folder=folder)

    change = history.changes_of("code", "impediment:standards")[0]
    assert outcome.updated == 1
    assert Code.objects.get(public_id="impediment:standards").withdrawn_on == ""
    assert (change.verb, change.actor_key) == ("restore", "system:test")


def test_load_when_a_file_says_withdrawn_keeps_that_day(system: Any, folder: Path) -> None:
    replace(folder / "codelists" / "scope_level.csv", "محلي,地方,,", "محلي,地方,,2019-06-30")

    outcome = load_vocabularies(system, folder=folder)

    assert outcome.withdrawn == 1
    assert Code.objects.get(public_id="scope_level:local").withdrawn_on == "2019-06-30"
    assert load_vocabularies(system, folder=folder).written == 0


def test_load_when_a_name_changed_logs_before_and_after(system: Any, folder: Path) -> None:
    replace(folder / "geo" / "areas.csv", ",Kenya,Kenya,Kenya,", ",Kenya!,Kenya,Kenya,")

    outcome = load_vocabularies(system, folder=folder)

    fields = {each.field: each for each in history.diff(history.changes_of("area", "404")[0])}
    assert outcome.updated == 1
    assert list(fields) == ["names"]
    assert fields["names"].before["values"]["en"] == "Kenya"
    assert fields["names"].after["values"]["en"] == "Kenya!"
    assert Area.objects.get(pk="404").version == 2


def test_load_when_a_membership_ended_updates_it(system: Any, folder: Path) -> None:
    replace(
        folder / "geo" / "memberships.csv",
        "ldc,050,member,1975,,",
        "ldc,050,member,1975,2026-11-24,",
    )

    load_vocabularies(system, folder=folder)

    assert AreaGroupMembership.objects.get(public_id="ldc:050:1975").left == "2026-11-24"


def test_load_without_the_permission_is_refused(bilal: Any, anna: Any) -> None:
    with pytest.raises(PermissionDenied):
        load_vocabularies(bilal)
    with pytest.raises(PermissionDenied):
        load_vocabularies(anna)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("codelists/scope_level.csv", "\nlocal,", "\nnational,", "row 3: national is listed twice"),
        ("codelists/scope_level.csv", "\nlocal,", "\n,", "row 2: The code is empty"),
        ("geo/areas.csv", "\n404,country,KE,KEN,014", "\n404,country,KE,KEN,999", "999 does not"),
        ("geo/areas.csv", "\n404,country,", "\n404,empire,", "empire is no value of the column"),
        ("geo/memberships.csv", "ldc,050,member,1975", "ldc,050,member,75", "A date is written"),
        ("geo/memberships.csv", "ldc,050,member,1975", "ldc,000,member,1975", "000 is no value"),
        ("codelists/scope_level.toml", "licence", "license", "The facts licence are missing"),
    ],
)
def test_load_of_a_broken_file_says_where_and_writes_nothing(
    system: Any, folder: Path, file: str, old: str, new: str, message: str
) -> None:
    replace(folder / file, old, new)
    before = history.head()

    with pytest.raises(DataFileError, match=message) as caught:
        load_vocabularies(system, folder=folder)

    assert Path(file).name in str(caught.value)
    assert history.head() == before


def test_outcome_adds_up() -> None:
    total = Outcome(1, 2, 3, 4) + Outcome(10, 20, 30, 40)

    assert total == Outcome(11, 22, 33, 44)
    assert total.written == 66
