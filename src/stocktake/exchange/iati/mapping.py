"""One IATI activity as a draft of the register; contact persons are never read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.services import (
    ActivityDraft,
    DraftArea,
    DraftElement,
    DraftLink,
    is_web_address,
)
from stocktake.domain.frameworks.queries import elements, mappings_from
from stocktake.exchange.iati import tables
from stocktake.exchange.iati.organizations import SCHEME, owner_and_partners
from stocktake.exchange.iati.texts import description_of, results_of
from stocktake.exchange.reading import Item
from stocktake.exchange.summaries import Fault
from stocktake.exchange.texts import text_of
from stocktake.kernel.vocabularies.queries import area, area_by_iso, area_labels, known_codes
from stocktake.lib.formats.iati import without_contacts
from stocktake.lib.formats.iati.model import Activity, Recipient, Sector
from stocktake.lib.formats.problems import gettext_noop, shortened
from stocktake.lib.multilingual import LANGUAGES, Text, spelling_key

OTHER_SCHEME = "iati-other"
"""Entries of the 2010 drafts, which carry their publisher's own identifier only."""

_MOST_LINKS = 500
_CURRENCY = re.compile(r"[A-Z]{3}")
_LARGEST = Decimal(10) ** 18


@dataclass
class Mapping:
    """The draft of an activity, and what could not be taken over."""

    key: tuple[str, str]
    draft: ActivityDraft | None = None
    faults: list[Fault] = field(default_factory=list)


def item_of(made: Mapping, activity: Activity) -> Item:
    """Give the entry of an import."""
    source = without_contacts(activity.source)
    return Item(made.key, activity.line, source, made.draft, faults=tuple(made.faults))


