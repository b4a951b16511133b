"""Outline of a resolution → the resolution: words, marks, clauses, asks, references."""

import re
from collections.abc import Iterable

from stocktake.lib.resolutions.clauses import ClauseReader
from stocktake.lib.resolutions.drafting import Draft
from stocktake.lib.resolutions.identity import Head, identify, title_prefix
from stocktake.lib.resolutions.labels import Label
from stocktake.lib.resolutions.model import (
    Clause,
    Footnote,
    Identity,
    Operative,
    Preambular,
    Resolution,
    Section,
    Subparagraph,
)
from stocktake.lib.resolutions.outline import Heading, Op, Outline, Sub
from stocktake.lib.resolutions.references import ReferenceReader

_SLUG = re.compile(r"[^a-z0-9]+")


def build_resolution(
    draft: Draft, outline: Outline, head: Head, *, symbol: str | None
) -> Resolution:
    """Place every block and read what the paragraphs say."""
    return _Builder(draft, outline, head, symbol).build()


class _Builder:
    def __init__(self, draft: Draft, outline: Outline, head: Head, symbol: str | None) -> None:
        self.draft = draft
        self.outline = outline
        title = self._title(head)
        self.identity: Identity = identify(draft, outline, head, title, symbol=symbol)
        self.references = ReferenceReader(self.identity.body_code)
        base = sum(op.number is not None for op in outline.operative) > 1
        self.clauses = ClauseReader(self.identity, draft.source, numbered=base)

    def build(self) -> Resolution:
        draft, outline = self.draft, self.outline
        formula = None
        if outline.formula is not None:
            formula = draft.take([outline.formula], "formula")[0]
        preambular = self._preambular()
        headings = [self._heading(at, each) for at, each in enumerate(outline.headings)]
        operative = self._operative(headings)
        if outline.adoption:
            draft.take(outline.adoption, "adoption")
        footnotes = read_footnotes(draft, self.references)
        head, furniture = draft.page()
        self._say_uncertain()
        return Resolution(
            identity=self.identity,
            preambular=preambular,
            sections=_sections(outline.headings, headings, operative),
            operative=operative,
            footnotes=footnotes,
            head=head,
            furniture=furniture,
            warnings=tuple(draft.warnings),
            formula=formula,
            source=draft.source,
            pieces=draft.pieces(),
        )

    def _say_uncertain(self) -> None:
        """Tell where force or addressee of a language rests on an unconfirmed rule."""
        language = self.identity.language
        if language == "en":
            return
        told = ", ".join(sorted(self.clauses.uncertain))
        if told:
            words = f"The force of these verbs was not confirmed by a reader: {told}."
            self.draft.warn("verbs-uncertain", words)
        words = "Outside English an ask has addressee and task; dates and routes are not read."
        self.draft.warn("asks-partial", words)

    def _title(self, head: Head) -> str:
        """Place the title; the number printed before it is its label."""
        blocks = head.title
        if not blocks:
            return ""
        width = title_prefix(blocks[0].text)
        if width and blocks[0].label is None:
            printed = blocks[0].lines[0].text[:width]
            blocks[0].label = Label("plain", printed.strip(), printed.strip(), width)
        return self.draft.take(blocks, "title")[0].strip("# ")

    def _preambular(self) -> tuple[Preambular, ...]:
        made: list[Preambular] = []
        heads = {id(block): head for head, block in self.outline.preamble_heads}
        order = sorted(
            [(blocks[0].lines[0].start, part, blocks) for part, blocks in self.outline.preamble]
            + [(block.lines[0].start, None, [block]) for _, block in self.outline.preamble_heads],
            key=lambda each: each[0],
        )
        heading: str | None = None
        for _, part, blocks in order:
            if id(blocks[0]) in heads:
                heading = self.draft.take(blocks, f"preambular heading {len(made) + 1}")[0]
                continue
            number = len(made) + 1
            titles = self.outline.preamble_titles.get(id(blocks[0]))
            if titles:
                heading = self.draft.take(titles, f"preambular heading {number}")[0]
            text, marks = self.draft.take(blocks, f"preambular {number}")
            found = self.references.read(text)
            label = blocks[0].label
            printed = label.text if label else None
            made.append(Preambular(number, text, marks, found, part, heading, printed))
        return tuple(made)

    def _heading(self, at: int, heading: Heading) -> str:
        return self.draft.take(heading.blocks, f"section {at + 1}")[0].strip("# ").rstrip(":")

    def _operative(self, headings: list[str]) -> tuple[Operative, ...]:
        made: list[Operative] = []
        bare, paths = 0, Paths()
        for op in self.outline.operative:
            bare += op.number is None
            path = _path(op, bare, paths)
            place = "operative " + path.removeprefix("para/").replace("/para/", "/")
            section = headings[op.section] if op.section is not None else None
            made.append(self._one(op, path, place, section))
        return tuple(made)

    def _one(self, op: Op, path: str, place: str, section: str | None) -> Operative:
        draft = self.draft
        text, marks = draft.take(op.blocks, place) if op.blocks else ("", ())
        tails = [block for _, block in op.tail]
        if tails:
            rest, more = draft.take(tails, place)
            text, marks = f"{text}\n\n{rest}".strip(), (*marks, *more)
        subs: list[Subparagraph] = []
        sub_marks: list[str] = []
        texts = [(sub, draft.take(sub.blocks, _sub_place(place, sub))) for sub in op.subs]
        clauses = self.clauses.read(
            text, top_tasks(("/".join(s.path), words) for s, (words, _) in texts), op.heading
        )
        role = sub_role(text, clauses)
        for sub, (words, found) in texts:
            label = sub.blocks[0].label
            printed = label.text if label else None
            subs.append(Subparagraph("/".join(sub.path), words, role, printed))
            sub_marks += found
        for at, (sub, (words, _)) in enumerate(texts):
            if role != "quoted":
                clauses += self.clauses.read_sub(words, "/".join(sub.path), at)
        every = " ".join([text, *(words for _, (words, _) in texts)])
        return Operative(
            number=op.number,
            path=path,
            section=section,
            text=text,
            footnotes=tuple(dict.fromkeys((*marks, *sub_marks))),
            subparagraphs=tuple(subs),
            clauses=tuple(clauses),
            references=self.references.read(every),
            part=op.part,
            printed=op.blocks[0].label.text if op.blocks and op.blocks[0].label else None,
        )


