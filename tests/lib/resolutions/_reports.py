"""What of a report agrees with the gold: numbered units, documents, events, decisions."""

from typing import Any

from tests.lib.resolutions._units import LABEL, Bags, paragraphs_of, plain
from tests.lib.resolutions.gold import Json, Text, bare, checksum, content, symbol


def report_items(text: Text, answer: Json) -> dict[str, Bags]:
    """Give the bags of every metric of a report."""
    bags = _units(text, answer) | _documents(text, answer) | _events(text, answer)
    decisions: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for entry in text.gold.get("decisions", []):
        decisions[2 if entry.get("optional") else 0].append((entry["paragraph"], entry["verb"]))
    for entry in answer.get("decisions") or []:
        decisions[1].append((plain(entry["paragraph"]), entry["verb"]))
    return {**bags, "decisions": decisions}


def _units(text: Text, answer: Json) -> dict[str, Bags]:
    """Compare numbered units to the character: heading and words together, then their items."""
    own: dict[str, str] = {}
    depths, items = [], []
    for unit in text.gold["units"]:
        if unit["role"] == "paragraph":
            own[unit["number"]] = bare(content(text, unit))
            depths.append((unit["number"], unit["depth"]))
        elif unit["role"] == "tail":
            own[unit["parent"]] += bare(content(text, unit))
        elif unit["role"] == "item":
            items.append((unit["parent"], unit["bare"][0]))
    given, told, parts = [], [], []
    for unit in paragraphs_of(answer):
        number = plain(unit.get("number"))
        if not number:
            continue
        words = bare(unit["words"])
        forms = {words, bare(LABEL.sub("", unit["words"], count=1)), bare(unit["text"] or "")}
        right = own.get(number) in forms
        given.append(number if right else f"{number}?: …{words[-40:]}")
        told.append((number, unit.get("depth")))
        parts += [
            (number, checksum(bare(LABEL.sub("", part["text"], count=1)))) for part in unit["parts"]
        ]
    return {
        "numbered units": (list(own), given, ()),
        "depths": (depths, told, ()),
        "items": (items, parts, ()),
    }


def _documents(text: Text, answer: Json) -> dict[str, Bags]:
    """Compare documents by symbol, and each of their facts where the gold states it."""
    facts: dict[str, tuple[list[Any], list[Any], list[Any]]] = {
        name: ([], [], []) for name in ("documents", "titles", "authors", "presenters", "cited in")
    }
    due = {d["symbol"]: d for d in text.gold.get("documents", [])}
    for code, document in due.items():
        facts["documents"][0].append(code)
        facts["cited in"][0].extend((code, p) for p in document["paragraphs"])
        if document["title"]:
            facts["titles"][0].append((code, document["title_bare"][0]))
        for metric, field in (("authors", "author"), ("presenters", "presented_by")):
            if document[field] and field not in document.get("optional", []):
                facts[metric][0].append((code, bare(document[field])))
    for document in answer.get("documents") or []:
        if not document.get("symbol"):
            continue
        code = symbol(document["symbol"])
        want = due.get(code, {})
        optional = want.get("optional", [])
        facts["documents"][1].append(code)
        pages = [plain(p) for p in document.get("paragraphs") or []]
        facts["cited in"][1].extend((code, p) for p in pages)
        if document.get("title") and "title" not in optional:
            title = checksum(bare(document["title"]))
            same = title in want.get("title_bare", [])
            facts["titles"][1].append((code, want["title_bare"][0] if same else document["title"]))
        for metric, field in (("authors", "author"), ("presenters", "presented_by")):
            if document.get(field) and field not in optional:
                facts[metric][1].append((code, bare(document[field]).removeprefix("the")))
    return dict(facts.items())


def _events(text: Text, answer: Json) -> dict[str, Bags]:
    """Compare events by paragraph and first day; days, places and figures where stated."""
    days: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    ends: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    places: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for entry in text.gold.get("events", []):
        key = (entry["paragraph"], entry["start"])
        free = bool(entry.get("optional"))
        days[2 if free else 0].append(key)
        if not free:
            ends[0].append((*key, entry["end"]))
            if entry.get("place"):
                places[0].append((*key, bare(entry["place"].partition(",")[0])))
    known = set(days[0])
    for entry in answer.get("events") or []:
        key = (plain(entry["paragraph"]), entry.get("start"))
        days[1].append(key)
        if key in known:
            ends[1].append((*key, entry.get("end") or entry.get("start")))
            if entry.get("place"):
                places[1].append((*key, bare(entry["place"].partition(",")[0])))
    return {
        "events": (set(days[0]), set(days[1]), days[2]),
        "events' ends": (set(ends[0]), set(ends[1]), ()),
        "events' places": (set(places[0]), set(places[1]), ()),
        "figures": _figures(text, answer),
    }


def _figures(text: Text, answer: Json) -> Bags:
    """Compare the figures of events as numbers of a paragraph."""
    due = {
        (e["paragraph"], n)
        for e in text.gold.get("events", [])
        if not e.get("figures_optional")
        for n in e.get("figures", [])
    }
    free = {
        (e["paragraph"], n)
        for e in text.gold.get("events", [])
        if e.get("figures_optional")
        for n in e.get("figures", [])
    }
    given = {
        (plain(e["paragraph"]), n)
        for e in answer.get("events") or []
        for n in _numbers(e.get("figures"))
    }
    return due, given, free


def _numbers(value: Any) -> set[int]:
    """Find whole numbers anywhere in a value of unknown shape."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int):
        return {value}
    if isinstance(value, str):
        digits = value.replace(",", "").replace(" ", "")
        return {int(digits)} if digits.isdigit() else set()
    parts = value.values() if isinstance(value, dict) else value
    return {n for part in parts for n in _numbers(part)}