class Mapper:
    """Maps the activities of one file; crosswalks are looked up once a code."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._crosswalk: dict[tuple[str, str], tuple[str, ...]] = {}

    def map(self, activity: Activity) -> Mapping:
        """Map one activity; without title or identifier there is no draft."""
        owner_of_key, identifier = activity.key
        key = (SCHEME, identifier)
        if owner_of_key:
            key = (OTHER_SCHEME, f"{owner_of_key}/{identifier}")
        made = Mapping(key)
        made.faults = [Fault.of(problem, self._file) for problem in activity.problems]
        if not identifier or not activity.titles:
            return made
        if len(key[1]) > 300:
            self._fault(made, activity.line, "iati-identifier", _LONG, key[1])
            return made
        made.draft = self._draft(activity, made)
        return made

    def _draft(self, activity: Activity, made: Mapping) -> ActivityDraft:
        owner, partners = owner_and_partners(activity)
        title = text_of(activity.titles)
        start, end = self._dates(activity, made)
        amount, currency = self._budget(activity, made)
        updated = activity.last_updated_at
        return ActivityDraft(
            title=title,
            description=description_of(activity),
            results=results_of(activity),
            status=tables.STATUS.get(activity.status, ""),
            scope_level=tables.SCOPE.get(activity.scope, ""),
            start_date=start,
            end_date=end,
            owner=owner,
            budget_amount=amount,
            budget_currency=currency,
            languages=self._languages(title),
            elements=tuple(self._elements(activity, made)),
            areas=tuple(self._areas(activity, made)),
            participations=partners,
            links=tuple(self._links(activity, made)),
            external_identifiers=(made.key,),
            origin=Origin.IMPORT.value,
            is_invented=made.key[1].startswith(_INVENTED),
            source_name=str(owner.name)[:500] if owner else "",
            last_confirmed_on=updated.date() if updated else None,
        )

    def _languages(self, title: Text) -> tuple[str, ...]:
        known = known_codes("language")
        return tuple(language for language in title.values if language in known)

    def _dates(self, activity: Activity, made: Mapping) -> tuple[str, str]:
        start = day.isoformat() if (day := activity.start) else ""
        end = day.isoformat() if (day := activity.end) else ""
        if start and end and end < start:
            line = next((told.line for told in activity.dates if told.on == activity.end), 0)
            self._fault(made, line, "activity-date", _END_FIRST, end, start=start)
            end = ""
        return start, end

    def _budget(self, activity: Activity, made: Mapping) -> tuple[Decimal | None, str]:
        """Add up the budgets of one currency; a revised one replaces its original."""
        revised = {(told.start, told.end) for told in activity.budgets if told.type == "2"}
        sums: dict[str, Decimal] = {}
        for told in activity.budgets:
            if told.amount is None or (told.type == "1" and (told.start, told.end) in revised):
                continue
            sums[told.currency] = sums.get(told.currency, Decimal(0)) + told.amount
        if not sums and activity.total_cost is not None:
            sums[activity.default_currency] = activity.total_cost
        if not sums:
            return None, ""
        currency = activity.default_currency
        if currency not in sums:
            currency = next(iter(sums))
        line = activity.budgets[0].line if activity.budgets else activity.line
        if len(sums) > 1:
            more = ", ".join(sorted(set(sums) - {currency}))
            self._fault(made, line, "budget", _CURRENCIES, more, currency=currency)
        amount = sums[currency]
        if abs(amount) >= _LARGEST:
            self._fault(made, line, "budget/value", _TOO_LARGE, str(amount))
            return None, ""
        if currency and not _CURRENCY.fullmatch(currency):
            self._fault(made, line, "budget/value/@currency", _NO_CURRENCY, currency)
            currency = ""
        return amount, currency

    def _areas(self, activity: Activity, made: Mapping) -> Iterator[DraftArea]:
        places = activity.countries + activity.regions
        if not places:
            places = activity.transaction_countries + activity.transaction_regions
        shares: dict[str, Decimal | None] = {}
        for place in places:
            code = self._area(place, made)
            if not code:
                continue
            share, known = place.percentage, shares.get(code)
            if share is not None and known is not None:
                share += known
            shares[code] = share if share is not None else known
        for code, share in shares.items():
            yield DraftArea(code, share if share is None or share <= 100 else None)

    def _area(self, place: Recipient, made: Mapping) -> str:
        """Give the M49 code of a country or region, or note that there is none."""
        if place.vocabulary == "99":
            return ""
        if place.vocabulary == "2":
            code = place.code.zfill(3)
            found = code if area(code) else ""
        elif place.vocabulary:
            found = tables.dac_regions().get(place.code, "")
        else:
            country = area_by_iso(place.code)
            found = country.m49 if country else ""
        if not found and not place.code:
            names = (self._names.get(spelling_key(name), "") for name in place.names.values())
            found = next((code for code in names if code), "")
        if not found:
            written = place.code or next(iter(place.names.values()), "")
            name = "recipient-region" if place.vocabulary else "recipient-country"
            self._fault(made, place.line, name, _NO_AREA, written)
        return found

    def _elements(self, activity: Activity, made: Mapping) -> Iterator[DraftElement]:
        sectors = activity.sectors or activity.transaction_sectors
        named = [(sector, "sector", tables.STATED_SECTOR) for sector in sectors]
        named += [(tag, "tag", tables.STATED_TAG) for tag in activity.tags]
        stated = {
            code: None
            for told, name, vocabularies in named
            if told.vocabulary in vocabularies
            for code in self._stated(told, vocabularies[told.vocabulary], name, made)
        }
        yield from (DraftElement(code) for code in stated)
        reasons: dict[str, list[str]] = {}
        for sector in sectors:
            scheme = tables.SECTOR_SCHEME.get(sector.vocabulary)
            if scheme and sector.code:
                for element in self._suggested(scheme, sector.code):
                    reasons.setdefault(element, []).append(sector.code)
        for element, codes in reasons.items():
            if element in stated:
                continue
            note = f"OECD DAC {', '.join(sorted(set(codes)))}"
            yield DraftElement(element, is_suggested=True, note=note[:300])

    @cached_property
    def _names(self) -> dict[str, str]:
        """Countries and areas by every name that the register knows, as keys of spelling."""
        return {
            spelling_key(name): m49
            for language in LANGUAGES
            for m49, name in area_labels(language).items()
        }

    def _stated(self, sector: Sector, framework: str, name: str, made: Mapping) -> Iterable[str]:
        known = elements()
        code = sector.code.strip().lower().removeprefix("0")
        for candidate in (code, code.rsplit(".", 1)[0]):
            if f"{framework}:{candidate}" in known:
                return [f"{framework}:{candidate}"]
        self._fault(made, sector.line, f"{name}/@code", _NO_ELEMENT, sector.code)
        return []

    def _suggested(self, scheme: str, code: str) -> tuple[str, ...]:
        if (scheme, code) not in self._crosswalk:
            found = mappings_from(scheme, [code])
            told = dict.fromkeys(row.to_element_id for row in found)
            self._crosswalk[scheme, code] = tuple(told)
        return self._crosswalk[scheme, code]

    def _links(self, activity: Activity, made: Mapping) -> Iterator[DraftLink]:
        for document in activity.documents[:_MOST_LINKS]:
            url = document.url.replace(" ", "%20")
            if not is_web_address(url):
                self._fault(made, activity.line, "document-link/@url", _NO_URL, document.url)
                continue
            kinds = (tables.LINK_KIND.get(category, "") for category in document.categories)
            kind = next((kind for kind in kinds if kind), "")
            if document.is_website:
                kind = "homepage"
            elif document.format.startswith(("image/", "video/", "audio/")):
                kind = "media"
            title = str(text_of(document.titles))
            yield DraftLink(url, title[:500], kind or "document")

    def _fault(
        self, made: Mapping, line: int, name: str, template: str, value: str, **more: str
    ) -> None:
        told = {"value": shortened(value), **more}
        made.faults.append(Fault(template, told, self._file, line, made.key[1], name, "left-out"))


_INVENTED = "XX-INVENTED"
"""How the identifiers of generated activities begin; imported back, they still say so."""

_LONG = gettext_noop("The identifier “%(value)s” is longer than 300 characters.")
_END_FIRST = gettext_noop("The end %(value)s is before the start %(start)s; it was left out.")
_CURRENCIES = gettext_noop(
    "There are budgets in several currencies; those in %(currency)s were added up, those in "
    "%(value)s were left out."
)
_TOO_LARGE = gettext_noop("The amount %(value)s is too large; it was left out.")
_NO_CURRENCY = gettext_noop("“%(value)s” is no code of a currency; it was left out.")
_NO_AREA = gettext_noop("“%(value)s” is no country or region that is known; it was left out.")
_NO_ELEMENT = gettext_noop("“%(value)s” is no goal or target that is known; it was left out.")
_NO_URL = gettext_noop("“%(value)s” is no web address; the link was left out.")
