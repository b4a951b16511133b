"""An activity as an importer, a file or the generator describes it, before it is a record."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stocktake.domain.stakeholders.services import OrganizationRef
from stocktake.lib.multilingual import Text

# Drafts are not changed, but not frozen either: an import makes millions of them, and freezing
# makes each cost four times as much.

_NOTHING = Text()


@dataclass(slots=True)
class DraftElement:
    """A link to an element by qualified code, such as `wsis-al:C2`."""

    element: str
    is_primary: bool = False
    is_suggested: bool = False
    note: str = ""


@dataclass(slots=True)
class DraftArea:
    """A link to a country or area by M49 code; the share is in percent."""

    area: str
    percentage: Decimal | None = None


@dataclass(slots=True)
class DraftLink:
    """An address outside."""

    url: str
    title: str = ""
    kind: str = ""


@dataclass(slots=True)
class ActivityDraft:
    """Everything that a source says about one activity, in our codes.

    Dates are partial, `YYYY[-MM[-DD]]`. Organizations are references, resolved or created when
    the draft becomes a record.
    """

    title: Text
    summary: Text = _NOTHING
    description: Text = _NOTHING
    results: Text = _NOTHING
    obstacles: Text = _NOTHING
    lessons: Text = _NOTHING
    type: str = ""
    status: str = ""
    scope_level: str = ""
    start_date: str = ""
    end_date: str = ""
    owner: OrganizationRef | None = None
    budget_amount: Decimal | None = None
    budget_currency: str = ""
    beneficiaries: tuple[str, ...] = ()
    impediments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    elements: tuple[DraftElement, ...] = ()
    areas: tuple[DraftArea, ...] = ()
    participations: tuple[tuple[OrganizationRef, str], ...] = ()
    links: tuple[DraftLink, ...] = ()
    external_identifiers: tuple[tuple[str, str], ...] = ()
    origin: str = "entry"
    source_name: str = ""
    source_url: str = ""
    is_invented: bool = False
    last_confirmed_on: date | None = None
    state: str = "published"

    def organizations(self) -> list[OrganizationRef]:
        """List every organization that the draft refers to."""
        owner = [self.owner] if self.owner else []
        return [*owner, *(ref for ref, _role in self.participations)]
