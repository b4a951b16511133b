"""Which unit of an answer is which unit of the gold, and what of structure agrees."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.lib.resolutions.gold import Json, Text, bare, checksum, collapsed, content

LABEL = re.compile(r"^\s*(?:•|\(?[a-z]\)|[ivx]+\.|\d+(?:\.\d+)*[.)]?|[A-Z]\.)\s+")
Bags = tuple[Iterable[Any], Iterable[Any], Iterable[Any]]


class Matched(NamedTuple):
    """The bags of each metric of structure, and the given operative paragraph of each due one."""

    items: dict[str, Bags]
    operatives: dict[str, Json]


class Finder:
    """Names the unit of the gold that has the words given, each unit once."""

    def __init__(self, text: Text) -> None:
        """Index the units by role and checksum."""
        self.units: dict[tuple[str, str], list[Json]] = defaultdict(list)
        for unit in text.gold["units"]:
            for code in unit.get("bare", []):
                self.units[unit["role"], code].append(unit)
        self.taken: set[str] = set()

    def unit(self, role: str, words: str) -> Json | None:
        """Give the first unit of that role with these words that is not yet taken."""
        for form in (words, LABEL.sub("", words, count=1)):
            for unit in self.units[role, checksum(bare(form))]:
                if unit["unit"] not in self.taken:
                    self.taken.add(unit["unit"])
                    return unit
        return None


def paragraphs_of(answer: Json) -> list[Json]:
    """Give the numbered units of an answer of either kind in one shape."""
    if answer.get("operative"):
        return [
            {**p, "words": p["text"], "parts": p.get("subparagraphs") or []}
            for p in answer["operative"]
        ]
    return [
        {**p, "words": f"{p.get('heading') or ''} {p.get('text') or ''}", "parts": flat(p["items"])}
        for p in answer.get("paragraphs") or []
    ]


def flat(items: Iterable[Any]) -> list[Json]:
    """Lay items and their own items out in the order of the text."""
    result: list[Json] = []
    for item in items:
        part = {"text": item} if isinstance(item, str) else dict(item)
        result += [part, *flat(part.get("items") or [])]
    return result


def plain(value: Any) -> str:
    """Bring a number or a mark to plain digits without its stop: `1.` and `¹` are `1`."""
    return unicodedata.normalize("NFKC", str(value or "")).strip(" .()*[]")


def match_units(text: Text, answer: Json) -> Matched:
    """Compare the structure of an answer with the gold."""
    finder, items, operatives = Finder(text), dict[str, Bags](), dict[str, Json]()
    lenient = {u["unit"] for u in text.gold["units"] if u.get("lenient")}
    exact: list[str] = []
    given: list[str] = []
    for number, unit in enumerate(answer.get("preambular") or [], 1):
        words = unit if isinstance(unit, str) else unit["text"]
        found = finder.unit("preambular", words) or finder.unit("operative", words)
        given.append(found["unit"] if found else f"preambular {number}?: {words[:40]}")
        _note_spacing(found, words, exact)
    if text.gold["kind"] != "report":
        items["preambular"] = (_names(text, "preambular", lenient), given, lenient)
        given, parts = _operative(text, finder, answer, operatives, exact)
        items["operative"] = (_names(text, "operative", lenient), given, lenient)
        items |= _subparagraphs(text, parts)
        same = {"preambular", "operative"}
        placed = [n for n in _names(text, "", lenient, same) if n in finder.taken]
        items["spacing"] = (placed, [n for n in exact if n in placed], ())
        items["title"] = _title(text, answer)
        items["sections"] = _sections(text, answer)
    items |= _footnotes(text, finder, answer)
    items["furniture"] = _furniture(text, answer)
    return Matched(items, operatives)


def _names(text: Text, role: str, without: set[str], roles: set[str] | None = None) -> list[str]:
    wanted = roles or {role}
    units = [u for u in text.gold["units"] if u["role"] in wanted]
    return [u["unit"] for u in units if u["unit"] not in without]


def _note_spacing(found: Json | None, words: str, exact: list[str]) -> None:
    if found:
        forms = (words, LABEL.sub("", words, count=1))
        exact += [found["unit"]] * (found["sha"] in {checksum(collapsed(f)) for f in forms})


def _operative(
    text: Text, finder: Finder, answer: Json, operatives: dict[str, Json], exact: list[str]
) -> tuple[list[str], list[tuple[str, Json]]]:
    """Name each given operative paragraph; an unknown text still lends its number to clauses."""
    given: list[str] = []
    strays: list[Json] = []
    parts: list[tuple[str, Json]] = []
    for unit in paragraphs_of(answer):
        number = plain(unit.get("number"))
        found = finder.unit("operative", unit["words"]) or finder.unit("preambular", unit["words"])
        if found and number == plain(found.get("number")):
            given.append(found["unit"])
        else:
            given.append(f"operative {number}?: {unit['words'].strip()[:40]}")
        _note_spacing(found, unit["words"], exact)
        if found:
            operatives[found["unit"]] = unit
        else:
            strays.append(unit)
        parts += [(number, part) for part in unit["parts"]]
    for unit in strays:
        name = next(
            (
                u["unit"]
                for u in text.gold["units"]
                if u["role"] == "operative"
                and u["unit"] not in operatives
                and plain(u.get("number")) == plain(unit.get("number"))
            ),
            f"operative {plain(unit.get('number'))}?",
        )
        operatives[name] = unit
    return given, parts


def _subparagraphs(text: Text, parts: list[tuple[str, Json]]) -> dict[str, Bags]:
    """Give the bags of sub-paragraphs and of their roles, where the gold states the role."""
    due, roles, free_roles = [], [], []
    for unit in (u for u in text.gold["units"] if u["role"] == "subparagraph"):
        key = (unit["parent"].rpartition("/")[2], plain(unit["number"]))
        due += [(*key, code) for code in unit["bare"][:1]]
        if "task_role" in unit:
            roles.append((*key, unit["task_role"]))
        else:
            free_roles += [(*key, "task"), (*key, "quoted"), (*key, "")]
    given = [
        (number, plain(p.get("label")), checksum(bare(LABEL.sub("", p["text"], count=1))))
        for number, p in parts
    ]
    told = [(number, plain(p.get("label")), p.get("role") or "") for number, p in parts]
    return {"subparagraphs": (due, given, ()), "roles": (roles, told, free_roles)}


def _title(text: Text, answer: Json) -> Bags:
    due = [u["bare"][0] for u in text.gold["units"] if u["unit"] == "title"]
    given = [checksum(bare(str(answer.get("title"))))] if answer.get("title") and due else []
    return due, given, ()


def _sections(text: Text, answer: Json) -> Bags:
    """Compare headings with the first and last paragraph they cover; not for verbs as headings."""
    if text.gold["family"] == "itu":
        return (), (), ()
    units = {u["unit"]: u for u in text.gold["units"]}
    due = [
        (bare(content(text, units[s["heading"]]))[:40], s["first"], s["last"])
        for s in text.gold.get("sections", [])
    ]
    given = [
        (
            bare(LABEL.sub("", s["heading"], count=1))[:40],
            plain(s.get("first")),
            plain(s.get("last")),
        )
        for s in answer.get("sections") or []
        if s.get("heading")
    ]
    return due, given, ()


def _footnotes(text: Text, finder: Finder, answer: Json) -> dict[str, Bags]:
    """Give the bags of footnotes and of the paragraphs that carry their first marks."""
    numbers = {plain(u["unit"].split()[-1]) for u in text.gold["units"] if u["role"] == "footnote"}
    anchors: dict[str, str] = {}
    for unit in text.gold["units"]:
        for number, _, _ in unit.get("marks", []):
            if number in numbers:
                anchors.setdefault(number, unit["unit"])
    given, told = [], []
    for note in answer.get("footnotes") or []:
        found = finder.unit("footnote", note["text"])
        number = plain(note.get("number"))
        right = found and found["unit"] == f"footnote {number}"
        given.append(f"footnote {number}" + ("" if right else f"?: {note['text'][:40]}"))
        told.append((number, str(note.get("anchor") or "").strip()))
    due = _names(text, "footnote", set())
    return {"footnotes": (due, given, ()), "anchors": (list(anchors.items()), told, ())}


def _furniture(text: Text, answer: Json) -> Bags:
    """Compare furniture word by word: how it is cut into pieces does not matter."""
    due = " ".join(content(text, u) for u in text.gold["units"] if u["role"] == "furniture")
    parts = answer.get("furniture") or []
    given = " ".join(p if isinstance(p, str) else str(p.get("text")) for p in parts)
    return _tokens(due), _tokens(given), ()


def _tokens(words: str) -> list[str]:
    return [t for t in words.split() if t.strip("_*")]
