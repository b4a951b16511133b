"""What the templates of documents are given: plain values, no queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stocktake.lib.multilingual import Run
from stocktake.web.ask_parts import AskRow, Force, Mark
from stocktake.web.parts import Label, Link, Value

_SHORT_NUMBER = 4


@dataclass(frozen=True)
class AskLine:
    """An ask in one line: of whom what is asked, by when, and what is known of it now."""

    href: str
    task: Label
    addressees: Sequence[Value]
    due: Label
    mark: Mark
    force: Force
    note: str = ""


@dataclass(frozen=True)
class Footnote:
    """A footnote of a paragraph."""

    number: str
    text: Run


@dataclass(frozen=True)
class Para:
    """A paragraph of a document as its page shows it.

    `text` is the official text, or our summary of it where `is_ours`; `change` tells how it
    differs from the text before, `kind` is its role.
    """

    id: str
    path: str
    number: str
    href: str
    kind: str
    role: str
    text: Run | None
    is_ours: bool
    forces: Sequence[Force] = ()
    footnotes: Sequence[Footnote] = ()
    citations: Sequence[Value] = ()
    lines: Sequence[AskLine] = ()
    asks: Sequence[AskRow] = ()
    children: Sequence["Para"] = ()
    change: Value = ""
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Section:
    """Paragraphs under one heading; the first ones may have none."""

    id: str
    title: Label
    paras: Sequence[Para]
    span: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether its numbers need more room than the usual ones."""
        return any(len(each.number) > _SHORT_NUMBER for each in self.paras)


@dataclass(frozen=True)
class Step:
    """A step of a comparison of words: `equal`, `insert` or `delete`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Side:
    """A paragraph on one side of a comparison."""

    number: str
    href: str
    text: Run | None
    forces: Sequence[Force] = ()


@dataclass(frozen=True)
class Compared:
    """Two paragraphs side by side; one is missing where the other is new or dropped.

    `code` is the gravest change, `words` name all of them. What did not change stands together:
    `same` leads to the later paragraphs, in place of their texts.
    """

    id: str
    code: str
    words: Sequence[str]
    earlier: Side | None
    later: Side | None
    steps: Sequence[Step] = ()
    language: str = ""
    direction: str = "ltr"
    same: Sequence[Link] = ()


@dataclass(frozen=True)
class Tally:
    """How many of something there are, with the list where one is."""

    code: str
    label: Label
    count: int
    href: str = ""


@dataclass(frozen=True)
class LineItem:
    """A document of a line across years; one of them is the page."""

    year: str
    link: Link
    is_here: bool = False
    note: Label = ""


@dataclass(frozen=True)
class Relative:
    """A paragraph of another year that this one continues or that continues it."""

    year: str
    link: Link | None
    is_here: bool = False
    relation: str = ""
    between: str = ""
    steps: Sequence[Step] = ()
    language: str = ""
    direction: str = "ltr"


@dataclass(frozen=True)
class EvidenceLine:
    """What was brought forward and accepted for an ask in a period."""

    link: Value
    kind: str
    dated: str
    note: Label = ""
    source: Value = ""
    by: Value = ""


@dataclass(frozen=True)
class Period:
    """A period of an ask with what is shown of it, its evidence and the source of its status."""

    label: str
    due: Label
    mark: Mark
    source: Value = ""
    evidence: Sequence[EvidenceLine] = ()
    answers: Sequence["AnswerLine"] = ()
    note: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether no more is known than its status."""
        return not (self.evidence or self.answers or self.source or self.note)


@dataclass(frozen=True)
class AnswerLine:
    """What an addressee says in its own words."""

    by: Value
    text: Label
    day: str


@dataclass(frozen=True)
class FollowedAsk:
    """An ask in the follow-up report."""

    row: AskRow
    periods: Sequence[Period]

    @property
    def is_told(self) -> bool:
        """Whether more is known than the status that the row of the ask shows."""
        return len(self.periods) > 1 or not all(each.is_bare for each in self.periods)


@dataclass(frozen=True)
class Followed:
    """A paragraph with its asks in the follow-up report."""

    number: str
    href: str
    section: Label
    text: Run | None
    is_ours: bool
    asks: Sequence[FollowedAsk]


@dataclass(frozen=True)
class Chapter:
    """A document in the follow-up report of a line; the only one in that of a document."""

    id: str
    link: Link
    title: Label
    date: str
    paras: Sequence[Followed] = field(default_factory=tuple)
