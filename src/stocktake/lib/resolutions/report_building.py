"""Outline of a report → the report: paragraphs, what they cite, events and decisions."""

from stocktake.lib.resolutions.clauses import ClauseReader
from stocktake.lib.resolutions.dates import find_date
from stocktake.lib.resolutions.decisions import read_decisions
from stocktake.lib.resolutions.drafting import Draft
from stocktake.lib.resolutions.events import read_events
from stocktake.lib.resolutions.model import Identity, Item, Paragraph, Reference, Report
from stocktake.lib.resolutions.references import ReferenceReader
from stocktake.lib.resolutions.report_documents import read_documents
from stocktake.lib.resolutions.report_structure import ReportOutline, Unit
from stocktake.lib.resolutions.resolution_building import read_footnotes
from stocktake.lib.resolutions.symbols import find_symbols


def build_report(draft: Draft, outline: ReportOutline, *, symbol: str | None) -> Report:
    """Place every block and read what the paragraphs say."""
    title = draft.take(outline.title, "title")[0] if outline.title else None
    identity = _identify(draft, outline, title, symbol)
    references = ReferenceReader(None)
    clauses = ClauseReader(identity, draft.source, numbered=True)
    made: list[Paragraph] = []
    for at, unit in enumerate(outline.units):
        made.append(_paragraph(draft, unit, at, references, clauses))
    paragraphs = tuple(made)
    footnotes = read_footnotes(draft, references)
    head, furniture = draft.page()
    if not any(unit.number for unit in outline.units):
        told = "No opening formula and no numbered paragraph was found."
        draft.warn("text-unstructured", told)
    return Report(
        identity=identity,
        paragraphs=paragraphs,
        documents=read_documents(paragraphs),
        events=read_events(paragraphs),
        decisions=read_decisions(paragraphs),
        references=_all_references(paragraphs),
        footnotes=footnotes,
        head=head,
        furniture=furniture,
        warnings=tuple(draft.warnings),
        source=draft.source,
        pieces=draft.pieces(),
    )


def _paragraph(
    draft: Draft, unit: Unit, at: int, references: ReferenceReader, clauses: ClauseReader
) -> Paragraph:
    name = unit.number or f"unnumbered-{at + 1}"
    heading = draft.take(unit.heading, f"paragraph {name}")[0] if unit.heading else None
    text, marks = draft.take(unit.blocks, f"paragraph {name}")
    if unit.tail:
        # the words after a list are a paragraph of their own
        rest, more = draft.take(unit.tail, f"paragraph {name}")
        text, marks = f"{text}\n\n{rest}".strip(), (*marks, *more)
    items: list[Item] = []
    for number, blocks in enumerate(unit.items, start=1):
        words, found = draft.take(blocks, f"item {name}/{number}")
        label = blocks[0].label
        items.append(Item(label.text if label else None, words))
        marks = (*marks, *found)
    told = [item.text for item in items]
    every = " ".join(filter(None, [heading, text, *told]))
    return Paragraph(
        number=unit.number,
        depth=unit.depth,
        heading=heading,
        text=text,
        items=tuple(items),
        footnotes=tuple(dict.fromkeys(marks)),
        clauses=tuple(clauses.read(text, told, None)) if text.startswith("We ") else (),
        references=references.read(every),
    )


def _all_references(paragraphs: tuple[Paragraph, ...]) -> tuple[Reference, ...]:
    """Every mention, in order."""
    return tuple(each for paragraph in paragraphs for each in paragraph.references)


def _identify(
    draft: Draft, outline: ReportOutline, title: str | None, symbol: str | None
) -> Identity:
    own, adopted = symbol, None
    for line in draft.lines[:60]:
        if line.kind in ("masthead", "running head"):
            found = find_symbols(f" {line.text} ")
            own = own or (found[0].symbols[0] if found else None)
            adopted = adopted or find_date(line.text)
    return Identity(
        symbol=own,
        body=outline.author,
        title=title,
        adopted=adopted,
        language=draft.language,
    )
