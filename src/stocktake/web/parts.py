"""What the components in `templates/components` are given: plain values, no queries.

A `Label` is a string in the page's language, or a `Text`, which the page shows with its own
language and direction. Addresses (`href`) are complete, with their query string.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from stocktake.lib.multilingual import Text

Label = str | Text


@dataclass(frozen=True)
class Link:
    """A label that leads somewhere; without an address it is only shown."""

    label: Label
    href: str = ""


Value = Label | Link


@dataclass(frozen=True)
class Counted:
    """A link with its code before it and a figure at the end of the line."""

    label: Label
    href: str
    count: int | None = None
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tag:
    """An element that a record is filed under; one only suggested says so."""

    code: str
    label: Label
    href: str
    is_suggested: bool = False


@dataclass(frozen=True)
class Status:
    """A state: `code` picks the disc (planned, ongoing, completed, discontinued, silent)."""

    code: str
    label: str


@dataclass(frozen=True)
class Period:
    """When something took place; precisions are day, month or year."""

    start: date | None = None
    end: date | None = None
    start_precision: str = "day"
    end_precision: str = "day"
    is_open: bool = False


@dataclass(frozen=True)
class Entry:
    """One row of a list, of any kind of record."""

    public_id: str
    href: str
    title: Label
    byline: Sequence[Value] = ()
    period: Period | None = None
    places: Sequence[Value] = ()
    text: Label = ""
    tags: Sequence[Tag] = ()
    status: Status | None = None
    state: Sequence[str] = ()
    is_invented: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of the facts at the side; left out when it has no values."""

    label: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Change:
    """One change of the log in words; `link` names the record in lists of several records."""

    when: date
    text: Label
    who: Label = ""
    note: Label = ""
    link: Link | None = None


@dataclass(frozen=True)
class Citation:
    """How to cite a page: text, permanent address and other forms of the record."""

    text: Label
    address: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Search:
    """The search box: `hidden` are the parts of the address that it keeps.

    `suggest` is the address that names records while somebody types.
    """

    action: str
    label: str
    query: str = ""
    placeholder: str = ""
    hidden: Sequence[tuple[str, str]] = ()
    examples: Sequence[Link] = ()
    suggest: str = ""


@dataclass(frozen=True)
class Pill:
    """A chosen filter; its address is the same list without it."""

    facet: str
    label: Label
    href: str


@dataclass(frozen=True)
class FacetValue:
    """One box of a facet; a `depth` above 0 sets it in below its parent."""

    value: str
    label: Label
    count: int
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """One group of boxes; the first `kept` are seen at once. Kind `years` is a pair of fields.

    What is `is_further` stands behind "More filters". A long one has a field for a name: `suggest`
    is the address that names its values while somebody types, `typed` what was typed.
    """

    name: str
    label: str
    values: Sequence[FacetValue] = ()
    kept: int = 8
    more: Link | None = None
    kind: str = "values"
    from_year: int | None = None
    to_year: int | None = None
    is_further: bool = False
    suggest: str = ""
    typed: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether any of its boxes is ticked."""
        return any(value.is_chosen for value in self.values)


@dataclass(frozen=True)
class View:
    """One tab: the same result seen in another way."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Option:
    """One choice of a select field."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Pages:
    """The pager: `numbers` holds (number, address, is current), None where pages are left out."""

    first: int
    last: int
    total: int
    previous: str | None = None
    next: str | None = None
    numbers: Sequence[tuple[int, str, bool] | None] = ()


Cell = Label | Link | int | None


@dataclass(frozen=True)
class Column:
    """A column head; `sorted` is empty, `ascending` or `descending`.

    The cells of a column that `is_whole`, such as dates, are never broken over two lines.
    """

    label: str
    is_number: bool = False
    href: str = ""
    sorted: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row is its head."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    totals: Sequence[Cell] = ()
    is_caption_unseen: bool = False


@dataclass(frozen=True)
class MatrixColumn:
    """A region or group; `short` stands on narrow screens."""

    label: str
    href: str
    total: int
    short: str = ""


@dataclass(frozen=True)
class MatrixCell:
    """A count with its shade, 0 to 5, and the list it counts."""

    count: int
    step: int
    href: str


@dataclass(frozen=True)
class MatrixRow:
    """An element with its counts; `is_part` sets it in below the element it belongs to."""

    code: str
    label: Label
    href: str
    cells: Sequence[MatrixCell]
    total: int
    is_part: bool = False


@dataclass(frozen=True)
class LegendStep:
    """A shade and the words for its bounds."""

    step: int
    label: str


@dataclass(frozen=True)
class Matrix:
    """Elements by regions or groups; `total` counts each entry once, `note` tells of them all."""

    caption: str
    row_head: str
    columns: Sequence[MatrixColumn]
    rows: Sequence[MatrixRow]
    total: int
    steps: Sequence[LegendStep]
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, the list it counts, and the figure."""

    label: Label
    href: str
    count: int


