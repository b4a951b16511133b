"""Akoma Ntoso 3.0 → the same structure as from a text; every word of preface and body is kept."""

import re
from collections.abc import Iterable

from stocktake.lib.formats.safexml import Element, UnsafeXmlError, parse_whole
from stocktake.lib.resolutions.akn._identity import read_identity
from stocktake.lib.resolutions.akn._mending import mend
from stocktake.lib.resolutions.akn._nodes import (
    TextBuilder,
    children,
    label_of,
    local_name,
    words_of,
)
from stocktake.lib.resolutions.clauses import ClauseReader
from stocktake.lib.resolutions.decisions import read_decisions
from stocktake.lib.resolutions.errors import NO_AKN, UnreadableTextError
from stocktake.lib.resolutions.events import read_events
from stocktake.lib.resolutions.heading_verbs import verb_heading
from stocktake.lib.resolutions.model import (
    Footnote,
    Item,
    Operative,
    Paragraph,
    Preambular,
    Report,
    Resolution,
    Section,
    Subparagraph,
)
from stocktake.lib.resolutions.references import ReferenceReader
from stocktake.lib.resolutions.report_documents import read_documents
from stocktake.lib.resolutions.resolution_building import Paths, slug, sub_role, top_tasks

_UNITS = frozenset(("paragraph", "article", "clause", "rule", "subparagraph"))
_POINTS = frozenset(("point", "indent", "item", "subparagraph", "alinea", "paragraph", "clause"))
_NUMBER = re.compile(r"(\d{1,4})[.)]?")
_Point = tuple[str, str, tuple[str, ...]]


def from_akn(data: bytes | str) -> Resolution | Report:
    """Read a `statement` (as a resolution) or another open document (as a report).

    Raises:
        UnreadableTextError: no XML that may be read, or no such document in it.
    """
    document = next((child for child in read_root(data) if is_document(child)), None)
    if document is None:
        raise UnreadableTextError(NO_AKN)
    return read_document(document)


def read_root(data: bytes | str) -> Element:
    """Return the element `akomaNtoso` of a file.

    Raises:
        UnreadableTextError: no XML that may be read, or another root.
    """
    raw = data.encode("utf-8") if isinstance(data, str) else data
    try:
        root = parse_whole(raw)
    except UnsafeXmlError as error:
        raise UnreadableTextError(error.problem) from error
    if local_name(root) != "akomaNtoso":
        raise UnreadableTextError(NO_AKN)
    return root


def is_document(element: Element) -> bool:
    """True for the elements that are read: `statement` and `doc`."""
    return local_name(element) in ("statement", "doc")


def read_document(element: Element) -> Resolution | Report:
    """Read one such element, which is mended in place."""
    mend(element)
    return _Reading(element).result()


def looks_like_akn(data: bytes | str) -> bool:
    """True when a file begins as Akoma Ntoso does."""
    head = data[:4096] if isinstance(data, str) else data[:4096].decode("utf-8", "replace")
    return head.lstrip("\ufeff \r\n\t").startswith("<") and "<akomaNtoso" in head


