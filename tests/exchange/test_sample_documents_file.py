"""The shipped sample of mandates: whole, on our lists, sourced, true to the two official texts."""

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from stocktake.domain.asks.choices import AskNature, AskStatus, EvidenceKind
from stocktake.domain.documents.choices import DocumentStatus, ProvisionRole
from stocktake.kernel.vocabularies.terms import partial_date
from stocktake.lib.multilingual import LANGUAGES, Text
from stocktake.lib.resolutions import Report, Resolution, normalize_symbol, parse, to_json

DATA = Path(__file__).parents[2] / "src" / "stocktake" / "data"
WORD = re.compile(r"\w+")
SHARED_RUN = 6
PATH = re.compile(r"(preamble/\d+|para/[\d.]+(/[a-z])?)")
RESOLUTION, REPORT = "e-res-2010-2", "wg-wsis-report-2008"
NAMES = re.compile(r"ICT 4 All Forum|paragraph \d+ of the Tunis Agenda|Internet Governance Forum")


@cache
def _documents() -> dict[str, dict[str, Any]]:
    rows = json.loads((DATA / "sample" / "documents.json").read_text("utf-8"))
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    return {row["key"]: row for row in rows}


@cache
def _codes(name: str) -> frozenset[str]:
    with (DATA / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(row["code"] for row in csv.DictReader(stream))


@cache
def _activities() -> frozenset[str]:
    rows = json.loads((DATA / "sample" / "activities.json").read_text("utf-8"))
    return frozenset(row["key"] for row in rows)


def _provisions(key: str | None = None) -> Iterator[dict[str, Any]]:
    for row in _documents().values() if key is None else [_documents()[key]]:
        yield from row.get("provisions", [])


def _asks(key: str | None = None) -> Iterator[dict[str, Any]]:
    for provision in _provisions(key):
        yield from provision.get("asks", [])


def _evidence() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for ask in _asks():
        for each in ask.get("evidence", []):
            yield ask, each


def _symbols() -> set[str]:
    return {symbol for row in _documents().values() for symbol in row["symbols"]}


@cache
def _by_name() -> dict[str, str]:
    """What a text may call a document → key of its record."""
    named: dict[str, str] = {}
    for key, row in _documents().items():
        title = row.get("title", {}).get("values", {}).get("en")
        for name in (*row["symbols"], *filter(None, [title]), *row.get("aliases", [])):
            named.setdefault(name, key)
    return named


def _english(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """All texts of ours in the record, names of documents aside."""
    if isinstance(value, dict):
        if "original" in value:
            yield where, value["values"]["en"]
            return
        for name, inner in value.items():
            if name != "title" or "/evidence/" in where:
                yield from _english(inner, f"{where}/{name}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _english(inner, f"{where}/{position}")


def _runs(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def test_sample_of_mandates_counts_are_those_of_its_description() -> None:
    told = tomllib.loads((DATA / "sample" / "sample.toml").read_text("utf-8"))["counts"]

    assert told["documents"] == len(_documents())
    assert told["provisions"] == len(list(_provisions()))
    assert told["asks"] == len(list(_asks()))
    assert told["evidence"] == len(list(_evidence()))


def test_resolution_and_report_hold_all_their_paragraphs_in_order() -> None:
    roles = Counter(each["role"] for each in _provisions(RESOLUTION))
    units = Counter(each["role"] for each in _provisions(REPORT))

    assert roles == {"operative": 38, "preambular": 7, "quoted": 5}
    assert sum(units.values()) == 55
    assert set(units) == {"numbered", "heading"}
    operative = [each for each in _provisions(RESOLUTION) if each["role"] == "operative"]
    assert [each["number"] for each in operative] == [str(n) for n in range(1, 39)]
    for key in (RESOLUTION, REPORT):
        paths = [each["path"] for each in _provisions(key)]
        assert len(paths) == len(set(paths))
        assert all(PATH.fullmatch(path) for path in paths)


def test_sample_of_mandates_codes_are_on_our_lists() -> None:
    wrong: list[tuple[str, str]] = []

    def check(where: str, code: str, known: frozenset[str] | list[str]) -> None:
        if code not in known:
            wrong.append((where, code))

    for key, row in _documents().items():
        check(key, row["type"], _codes("document_type"))
        check(key, row["body"], _codes("document_body"))
        check(key, row.get("status", "agreed"), DocumentStatus.values)
        for code in row.get("languages", []):
            check(key, code, _codes("language"))
    for each in _provisions():
        check(each["path"], each["role"], ProvisionRole.values)
    for ask in _asks():
        check(ask["key"], ask["nature"], AskNature.values)
        check(ask["key"], ask.get("status", "open"), AskStatus.values)
        for one in ask["addressees"]:
            check(ask["key"], one["code"], _codes("addressee"))
        for code in (*ask.get("report_to", []), *ask.get("through", [])):
            check(ask["key"], code, _codes("addressee"))
    for ask, evidence in _evidence():
        check(ask["key"], evidence["kind"], EvidenceKind.values)
        check(ask["key"], evidence.get("claims", "open"), AskStatus.values)
    assert wrong == []


def test_addressee_codes_of_the_reader_are_all_on_the_list() -> None:
    table = DATA.parent / "lib" / "resolutions" / "words" / "addressees.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        given = {row["code"] for row in csv.DictReader(stream)}

    assert given - _codes("addressee") == set()
    assert "CSTD-CHAIR" in _codes("addressee")


def test_sample_of_mandates_symbols_are_normalised_and_belong_to_one_document() -> None:
    symbols = [symbol for row in _documents().values() for symbol in row["symbols"]]

    assert [symbol for symbol in symbols if normalize_symbol(symbol) != (symbol,)] == []
    assert len(symbols) == len(set(symbols))


def test_sample_of_mandates_refers_to_records_it_holds() -> None:
    missing: list[str] = []
    for row in _documents().values():
        missing += (
            [row["previous"]] if row.get("previous", "E/RES/2010/2") not in _symbols() else []
        )
    for each in _provisions():
        cited = [one.get("symbol") or one["document"] for one in each.get("citations", [])]
        missing += [name for name in cited if name not in _by_name()]
        records = [_by_name().get(name) for name in cited]
        assert len(records) == len(set(records)), each["path"]
    for _ask, evidence in _evidence():
        assert len({"symbol", "activity", "url"} & set(evidence)) == 1, evidence
        if "symbol" in evidence and evidence["symbol"] not in _symbols():
            missing.append(evidence["symbol"])
        if "activity" in evidence and evidence["activity"] not in _activities():
            missing.append(evidence["activity"])
        assert "url" not in evidence or "title" in evidence
    assert missing == []


def test_sample_of_mandates_dates_and_addresses_are_well_formed() -> None:
    def check(value: Any) -> None:
        if isinstance(value, list):
            for inner in value:
                check(inner)
        elif isinstance(value, dict):
            for name, inner in value.items():
                if name in ("date", "start", "end"):
                    partial_date(inner)
                elif name in ("on", "due") and isinstance(inner, str):
                    assert re.fullmatch(r"\d{4}-\d\d-\d\d", inner), inner
                    partial_date(inner)
                elif name in ("url", "source_url"):
                    assert urlsplit(inner).scheme in {"http", "https"}, inner
                else:
                    check(inner)

    check(list(_documents().values()))
    for key in (RESOLUTION, REPORT):
        assert "source_url" in _documents()[key]


def test_sample_of_mandates_names_a_source_for_every_record_and_all_evidence() -> None:
    assert [key for key, row in _documents().items() if not row.get("source_name")] == []
    assert [ask["key"] for ask, one in _evidence() if not one.get("source_name")] == []
    assert [ask["key"] for ask, one in _evidence() if not one["note"]["values"]["en"]] == []
    assert len(list(_evidence())) >= 10


def test_sample_asks_have_a_status_only_where_evidence_shows_it() -> None:
    for ask in _asks():
        shown: dict[str, set[str]] = {}
        for one in ask.get("evidence", []):
            told = {one.get("symbol"), one.get("url"), one.get("source_url")} - {None}
            shown.setdefault(one.get("claims", ""), set()).update(told)
        for held in (ask, *ask.get("instances", [])):
            if "status" in held:
                assert held["status_source"] in shown[held["status"]], ask["key"]
        if ask["nature"] == "standing":
            assert "status" not in ask, ask["key"]
            assert "" in shown or not shown, ask["key"]
        assert ("recurrence" in ask) == (ask["nature"] == "recurring"), ask["key"]
        periods = {each["period"] for each in ask.get("instances", [])}
        assert {one.get("period") for one in ask.get("evidence", [])} <= (periods or {None})
        assert "condition_met" not in ask or "condition" in ask


def test_sample_asks_have_unique_keys_and_tasks_in_six_languages() -> None:
    keys = [ask["key"] for ask in _asks()]

    assert len(keys) == len(set(keys))
    told = [(ask["key"], ask["task"]) for ask in _asks()]
    told += [(ask["key"], ask["condition"]) for ask in _asks() if "condition" in ask]
    told += [(each["path"], each["section"]) for each in _provisions()]
    told += [(key, _documents()[key]["title"]) for key in (RESOLUTION, REPORT)]
    for where, value in told:
        text = Text.from_json(value)
        assert set(text.values) == set(LANGUAGES), where
        assert all(text.values.values()), where


def test_sample_of_mandates_never_scores_anybody() -> None:
    forbidden = re.compile(r"not implemented|not started|fail|rate of|endorse", re.IGNORECASE)
    texts = [told for row in _documents().values() for told in _english(row)]

    assert [told for told in texts if forbidden.search(told[1])] == []


@pytest.fixture(scope="module")
def resolution(shared_seeds: Path) -> dict[str, Any]:
    """What the reader makes of the official text of the resolution."""
    parsed = parse((shared_seeds / "000_74ca13202f68b564.txt").read_text("utf-8"))
    assert isinstance(parsed, Resolution)
    return to_json(parsed)


@pytest.fixture(scope="module")
def report(shared_seeds: Path) -> dict[str, Any]:
    """What the reader makes of the official text of the report."""
    parsed = parse((shared_seeds / "003_531b8b6f11d1f9b8.txt").read_text("utf-8"))
    assert isinstance(parsed, Report)
    return to_json(parsed)


def _cited(provision: dict[str, Any]) -> dict[str, list[str]]:
    named = _by_name()
    return {
        named[one.get("symbol") or one["document"]]: one.get("paragraphs", [])
        for one in provision.get("citations", [])
    }


def _read(references: list[dict[str, Any]]) -> dict[str, list[str]]:
    """References as the reader gives them, by key of the record; `Resolution 1` is an annex."""
    found: dict[str, list[str]] = {}
    for reference in references:
        if reference["document"] == "Resolution 1":
            continue
        for name in reference["symbols"] or [reference["document"]]:
            held = found.setdefault(_by_name()[name], [])
            held += [number for number in reference["paragraphs"] if number not in held]
    return found


def test_record_of_the_resolution_agrees_with_its_official_text(resolution: dict[str, Any]) -> None:
    row = _documents()[RESOLUTION]
    footnotes: dict[str, list[dict[str, Any]]] = {}
    for note in resolution["footnotes"]:
        footnotes.setdefault(note["anchor"], []).extend(note["references"])
    rows = {each["path"]: each for each in row["provisions"]}

    assert (row["symbols"], row["date"]) == ([resolution["symbol"]], resolution["adopted"])
    assert (row["body"], row["meeting"]) == (resolution["body_code"], resolution["meeting"])
    assert row["title"]["values"]["en"] == resolution["title"]
    for read in resolution["preambular"]:
        extra = footnotes.get(f"preambular {read['number']}", [])
        held = rows.pop(f"preamble/{read['number']}")
        assert _cited(held) == _read(read["references"] + extra), held["path"]
    sections: dict[str, set[str]] = {}
    for read in resolution["operative"]:
        held = rows.pop(f"para/{read['number']}")
        extra = footnotes.get(f"operative {read['number']}", [])
        assert _cited(held) == _read(read["references"] + extra), held["path"]
        clauses = [(c["lemma"], c["force"], c["modifiers"]) for c in read["clauses"]]
        kept = [(c["lemma"], c["force"], c.get("modifiers", [])) for c in held["clauses"]]
        assert kept == clauses, held["path"]
        sections.setdefault(read["section"], set()).add(held["section"]["values"]["en"])
        for part in read["subparagraphs"]:
            sub = rows.pop(f"para/{read['number']}/{part['label']}")
            assert sub["role"] == part["role"]
    assert rows == {}
    assert all(len(ours) == 1 for ours in sections.values())
    assert len(set().union(*sections.values())) == len(resolution["sections"]) == 4


def test_record_of_the_asks_agrees_with_the_official_text(resolution: dict[str, Any]) -> None:
    held = {each["path"]: each.get("asks", []) for each in _provisions(RESOLUTION)}

    for read in resolution["operative"]:
        asked = [(c, ask) for c in read["clauses"] for ask in c["asks"]]
        ours = held.pop(f"para/{read['number']}")
        assert len(ours) == len(asked), read["number"]
        for ask, (clause, found) in zip(ours, asked, strict=True):
            due, kept = found["due"] or {}, ask.get("due", {})
            assert (ask["lemma"], ask["force"]) == (clause["lemma"], clause["force"])
            assert [one["code"] for one in ask["addressees"]] == [found["addressee"]], ask["key"]
            assert bool(ask["addressees"][0].get("qualifier")) == bool(found["qualifier"])
            assert bool(kept) == bool(due), ask["key"]
            assert kept.get("year") == due.get("year"), ask["key"]
            if due.get("not_later_than"):
                assert kept["on"] == due["not_later_than"], ask["key"]
            session = kept.get("session", "/").partition("/")[2]
            assert session == str(due.get("session") or ""), ask["key"]
            every = found["recurrence"]
            nature = {None: "periodic"}.get(every["iso8601"], "recurring") if every else ""
            assert ask["nature"] == nature or not nature, ask["key"]
            assert ask.get("recurrence") == (every["iso8601"] if every else None), ask["key"]
            assert bool(ask.get("condition")) == bool(found["condition"]), ask["key"]
            assert ask.get("report_to", []) == found["report_to"], ask["key"]
            assert ask.get("through", []) == found["through"], ask["key"]
    assert not any(held.values())


def test_record_of_the_report_agrees_with_its_official_text(report: dict[str, Any]) -> None:
    row = _documents()[REPORT]
    units = [each for each in report["paragraphs"] if each["number"]]

    assert [each["number"] for each in row["provisions"]] == [each["number"] for each in units]
    for held, read in zip(row["provisions"], units, strict=True):
        assert (held["role"] == "heading") == bool(read["heading"]), held["path"]
        assert _cited(held) == _read(read["references"]), held["path"]
    for found in report["documents"]:
        record = _documents()[_by_name()[found["symbol"]]]
        title = record.get("title", {}).get("values", {}).get("en")
        told = found["title"] and found["title"].replace("'", "’")
        assert (title, record.get("author"), record.get("presented_by")) == (
            told,
            found["author"],
            found["presented_by"],
        )
    assert len(report["documents"]) == 19
    when = ("start", "end", "place", "paragraph")
    assert [[event.get(name) for name in when] for event in row["events"]] == [
        [event[name] for name in when] for event in report["events"]
    ]
    assert [event.get("figures", {}) for event in row["events"]] == [
        event["figures"] for event in report["events"]
    ]
    assert [(each["paragraph"], each["verb"]) for each in row["decisions"]] == [
        (each["paragraph"], each["verb"]) for each in report["decisions"]
    ]
    asked = {
        each["paragraph"] for each in row["decisions"] if each["verb"] in ("request", "invite")
    }
    assert {each["number"] for each in row["provisions"] if "asks" in each} == asked


def test_sample_of_mandates_shares_no_run_of_words_with_the_official_texts(
    shared_seeds: Path,
) -> None:
    official = {
        run
        for source in shared_seeds.glob("*.txt")
        for run in _runs(WORD.findall(source.read_text("utf-8").lower()), SHARED_RUN)
    }
    texts = [told for row in _documents().values() for told in _english(row, row["key"])]

    assert len(official) > 5_000
    assert len(texts) > 200
    shared = [
        (where, " ".join(run))
        for where, text in texts
        for run in _runs(WORD.findall(NAMES.sub(" ; ", text).lower()), SHARED_RUN)
        if run in official
    ]
    assert shared == []