@dataclass(frozen=True)
class Bars:
    """Bars inside a table; `largest` is the figure of the full width."""

    title: str
    head: str
    unit: str
    rows: Sequence[Bar]
    note: str = ""

    @property
    def largest(self) -> int:
        """The largest figure, at least 1."""
        return max([bar.count for bar in self.rows], default=0) or 1


@dataclass(frozen=True)
class Drawing:
    """A drawn chart for broad and narrow screens (SVG, marked safe) with its table.

    `legend` names the series in the order of the colours `c1` to `c5`.
    """

    title: str
    wide: str
    narrow: str
    table: Table
    note: str = ""
    origin: Label = ""
    legend: Sequence[str] = ()


@dataclass(frozen=True)
class RoleLine:
    """Who holds a public office for an element or area, and when."""

    role: str
    organization: Link
    period: Period = field(default_factory=Period)
    source: Value = ""


@dataclass(frozen=True)
class ElementTag:
    """An element a record is filed under, with how it came to be."""

    code: str
    label: Label
    href: str
    is_primary: bool = False
    is_suggested: bool = False
    note: str = ""


@dataclass(frozen=True)
class ElementGroup:
    """The elements of one framework that a record is filed under."""

    framework: Link
    tags: Sequence[ElementTag]


@dataclass(frozen=True)
class OutLink:
    """A link that leaves the site; `host` says where to."""

    label: Label
    href: str
    host: str
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """A heading with a list of counted links: a region and its countries."""

    label: Label
    href: str
    items: Sequence[Counted]
    count: int | None = None


@dataclass(frozen=True)
class FrameworkLine:
    """One framework in the index."""

    title: Label
    href: str
    text: Label
    elements: int
    activities: int
    source: Link | None = None


@dataclass(frozen=True)
class ProcessGroup:
    """A process with its frameworks."""

    title: Label
    text: Label
    frameworks: Sequence[FrameworkLine]


@dataclass(frozen=True)
class ElementLine:
    """One element in the page of its framework; `roles` are the bodies that look after it."""

    code: str
    label: Label
    href: str
    count: int
    is_part: bool = False
    roles: Sequence[Link] = ()


@dataclass(frozen=True)
class MappedLine:
    """An element of another framework that this one maps to, with the source of the link."""

    relation: str
    element: Tag
    source: Value = ""
    note: Label = ""


@dataclass(frozen=True)
class Silence:
    """Where nothing is recorded: empty fields of the matrix, countries without an activity."""

    fields: int
    of_fields: int
    countries: int
    of_countries: int
    href: str


@dataclass(frozen=True)
class Doing:
    """What is being done, in three figures."""

    activities: int
    organizations: int
    countries: int
    href: str


@dataclass(frozen=True)
class StatSection:
    """One question of the statistics page with its answer."""

    id: str
    title: str
    text: str
    chart: Bars | Drawing
    download: Link | None = None


@dataclass(frozen=True)
class Source:
    """A data file that Stocktake ships, with where it comes from."""

    title: str
    name: str
    source: str
    href: str
    licence: str
    date: str
