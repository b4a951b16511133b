"""What the parser gives: a resolution or a report, its parts, and the place of every character.

All offsets are characters of `source`, half open.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["text", "label", "mark", "emphasis", "hyphen", "space"]


class Piece(NamedTuple):
    """One stretch of the source: where it went (`place`) and as what (`role`).

    Places read `title`, `formula`, `preambular 3`, `section 2`, `operative 20/a`, `footnote 5`,
    `adoption`, `furniture 7`, or for reports `paragraph 2.1.14`, `item 2.1.14/2`.
    """

    start: int
    end: int
    place: str
    role: Role


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the page carries and the text does not: running heads, numbers of pages, rules.

    The same shape holds the head (organ, session, date, agenda item) and the signature.
    """

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something the parser is not sure of; `code` is stable, `place` as in `Piece`."""

    code: str
    message: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of a document: `symbols` normalised, `document` a name, `paragraphs` expanded."""

    as_written: str
    symbols: tuple[str, ...] = ()
    document: str | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A date by which a task is due, as far as it can be told; dates are ISO 8601."""

    as_written: str
    not_later_than: str | None = None
    session: int | None = None
    body: str | None = None
    year: int | None = None
    kind: str = "absolute"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often; `iso8601` is None where the interval is not said."""

    as_written: str
    iso8601: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: of whom (`addressee` a code, `raw` the words), what, by when."""

    addressee: str | None
    raw: str | None
    qualifier: str | None
    task: str
    due: Due | None = None
    recurrence: Recurrence | None = None
    condition: str | None = None
    report_to: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One finite operative verb; `position` counts characters of the text that carries it."""

    verb: str
    lemma: str
    modifiers: tuple[str, ...]
    force: int
    position: int
    asks: tuple[Ask, ...] = ()
    subparagraph: str | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; `anchor` is the first place that carries its mark, None where no mark was found."""

    number: str
    text: str
    anchor: str | None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Preambular:
    """A preambular paragraph; `part` names the annex or part it stands in."""

    number: int
    text: str
    footnotes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    part: str | None = None
    heading: str | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Subparagraph:
    """A lettered piece; `label` is a path (`a`, `a/i`), `role` task or quoted, None for neither."""

    label: str
    text: str
    role: str | None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading among the operative paragraphs and the numbers it covers."""

    heading: str
    first: int | None
    last: int | None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Operative:
    """An operative paragraph; `number` is None where none is printed, `printed` its label."""

    number: int | None
    path: str
    section: str | None
    text: str
    footnotes: tuple[str, ...] = ()
    subparagraphs: tuple[Subparagraph, ...] = ()
    clauses: tuple[Clause, ...] = ()
    references: tuple[Reference, ...] = ()
    part: str | None = None
    printed: str | None = None

    @property
    def action(self) -> bool:
        """True when some clause has a force above 0."""
        return any(clause.force > 0 for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who adopted what and when; `adopted` is ISO 8601."""

    symbol: str | None = None
    body: str | None = None
    body_code: str | None = None
    title: str | None = None
    session: int | None = None
    adopted: str | None = None
    meeting: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution or decision."""

    identity: Identity
    preambular: tuple[Preambular, ...]
    sections: tuple[Section, ...]
    operative: tuple[Operative, ...]
    footnotes: tuple[Footnote, ...]
    head: tuple[Furniture, ...]
    furniture: tuple[Furniture, ...]
    warnings: tuple[Caveat, ...]
    formula: str | None = None
    source: str = field(default="", repr=False)
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    kind: Literal["resolution"] = "resolution"


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list below a paragraph; `label` as printed, None for a bare one."""

    label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered unit of a report; a section heading is one with `heading` and no text."""

    number: str | None
    depth: int
    heading: str | None
    text: str
    items: tuple[Item, ...] = ()
    footnotes: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def every(self) -> str:
        """Heading, words and items as one text."""
        parts = [self.heading, self.text, *(item.text for item in self.items)]
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A document that a report speaks of; names as printed, without quotes or leading article."""

    symbol: str
    as_written: tuple[str, ...]
    title: str | None
    author: str | None
    presented_by: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event; `figures` are counts by what is counted; dates are ISO 8601."""

    name: str
    start: str
    end: str
    place: str | None
    figures: tuple[tuple[str, int], ...]
    paragraph: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a report says was decided, agreed or requested, by whom where it is said."""

    paragraph: str
    actor: str | None
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A numbered report or outcome document."""

    identity: Identity
    paragraphs: tuple[Paragraph, ...]
    documents: tuple[ReportDocument, ...]
    events: tuple[Event, ...]
    decisions: tuple[Decision, ...]
    references: tuple[Reference, ...]
    footnotes: tuple[Footnote, ...]
    head: tuple[Furniture, ...]
    furniture: tuple[Furniture, ...]
    warnings: tuple[Caveat, ...]
    source: str = field(default="", repr=False)
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    kind: Literal["report"] = "report"


@dataclass(frozen=True, slots=True)
class Collection:
    """A file of several resolutions: each by itself, and where it stands in `source`.

    `places` are half-open offsets, one pair a resolution; offsets inside a resolution count from
    its own first character. `front` is what stands before the first one. Without a `source`
    (Akoma Ntoso) there are no places.
    """

    resolutions: tuple[Resolution | Report, ...]
    places: tuple[tuple[int, int], ...]
    front: str
    warnings: tuple[Caveat, ...]
    source: str = field(default="", repr=False)

    kind: Literal["collection"] = "collection"
