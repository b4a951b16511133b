"""The gold against its sources, the measure against itself, and the parser against the gold."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lib.resolutions._perfect import perfect
from tests.lib.resolutions.gold import (
    DATA,
    SEEDS,
    Text,
    checksum,
    collapsed,
    own_texts,
    shared_texts,
    symbol,
    unmarked,
)
from tests.lib.resolutions.measure import count, measure, parsed, total

STRUCTURE = (
    "preambular",
    "operative",
    "subparagraphs",
    "roles",
    "sections",
    "footnotes",
    "anchors",
    "numbered units",
    "items",
    "depths",
)
OF_SEEDS = (*STRUCTURE, "identity", "title", "symbols", "asks", "forces", "documents")
BAR = 0.93
NEEDS_PARSER = "THE PARSER IS ABSENT: stocktake.lib.resolutions has no `parse` yet."


@pytest.fixture(params=[path.stem for path in sorted((DATA / "own").glob("*.json"))])
def own(request: pytest.FixtureRequest) -> Text:
    """Give each text that was written for these tests."""
    return next(t for t in own_texts() if t.name == request.param)


@pytest.fixture(scope="session")
def real(shared_seeds: Path) -> list[Text]:
    """Give the real texts; without them the test is skipped loudly."""
    return shared_texts(shared_seeds.parent)


@pytest.fixture(scope="session")
def answers(real: list[Text]) -> dict[str, dict[str, Any]]:
    """Parse each real text once and measure it."""
    need_parser()
    return {text.name: measure(text, parsed(text)) for text in real}


def need_parser() -> None:
    """Skip loudly while there is no parser to measure."""
    if not hasattr(pytest.importorskip("stocktake.lib.resolutions", reason=NEEDS_PARSER), "parse"):
        pytest.skip(NEEDS_PARSER)


def uncovered(text: Text) -> list[int]:
    """Give the places of characters that are in no unit or in more than one."""
    seen = [0] * len(text.source)
    for unit in text.gold["units"]:
        for start, end in [*unit["spans"], *([unit["label"]] if "label" in unit else [])]:
            seen[start:end] = [n + 1 for n in seen[start:end]]
    return [
        i
        for i, (n, sign) in enumerate(zip(seen, text.source, strict=True))
        if n > 1 or (n == 0 and not sign.isspace())
    ]


def strings(value: Any) -> Iterator[str]:
    """Walk a value for its strings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def assert_agrees(text: Text) -> None:
    """Assert that a gold covers its source once and that its checksums hold."""
    wrong = [
        u["unit"]
        for u in text.gold["units"]
        if "sha" in u and u["sha"] != checksum(collapsed(unmarked(text, u)))
    ]

    assert text.sha256 == text.gold["source"]["sha256"]
    assert len(text.source) == text.gold["source"]["characters"]
    assert uncovered(text) == []
    assert wrong == []


def test_gold_of_own_texts_agrees_with_its_source(own: Text) -> None:
    assert_agrees(own)


def test_gold_of_real_texts_agrees_with_its_sources(real: list[Text]) -> None:
    for text in real:
        assert_agrees(text)


def test_gold_of_real_texts_holds_no_sentence() -> None:
    for path in sorted((DATA / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))

        assert [s for s in strings(gold) if len(s.split()) > 8] == []


def test_measure_of_faultless_answer_counts_no_error(own: Text) -> None:
    scores = measure(own, perfect(own))

    assert {name: s.wrong for name, s in scores.items() if not s.exact} == {}
    assert all(s.right for s in scores.values())


def test_measure_of_faultless_answers_to_real_texts_counts_no_error(real: list[Text]) -> None:
    for text in real:
        scores = measure(text, perfect(text))

        assert {name: s.wrong for name, s in scores.items() if not s.exact} == {}, text.name


def test_measure_of_empty_answer_counts_everything_missed(own: Text) -> None:
    scores = measure(own, {"kind": own.gold["kind"]})

    assert {name for name, s in scores.items() if s.right or s.invented} == set()


def test_measure_of_each_planted_fault_names_it() -> None:
    text = next(t for t in own_texts() if t.name == "tidal-mirrors")
    answer = copy.deepcopy(perfect(text))
    first, second = answer["operative"][0], answer["operative"][1]
    first["clauses"].append(
        {"lemma": "request", "modifiers": [], "force": 3, "asks": [{"addressee": "UN-SG"}]}
    )
    second["clauses"].pop()
    answer["operative"][2]["text"] += " and more"
    answer["footnotes"][0]["anchor"] = "operative 1"
    answer["references"].append({"as_written": "Sales No.", "symbols": ["E.40.II.A.3"]})

    faults = {name: s[1:3] for name, s in measure(text, answer).items() if not s.exact}

    assert faults == {
        "operative": (1, 1),
        "anchors": (1, 1),
        "clauses": (1, 1),
        "forces": (1, 1),
        "modifiers": (1, 1),
        "asks": (1, 1),
        "tasks": (0, 1),
        "symbols": (1, 0),
    }


def test_count_of_free_item_is_neither_right_nor_wrong() -> None:
    score = count(["a", "b"], ["a", "c", "d"], free=["c"])

    assert score[:3] == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("A/RES/2453 A (XXIII)", "A/RES/2453(XXIII)A"),
        ("A/RES/57/270 B", "A/RES/57/270B"),
        ("WSIS-05/TUNIS/DOC/6(Rev.1)-E", "WSIS-05/TUNIS/DOC/6/Rev.1"),
        ("E/CN.16/2010/3.", "E/CN.16/2010/3"),
    ],
)
def test_symbol_of_other_spelling_is_the_same(written: str, canonical: str) -> None:
    assert symbol(written) == canonical


def test_parse_of_own_texts_has_exact_structure(own: Text) -> None:
    need_parser()

    scores = measure(own, parsed(own))

    assert {n: scores[n].wrong for n in STRUCTURE if n in scores and not scores[n].exact} == {}


def test_parse_of_own_texts_reaches_the_bar() -> None:
    need_parser()

    scores = total(measure(text, parsed(text)) for text in own_texts())

    assert {n: (s.f1, s.wrong) for n, s in scores.items() if s.f1 < BAR} == {}


@pytest.mark.parametrize("name", SEEDS)
def test_parse_of_seed_is_exact(answers: dict[str, dict[str, Any]], name: str) -> None:
    scores = answers[name]

    assert {n: scores[n].wrong for n in OF_SEEDS if n in scores and not scores[n].exact} == {}


def test_parse_of_real_texts_reaches_the_bar(answers: dict[str, dict[str, Any]]) -> None:
    scores = total(answers.values())

    assert {n: (s.f1, s.wrong[:20]) for n, s in scores.items() if s.f1 < BAR} == {}
