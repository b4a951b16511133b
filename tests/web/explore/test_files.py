"""Downloads come back whole: imported again as they are, they change nothing."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import update_activity, values_of
from stocktake.exchange import runs
from stocktake.exchange.iati.importer import IatiFormat
from stocktake.exchange.models import ImportRun
from stocktake.exchange.sample import load_sample
from stocktake.exchange.tables.importer import TableFormat
from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries as history
from stocktake.lib.multilingual import Text
from tests import factories

_LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
_SAMPLES = Path(__file__).parents[2] / "data" / "iati"

FileOf = Callable[..., bytes]


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """Keep what is staged apart from other tests."""
    settings.STOCKTAKE_HOME = tmp_path / "home"


@pytest.fixture
def rich(db: None, system: System) -> Activity:
    """An activity that holds what is hard to write into cells."""
    ministry = factories.organization("Ministry of Posts; Telegraphs", acronym="MPT")
    hidden = factories.organization("Hidden", state="draft")
    fund = factories.organization('"Alfa" Fund [North]')
    made = factories.activity(
        "=Fibre; to “every”\r\n\r\nschool ",
        owner=ministry,
        start_date="1865-05",
        end_date="1866",
        type="project",
        description=Text(
            "fr", {"fr": " Première ligne\r\nseconde, « ligne »", "pt-BR": "x"}
        ).to_json(),
        lessons=Text.of("ru", "'=не формула").to_json(),
        budget_amount="-123456789012345678.90",
        budget_currency="CHF",
        beneficiaries=["women", "youth"],
        languages=["fr"],
        source_name="A source ",
        source_url="https://example.org/source",
        last_confirmed_on="2010-01-02",
        areas=[
            {"area": "404", "percentage": "33.33"},
            {"area": "862", "percentage": None},
            {"area": "002", "percentage": "100.00"},
        ],
        elements=[
            {"element": "wsis-al:C2", "is_primary": True, "note": "stated by its owner"},
            {"element": "sdg:9.c", "is_suggested": True, "note": "OECD DAC 22040"},
        ],
        participations=[
            {"organization": ministry.public_id, "role": "funding"},
            {"organization": ministry.public_id, "role": "accountable"},
            {"organization": fund.public_id, "role": "partner"},
            {"organization": hidden.public_id, "role": "implementing"},
        ],
        links=[
            {
                "url": "https://example.org/a;b?c=1,2",
                "title": "One; [two]  three",
                "kind": "report",
            },
            {"url": "https://example.org/a", "title": "[Draft] “x”", "kind": ""},
            {"url": "https://example.org/a", "title": "", "kind": "homepage"},
        ],
    )
    update_activity(system, made, {"title": made.title.to_json()}, expected_version=None)
    return Activity.objects.with_links().get(pk=made.pk)


def _imported(file: Path, data: bytes) -> tuple[dict[str, Any], runs.Report]:
    file.write_bytes(data)
    report = runs.import_files(System("test"), TableFormat(), [file])
    told = report.summary.to_json()
    wanted = ("read", "created", "updated", "unchanged", "errors", "conflicts")
    return {name: told[name] for name in wanted if told[name]}, report


def test_file_in_any_language_and_format_comes_back_without_a_change(
    rich: Activity, index: Any, file_of: FileOf, tmp_path: Path, system: System
) -> None:
    runs.import_files(system, IatiFormat(), [_SAMPLES / "activities-2.03.xml"])
    count = Activity.objects.count()
    index()
    before = (history.head(), ImportRun.objects.count(), values_of(rich))

    told = {
        (language, form): _imported(
            tmp_path / f"{language}.{form}", file_of(f"/activities/download.{form}", language)
        )
        for language in _LANGUAGES
        for form in ("csv", "xlsx")
    }

    expected = {"read": count, "unchanged": count}
    assert {key: counts for key, (counts, _report) in told.items()} == dict.fromkeys(told, expected)
    assert [report.run for _counts, report in told.values()] == [None] * 12
    now = values_of(Activity.objects.with_links().get(pk=rich.pk))
    assert (history.head(), ImportRun.objects.count(), now) == before


def test_sample_register_comes_back_without_a_change(
    index: Any, file_of: FileOf, tmp_path: Path, system: System
) -> None:
    count = load_sample(system)
    index()

    counts, report = _imported(tmp_path / "a.csv", file_of("/activities/download.csv", "ar"))

    assert (counts, report.run) == ({"read": count, "unchanged": count}, None)


def test_one_cell_that_was_changed_changes_that_field_only(
    rich: Activity, index: Any, file_of: FileOf, tmp_path: Path
) -> None:
    index()
    heads, *rows = csv.reader(
        io.StringIO(file_of("/activities/download.csv", "fr").decode("utf-8-sig"))
    )
    row = rows[0]
    place = heads.index("Partenaires")
    row[place] = row[place].replace("accountable", "implementing") + "; Nouvelle société"
    stream = io.StringIO()
    csv.writer(stream).writerows([heads, row])
    before = values_of(rich)

    counts, _report = _imported(tmp_path / "a.csv", stream.getvalue().encode())

    now = values_of(Activity.objects.with_links().get(pk=rich.pk))
    roles = sorted(link["role"] for link in now.pop("participations"))
    assert counts == {"read": 1, "updated": 1}
    assert roles == ["funding", "implementing", "implementing", "partner", "partner"]
    assert now == {name: before[name] for name in now}


def test_texts_too_long_for_a_workbook_are_left_alone_unless_changed(
    index: Any, file_of: FileOf, tmp_path: Path
) -> None:
    links = [
        {"url": f"https://example.org/{'x' * 200}/{n}", "title": "t" * 300, "kind": "report"}
        for n in range(80)
    ]
    made = factories.activity(
        "Long", description=Text.of("en", "word " * 8000).to_json(), links=links
    )
    before = values_of(made)
    index()

    book, _report = _imported(tmp_path / "a.xlsx", file_of("/activities/download.xlsx"))
    table, _report = _imported(tmp_path / "a.csv", file_of("/activities/download.csv"))

    assert (book, table) == ({"read": 1, "unchanged": 1}, {"read": 1, "unchanged": 1})
    assert values_of(Activity.objects.with_links().get(pk=made.pk)) == before


def test_row_written_before_an_edit_does_not_take_the_edit_back(
    index: Any, file_of: FileOf, tmp_path: Path, system: System
) -> None:
    made = factories.activity("Radio", status="ongoing")
    Activity.objects.filter(pk=made.pk).update(updated_at=datetime(2020, 5, 1, 8, tzinfo=UTC))
    index()
    data = file_of("/activities/download.csv")
    edited = data.replace(b"ongoing,Ongoing", b"completed,Completed")
    made.refresh_from_db()
    text = Text.of("en", "Edited").to_json()
    update_activity(system, made, {"summary": text}, expected_version=None)

    counts, report = _imported(tmp_path / "a.csv", edited)

    [fault] = report.summary.notes["error"]
    assert (counts["read"], fault.line, fault.field) == (1, 2, "Changed")
    assert Activity.objects.get(pk=made.pk).status == "ongoing"
    without = "\n".join(line.rpartition(",")[0] for line in edited.decode().splitlines())
    assert _imported(tmp_path / "a.csv", without.encode())[0] == {"read": 1, "updated": 1}
    assert Activity.objects.get(pk=made.pk).status == "completed"


def test_fresh_row_changes_a_field_that_was_edited_since_an_earlier_one(
    index: Any, file_of: FileOf, tmp_path: Path, system: System
) -> None:
    made = factories.activity("Radio", status="ongoing")
    index()
    first = file_of("/activities/download.csv").replace(b"ongoing,Ongoing", b"completed,Completed")
    _imported(tmp_path / "a.csv", first)
    made.refresh_from_db()
    update_activity(system, made, {"status": "planned"}, expected_version=None)
    index()
    fresh = file_of("/activities/download.csv").replace(
        b"planned,Planned", b"discontinued,Discontinued"
    )

    counts, report = _imported(tmp_path / "a.csv", fresh)

    assert (counts, report.summary.notes.get("conflict", [])) == ({"read": 1, "updated": 1}, [])
    assert Activity.objects.get(pk=made.pk).status == "discontinued"
