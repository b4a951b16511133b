"""Tables into the register: what cells mean, all faults at once, stable identity, hostile files."""

import json
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import update_activity, values_of
from stocktake.exchange import runs, undoing
from stocktake.exchange.models import ImportRun, Source
from stocktake.exchange.runs import Report
from stocktake.exchange.tables.importer import TableFormat
from stocktake.kernel.common.actors import System
from stocktake.lib.formats.tabular import parse_mapping
from tests import factories
from tests.exchange.material import by_identifier, log_head

pytestmark = pytest.mark.django_db

Import = Callable[..., Report]

_HEADER = "ID;Title;Titre (fr);Organisation;Country;Action line;SDG;Start date;Status;Budget;Link"
_ROW = (
    "7;Rural radio;Radio rurale;Ministry of Posts;Senegal;C2;9.c;2010-05;Completed;"
    "USD 1,000.50;example.org/radio"
)


@pytest.fixture
def import_table(system: System) -> Import:
    """Import tables as the operator does."""

    def run(*paths: Path, mapping: str = "{}", **options: Any) -> Report:
        form = TableFormat(parse_mapping(mapping))
        return runs.import_files(system, form, list(paths), **options)

    return run


def _write(folder: Path, *lines: str, name: str = "table.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_row_is_entered_with_every_cell_as_a_code_or_value(
    tmp_path: Path, import_table: Import
) -> None:
    report = import_table(_write(tmp_path, _HEADER, _ROW))

    made = by_identifier("ministry of posts/7", "table")
    told = {name: value for name, value in values_of(made).items() if value not in ("", [], {})}
    owner = told.pop("owner")
    assert report.summary.to_json()["errors"] == []
    assert str(made.owner) == "Ministry of Posts"
    assert told == {
        "title": {"original": "en", "values": {"en": "Rural radio", "fr": "Radio rurale"}},
        "status": "completed",
        "start_date": "2010-05",
        "budget_amount": "1000.50",
        "budget_currency": "USD",
        "origin": "import",
        "is_invented": False,
        "last_confirmed_on": None,
        "state": "published",
        "areas": [{"area": "686", "percentage": None}],
        "elements": [
            {"element": "sdg:9.c", "is_primary": False, "is_suggested": False, "note": ""},
            {"element": "wsis-al:C2", "is_primary": False, "is_suggested": False, "note": ""},
        ],
        "links": [{"url": "https://example.org/radio", "title": "", "kind": ""}],
        "external_identifiers": [{"scheme": "table", "value": "ministry of posts/7"}],
    }
    assert owner.startswith("O-")


@pytest.mark.parametrize(
    "lines",
    [
        ("Titre;Pays;État", "Radio;Sénégal;Achevée"),
        ("Título;País;Estado", "Radio;Senegal;Finalizada"),
        ("Название;Страна;Статус", "Радио;Сенегал;Завершено"),
        ("العنوان;البلد;الحالة", "راديو;السنغال;مكتمل"),
        ("标题;国家;状态", "电台;塞内加尔;已完成"),
        ("Title;Country;Status", "Radio;SEN;completed"),
        ("Title;Country;Status", "Radio;sn;COMPLETED"),
        ("Title;Country;Status", "Radio;686;Completed"),
    ],
)
def test_columns_and_codes_are_known_in_six_languages(
    tmp_path: Path, import_table: Import, lines: tuple[str, str]
) -> None:
    report = import_table(_write(tmp_path, *lines))

    assert [fault.message for fault in report.summary.notes.get("error", [])] == []
    made = Activity.objects.with_links().get()
    assert [link.area_id for link in made.activity_areas.all()] == ["686"]
    assert made.status == "completed"


