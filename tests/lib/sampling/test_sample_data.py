"""The shipped sample register: whole, on our lists, sourced, and in our own words."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from stocktake.lib.multilingual import LANGUAGES, Text

DATA = Path(__file__).parents[3] / "src" / "stocktake" / "data"
TEXTS = ("title", "summary", "description", "results", "obstacles", "lessons")
PARTIAL_DATE = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
WORD = re.compile(r"\w+")
LONGEST_SHARED_RUN = 11


def _json(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((DATA / "sample" / name).read_text("utf-8"))
    return loaded


def _codes(file: Path, column: str = "code") -> set[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return {row[column] for row in csv.DictReader(stream)}


def _codelist(name: str) -> set[str]:
    return _codes(DATA / "codelists" / f"{name}.csv")


@pytest.fixture(scope="module")
def activities() -> list[dict[str, Any]]:
    return _json("activities.json")


@pytest.fixture(scope="module")
def organizations() -> list[dict[str, Any]]:
    return _json("organizations.json")


@pytest.fixture(scope="module")
def reference_keys() -> set[str]:
    files = DATA.glob("processes/*/organizations.csv")
    return {key for file in files for key in _codes(file, "key")}


def test_sample_counts_are_those_of_its_description(
    activities: list[dict[str, Any]], organizations: list[dict[str, Any]]
) -> None:
    told = tomllib.loads((DATA / "sample" / "sample.toml").read_text("utf-8"))

    own = {name: told["counts"].pop(name) for name in ("activities", "organizations")}
    assert own == {"activities": len(activities), "organizations": len(organizations)}
    assert set(told["counts"]) == {"documents", "provisions", "asks", "evidence"}
    assert told["licence"] == "CC BY 4.0"
    assert len(activities) >= 40


def test_sample_keys_are_unique_slugs(
    activities: list[dict[str, Any]],
    organizations: list[dict[str, Any]],
    reference_keys: set[str],
) -> None:
    for rows in (activities, organizations):
        keys = [row["key"] for row in rows]
        assert len(keys) == len(set(keys))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)
    assert {row["key"] for row in organizations}.isdisjoint(reference_keys)


def test_sample_organizations_referred_to_exist_and_are_all_used(
    activities: list[dict[str, Any]],
    organizations: list[dict[str, Any]],
    reference_keys: set[str],
) -> None:
    own = {row["key"] for row in organizations}
    used = {row["owner"] for row in activities} | {
        part["organization"] for row in activities for part in row.get("participations", [])
    }

    assert used - own - reference_keys == set()
    assert own - used == set()


def test_sample_codes_are_on_our_lists(
    activities: list[dict[str, Any]], organizations: list[dict[str, Any]]
) -> None:
    areas = _codes(DATA / "geo" / "areas.csv", "m49")
    wrong: list[tuple[str, str, str]] = []

    def check(key: str, kind: str, code: str, known: set[str]) -> None:
        if code not in known:
            wrong.append((key, kind, code))

    lists = {
        "type": _codelist("activity_type"),
        "status": _codelist("activity_status"),
        "scope_level": _codelist("scope_level"),
    }
    many = {
        "beneficiaries": _codelist("beneficiary_group"),
        "impediments": _codelist("impediment"),
        "languages": _codelist("language"),
    }
    roles, links = _codelist("participation_role"), _codelist("link_kind")
    elements = set(_elements())
    for row in activities:
        for name, known in lists.items():
            check(row["key"], name, row[name], known)
        for name, known in many.items():
            for code in row.get(name, []):
                check(row["key"], name, code, known)
        for part in row.get("participations", []):
            check(row["key"], "role", part["role"], roles)
        for link in row.get("links", []):
            check(row["key"], "link kind", link["kind"], links)
        for area in row["areas"]:
            check(row["key"], "area", area["area"], areas)
        for element in row["elements"]:
            check(row["key"], "element", element["element"], elements)
    for row in organizations:
        check(row["key"], "type", row["type"], _codelist("organization_type"))
        check(row["key"], "country", row.get("country", "001"), areas)
    assert wrong == []


def _elements() -> Iterator[str]:
    folders = [DATA / "frameworks", *DATA.glob("processes/*/frameworks")]
    for folder in folders:
        for file in folder.glob("*.csv"):
            for code in _codes(file):
                yield f"{file.stem}:{code}"


def test_sample_elements_have_one_primary_and_mark_what_was_reasoned(
    activities: list[dict[str, Any]],
) -> None:
    for row in activities:
        primary = [link for link in row["elements"] if link["is_primary"]]
        assert len(primary) == 1, row["key"]
        codes = [link["element"] for link in row["elements"]]
        assert len(codes) == len(set(codes)), row["key"]
        for link in row["elements"]:
            if not link["element"].startswith("wsis-al:"):
                assert link["is_suggested"], (row["key"], link["element"])
            assert link["note"], (row["key"], link["element"])


def test_sample_texts_read_as_texts_and_cover_six_languages(
    activities: list[dict[str, Any]], organizations: list[dict[str, Any]]
) -> None:
    seen: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    for row in activities:
        texts = {name: Text.from_json(row[name]) for name in TEXTS if name in row}
        assert texts["title"]
        assert texts["summary"]
        assert all(text.original == "en" for text in texts.values()), row["key"]
        assert set(texts["title"].values) == set(texts["summary"].values), row["key"]
        for tag in texts["title"].values:
            seen[tag] += 1
    for row in organizations:
        assert Text.from_json(row["names"])
    assert seen["en"] == len(activities)
    assert min(seen.values()) >= 3


def test_sample_dates_amounts_and_addresses_parse(activities: list[dict[str, Any]]) -> None:
    currency = re.compile("[A-Z]{3}")
    for row in activities:
        start, end = row.get("start_date", ""), row.get("end_date", "")
        for written in filter(None, (start, end, row.get("last_confirmed_on", ""))):
            assert PARTIAL_DATE.fullmatch(written), (row["key"], written)
        if start and end:
            assert start[: len(end)] <= end[: len(start)], row["key"]
        if "budget_amount" in row:
            assert Decimal(row["budget_amount"]) > 0
            assert currency.fullmatch(row["budget_currency"])
        for url in [row.get("source_url"), *(link["url"] for link in row.get("links", []))]:
            if url:
                assert urlsplit(url).scheme in {"http", "https"}, (row["key"], url)
                assert urlsplit(url).hostname, (row["key"], url)


def test_sample_records_name_their_sources(
    activities: list[dict[str, Any]], organizations: list[dict[str, Any]]
) -> None:
    assert [row["key"] for row in activities if not row.get("source_name")] == []
    assert [row["key"] for row in organizations if not row.get("source_name")] == []


def test_sample_texts_share_no_long_run_of_words_with_their_sources(
    activities: list[dict[str, Any]], shared_seeds: Path, shared_data: Path
) -> None:
    size = LONGEST_SHARED_RUN + 1
    sources = [*shared_seeds.glob("*.txt"), *(shared_data / "stocktaking").iterdir()]
    known = {run for file in sources for run in _runs(file.read_text("utf-8"), size)}

    copied = [
        (row["key"], name, " ".join(run))
        for row in activities
        for name in TEXTS
        if name in row
        for run in _runs(row[name]["values"]["en"], size)
        if run in known
    ]

    assert len(known) > 1000
    assert copied == []


def _runs(text: str, size: int) -> Iterator[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    for start in range(len(words) - size + 1):
        yield tuple(words[start : start + size])
