"""What the generator takes and gives: codes in, invented organizations and activities out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

ORIGIN = "generated"


@dataclass(frozen=True)
class Codes:
    """The codes that generated records may use, as the register has them.

    Args:
        countries: M49 code (three digits) to ISO 3166-1 alpha-2 code.
        elements: qualified codes, such as `wsis-al:C2` or `sdg:9.c`. Elements whose own code is a
            field of work known to the generator (C1 to C11, C7.health and so on) decide what a
            text is about; the others are added as further links.
        types, statuses, scope_levels, roles, beneficiaries, impediments: codes of the codelists
            of these names, each with at least one code.
    """

    countries: Mapping[str, str]
    elements: Sequence[str]
    types: Sequence[str]
    statuses: Sequence[str] = ("planned", "ongoing", "completed", "discontinued")
    scope_levels: Sequence[str] = ("local", "national", "regional", "international")
    roles: Sequence[str] = ("funding", "accountable", "extending", "implementing", "partner")
    beneficiaries: Sequence[str] = ()
    impediments: Sequence[str] = ()


class GeneratedOrganization(NamedTuple):
    """An invented organization. `identifier` begins with `XX-INVENTED`, no registry has it."""

    identifier: str
    name: str
    language: str
    type: str
    country: str
    is_invented: bool = True
    origin: str = ORIGIN


class GeneratedElement(NamedTuple):
    """A link to an element by qualified code."""

    element: str
    is_primary: bool


class GeneratedArea(NamedTuple):
    """A country by M49 and ISO code, with its share in percent."""

    area: str
    iso2: str
    percentage: Decimal


class GeneratedParticipation(NamedTuple):
    """An organization and its role."""

    organization: GeneratedOrganization
    role: str


class GeneratedActivity(NamedTuple):
    """An invented activity; texts map language tags to text, `language` is the original.

    Dates are partial, `YYYY[-MM[-DD]]`, between 2003 and 2026; empty means not known.
    `last_confirmed_on` is a whole date or empty.
    """

    number: int
    identifier: str
    language: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    description: Mapping[str, str]
    results: Mapping[str, str]
    obstacles: Mapping[str, str]
    field: str
    type: str
    status: str
    scope_level: str
    start_date: str
    end_date: str
    last_confirmed_on: str
    owner: GeneratedOrganization
    participations: tuple[GeneratedParticipation, ...]
    areas: tuple[GeneratedArea, ...]
    elements: tuple[GeneratedElement, ...]
    beneficiaries: tuple[str, ...]
    impediments: tuple[str, ...]
    languages: tuple[str, ...]
    budget_amount: Decimal | None
    budget_currency: str
    link: str
    is_invented: bool = True
    origin: str = ORIGIN