def test_all_faults_of_all_rows_are_told_at_once_each_once_by_the_names_of_the_file(
    tmp_path: Path, import_table: Import
) -> None:
    file = _write(
        tmp_path,
        "No.;Project title;Pays;Action line;Start date;Fin;Status;Budget;Link;Owner;Stakeholder;"
        "Seat;Source address",
        "1;Good;Mali;C2;2010;;;;;Body;;;",
        "2;Bad;Atlantis, Mu;C99;2010-13;;Whatever;many;nope;Body;Martian;Lemuria;nowhere",
        "3;;Mali;;;;;-5;;Body;;;",
        ";;Mali;;;;;;;Body;;;",
        "4;Backwards;Mali;C98;2012;2011;;;;Body;;;",
        "1;Again;Mars;;;;;;;Body;;;",
        "5;Long ago;;;1200;;;;;Body;;;",
    )
    columns = {
        "No.": "identifier",
        "Seat": "organization_country",
        "Source address": "source_url",
    }

    report = import_table(file, mapping=json.dumps({"columns": columns}))

    told = [
        (fault.file, fault.line, fault.identifier, fault.field)
        for fault in report.summary.notes["error"]
    ]
    assert sorted(told) == sorted(
        [
            *(
                ("table.csv", 3, "2", name)
                for name in (
                    *("Pays", "Action line", "Start date", "Status", "Budget", "Link"),
                    *("Stakeholder", "Seat", "Source address"),
                )
            ),
            ("table.csv", 4, "3", "Project title"),
            ("table.csv", 4, "3", "Budget"),
            ("table.csv", 5, "", "Project title"),
            ("table.csv", 6, "4", "Fin"),
            ("table.csv", 6, "4", "Action line"),
            ("table.csv", 7, "1", "No."),
            ("table.csv", 7, "1", "Pays"),
            ("table.csv", 8, "5", "Start date"),
        ]
    )
    assert (report.summary.created, report.summary.skipped) == (1, 6)


def test_names_and_codes_that_contradict_each_other_are_refused(
    tmp_path: Path, import_table: Import
) -> None:
    body = factories.organization("Ministry of Posts", acronym="MP")
    made = factories.activity("Radio", owner=body)
    file = _write(
        tmp_path,
        "Identifier|Status (code)|Status|Owner (identifier)|Owner|Countries and areas|Partners",
        f"{made.public_id}|ongoing|Completed|{body.public_id}|Others|Mali [404]|"
        f"Others [{body.public_id}]; MP [O-00000000]; MP [{body.public_id}, king]",
        f"{made.public_id}|ongoing|En cours|{body.public_id}|MP|Kenya [404]|"
        f"Ministry of Posts (MP) [{body.public_id}, funding]",
    )

    report = import_table(file)

    assert [(fault.line, fault.field) for fault in report.summary.notes["error"]] == [
        (2, "Status"),
        (2, "Owner"),
        (2, "Countries and areas"),
        (2, "Partners"),
        (2, "Partners"),
        (2, "Partners"),
        (3, "Identifier"),
    ]


def test_row_that_names_a_record_leaves_alone_what_the_table_has_no_column_for(
    tmp_path: Path, import_table: Import
) -> None:
    one, two = factories.organization("One"), factories.organization("Two")
    made = factories.activity(
        "Radio",
        elements=[{"element": "wsis-al:C2", "note": "why"}, {"element": "sdg:9.c"}],
        participations=[
            {"organization": one.public_id, "role": "funding"},
            {"organization": two.public_id, "role": "partner"},
        ],
    )
    file = _write(tmp_path, "Identifier;SDG;Funding", f"{made.public_id};4;Two")

    import_table(file)

    now = values_of(Activity.objects.with_links().get(pk=made.pk))
    assert [(link["element"], link["note"]) for link in now["elements"]] == [
        ("sdg:4", ""),
        ("wsis-al:C2", "why"),
    ]
    assert [link["role"] for link in now["participations"]] == ["funding", "partner"]
    assert {link["organization"] for link in now["participations"]} == {two.public_id}


