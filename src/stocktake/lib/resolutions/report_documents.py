"""Documents that a report speaks of: symbol, title, author, who presented them."""

import re
from dataclasses import dataclass, field

from stocktake.lib.resolutions.model import Paragraph, ReportDocument
from stocktake.lib.resolutions.symbols import FoundSymbol, find_symbols

_TITLE_ENDS = re.compile(
    r" (?:was|were) (?:presented|introduced|submitted|discussed|revised|noted)|"
    r"(?:,|(?<![\s,]))\s++addresses\b|"
    r" presented | provides\b| contains\b| describes\b| outlines\b|; |\.(?=\s|$)"
)
_PRESENTED = re.compile(r"\s*(?:was|were) (?:presented|introduced|submitted) by\s+")
_PRESENTER_ENDS = re.compile(
    r"\.(?=\s|$)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bProf\.)(?<! [A-Z]\.)|;|"
    r",? (?:for information|in accordance|on behalf|to the meeting|with )|,? providing"
)
_ROLE = re.compile(
    r"(?:Director|Secretary-General|Chair|Chairman|President|Bureau|Secretariat|Delegation|"
    r"Administration|Rapporteur|Coordinator)\b|[A-Z]{2,8}$"
)
_ACTIVE = re.compile(
    r"(?:^|[.,;] |\bthat )(?:the |The )?((?:[A-Z][\w.’-]{0,40}+|secretariat|delegation|of|the|and)"
    r"(?: (?:[A-Z][\w.’-]{0,40}+|secretariat|delegation|of|the|and)){0,7}+) "
    r"(?:presented|introduced|submitted|provided information)\b"
)
_QUOTED = re.compile(r"“([^“”]{3,300}+)”")
_ARTICLE = re.compile(r"(?:the|The|a|A|an|An) (?=\S)")


@dataclass(slots=True)
class _Gathered:
    written: list[str] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    presented_by: str | None = None
    paragraphs: list[str] = field(default_factory=list)


def read_documents(paragraphs: tuple[Paragraph, ...]) -> tuple[ReportDocument, ...]:
    """Gather every symbol of the report with what is said of its document anywhere."""
    gathered: dict[str, _Gathered] = {}
    for paragraph in paragraphs:
        text = " ".join(
            filter(
                None, [paragraph.heading, paragraph.text, *(item.text for item in paragraph.items)]
            )
        )
        for found in find_symbols(text):
            for symbol in found.symbols:
                entry = gathered.setdefault(symbol, _Gathered())
                _note(entry, text, found, paragraph.number)
    return tuple(
        ReportDocument(
            symbol,
            tuple(dict.fromkeys(entry.written)),
            entry.title,
            entry.author,
            entry.presented_by,
            tuple(dict.fromkeys(entry.paragraphs)),
        )
        for symbol, entry in gathered.items()
    )


def _note(entry: _Gathered, text: str, found: FoundSymbol, number: str | None) -> None:
    entry.written.append(text[found.start : found.end])
    if number is not None:
        entry.paragraphs.append(number)
    if entry.title is None and text[found.end : found.end + 1] == ":":
        _titled(entry, text, found.end + 1)
    elif entry.title is None and text[found.start - 1 : found.start] == "(":
        _bracketed(entry, text, found.start)


def _titled(entry: _Gathered, text: str, at: int) -> None:
    """`Document S: Author: Title was presented by X.`"""
    ended = _TITLE_ENDS.search(text, at)
    end = ended.start() if ended else len(text)
    words = text[at:end].strip()
    author, colon, rest = words.partition(": ")
    if colon and _ROLE.match(author):
        entry.author, words = author.strip(), rest
    quoted = _QUOTED.search(words)
    entry.title = _bare(quoted[1] if quoted else words)
    presented = _PRESENTED.match(text, end)
    if presented:
        stop = _PRESENTER_ENDS.search(text, presented.end())
        entry.presented_by = _bare(text[presented.end() : stop.start() if stop else len(text)])


def _bracketed(entry: _Gathered, text: str, at: int) -> None:
    """`X presented its contribution on the “Title” (S)`, `X provided information about … (S)`."""
    start = max(text.rfind(". ", 0, at) + 2, 0) if ". " in text[:at] else 0
    sentence = text[start:at]
    quoted = list(_QUOTED.finditer(sentence))
    near = quoted and len(sentence) - quoted[-1].end() <= 3
    if near:
        entry.title = _bare(quoted[-1][1])
    active = _ACTIVE.search(sentence)
    if active:
        entry.presented_by = _bare(active[1])
        if near and "contribution" in sentence:
            entry.author = entry.presented_by


def _bare(words: str) -> str:
    text = " ".join(words.split()).strip(" “”\"',")
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