def top_tasks(pieces: Iterable[tuple[str, str]]) -> list[str]:
    """Labels and words of pieces → those of the first level, each with what stands below it."""
    tasks: list[str] = []
    for label, words in pieces:
        if "/" not in label or not tasks:
            tasks.append(words)
        else:
            tasks[-1] = f"{tasks[-1]} {words}"
    return tasks


def sub_role(text: str, clauses: list[Clause]) -> str | None:
    """Tell what pieces below a chapeau are: tasks, words of another text, neither (None)."""
    tail = text[-160:].rstrip(" :,")
    quoting = ("as follows", "the following text", "reads", "read", "states that", "stated that",
               "stating that", "and that", "provides that", "following terms")  # fmt: skip
    reported = any(
        word in text for word in ("which states", "which reads", "which provides", "which stated")
    )
    if reported or (tail.endswith(quoting[:5]) and not any(c.force > 0 for c in clauses)):
        return "quoted"
    if clauses and clauses[-1].force > 0:
        return "task"
    return "task" if any(clause.force > 0 for clause in clauses) else None


def _sub_place(place: str, sub: Sub) -> str:
    return f"{place}/{'/'.join(sub.path)}"


def slug(words: str) -> str:
    """Return words as a piece of an address."""
    return _SLUG.sub("-", words.lower()).strip("-")


class Paths:
    """The paths of the paragraphs of a text, each of which occurs once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._runs: dict[tuple[str, str, str], int] = {}

    def free(self, part: str, base: str, number: str, run: int = 0) -> str:
        """Return `part/base/number`, or `part/base-2/number` and on where that is taken."""
        run = max(run, self._runs.get((part, base, number), 0))
        while (path := f"{part}{base}{f'-{run + 1}' if run else ''}/{number}") in self._taken:
            run += 1
        self._runs[part, base, number] = run + 1
        self._taken.add(path)
        return path


def _path(op: Op, bare: int, paths: Paths) -> str:
    part = f"{op.part}/" if op.part else ""
    if op.heading is not None:
        number = str(op.number) if op.number is not None else "unnumbered"
        return paths.free(part, slug(op.heading.text), number, op.run)
    number = str(op.number) if op.number is not None else f"unnumbered-{bare}"
    return paths.free(part, "para", number)


def _sections(
    drafts: list[Heading], texts: list[str], operative: tuple[Operative, ...]
) -> tuple[Section, ...]:
    made: list[Section] = []
    for at, (draft, text) in enumerate(zip(drafts, texts, strict=True)):
        end = drafts[at + 1].first if at + 1 < len(drafts) else len(operative)
        numbers = [op.number for op in operative[draft.first : end] if op.number is not None]
        first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
        made.append(Section(text, first, last, draft.part))
    return tuple(made)


def read_footnotes(draft: Draft, references: ReferenceReader) -> tuple[Footnote, ...]:
    """Place the footnotes and tie each to the first place that carries its mark."""
    made: list[Footnote] = []
    seen: set[str] = set()
    for note in draft.notes:
        place = f"footnote {note.number}"
        segments = [(line.start, line.end) for line in note.lines]
        if note.label_end > segments[0][0]:
            draft.cleaner.label(segments[0][0], note.label_end, place)
            first_end = max(note.label_end, segments[0][1])
            segments[0] = (note.label_end, first_end)
        text, _ = draft.cleaner.take(segments, place)
        anchor = draft.anchors.get(note.number)
        if anchor is None:
            told = f"Footnote {note.number} has no mark in the text."
            draft.warn("footnote-without-mark", told, place)
        if note.number in seen:
            draft.warn("footnote-twice", f"Two footnotes are numbered {note.number}.", place)
        seen.add(note.number)
        made.append(Footnote(note.number, text, anchor, references.read(text)))
    known = {note.number for note in draft.notes}
    for number, place in draft.anchors.items():
        if number not in known:
            told = f"The text of footnote {number} is not in the file."
            draft.warn("footnote-without-text", told, place)
    return tuple(made)
