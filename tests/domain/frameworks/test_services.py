"""Loading frameworks: idempotent, withdrawing, one collection beside another."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.models import Element, Framework, Mapping, Process
from stocktake.domain.frameworks.services import load_frameworks
from stocktake.kernel.history import queries as history
from stocktake.kernel.vocabularies.files import DataFileError

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(tmp_path: Path, settings: Any) -> Path:
    """A copy of the shipped frameworks that is taken for the shipped ones."""
    folder = tmp_path / "shipped"
    for name in ("frameworks", "processes", "mappings"):
        shutil.copytree(Path(settings.STOCKTAKE_DATA_DIR) / name, folder / name)
    settings.STOCKTAKE_DATA_DIR = folder
    return folder


@pytest.fixture
def reef(tmp_path: Path, invented: Path) -> Path:
    """A copy of the invented folder to change at will."""
    return Path(shutil.copytree(invented, tmp_path / "reef"))


def replace(path: Path, old: str, new: str) -> None:
    """Change one place of a data file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_load_a_second_time_writes_nothing(system: Any) -> None:
    load_frameworks(system)
    before = history.head()

    outcome = load_frameworks(system)

    assert (outcome.created, outcome.updated, outcome.withdrawn) == (0, 0, 0)
    assert outcome.unchanged > 1000
    assert history.head() == before


def test_load_into_an_empty_database_is_fast(system: Any) -> None:
    Mapping.objects.all().delete()
    Element.objects.update(broader=None)
    Element.objects.all().delete()

    start = time.process_time()
    outcome = load_frameworks(system)
    seconds = time.process_time() - start

    assert outcome.created == outcome.written == Element.objects.count() + Mapping.objects.count()
    assert seconds < 1.5


def test_load_of_an_invented_folder_adds_it_beside_the_shipped(system: Any, invented: Path) -> None:
    outcome = load_frameworks(system, invented)

    assert outcome.written == outcome.created == 1 + 1 + 4 + 2
    assert [each.qualified_code for each in queries.elements_of("reef-lines")] == [
        "reef-lines:R1", "reef-lines:R1.a", "reef-lines:R1.a.1", "reef-lines:R2",
    ]  # fmt: skip
    detail = Element.objects.get(public_id="reef-lines:R1.a.1")
    assert detail.ancestors == ["reef-lines:R1", "reef-lines:R1.a"]
    assert detail.broader_id == "reef-lines:R1.a"
    assert Process.objects.get(public_id="reef").phases == [
        {
            "kind": "summit",
            "starts": "2023-05",
            "ends": "2023-05",
            "source": "Invented for tests",
            "names": {"original": "en", "values": {"en": "First phase"}},
        }
    ]
    assert load_frameworks(system, invented).written == 0
    assert load_frameworks(system).written == 0


def test_load_logs_each_new_element_with_the_actor(system: Any, invented: Path) -> None:
    load_frameworks(system, invented)

    changes = history.changes_of("element", "reef-lines:R1")
    assert [(each.verb, each.actor_key) for each in changes] == [("create", "system:test")]
    after = {each.field: each.after for each in history.diff(changes[0])}
    assert after["names"]["values"] == {"ar": "مرجان", "en": "Coral"}
    assert after["collection"] == "invented"


def test_load_when_an_element_vanished_withdraws_it_and_its_mappings(
    system: Any, reef: Path
) -> None:
    load_frameworks(system, reef)
    elements = reef / "processes" / "reef" / "frameworks" / "reef-lines.csv"
    replace(elements, "R2,,Fish,,,,\n", "")
    (reef / "mappings" / "reef_sdg.csv").unlink()

    outcome = load_frameworks(system, reef)

    fish = Element.objects.get(public_id="reef-lines:R2")
    assert outcome.withdrawn == 3
    assert fish.withdrawn_on == timezone.localdate().isoformat()
    assert fish.version == 2
    assert len(queries.elements_of("reef-lines")) == 3
    assert len(queries.elements_of("reef-lines", with_withdrawn=True)) == 4
    assert queries.element_labels(["reef-lines:R2"], "en") == {"reef-lines:R2": "R2 Fish"}
    assert queries.mappings_of("sdg:14.4") == [
        link for link in queries.mappings_of("sdg:14.4") if link.table != "reef_sdg"
    ]
    assert list(queries.mappings_from("dac-5", ["31320"]).values_list("table", flat=True)) == [
        "dac_sdg", "dac_wsis",
    ]  # fmt: skip


