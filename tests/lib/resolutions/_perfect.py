"""The answer that a parser without fault would give, put together from the gold itself."""

from typing import Any

from tests.lib.resolutions.gold import Json, Text, content, unmarked


def perfect(text: Text) -> Json:
    """Give an answer in the shape of `parse --json` that agrees with the gold everywhere."""
    gold = text.gold
    answer: Json = {
        "kind": gold["kind"],
        "symbol": gold["symbol"],
        "adopted": gold["adopted"],
        "title": _joined(text, "title", "title"),
        "furniture": [content(text, u) for u in _units(text, "furniture")],
        "references": [
            {**r, "as_written": text.source[r["at"][0] : r["at"][1]]} for r in gold["references"]
        ],
    }
    return answer | (_report(text) if gold["kind"] == "report" else _resolution(text))


def _units(text: Text, role: str, **where: Any) -> list[Json]:
    return [
        u
        for u in text.gold["units"]
        if u["role"] == role and all(u.get(k) == v for k, v in where.items())
    ]


def _joined(text: Text, role: str, name: str) -> str:
    return " ".join(content(text, u) for u in _units(text, role) if u["unit"] == name)


def _resolution(text: Text) -> Json:
    marks: dict[str, str] = {}
    for unit in text.gold["units"]:
        for number, _, _ in unit.get("marks", []):
            marks.setdefault(number, unit["unit"])
    headings = {u["unit"]: content(text, u) for u in _units(text, "heading")}
    notes = [(u["unit"].split()[-1], u) for u in _units(text, "footnote")]
    return {
        "preambular": [{"text": unmarked(text, u)} for u in _units(text, "preambular")],
        "operative": [_operative(text, u) for u in _units(text, "operative")],
        "sections": [
            {**s, "heading": headings[s["heading"]]} for s in text.gold.get("sections", [])
        ],
        "footnotes": [
            {"number": n, "text": content(text, u), "anchor": marks[n]} for n, u in notes
        ],
    }


def _operative(text: Text, unit: Json) -> Json:
    name = unit["unit"].removeprefix("operative ")
    parts = [
        {"label": p["number"], "text": content(text, p), "role": p.get("task_role")}
        for p in _units(text, "subparagraph", parent=name)
    ]
    clauses = [_clause(text, c) for c in text.gold["clauses"] if c["unit"] == unit["unit"]]
    return {
        "number": unit["number"],
        "text": unmarked(text, unit),
        "subparagraphs": parts,
        "clauses": clauses,
    }


def _clause(text: Text, clause: Json) -> Json:
    asks = [
        {**a, "task": text.source[a["task"] : a["task"] + 60] if "task" in a else None}
        for a in clause.get("asks", [])
    ]
    return {**clause, "asks": asks}


def _report(text: Text) -> Json:
    paragraphs = []
    for unit in _units(text, "paragraph"):
        number = unit["number"]
        tails = [content(text, t) for t in _units(text, "tail", parent=number)]
        words = " ".join([content(text, unit), *tails])
        is_heading = unit.get("part") == "heading"
        paragraphs.append(
            {
                "number": number,
                "depth": unit["depth"],
                "heading": words if is_heading else None,
                "text": "" if is_heading else words,
                "items": [content(text, i) for i in _units(text, "item", parent=number)],
            }
        )
    documents = []
    for document in text.gold.get("documents", []):
        start, end = document["title"][-1] if document["title"] else (0, 0)
        title = text.source[start:end] or None
        documents.append({**document, "title": title})
    return {
        "paragraphs": paragraphs,
        "documents": documents,
        "events": text.gold.get("events", []),
        "decisions": text.gold.get("decisions", []),
    }