class _Reading:
    def __init__(self, document: Element) -> None:
        self.document = document
        self.text = TextBuilder()
        self.notes: list[Footnote] = []
        self.identity = read_identity(document)
        self.references = ReferenceReader(self.identity.body_code)
        whole = words_of(document)
        self.clauses = ClauseReader(self.identity, whole, numbered=True)
        self.sections: list[Section] = []
        self.operative: list[Operative] = []
        self.preambular: list[Preambular] = []
        self.paragraphs: list[Paragraph] = []
        self._printed: dict[str, str] = {}
        self._paths = Paths()

    def result(self) -> Resolution | Report:
        """Read all parts in order."""
        if self.identity.symbol:
            self.text.add(self.identity.symbol, "symbol")
        if self.identity.title:
            self.text.add(self.identity.title, "title")
        formula = self._preamble()
        is_report = local_name(self.document) == "doc"
        for child in children(self.document, "mainBody"):
            for node in child:
                if is_report:
                    self._unit(node, 1)
                else:
                    self._body(node, None)
        self._conclusions()
        source, pieces = "".join(self.text.parts), tuple(self.text.pieces)
        notes = tuple(self.notes)
        if is_report:
            units = tuple(self.paragraphs)
            cited = tuple(each for unit in units for each in unit.references)
            return Report(
                self.identity, units, read_documents(units), read_events(units),
                read_decisions(units), cited, notes, (), (), (), source, pieces,
            )  # fmt: skip
        return Resolution(
            self.identity, tuple(self.preambular), tuple(self.sections), tuple(self.operative),
            notes, (), (), (), formula, source, pieces,
        )  # fmt: skip

    # --- preamble
    def _preamble(self) -> str | None:
        formula: str | None = None
        for part in children(self.document, "preamble"):
            for child in part:
                if local_name(child) == "formula":
                    formula = words_of(child)
                    self.text.add(formula, "formula")
                elif local_name(child) == "recitals":
                    self._recitals(child)
                else:
                    self._recital(child, None)
        return formula

    def _recitals(self, parent: Element) -> None:
        heading: str | None = None
        for child in parent:
            if local_name(child) in ("intro", "heading", "num"):
                heading = words_of(child)
                self.text.add(heading, f"preambular heading {len(self.preambular) + 1}")
            else:
                self._recital(child, heading)

    def _recital(self, node: Element, heading: str | None) -> None:
        number = len(self.preambular) + 1
        place = f"preambular {number}"
        label = label_of(node)
        self.text.add(label, place, "label")
        words, marks = self._words(node, place)
        if words or marks:
            found = self.references.read(words)
            self.preambular.append(
                Preambular(number, words, marks, found, None, heading, label or None)
            )

    # --- body of a resolution
    def _body(self, node: Element, section: str | None) -> None:
        if not isinstance(node.tag, str):
            return
        name = local_name(node)
        if name in _UNITS or name in ("content", "intro", "wrapUp", "p", "block", "blockList"):
            self._operative(node, section)
            return
        first = len(self.operative)
        heading = section
        own = next((words_of(child) for child in node if local_name(child) == "heading"), None)
        if own is not None:
            label = label_of(node)
            heading = f"{label} {own}".strip()
            self.text.add(heading, f"section {len(self.sections) + 1}")
            self.sections.append(Section(heading, None, None))
        at = len(self.sections) - 1
        for child in node:
            if local_name(child) not in ("heading", "num"):
                self._body(child, heading)
        numbers = [op.number for op in self.operative[first:] if op.number is not None]
        if own is not None and numbers:
            self.sections[at] = Section(heading or "", numbers[0], numbers[-1])

    def _operative(self, node: Element, section: str | None) -> None:
        label = label_of(node)
        matched = _NUMBER.fullmatch(label)
        number = (int(matched[1]) or None) if matched else None
        verb = verb_heading(section, self.identity.language) if section else None
        base = slug(section) if verb and section else "para"
        count = sum(op.number is None for op in self.operative) + 1
        name = str(number) if number is not None else f"unnumbered-{count}"
        path = self._paths.free("", base, name)
        place = "operative " + path.removeprefix("para/")
        self.text.add(label, place, "label")
        words, marks = self._words(
            node, place, skip=(*_POINTS, "list") if local_name(node) in _UNITS else ()
        )
        if number is None and label:
            words = f"{label} {words}".strip()
        subs = self._points(node, place)
        texts = [text for _, text, _ in subs]
        tasks = top_tasks((bare, text) for bare, text, _ in subs)
        clauses = self.clauses.read(words, tasks, verb if verb and verb.operative else None)
        role = sub_role(words, clauses)
        if not words and not subs and not marks:
            return
        every = " ".join([words, *texts])
        self.operative.append(
            Operative(
                number=number,
                path=path,
                section=section,
                text=words,
                footnotes=(*marks, *(mark for _, _, found in subs for mark in found)),
                subparagraphs=tuple(
                    Subparagraph(bare, text, role, self._printed.get(f"{place}/{bare}"))
                    for bare, text, _ in subs
                ),
                clauses=tuple(clauses),
                references=self.references.read(every),
                printed=label if number is not None else None,
            )
        )

    def _points(self, node: Element, place: str) -> list[_Point]:
        """The lettered pieces below a paragraph, deeper ones after their parent."""
        if local_name(node) not in _UNITS:
            return []
        return self._list([c for c in node if local_name(c) in (*_POINTS, "list")], place)

    def _list(self, nodes: Iterable[Element], place: str) -> list[_Point]:
        found: list[_Point] = []
        for child in nodes:
            if local_name(child) == "list":
                found += self._list(child, place)
                continue
            label = label_of(child)
            bare = label.strip("(). ") or f"•{len(found) + 1}"
            if label:
                self.text.add(label, f"{place}/{bare}", "label")
                self._printed[f"{place}/{bare}"] = label
            words, marks = self._words(child, f"{place}/{bare}", skip=(*_POINTS, "list"))
            found.append((bare, words, marks))
            inner = [each for each in child if local_name(each) in (*_POINTS, "list")]
            deeper = self._list(inner, f"{place}/{bare}")
            found += [(f"{bare}/{each}", text, notes) for each, text, notes in deeper]
        return found

    # --- body of a report
    def _unit(self, node: Element, depth: int) -> None:
        if not isinstance(node.tag, str):
            return
        number = label_of(node) or None
        heading = next((words_of(child) for child in node if local_name(child) == "heading"), None)
        name = number or f"unnumbered-{len(self.paragraphs) + 1}"
        place = f"paragraph {name}"
        self.text.add(number or "", place, "label")
        self.text.add(heading or "", place)
        nested = [
            child for child in node if local_name(child) in _UNITS or local_name(child) == "section"
        ]
        skip = ("point", "list", "section", *_UNITS)
        words, marks = self._words(node, place, skip=skip)
        within = place.replace("paragraph ", "item ")
        points = [child for child in node if local_name(child) in ("point", "list")]
        items = [
            Item(self._printed.get(f"{within}/{bare}"), text)
            for bare, text, _ in self._list(points, within)
        ]
        every = " ".join(filter(None, [heading, words, *(item.text for item in items)]))
        level = number.count(".") + 1 if number else depth - 1
        self.paragraphs.append(
            Paragraph(
                number, level, heading, words, tuple(items), marks, (), self.references.read(every)
            )
        )
        for child in nested:
            self._unit(child, depth + 1)

    # --- words
    def _words(
        self, node: Element, place: str, *, skip: "tuple[str, ...] | frozenset[str]" = ()
    ) -> tuple[str, tuple[str, ...]]:
        """The words of a node: blocks apart, notes taken out, some children left for later."""
        marks: list[str] = []
        blocks: list[str] = []
        current: list[str] = []

        def close() -> None:
            words = " ".join("".join(current).split())
            if words:
                blocks.append(words)
            current.clear()

        def walk(each: Element, *, top: bool) -> None:
            name = local_name(each)
            if not name:
                return
            if not top and (name in ("num", "heading") or name in skip):
                return
            if name == "authorialNote":
                marks.append(self._note(each, place))
                return
            if name == "sup" and (each.text or "").strip().isdigit() and not len(each):
                marks.append((each.text or "").strip())
                return
            is_block = name in ("p", "block", "content", "intro", "wrapUp", "item", "tr", "li")
            if is_block:
                close()
            current.append(each.text or "")
            for child in each:
                walk(child, top=False)
                current.append(child.tail or "")
            if is_block:
                close()

        walk(node, top=True)
        close()
        words = "\n\n".join(blocks)
        self.text.add(words, place)
        return words, tuple(dict.fromkeys(marks))

    def _note(self, node: Element, place: str) -> str:
        number = node.get("marker") or str(len(self.notes) + 1)
        words = words_of(node)
        self.text.add(words, f"footnote {number}")
        anchor = None if place == "adoption" else place
        self.notes.append(Footnote(number, words, anchor, self.references.read(words)))
        return number

    def _conclusions(self) -> None:
        for part in children(self.document, "conclusions"):
            self._words(part, "adoption")