def test_load_when_a_whole_framework_vanished_withdraws_it_with_its_elements(
    system: Any, shipped: Path
) -> None:
    for path in (shipped / "frameworks").glob("mdg.*"):
        path.unlink()

    outcome = load_frameworks(system)

    assert outcome.withdrawn == 1 + 8
    assert "mdg" not in [each.public_id for each in queries.frameworks()]
    assert "mdg" not in queries.framework_labels("en")
    assert Framework.objects.get(public_id="mdg").withdrawn_on != ""
    assert load_frameworks(system).written == 0


def test_load_when_a_name_changed_updates_and_counts_a_version(system: Any, shipped: Path) -> None:
    replace(shipped / "frameworks" / "sdg.csv", "1.1,1,End extreme poverty", "1.1,1,No extremes")

    outcome = load_frameworks(system)

    target = Element.objects.get(public_id="sdg:1.1")
    assert outcome.written == outcome.updated == 1
    assert (str(target.names), target.version) == ("No extremes", 2)
    assert history.changes_of("element", "sdg:1.1")[0].verb == "update"


def test_load_without_the_permission_is_refused(bilal: Any, anna: Any) -> None:
    with pytest.raises(PermissionDenied):
        load_frameworks(bilal)
    with pytest.raises(PermissionDenied):
        load_frameworks(anna)


def test_load_of_a_code_that_other_data_brought_is_refused(system: Any, tmp_path: Path) -> None:
    copied = Path(settings.STOCKTAKE_DATA_DIR) / "frameworks"
    shutil.copytree(copied, tmp_path / "mine" / "frameworks")

    with pytest.raises(DataFileError, match="Other data has brought mdg, sdg already"):
        load_frameworks(system, tmp_path / "mine")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("frameworks/reef-lines.csv", "R1.a,R1,", "R1.a,R9,", "row 3: The broader code R9"),
        ("frameworks/reef-lines.csv", "R2,,Fish", "R1,,Fish", "row 5: R1 is listed twice"),
        ("frameworks/reef-lines.csv", "R2,,Fish", "R2,,", "row 5: R2 has no name"),
        ("frameworks/reef-lines.csv", "R2,,Fish", "R/2,,Fish", "row 5: R/2 is no code"),
        ("frameworks/reef-lines.csv", "R2,,Fish", "R2,,Fish,", "row 5: The row has 8 cells"),
        ("frameworks/reef-lines.csv", "coral,2023-05", "coral,May", "row 2: May is no date"),
        ("frameworks/reef-lines.toml", '"reef"\n', '"rif"\n', "There is no process rif"),
        ("frameworks/reef-lines.toml", 'code = "reef-lines"', 'code = "Reef"', "The code Reef"),
        ("process.toml", 'licence = "CC0"\n', "", "The facts licence are missing"),
        ("process.toml", "[names]", "[names", "process.toml"),
        ("../../mappings/reef_sdg.csv", "broad_match", "like", "row 2: like is no relation"),
        ("../../mappings/reef_sdg.csv", "sdg,14.4", "sdg,99.9", "There is no element sdg:99.9"),
        ("../../mappings/reef_sdg.csv", "dac-5,", "dac-9,", "There is no element dac-9:31320"),
    ],
)
def test_load_of_a_broken_file_says_where_and_writes_nothing(
    system: Any, reef: Path, file: str, old: str, new: str, message: str
) -> None:
    replace(reef / "processes" / "reef" / file, old, new)
    before = history.head()

    with pytest.raises(DataFileError, match=message) as caught:
        load_frameworks(system, reef)

    assert Path(file).name in str(caught.value)
    assert history.head() == before


def test_load_of_an_empty_folder_is_refused(system: Any, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="holds no processes, frameworks or mappings"):
        load_frameworks(system, tmp_path)