def test_same_identifier_under_another_spelling_of_the_organization_is_noted(
    tmp_path: Path, import_table: Import
) -> None:
    factories.organization("International Telecommunication Union", acronym="ITU")
    first = _write(
        tmp_path,
        "ID;Title;Organisation",
        "7;Radio;International Telecommunication Union",
        "8;Post;Ministry of Posts",
        name="a.csv",
    )
    second = _write(
        tmp_path,
        "ID;Title;Organisation",
        "7;Wireless;ITU",
        "8;Letters;Ministry of Health",
        "9;Phone;Ministry of Posts",
        "9;Telephone;Ministry of Post",
        name="b.csv",
    )
    import_table(first)

    report = import_table(second)
    again = import_table(second)

    known = by_identifier("international telecommunication union/7", "table").public_id
    told = report.summary.to_json()
    assert [(note["line"], note["field"], note["message"]) for note in told["notes"]] == [
        (
            2,
            "Organisation",
            f"7 looks like {known} (“Radio”), which has the same identifier under another "
            "spelling of the organization; it is an entry of its own.",
        ),
        (
            5,
            "Organisation",
            "9 looks like row 4 (“Phone”), which has the same identifier under another spelling "
            "of the organization; it is an entry of its own.",
        ),
    ]
    assert (told["created"], told["note_count"], told["error_count"]) == (4, 2, 0)
    assert "notes" not in again.summary.to_json()


def test_encoding_is_named_or_the_file_is_refused(tmp_path: Path, import_table: Import) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("Title;Country\nRadio;Mali\nРадио;Mali\n".encode("windows-1251"))

    refused = import_table(file)
    taken = import_table(file, mapping='{"encoding": "windows-1251"}')

    [fault] = refused.summary.notes["error"]
    assert (fault.file, fault.line) == ("t.csv", 3)
    assert fault.message.startswith("The file is not in UTF-8: in row 3 stands the byte 0xD0")
    assert (refused.summary.created, taken.summary.created) == (0, 2)
    assert Activity.objects.filter(title__values__ru="Радио").exists()


def test_table_without_rows_is_told(tmp_path: Path, import_table: Import) -> None:
    report = import_table(_write(tmp_path, "Title;Country"))

    told = [fault.message for fault in report.summary.notes["error"]]
    assert told == ["The table has no rows below its header."]


def test_table_imported_twice_changes_nothing_with_or_without_identifiers(
    tmp_path: Path, import_table: Import
) -> None:
    with_ids = _write(tmp_path, _HEADER, _ROW, name="a.csv")
    without = _write(
        tmp_path, "Title;Organisation;Start", "One;Body;2010", "Two;Body;2010", name="b.csv"
    )
    import_table(with_ids, without)
    before = (log_head(), Activity.objects.count(), ImportRun.objects.count())

    report = import_table(with_ids, without)

    assert (report.summary.unchanged, report.run) == (3, None)
    assert (log_head(), Activity.objects.count(), ImportRun.objects.count()) == before
    assert before[1] == 3


def test_corrected_row_updates_its_entry_and_a_persons_edit_stands(
    tmp_path: Path, import_table: Import, anna: Any
) -> None:
    file = _write(tmp_path, _HEADER, _ROW)
    import_table(file)
    made = by_identifier("ministry of posts/7", "table")
    update_activity(anna, made, {"status": "ongoing"}, expected_version=None)
    _write(tmp_path, _HEADER, _ROW.replace("Completed", "Planned").replace("Senegal", "Mali"))

    report = import_table(file)

    now = by_identifier("ministry of posts/7", "table")
    assert (now.pk, now.status) == (made.pk, "ongoing")
    assert [link.area_id for link in now.activity_areas.all()] == ["466"]
    assert [fault.field for fault in report.summary.notes["conflict"]] == ["status"]


def test_same_number_of_two_organizations_is_two_entries(
    tmp_path: Path, import_table: Import
) -> None:
    file = _write(tmp_path, "ID;Title;Organisation", "1;Ours;Ministry A", "1;Theirs;Ministry B")

    import_table(file)

    assert sorted(str(activity) for activity in Activity.objects.all()) == ["Ours", "Theirs"]


def test_our_own_identifier_updates_that_entry_and_keeps_what_the_row_leaves_empty(
    tmp_path: Path, import_table: Import, system: System
) -> None:
    made = factories.activity("Before", status="ongoing", start_date="2010")
    text = made.title.with_translation("fr", "Avant").to_json()
    update_activity(system, made, {"title": text}, expected_version=None)
    file = _write(
        tmp_path,
        "Identifier;Title;Status;Start",
        f"{made.public_id};After;completed;",
        "A-00000000;Nobody;;",
    )

    report = import_table(file)

    now = Activity.objects.get(pk=made.pk)
    assert dict(now.title.values) == {"en": "After", "fr": "Avant"}
    assert (now.status, now.start_date, now.origin) == ("completed", "2010", "entry")
    assert Activity.objects.count() == 1
    assert [(fault.line, fault.message) for fault in report.summary.notes["error"]] == [
        (3, "There is no activity A-00000000 in the register; the entry was left out.")
    ]
    assert report.run is not None
    undoing.undo(system, report.run)
    assert Activity.objects.get(pk=made.pk).status == "ongoing"


