"""Codes for the generator: the shipped ones, read from the data folder."""

import csv
from pathlib import Path

import pytest

from stocktake.lib.sampling import Codes

DATA = Path(__file__).parents[3] / "src" / "stocktake" / "data"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def codes() -> Codes:
    """Countries, elements, types and lists as the register ships them."""
    frameworks = [*DATA.glob("processes/wsis/frameworks/*.csv"), DATA / "frameworks" / "sdg.csv"]
    return Codes(
        countries={
            row["m49"]: row["iso2"]
            for row in _rows(DATA / "geo" / "areas.csv")
            if row["kind"] == "country" and row["iso2"]
        },
        elements=[f"{file.stem}:{row['code']}" for file in frameworks for row in _rows(file)],
        types=[row["code"] for row in _rows(DATA / "codelists" / "activity_type.csv")],
        beneficiaries=[row["code"] for row in _rows(DATA / "codelists" / "beneficiary_group.csv")],
        impediments=[row["code"] for row in _rows(DATA / "codelists" / "impediment.csv")],
    )
