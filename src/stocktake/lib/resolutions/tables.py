"""A parsed text as a table (one row an ask, or a paragraph without any) and as Markdown."""

import csv
import io

from stocktake.lib.resolutions.model import Ask, Clause, Collection, Operative, Report, Resolution

COLUMNS = (
    "path", "section", "verb", "lemma", "modifiers", "force", "addressee", "raw", "qualifier",
    "task", "due", "not_later_than", "recurrence", "condition", "report_to", "through",
    "symbols", "text",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_csv(parsed: Resolution | Report | Collection) -> str:
    """Return comma-separated values with a header; no cell begins as a formula does.

    Rows of a collection begin with the symbol, or the title, of the text they stand in.
    """
    several = isinstance(parsed, Collection)
    stream = io.StringIO()
    columns = ("document", *COLUMNS) if several else COLUMNS
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for each in parsed.resolutions if isinstance(parsed, Collection) else (parsed,):
        name = {"document": each.identity.symbol or each.identity.title or ""} if several else {}
        for row in _rows(each):
            told = name | row
            writer.writerow({column: _safe(value) for column, value in told.items()})
    return stream.getvalue()


def to_markdown(parsed: Resolution | Report | Collection) -> str:
    """Return headings, numbered paragraphs and footnotes as Markdown."""
    if isinstance(parsed, Collection):
        return "\n".join(to_markdown(each) for each in parsed.resolutions)
    identity = parsed.identity
    lines = [f"# {identity.title or identity.symbol or ''}".rstrip(), ""]
    facts = (identity.symbol, identity.body, identity.adopted, identity.meeting)
    told = [each for each in facts if each]
    lines += [" · ".join(told), ""] if told else []
    if isinstance(parsed, Resolution):
        lines += _resolution_lines(parsed)
    else:
        lines += _report_lines(parsed)
    for note in parsed.footnotes:
        lines += [f"[^{note.number}]: {note.text}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _resolution_lines(parsed: Resolution) -> list[str]:
    lines = [parsed.formula, ""] if parsed.formula else []
    for each in parsed.preambular:
        lines += [each.text + _marks(each.footnotes), ""]
    section: str | None = None
    for op in parsed.operative:
        if op.section and op.section != section:
            lines += [f"## {op.section}", ""]
        section = op.section
        number = f"{op.number}. " if op.number is not None else ""
        lines += [f"{number}{op.text}{_marks(op.footnotes)}", ""]
        for sub in op.subparagraphs:
            lines += [f"   ({sub.label}) {sub.text}", ""]
    return lines


def _report_lines(parsed: Report) -> list[str]:
    lines: list[str] = []
    for each in parsed.paragraphs:
        number = f"{each.number} " if each.number else ""
        if each.heading:
            lines += [f"{'#' * min(6, each.depth + 2)} {number}{each.heading}", ""]
            number = ""
        if each.text:
            lines += [f"{number}{each.text}{_marks(each.footnotes)}", ""]
        lines += [f"- {item.text}" for item in each.items]
        lines += [""] if each.items else []
    return lines


def _marks(numbers: tuple[str, ...]) -> str:
    return "".join(f"[^{number}]" for number in numbers)


def _rows(parsed: Resolution | Report) -> list[dict[str, str]]:
    if isinstance(parsed, Report):
        return [
            {
                "path": each.number or "",
                "section": each.heading or "",
                "symbols": " ".join(s for one in each.references for s in one.symbols),
                "text": each.text,
            }
            for each in parsed.paragraphs
        ]
    rows: list[dict[str, str]] = []
    for op in parsed.operative:
        base = _base(op)
        made = [_ask_row(base, clause, ask) for clause in op.clauses for ask in clause.asks]
        silent = [_clause_row(base, clause) for clause in op.clauses if not clause.asks]
        rows += [*made, *silent] or [base]
    return rows


def _base(op: Operative) -> dict[str, str]:
    return {
        "path": op.path,
        "section": op.section or "",
        "symbols": " ".join(symbol for each in op.references for symbol in each.symbols),
        "text": op.text,
    }


def _clause_row(base: dict[str, str], clause: Clause) -> dict[str, str]:
    return base | {
        "verb": clause.verb,
        "lemma": clause.lemma,
        "modifiers": " ".join(clause.modifiers),
        "force": str(clause.force),
    }


def _ask_row(base: dict[str, str], clause: Clause, ask: Ask) -> dict[str, str]:
    due, recurrence = ask.due, ask.recurrence
    return _clause_row(base, clause) | {
        "addressee": ask.addressee or "",
        "raw": ask.raw or "",
        "qualifier": ask.qualifier or "",
        "task": ask.task,
        "due": due.as_written if due else "",
        "not_later_than": (due.not_later_than or "") if due else "",
        "recurrence": (recurrence.iso8601 or recurrence.as_written) if recurrence else "",
        "condition": ask.condition or "",
        "report_to": " ".join(ask.report_to),
        "through": " ".join(ask.through),
    }


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(_RISKY) else value