def test_mapping_names_columns_and_is_kept_with_the_run(
    tmp_path: Path, import_table: Import
) -> None:
    mapping = json.dumps({"columns": {"Was": "title:fr", "Quark": ""}, "date_order": "dmy"})
    file = _write(tmp_path, "Was;Start;Quark;Farbe", "Réseau;01/02/2010;x;blau")

    report = import_table(file, mapping=mapping)

    made = Activity.objects.get()
    assert (dict(made.title.values), made.start_date) == ({"fr": "Réseau"}, "2010-02-01")
    assert report.run is not None
    assert report.run.mapping["given"]["columns"] == {"Was": "title:fr", "Quark": ""}
    assert report.run.mapping["files"][0]["left_out"] == ["Farbe"]
    kept = json.loads(zlib.decompress(Source.objects.get().content))
    assert kept == {"Was": "Réseau", "Start": "01/02/2010", "Quark": "x", "Farbe": "blau"}


def test_workbook_is_read_like_a_text_file(tmp_path: Path, import_table: Import) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Title", "Budget", "Currency", "Country"])
    book.active.append(["Rural radio", 1234.5, "EUR", "Mali; Senegal"])
    book.save(tmp_path / "book.xlsx")

    import_table(tmp_path / "book.xlsx")

    made = Activity.objects.get()
    assert (made.budget_amount, made.budget_currency) == (Decimal("1234.50"), "EUR")
    assert made.activity_areas.count() == 2


def test_columns_that_are_not_clear_stop_the_file(tmp_path: Path, import_table: Import) -> None:
    file = _write(tmp_path, "Title;Title;Start", "One;Two;2010")

    report = import_table(file)

    assert [fault.code for fault in report.summary.notes["error"]] == ["column-twice"]
    assert (report.run, Activity.objects.count()) == (None, 0)


def _bomb(folder: Path) -> Path:
    file = folder / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" + " " * 200_000_000)
    return file


def _wide(folder: Path) -> Path:
    return _write(folder, ";".join(f"c{n}" for n in range(1_000_000)), "x", name="wide.csv")


def _long_line(folder: Path) -> Path:
    return _write(folder, "Title", "x" * 50_000_000, name="long.csv")


def _picture(folder: Path) -> Path:
    file = folder / "picture.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    return file


def _half(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.save(folder / "half.xlsx")
    file = folder / "half.xlsx"
    file.write_bytes(file.read_bytes()[:2000])
    return file


@pytest.mark.parametrize("make", [_bomb, _wide, _long_line, _picture, _half])
def test_hostile_table_ends_in_clear_errors_and_nothing_is_changed(
    tmp_path: Path, import_table: Import, make: Callable[[Path], Path]
) -> None:
    file = make(tmp_path)
    before = log_head()

    report = import_table(file)

    assert report.summary.notes["error"]
    assert all(fault.message for fault in report.summary.notes["error"])
    assert (report.run, log_head(), Activity.objects.count()) == (None, before, 0)


def test_interrupted_table_import_is_undone(
    tmp_path: Path, import_table: Import, system: System, monkeypatch: Any
) -> None:
    monkeypatch.setattr(runs, "BATCH", 2)
    real = runs._Applying._write
    calls = 0

    def write(self: Any, batch: Any) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise KeyboardInterrupt
        real(self, batch)

    monkeypatch.setattr(runs._Applying, "_write", write)
    rows = [f"{number};Title {number}" for number in range(5)]
    with pytest.raises(KeyboardInterrupt):
        import_table(_write(tmp_path, "ID;Title", *rows))
    monkeypatch.undo()
    run = ImportRun.objects.get()
    assert (run.position, Activity.objects.count()) == (2, 2)

    undoing.undo(system, run)

    assert Activity.objects.count() == 0
