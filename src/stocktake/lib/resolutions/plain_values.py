"""A parsed text as plain values: the stable shape of `stocktake resolution parse --json`.

The shape is described by `schema.json` beside this module.
"""

from importlib import resources
from typing import Any

from stocktake.lib.resolutions.model import (
    Ask,
    Caveat,
    Clause,
    Collection,
    Event,
    Footnote,
    Furniture,
    Operative,
    Paragraph,
    Reference,
    Report,
    Resolution,
)

Plain = dict[str, Any]


def schema() -> str:
    """Return the JSON Schema (2020-12) of what `to_json` gives."""
    file = resources.files(__package__).joinpath("schema.json")
    return file.read_text(encoding="utf-8")


def to_json(parsed: Resolution | Report | Collection) -> Plain:
    """Return plain values; offsets are characters of the source text."""
    if isinstance(parsed, Resolution):
        return _resolution(parsed)
    return _collection(parsed) if isinstance(parsed, Collection) else _report(parsed)


def _collection(parsed: Collection) -> Plain:
    return {
        "kind": "collection",
        "front": parsed.front,
        "resolutions": [to_json(each) for each in parsed.resolutions],
        "places": [{"start": start, "end": end} for start, end in parsed.places],
        "warnings": [_warning(each) for each in parsed.warnings],
    }


def _resolution(parsed: Resolution) -> Plain:
    identity = parsed.identity
    return {
        "kind": "resolution",
        "symbol": identity.symbol,
        "body": identity.body,
        "body_code": identity.body_code,
        "title": identity.title,
        "session": identity.session,
        "adopted": identity.adopted,
        "meeting": identity.meeting,
        "language": identity.language,
        "formula": parsed.formula,
        "preambular": [
            {
                "number": each.number,
                "heading": each.heading,
                "part": each.part,
                "text": each.text,
                "footnotes": list(each.footnotes),
                "references": [_reference(one) for one in each.references],
            }
            for each in parsed.preambular
        ],
        "sections": [
            {"heading": s.heading, "first": s.first, "last": s.last, "part": s.part}
            for s in parsed.sections
        ],
        "operative": [_operative(each) for each in parsed.operative],
        "footnotes": [_footnote(each) for each in parsed.footnotes],
        "head": [_furniture(each) for each in parsed.head],
        "furniture": [_furniture(each) for each in parsed.furniture],
        "warnings": [_warning(each) for each in parsed.warnings],
    }


def _operative(each: Operative) -> Plain:
    return {
        "number": each.number,
        "path": each.path,
        "part": each.part,
        "section": each.section,
        "text": each.text,
        "action": each.action,
        "footnotes": list(each.footnotes),
        "subparagraphs": [
            {"label": sub.label, "text": sub.text, "role": sub.role} for sub in each.subparagraphs
        ],
        "clauses": [_clause(clause) for clause in each.clauses],
        "references": [_reference(one) for one in each.references],
    }


def _clause(clause: Clause) -> Plain:
    return {
        "verb": clause.verb,
        "lemma": clause.lemma,
        "modifiers": list(clause.modifiers),
        "force": clause.force,
        "position": clause.position,
        "subparagraph": clause.subparagraph,
        "asks": [_ask(ask) for ask in clause.asks],
    }


def _ask(ask: Ask) -> Plain:
    due, recurrence = ask.due, ask.recurrence
    return {
        "addressee": ask.addressee,
        "raw": ask.raw,
        "qualifier": ask.qualifier,
        "task": ask.task,
        "due": None
        if due is None
        else {
            "as_written": due.as_written,
            "not_later_than": due.not_later_than,
            "session": due.session,
            "body": due.body,
            "year": due.year,
            "kind": due.kind,
        },
        "recurrence": None
        if recurrence is None
        else {"as_written": recurrence.as_written, "iso8601": recurrence.iso8601},
        "condition": ask.condition,
        "report_to": list(ask.report_to),
        "through": list(ask.through),
    }


def _reference(each: Reference) -> Plain:
    return {
        "as_written": each.as_written,
        "symbols": list(each.symbols),
        "document": each.document,
        "paragraphs": list(each.paragraphs),
    }


def _footnote(each: Footnote) -> Plain:
    return {
        "number": each.number,
        "text": each.text,
        "anchor": each.anchor,
        "references": [_reference(one) for one in each.references],
    }


def _furniture(each: Furniture) -> Plain:
    return {"kind": each.kind, "start": each.start, "end": each.end, "text": each.text}


def _warning(each: Caveat) -> Plain:
    return {"code": each.code, "message": each.message, "place": each.place}


def _report(parsed: Report) -> Plain:
    identity = parsed.identity
    return {
        "kind": "report",
        "symbol": identity.symbol,
        "body": identity.body,
        "title": identity.title,
        "adopted": identity.adopted,
        "language": identity.language,
        "paragraphs": [_paragraph(each) for each in parsed.paragraphs],
        "documents": [
            {
                "symbol": each.symbol,
                "as_written": list(each.as_written),
                "title": each.title,
                "author": each.author,
                "presented_by": each.presented_by,
                "paragraphs": list(each.paragraphs),
            }
            for each in parsed.documents
        ],
        "events": [_event(each) for each in parsed.events],
        "decisions": [
            {"paragraph": d.paragraph, "actor": d.actor, "verb": d.verb, "text": d.text}
            for d in parsed.decisions
        ],
        "references": [_reference(each) for each in parsed.references],
        "footnotes": [_footnote(each) for each in parsed.footnotes],
        "head": [_furniture(each) for each in parsed.head],
        "furniture": [_furniture(each) for each in parsed.furniture],
        "warnings": [_warning(each) for each in parsed.warnings],
    }


def _event(each: Event) -> Plain:
    return {
        "name": each.name,
        "start": each.start,
        "end": each.end,
        "place": each.place,
        "figures": dict(each.figures),
        "paragraph": each.paragraph,
    }


def _paragraph(each: Paragraph) -> Plain:
    return {
        "number": each.number,
        "depth": each.depth,
        "heading": each.heading,
        "text": each.text,
        "items": [{"label": item.label, "text": item.text} for item in each.items],
        "footnotes": list(each.footnotes),
        "clauses": [_clause(clause) for clause in each.clauses],
        "references": [_reference(one) for one in each.references],
    }
