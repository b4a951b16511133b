"""IATI imports of real files, of hostile ones, and of many entries."""

import gzip
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from stocktake.domain.activities.models import Activity
from stocktake.exchange.models import ImportRun, Source
from tests.exchange.conftest import Import
from tests.exchange.material import activity_xml, log_head, record, write_iati

pytestmark = pytest.mark.django_db


def test_real_publishers_files_are_imported_and_again_without_a_change(
    shared_data: Path, import_iati: Import
) -> None:
    folder = shared_data / "iati" / "publishers"

    first = import_iati(folder)
    before = (log_head(), record())
    second = import_iati(folder)

    assert (first.summary.files, first.summary.read, first.summary.created) == (3, 18, 18)
    assert (second.summary.unchanged, second.run) == (18, None)
    assert (log_head(), record()) == before


def test_real_examples_are_imported_and_organisation_files_are_told(
    shared_data: Path, import_iati: Import
) -> None:
    report = import_iati(shared_data / "iati" / "examples")

    told = [(fault.file, fault.code) for fault in report.summary.notes["error"]]
    organisations = [file for file, code in told if code == "organisation-file"]
    assert organisations == [
        "cove-basic_iati_org_valid.xml",
        "organisation-standard-example-annotated-2.03.xml",
    ]
    assert report.summary.created == 8
    assert Source.objects.count() == 8


def test_all_schema_tests_are_read_without_a_crash(
    shared_data: Path, import_iati: Import, tmp_path: Path
) -> None:
    with tarfile.open(shared_data / "iati" / "schema-tests" / "schema-tests.tar.gz") as tar:
        tar.extractall(tmp_path / "files", filter="data")

    report = import_iati(tmp_path / "files", is_dry=True)

    assert report.summary.files == 343


def test_versions_1_and_the_drafts_are_imported(import_iati: Import) -> None:
    folder = Path(__file__).parents[2] / "data" / "iati"

    report = import_iati(folder)

    kept = set(Source.objects.values_list("file", flat=True))
    assert {"activities-1.05.xml", "activities-2.03.xml", "draft-2010.xml"} <= kept
    assert report.summary.created == Activity.objects.count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1251"])
def test_any_encoding_that_the_declaration_names_is_read(
    tmp_path: Path, import_iati: Import, encoding: str
) -> None:
    title = "Сельская связь" if encoding != "iso-8859-1" else "Réseau d'été"
    text = f'<iati-activities version="2.03">{activity_xml("X-1", title)}</iati-activities>'
    file = tmp_path / "a.xml"
    file.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))

    import_iati(file)

    assert [str(activity.title) for activity in Activity.objects.all()] == [title]


def test_packed_file_is_unpacked(tmp_path: Path, import_iati: Import) -> None:
    plain = write_iati(tmp_path / "a.xml", activity_xml("X-1"))
    packed = tmp_path / "b.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert import_iati(packed).summary.created == 1


def _entities(folder: Path) -> Path:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]>'
    return _written(folder, doctype + "<iati-activities>&l9;</iati-activities>")


def _external_entity(folder: Path) -> Path:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return _written(folder, f"{doctype}<iati-activities>{activity_xml('X-1', '&e;')}")


def _deep(folder: Path) -> Path:
    text = "<iati-activities>" + activity_xml("X-1", more="<a>" * 300_000 + "</a>" * 300_000)
    return _written(folder, text + "</iati-activities>")


def _truncated(folder: Path) -> Path:
    text = "<iati-activities>" + "".join(activity_xml(f"X-{n}") for n in range(50))
    return _written(folder, text[:-30])


def _wrong_encoding(folder: Path) -> Path:
    text = f"<iati-activities>{activity_xml('X-1', 'é')}</iati-activities>"
    file = folder / "a.xml"
    file.write_bytes(b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("latin-1"))
    return file


def _zip(folder: Path) -> Path:
    file = folder / "a.xml"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "<iati-activities/>" + " " * 1_000_000)
    return file


def _packed_bomb(folder: Path) -> Path:
    file = folder / "a.xml.gz"
    with gzip.open(file, "wb") as stream:
        stream.write(b"<iati-activities>")
        for _ in range(300):
            stream.write(b"<iati-activity><a>" + b" " * 1_000_000 + b"</a></iati-activity>")
    return file


def _many_attributes(folder: Path) -> Path:
    attributes = " ".join(f'a{n}="1"' for n in range(1_000_000))
    text = activity_xml("X-1").replace("<iati-activity", f"<iati-activity {attributes}", 1)
    return _written(folder, f"<iati-activities>{text}</iati-activities>")


def _hopeless(folder: Path) -> Path:
    return _written(
        folder, "<iati-activities>" + "<iati-activity/>" * 200_000 + "</iati-activities>"
    )


def _huge_text(folder: Path) -> Path:
    text = activity_xml("X-1", "x" * 40_000_000)
    return _written(folder, f"<iati-activities>{text}</iati-activities>")


def _not_xml(folder: Path) -> Path:
    return _written(folder, "Dear colleague, please find attached")


def _nothing(folder: Path) -> Path:
    return _written(folder, "")


def _written(folder: Path, text: str) -> Path:
    file = folder / "a.xml"
    file.write_text(text)
    return file


_HOSTILE = [
    _entities,
    _external_entity,
    _deep,
    _truncated,
    _wrong_encoding,
    _zip,
    _packed_bomb,
    _many_attributes,
    _hopeless,
    _huge_text,
    _not_xml,
    _nothing,
]


@pytest.mark.parametrize("make", _HOSTILE)
def test_hostile_file_ends_in_one_clear_error_and_nothing_is_changed(
    tmp_path: Path, import_iati: Import, own_home: Path, make: Callable[[Path], Path]
) -> None:
    file = make(tmp_path)
    before = log_head()

    report = import_iati(file)

    faults = report.summary.notes["error"]
    assert [fault.file for fault in faults] == [file.name]
    assert faults[0].message.endswith(".")
    assert (report.run, log_head()) == (None, before)
    assert (Activity.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert list((own_home / "imports").iterdir()) == []


_MEASURED = """
import os, re, sys, time
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "stocktake.config.settings"
import django
django.setup()
from stocktake.exchange.iati.importer import IatiFormat
from stocktake.exchange.reading import UnreadableFileError, opened
path = Path(sys.argv[1])
start = time.process_time()
try:
    for item in IatiFormat().checked(opened(path, path.name, lambda more: None)):
        pass
except UnreadableFileError:
    pass
print(time.process_time() - start)
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.parametrize(
    "make", [_entities, _deep, _packed_bomb, _many_attributes, _huge_text, _zip]
)
def test_hostile_file_takes_under_5_seconds_and_600_megabytes(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    file = make(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(file)], capture_output=True, text=True, check=True
    )

    seconds, megabytes = done.stdout.split()
    assert float(seconds) < 5
    assert int(megabytes) < 600


def test_generated_entry_says_that_it_is_invented_after_its_way_through_a_file(
    tmp_path: Path, import_iati: Import
) -> None:
    entries = [activity_xml(f"{start}-1", "Made up") for start in ("XX-INVENTED-00001", "XM-DAC")]

    import_iati(write_iati(tmp_path / "a.xml", *entries))

    told = dict(Activity.objects.values_list("external_identifiers__value", "is_invented"))
    assert told == {"XX-INVENTED-00001-1": True, "XM-DAC-1": False}
