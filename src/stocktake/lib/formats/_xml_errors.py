"""Full sentences for what libxml2 reports."""

import re
from typing import Any

from lxml import etree

from stocktake.lib.formats.problems import Problem, gettext_noop, shortened

_PLACE = re.compile(r"\s*,? line \d+, column \d+( \(.*\))?$")
_LIMIT = re.compile("XML_PARSE_HUGE|[Hh]uge (input|text)|too (long|big|large)|Buffer size limit")
# xmlParserErrors of libxml2, by number.
_CODES = {
    1: "xml-start",
    4: "xml-start",
    9: "xml-encoding",
    26: "xml-entity",
    27: "xml-entity",
    31: "xml-encoding",
    32: "xml-encoding",
    73: "xml-truncated",
    74: "xml-truncated",
    76: "xml-mismatch",
    77: "xml-truncated",
    81: "xml-encoding",
    89: "xml-entity",
}
_SENTENCES = {
    "xml-truncated": gettext_noop(
        "The file ends or breaks off in the middle of an element, near line %(line)s "
        "(%(detail)s). It may have been cut short on its way."
    ),
    "xml-encoding": gettext_noop(
        "The characters near line %(line)s do not fit the encoding that the file declares "
        "(%(detail)s). Save the file in the encoding that its first line names."
    ),
    "xml-entity": gettext_noop(
        "Near line %(line)s the file uses an entity that XML does not define (%(detail)s). "
        "Write the character itself instead."
    ),
    "xml-mismatch": gettext_noop(
        "Near line %(line)s an element is closed under another name than it was opened with "
        "(%(detail)s)."
    ),
    "xml-start": gettext_noop("The file is not XML: it does not begin with an element."),
    "xml-depth": gettext_noop(
        "Near line %(line)s the elements are nested more than 256 deep, which is refused."
    ),
    "xml-huge": gettext_noop(
        "Near line %(line)s a text or a value is longer than 10 MB, or a name than 50,000 letters, "
        "which is refused."
    ),
    "xml-broken": gettext_noop(
        "The file is not well-formed XML: %(detail)s, near line %(line)s, column %(column)s."
    ),
}


def parse_problem(error: etree.XMLSyntaxError | None) -> Problem:
    """Return the sentence for a parser's error; without one, for a file without an element."""
    if error is None:
        return Problem("xml-start", _SENTENCES["xml-start"], line=1)
    log: Any = error.error_log
    number: int | None = getattr(error, "code", None)
    (line, column), detail = error.position, error.msg or ""
    if line == 0 and len(log):
        # An undeclared entity does not stop the parser; it only shows when the file is closed.
        entry = log[-1]
        number, line, column, detail = (entry.type, entry.line, entry.column, entry.message)
    code = _CODES.get(number or 0, "xml-broken")
    if "Excessive depth" in detail:
        code = "xml-depth"
    elif _LIMIT.search(detail):
        code = "xml-huge"
    values: dict[str, str | int] = {}
    if "%(" in _SENTENCES[code]:
        detail = shortened(_PLACE.sub("", detail), limit=160)
        values = {"line": line, "column": column, "detail": detail}
    return Problem(code, _SENTENCES[code], values, line=max(line, 1))
