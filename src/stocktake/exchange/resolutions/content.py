"""A parsed text as a list of units in plain JSON values: what drafts keep and imports compare.

A unit is one paragraph with `path`, `number`, `role`, `parent` (the path it stands below), `part`,
`section`, `text`, `footnotes`, `clauses`, `citations` and `asks`; an ask stands `at` the character
of its text where the verb stands.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stocktake.lib.resolutions import Report, Resolution
from stocktake.lib.resolutions.model import (
    Ask,
    Clause,
    Footnote,
    Operative,
    Paragraph,
    Preambular,
    Reference,
)

Unit = dict[str, Any]
Content = dict[str, Any]

_TO_BE_NAMED = "unnumbered"


def content_of(parsed: Resolution | Report) -> Content:
    """Give what a parsed text says: `kind`, `language`, `head` and `units` in order.

    No character of a paragraph is left out: its words stand in the `text` of exactly one unit.
    """
    identity = parsed.identity
    notes = {note.number: note for note in parsed.footnotes}
    if isinstance(parsed, Resolution):
        units = [
            *_preamble(parsed.preambular, notes),
            *(unit for each in parsed.operative for unit in _operative(each, notes)),
        ]
    else:
        units = _numbered(parsed.paragraphs, notes)
    for number, unit in enumerate(units, start=1):
        unit["id"] = f"u{number}"
    return {
        "kind": parsed.kind,
        "language": identity.language,
        "head": {
            "symbol": identity.symbol or "",
            "title": identity.title or "",
            "body": identity.body_code or "",
            "session": str(identity.session or ""),
            "meeting": identity.meeting or "",
            "date": identity.adopted or "",
        },
        "units": _with_own_paths(units),
        "warnings": [each.message for each in parsed.warnings],
    }


def unit_of(path: str, role: str, text: str, **more: Any) -> Unit:
    """Make a unit with every field that a unit has."""
    told: Unit = {
        "path": path,
        "number": "",
        "role": role,
        "parent": "",
        "part": "",
        "section": "",
        "text": text,
        "footnotes": [],
        "clauses": [],
        "citations": [],
        "asks": [],
    }
    return {**told, **more}


def preamble_path(part: str, number: int) -> str:
    """Give the path of a preambular paragraph: they are counted anew in each part."""
    return f"{part}/preamble/{number}" if part else f"preamble/{number}"


def _preamble(paragraphs: Iterable[Preambular], notes: dict[str, Footnote]) -> Iterator[Unit]:
    counts: Counter[str] = Counter()
    for each in paragraphs:
        part = each.part or ""
        counts[part] += 1
        yield unit_of(
            preamble_path(part, counts[part]),
            "preambular",
            each.text,
            part=part,
            section=each.heading or "",
            footnotes=_footnotes(each.footnotes, notes),
            citations=_citations((*each.references, *_in_notes(each.footnotes, notes))),
        )


def _operative(each: Operative, notes: dict[str, Footnote]) -> list[Unit]:
    whole = unit_of(
        each.path,
        "operative",
        each.text,
        number="" if each.number is None else str(each.number),
        part=each.part or "",
        section=each.section or "",
        footnotes=_footnotes(each.footnotes, notes),
        citations=_citations((*each.references, *_in_notes(each.footnotes, notes))),
        **_clauses(clause for clause in each.clauses if clause.subparagraph is None),
    )
    units = [whole]
    known = {each.path}
    for sub in each.subparagraphs:
        above = f"{each.path}/{sub.label}".rpartition("/")[0]
        units.append(
            unit_of(
                f"{each.path}/{sub.label}",
                sub.role or "item",
                sub.text,
                number=sub.label.rpartition("/")[2],
                parent=above if above in known else each.path,
                part=each.part or "",
                section=each.section or "",
                **_clauses(c for c in each.clauses if c.subparagraph == sub.label),
            )
        )
        known.add(f"{each.path}/{sub.label}")
    return units


def _numbered(paragraphs: Sequence[Paragraph], notes: dict[str, Footnote]) -> list[Unit]:
    units: list[Unit] = []
    section = ""
    for each in paragraphs:
        is_heading = bool(each.heading) and not each.text and not each.items
        path = f"para/{each.number or _TO_BE_NAMED}"
        if is_heading:
            section = each.heading or ""
        units.append(
            unit_of(
                path,
                "heading" if is_heading else "numbered",
                "\n".join(filter(None, (each.heading, each.text))),
                number=(each.number or "").rstrip("."),
                section=section,
                footnotes=_footnotes(each.footnotes, notes),
                citations=_citations((*each.references, *_in_notes(each.footnotes, notes))),
                **_clauses(each.clauses),
            )
        )
        units += [
            unit_of(
                f"{path}/{at}",
                "item",
                item.text,
                number=(item.label or "").strip("().•–- "),
                parent=path,
                section=section,
            )
            for at, item in enumerate(each.items, start=1)
        ]
    return units


def _with_own_paths(units: list[Unit]) -> list[Unit]:
    """Give every unit a path of its own: a repeated one counts on, and what stands below follows.

    Paths of what stands below a unit come right after it, so the latest renaming is the right one.
    """
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for unit in units:
        parent = unit["parent"]
        if parent in renamed:
            unit["path"] = renamed[parent] + unit["path"].removeprefix(parent)
            unit["parent"] = renamed[parent]
        path = free_path(unit["path"], taken)
        renamed[unit["path"]] = path
        unit["path"] = path
        taken.add(path)
    return units


def free_path(path: str, taken: set[str]) -> str:
    """Give the path, with a count behind it when another unit has it."""
    found, count = path, 1
    while found in taken:
        count += 1
        found = f"{path}-{count}"
    return found


def _clauses(clauses: Iterable[Clause]) -> dict[str, Any]:
    known = list(clauses)
    return {
        "clauses": [
            {
                "verb": each.verb,
                "lemma": each.lemma,
                "modifiers": list(each.modifiers),
                "force": each.force,
                "position": each.position,
            }
            for each in known
        ],
        "asks": [_ask(each, ask) for each in known for ask in each.asks],
    }


def _ask(clause: Clause, ask: Ask) -> dict[str, Any]:
    due, recurrence = ask.due, ask.recurrence
    return {
        "at": clause.position,
        "lemma": clause.lemma,
        "force": clause.force,
        "task": ask.task,
        "addressees": [
            {
                "code": ask.addressee or "",
                "raw": (ask.raw or "")[:500],
                "qualifier": (ask.qualifier or "")[:500],
            }
        ]
        if ask.addressee or ask.raw
        else [],
        "due_on": (due.not_later_than if due else None) or "",
        "due_session": f"{due.body or ''}/{due.session}" if due and due.session else "",
        "due_year": due.year if due else None,
        "due_as_written": due.as_written if due else "",
        "recurrence": (recurrence.iso8601 if recurrence else None) or "",
        "recurrence_as_written": recurrence.as_written if recurrence else "",
        "condition": ask.condition or "",
        "report_to": list(ask.report_to),
        "through": list(ask.through),
    }


def _footnotes(numbers: Iterable[str], notes: dict[str, Footnote]) -> list[dict[str, str]]:
    return [{"number": each, "text": notes[each].text} for each in numbers if each in notes]


def _in_notes(numbers: Iterable[str], notes: dict[str, Footnote]) -> list[Reference]:
    return [found for each in numbers if each in notes for found in notes[each].references]


def _citations(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """One citation a document, with all paragraphs of it that are named."""
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for each in references:
        if each.symbols or each.document:
            named = found.setdefault((each.symbols, each.document or ""), [])
            named += [number for number in each.paragraphs if number not in named]
    return [
        {"symbols": list(symbols), "document": document, "paragraphs": paragraphs}
        for (symbols, document), paragraphs in found.items()
    ]
