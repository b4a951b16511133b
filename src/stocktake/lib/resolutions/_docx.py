"""The text of a Word document, with its automatic numbers and its footnotes."""

import io
import zipfile

from stocktake.lib.formats.safexml import Element, UnsafeXmlError, parse_whole
from stocktake.lib.resolutions._html import SUPERSCRIPT
from stocktake.lib.resolutions.errors import BAD_DOCX, UnreadableTextError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SKIPPED = ("-1", "0")
"""Ids of the separators that Word keeps among the footnotes."""


def read_docx(data: bytes) -> str:
    """Return paragraphs separated by blank lines, then the footnotes.

    Raises:
        UnreadableTextError: the archive has no readable document.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = _part(archive, "word/document.xml")
        numbering = _part(archive, "word/numbering.xml")
        notes = _part(archive, "word/footnotes.xml")
    if body is None:
        raise UnreadableTextError(BAD_DOCX)
    counters = _Counters(numbering)
    paragraphs = [counters.label(p) + _text(p) for p in body.iter(f"{_W}p")]
    return "\n\n".join([*paragraphs, *_notes(notes)]) + "\n"


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return parse_whole(archive.read(name))
    except KeyError:
        return None
    except UnsafeXmlError as error:
        raise UnreadableTextError(error.problem) from error
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise UnreadableTextError(BAD_DOCX) from error


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        is_raised = raised is not None and raised.get(f"{_W}val") == "superscript"
        for node in run:
            if node.tag == f"{_W}t":
                text = node.text or ""
                digits = is_raised and text.strip().isdigit()
                parts.append(text.strip().translate(SUPERSCRIPT) if digits else text)
            elif node.tag in (f"{_W}tab", f"{_W}br"):
                parts.append(" ")
            elif node.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif node.tag == f"{_W}footnoteReference":
                parts.append((node.get(f"{_W}id") or "").translate(SUPERSCRIPT))
    return "".join(parts).strip()


def _notes(root: Element | None) -> list[str]:
    if root is None:
        return []
    found = []
    for note in root.iter(f"{_W}footnote"):
        number = note.get(f"{_W}id") or ""
        if number in _SKIPPED or not number.isdigit():
            continue
        words = " ".join(filter(None, (_text(p) for p in note.iter(f"{_W}p"))))
        found.append(f"{number.translate(SUPERSCRIPT)} {words}")
    return found


class _Counters:
    """Counts the automatic numbers of lists: decimal, letters, roman, bullets."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if numbering is None:
            return
        abstract: dict[str, Element] = {}
        for each in numbering.iter(f"{_W}abstractNum"):
            abstract[each.get(f"{_W}abstractNumId") or ""] = each
        for num in numbering.iter(f"{_W}num"):
            link = num.find(f"{_W}abstractNumId")
            chosen = abstract.get("" if link is None else link.get(f"{_W}val") or "")
            if chosen is not None:
                self._learn(num.get(f"{_W}numId") or "", chosen)

    def _learn(self, number: str, abstract: Element) -> None:
        for level in abstract.iter(f"{_W}lvl"):
            style, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
            if style is not None and text is not None:
                told = (style.get(f"{_W}val") or "", text.get(f"{_W}val") or "")
                self._levels[number, level.get(f"{_W}ilvl") or "0"] = told

    def label(self, paragraph: Element) -> str:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        number, level = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
        key = "" if number is None else number.get(f"{_W}val") or ""
        depth = "0" if level is None else level.get(f"{_W}val") or "0"
        if (key, depth) not in self._levels or not depth.isdigit():
            return ""
        at = int(depth)
        self._counts[key, at] = self._counts.get((key, at), 0) + 1
        for deeper in range(at + 1, 10):
            self._counts.pop((key, deeper), None)
        style, text = self._levels[key, depth]
        if style == "bullet":
            return "• "
        for each in range(at + 1):
            shown = _shown(self._counts.get((key, each), 1), self._levels.get((key, str(each))))
            text = text.replace(f"%{each + 1}", shown)
        return f"{text} "


def _shown(count: int, told: tuple[str, str] | None) -> str:
    style = told[0] if told else "decimal"
    if style in ("lowerLetter", "upperLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26]
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman") and count <= len(_ROMAN):
        roman = _ROMAN[count - 1]
        return roman.upper() if style == "upperRoman" else roman
    return str(count)
