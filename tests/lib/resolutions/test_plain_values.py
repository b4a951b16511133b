"""The shape of `parse --json` is the one that the schema states; tables and Markdown follow."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from stocktake.lib.resolutions import parse, schema, to_csv, to_json, to_markdown
from tests.lib.resolutions.gold import DATA
from tests.lib.resolutions.shape import faults
from tests.lib.resolutions.texts import FULL, resolution

OWN = [FULL, *(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*/*.txt")))]
SCHEMA: dict[str, Any] = json.loads(schema())


@pytest.mark.parametrize("text", OWN)
def test_to_json_of_our_texts_has_the_shape_of_the_schema(text: str) -> None:
    value = json.loads(json.dumps(to_json(parse(text))))

    assert list(faults(value, SCHEMA, SCHEMA)) == []


def test_to_json_of_real_texts_has_the_shape_of_the_schema(
    shared_seeds: Path, shared_data: Path
) -> None:
    for path in [*shared_seeds.glob("0*.txt"), *(shared_data / "un-documents").glob("*.txt")]:
        value = to_json(parse(path.read_text(encoding="utf-8")))
        assert list(faults(value, SCHEMA, SCHEMA)) == []


def test_schema_check_names_what_is_wrong() -> None:
    value = to_json(parse(FULL))
    del value["symbol"]
    value["operative"][0]["clauses"][0]["force"] = -1

    told = " ".join(faults(value, SCHEMA["$defs"]["resolution"], SCHEMA))

    assert "$: lacks symbol" in told
    assert "$.operative[0].clauses[0].force: -1 is too small" in told


def test_to_json_tells_whether_a_paragraph_asks() -> None:
    value = to_json(parse(FULL))

    actions = {op["path"]: op["action"] for op in value["operative"]}
    assert actions == {
        "para/1": True,
        "para/2": True,
        "para/3": True,
        "annex/para/1": False,
        "annex/para/2": False,
    }


def test_to_csv_has_a_row_an_ask_and_no_formula() -> None:
    text = resolution("Calls upon States and the private sector to lend oil;", "=Notes 1+1;")

    rows = list(csv.DictReader(io.StringIO(to_csv(parse(text)))))

    assert [(row["path"], row["lemma"], row["addressee"]) for row in rows] == [
        ("para/1", "call upon", "ALL_STATES"),
        ("para/1", "call upon", "PRIVATE_SECTOR"),
        ("para/2", "", ""),
    ]
    assert rows[2]["text"] == "'=Notes 1+1;"


def test_to_markdown_reads_back_to_the_same_paragraphs() -> None:
    first = parse(FULL)
    second = parse(to_markdown(first))

    texts = [op["text"] for op in to_json(first)["operative"]][:3]
    assert [op["text"] for op in to_json(second)["operative"]][:3] == texts
