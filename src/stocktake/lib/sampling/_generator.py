"""The generator: an endless-safe stream of invented activities, the same for the same seed."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

from stocktake.lib.sampling import _dates, _fields
from stocktake.lib.sampling._composer import NAME_BITS, Composer, Subject
from stocktake.lib.sampling._names import invent_names, spell
from stocktake.lib.sampling._organizations import invent_organizations
from stocktake.lib.sampling._records import (
    Codes,
    GeneratedActivity,
    GeneratedArea,
    GeneratedElement,
    GeneratedOrganization,
    GeneratedParticipation,
)
from stocktake.lib.sampling._tables import Table, falling, spread

T = TypeVar("T")

PROPORTIONS = {"en": 45, "fr": 20, "es": 15, "ru": 7, "ar": 7, "zh": 6}
"""Percent of activities written in each language."""

_BY_SCOPE = {"local": 1, "national": 1, "regional": 3, "international": 5}
_SHARES = {
    count: tuple(Decimal(share) for share in shares)
    for count, shares in enumerate(
        ((), (100,), (60, 40), (50, 30, 20), (40, 30, 20, 10), (30, 25, 20, 15, 10))
    )
}
_STATUS_WEIGHTS = {"planned": 6, "ongoing": 38, "completed": 48, "discontinued": 8}
_SCOPE_WEIGHTS = {"local": 18, "national": 52, "regional": 17, "international": 13}
_ROLE_WEIGHTS = {"funding": 30, "accountable": 8, "extending": 6, "implementing": 26, "partner": 30}
_CURRENCIES = ("USD", "EUR", "CHF", "XOF", "KES", "INR", "MXN", "RUB", "CNY", "MAD")
_CURRENCY_WEIGHTS = (55, 20, 5, 4, 3, 3, 3, 3, 2, 2)
_AT_HOME = 3 / 4


def generate(count: int, *, seed: int, codes: Codes) -> Iterator[GeneratedActivity]:
    """Yield invented activities, one at a time; a longer stream begins like a shorter one.

    Raises:
        ValueError: the codes name no country, no type or no field of work.
    """
    workshop = _Workshop(seed, codes)
    for number in range(1, count + 1):
        yield workshop.make(number)


class _Workshop:
    """All tables of one seed, made once; `make` draws from them."""

    def __init__(self, seed: int, codes: Codes) -> None:
        chance = Random(seed)  # noqa: S311# plausible records, not secrets
        self._seed = seed
        self._draw = chance.random
        self._bits: Callable[[int], int] = chance.getrandbits
        self._codes = codes
        fields = _fields.fields_among(codes.elements)
        if not fields or not codes.countries or not codes.types:
            raise ValueError("Generating needs a country, a type and an element known to it.")
        self._fields = spread(list(fields), _fields.weights(fields))
        self._elements = fields
        self._further = _fields.further_elements(codes.elements, fields)
        names = invent_names(chance)
        spelled = {language: spell(names, language) for language in PROPORTIONS}
        self._names = spread(range(len(names)), falling(len(names), 2), NAME_BITS)
        self._composers = {
            language: Composer(language, spelled[language], chance) for language in PROPORTIONS
        }
        self._languages = spread(list(PROPORTIONS), list(PROPORTIONS.values()))
        countries = list(codes.countries)
        chance.shuffle(countries)
        self._countries = spread(countries, falling(len(countries), 12), 12)
        self._homes = {
            language: _fields.homes(language, codes.countries) for language in PROPORTIONS
        }
        self._home_tables = {
            language: spread(homes, falling(len(homes), 8))
            for language, homes in self._homes.items()
        }
        pool = invent_organizations(
            codes, chance, names=spelled, homes=self._homes, shares=PROPORTIONS
        )
        self._owners = {
            language: spread(own, falling(len(own), 20), 12) for language, own in pool.items()
        }
        self._types = spread(codes.types, _fields.type_weights(codes.types))
        self._statuses = _weighed(codes.statuses, _STATUS_WEIGHTS)
        self._scopes = _weighed(codes.scope_levels, _SCOPE_WEIGHTS)
        self._roles = _weighed(codes.roles, _ROLE_WEIGHTS)
        self._beneficiaries = _optional(codes.beneficiaries)
        self._impediments = _optional(codes.impediments)
        self._currencies = spread(_CURRENCIES, _CURRENCY_WEIGHTS)

    def make(self, number: int) -> GeneratedActivity:
        """Draw one activity."""
        bits, draw = self._bits, self._draw
        language = self._pick(self._languages)
        field = self._pick(self._fields)
        status, scope = self._pick(self._statuses), self._pick(self._scopes)
        start, end, confirmed = _dates.draw_dates(status, bits)
        composer = self._composers[language]
        subject = self._subject(field)
        own, year = language, start[:4]
        title, summary = {own: composer.title(subject)}, {own: composer.summary(subject)}
        languages: tuple[str, ...] = (own,)
        if own != "en" and draw() < 0.2:
            english = self._composers["en"]
            title["en"], summary["en"] = english.title(subject), english.summary(subject)
            languages = (own, "en")
        ended = status in ("completed", "discontinued")
        owner = self._pick(self._owners[language])
        paid = draw() < 0.6
        return GeneratedActivity(
            number=number,
            identifier=f"{self._seed}-{number:07d}",
            language=own,
            title=title,
            summary=summary,
            description={own: composer.description(subject, year, bits)},
            results={own: composer.results(year, bits)} if ended or draw() < 0.3 else {},
            obstacles={own: composer.obstacles(year, bits)} if draw() < 0.35 else {},
            field=field,
            type=self._pick(self._types),
            status=status,
            scope_level=scope,
            start_date=start,
            end_date=end,
            last_confirmed_on=confirmed,
            owner=owner,
            participations=self._participations(language, owner),
            areas=self._areas(language, scope, owner),
            elements=self._links(field),
            beneficiaries=self._several(self._beneficiaries),
            impediments=self._several(self._impediments) if draw() < 0.6 else (),
            languages=languages,
            budget_amount=self._amount() if paid else None,
            budget_currency=self._pick(self._currencies) if paid else "",
            link=f"https://{owner.identifier[-5:]}.example/{number}" if draw() < 0.7 else "",
        )

    def _pick(self, table: Table[T]) -> T:
        return table.entries[self._bits(table.bits)]

    def _subject(self, field: str) -> Subject:
        bits = self._bits
        places = self._names.entries
        return Subject(
            field=field,
            head=bits(10) % 3,
            clause=bits(10) % 3,
            title=bits(2),
            summary=bits(10) % 3,
            place=places[bits(NAME_BITS)],
            name=places[bits(NAME_BITS)],
            group=bits(10) % 14,
            where=bits(10) % 10,
        )

    def _areas(
        self, language: str, scope: str, owner: GeneratedOrganization
    ) -> tuple[GeneratedArea, ...]:
        most = _BY_SCOPE.get(scope, 1)
        wanted = 1 if most == 1 else 2 + self._bits(8) % (most - 1)
        found: dict[str, None] = {}
        if owner.country and self._draw() < _AT_HOME:
            found[owner.country] = None
        for _ in range(2 * wanted):
            if len(found) == wanted:
                break
            at_home = self._draw() < _AT_HOME
            found[self._pick(self._home_tables[language] if at_home else self._countries)] = None
        iso2 = self._codes.countries
        shares = _SHARES[len(found)]
        return tuple([GeneratedArea(area, iso2[area], shares[at]) for at, area in enumerate(found)])

    def _links(self, field: str) -> tuple[GeneratedElement, ...]:
        found = {self._elements[field]: True}
        if self._draw() < 0.35:
            found.setdefault(self._elements[self._pick(self._fields)], False)
        table = self._further.get(field)
        if table is not None:
            for _ in range(self._bits(8) % 3):
                found.setdefault(self._pick(table), False)
        return tuple([GeneratedElement(element, primary) for element, primary in found.items()])

    def _participations(
        self, language: str, owner: GeneratedOrganization
    ) -> tuple[GeneratedParticipation, ...]:
        known = [owner]
        found = []
        for _ in range(self._bits(8) % 4):
            organization = self._pick(self._owners[language])
            if all(organization is not other for other in known):
                known.append(organization)
                found.append(GeneratedParticipation(organization, self._pick(self._roles)))
        return tuple(found)

    def _several(self, table: Table[str] | None) -> tuple[str, ...]:
        if table is None:
            return ()
        return tuple(dict.fromkeys(self._pick(table) for _ in range(1 + self._bits(8) % 3)))

    def _amount(self) -> Decimal:
        return Decimal((10 + self._bits(10) % 90) * 10 ** (3 + self._bits(8) % 4))


def _weighed(codes: Sequence[str], weights: dict[str, int]) -> Table[str]:
    return spread(codes, [float(weights.get(code, 1)) for code in codes])


def _optional(codes: Sequence[str]) -> Table[str] | None:
    return spread(codes, falling(len(codes), 6)) if codes else None
