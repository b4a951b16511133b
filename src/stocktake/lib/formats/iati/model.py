"""What is read from an IATI activity, whatever its version; codes are those of version 2.

Amounts and percentages are decimals as written; a code that no table knows is kept as written.
Contact persons are not read. Source: IATI Standard 2.03, activity standard.
"""

# Nothing here is changed once it is read, but nothing is frozen either: a large file makes millions
# of these, and freezing makes each cost four times as much.

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from stocktake.lib.formats.problems import Problem

# Language code ("" when neither element nor activity names one) -> text; the first is the original.
Narratives = dict[str, str]


@dataclass(slots=True)
class FileHeader:
    """The root of a file. `kind` is "activity", "organisation" or "unknown"."""

    kind: str
    version: str
    generated_at: str
    encoding: str
    line: int = 0
    default_language: str = ""


@dataclass(slots=True)
class OrganisationRef:
    """An organisation as named in a file; `ref` is its identifier, `type` its type's code."""

    ref: str
    type: str
    names: Narratives
    line: int = 0


@dataclass(slots=True)
class Participation:
    """A participating organisation; `role` is a code of OrganisationRole, "" for no such role."""

    organisation: OrganisationRef
    role: str
    role_as_written: str
    activity_id: str = ""


@dataclass(slots=True)
class OtherIdentifier:
    """Another identifier of the activity, with who gave it."""

    value: str
    type: str
    owner_ref: str
    owner_names: Narratives


@dataclass(slots=True)
class Description:
    """One description; `type`: 1 general, 2 objectives, 3 target groups, 4 other."""

    type: str
    texts: Narratives


@dataclass(slots=True)
class ActivityDate:
    """A date of the activity; `type`: 1 planned start, 2 actual start, 3 planned end, 4 actual end.

    `on` is None when the file's text is no date; `is_assumed` marks a type that the file left
    open (drafts of 2010 say only "start" or "end", taken as planned).
    """

    type: str
    on: date | None
    texts: Narratives
    line: int = 0
    is_assumed: bool = False


@dataclass(slots=True)
class Recipient:
    """A recipient country (`vocabulary` "") or region, with its share in percent."""

    code: str
    percentage: Decimal | None
    names: Narratives
    vocabulary: str = ""
    line: int = 0


@dataclass(slots=True)
class Sector:
    """A sector or tag. `vocabulary` by SectorVocabulary or TagVocabulary; "1" is OECD DAC."""

    code: str
    vocabulary: str
    percentage: Decimal | None
    names: Narratives
    line: int = 0


@dataclass(slots=True)
class PolicyMarker:
    """A policy marker with its significance."""

    code: str
    vocabulary: str
    significance: str
    names: Narratives


@dataclass(slots=True)
class Budget:
    """A budget of a period. `type`: 1 original, 2 revised; `status`: 1 indicative, 2 committed."""

    type: str
    status: str
    start: date | None
    end: date | None
    amount: Decimal | None
    currency: str
    value_date: date | None
    line: int = 0


@dataclass(slots=True)
class TransactionTotal:
    """The sum of the activity's transactions of one type and currency, and how many they are."""

    type: str
    currency: str
    amount: Decimal
    count: int


@dataclass(slots=True)
class Indicator:
    """An indicator of a result; periods are (start, end, target, actual), values as written."""

    titles: Narratives
    measure: str
    baseline: str
    periods: tuple[tuple[date | None, date | None, str, str], ...] = ()


@dataclass(slots=True)
class Result:
    """A result. `type`: 1 output, 2 outcome, 3 impact, 9 other."""

    type: str
    titles: Narratives
    descriptions: Narratives
    indicators: tuple[Indicator, ...] = ()


@dataclass(slots=True)
class DocumentLink:
    """A document or, for `activity-website` of version 1, the activity's own page."""

    url: str
    format: str
    titles: Narratives
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    is_website: bool = False


@dataclass(slots=True)
class RelatedActivity:
    """Another activity. `type`: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party."""

    ref: str
    type: str


@dataclass(slots=True)
class Activity:
    """One activity as read, with what was wrong in it (`problems`) and its XML (`source`)."""

    identifier: str = ""
    line: int = 0
    version: str = ""
    default_language: str = ""
    default_currency: str = ""
    last_updated_at: datetime | None = None
    hierarchy: str = ""
    is_humanitarian: bool = False
    reporting: OrganisationRef | None = None
    is_secondary_reporter: bool = False
    titles: Narratives = field(default_factory=dict)
    descriptions: list[Description] = field(default_factory=list)
    other_identifiers: list[OtherIdentifier] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    status: str = ""
    scope: str = ""
    dates: list[ActivityDate] = field(default_factory=list)
    countries: list[Recipient] = field(default_factory=list)
    regions: list[Recipient] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    tags: list[Sector] = field(default_factory=list)
    policy_markers: list[PolicyMarker] = field(default_factory=list)
    budgets: list[Budget] = field(default_factory=list)
    transaction_totals: list[TransactionTotal] = field(default_factory=list)
    transaction_countries: list[Recipient] = field(default_factory=list)
    transaction_regions: list[Recipient] = field(default_factory=list)
    transaction_sectors: list[Sector] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    documents: list[DocumentLink] = field(default_factory=list)
    related: list[RelatedActivity] = field(default_factory=list)
    total_cost: Decimal | None = None
    problems: list[Problem] = field(default_factory=list)
    source: bytes = b""

    def date_of(self, *types: str) -> date | None:
        """Return the date of the first of the types that the activity has."""
        for wanted in types:
            for item in self.dates:
                if item.type == wanted and item.on is not None:
                    return item.on
        return None

    @property
    def start(self) -> date | None:
        """The actual start, else the planned one."""
        return self.date_of("2", "1")

    @property
    def end(self) -> date | None:
        """The actual end, else the planned one."""
        return self.date_of("4", "3")

    @property
    def key(self) -> tuple[str, str]:
        """What names the activity across files: (owner, identifier); ("", "") when nothing does.

        The owner is "" for an IATI identifier, which is unique by itself; drafts without one are
        named by their first other identifier and its owner (or the reporting organisation).
        """
        if self.identifier:
            return "", self.identifier
        for other in self.other_identifiers:
            owner = other.owner_ref or next(iter(other.owner_names.values()), "")
            if not owner and self.reporting is not None:
                owner = self.reporting.ref or next(iter(self.reporting.names.values()), "")
            if other.value and owner:
                return owner, other.value
        return "", ""
