"""One row of a table as a draft of the register, with everything that is wrong in it."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.services import (
    ActivityDraft,
    DraftArea,
    DraftElement,
    DraftLink,
    is_web_address,
)
from stocktake.domain.stakeholders.services import OrganizationRef
from stocktake.exchange.reading import Item
from stocktake.exchange.staging import OUR_SCHEME
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables.lookup import Lookup
from stocktake.exchange.texts import text_of
from stocktake.lib.formats.problems import gettext_noop, shortened
from stocktake.lib.formats.tabular import Column, Record
from stocktake.lib.multilingual import Text, spelling_key

SCHEME = "table"

_OUR_IDENTIFIER = re.compile(r"A-[0-9A-HJKMNP-TV-Z]{8}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LONGEST_KEY = 240
_TEXTS = ("title", "summary", "description", "results", "obstacles", "lessons")
_CODES = {
    "type": ("type", "activity_type"),
    "status": ("status", "activity_status"),
    "scope": ("scope_level", "scope_level"),
}
_CODE_LISTS = {
    "beneficiaries": ("beneficiaries", "beneficiary_group"),
    "impediments": ("impediments", "impediment"),
    "language": ("languages", "language"),
}
_FRAMEWORKS = {"action_line": "wsis-al", "wsis_target": "wsis-targets", "sdg": "sdg"}
_ROLES = ("funding", "implementing", "partner")
_SPOKEN = {
    **{name: name for name in (*_TEXTS, "type", "status", "beneficiaries", "impediments")},
    "scope": "scope_level",
    "start": "start_date",
    "end": "end_date",
    "organization": "owner",
    **dict.fromkeys(_ROLES, "participations"),
    **dict.fromkeys(("country", "region"), "areas"),
    **dict.fromkeys(_FRAMEWORKS, "elements"),
    "budget": "budget_amount",
    "currency": "budget_currency",
    "language": "languages",
    "link": "links",
    "source": "source_name",
    "last_confirmed": "last_confirmed_on",
}
"""Fields of an activity by fields of a table."""


@dataclass
class _Row:
    """A row while it is read, with what was found wrong so far."""

    record: Record
    file: str
    identifier: str = ""
    faults: list[Fault] = field(default_factory=list)


class Mapper:
    """Maps the rows of one table."""

    def __init__(self, file: str, columns: tuple[Column, ...]) -> None:
        self._file = file
        self._headers = {column.field: column.header for column in columns}
        self._has_iati = any(
            column.field == "identifier" and "iati" in column.header.casefold()
            for column in columns
        )
        self._lookup = Lookup()

    def map(self, record: Record, source: dict[str, str]) -> Item:
        """Map one row; with any fault it is refused, and all faults are told at once.

        Args:
            source: the row's texts by header, which are kept.
        """
        row = _Row(record, self._file, record.text("identifier"))
        row.faults = [Fault.of(problem, self._file) for problem in record.problems]
        owner = self._owner(record)
        title = text_of(record.texts.get("title", {}))
        key, external = self._key(row, owner, title)
        draft = self._draft(row, owner, title, external)
        is_ours = key[0] == OUR_SCHEME
        if not title and not is_ours:
            self._fault(row, "title", _NO_TITLE)
        return Item(
            key,
            record.row,
            json.dumps(source, ensure_ascii=False).encode(),
            draft,
            fields=self._spoken(record, is_ours=is_ours),
            faults=tuple(row.faults),
            is_refused=bool(row.faults),
        )

    def _draft(
        self,
        row: _Row,
        owner: OrganizationRef | None,
        title: Text,
        external: tuple[tuple[str, str], ...],
    ) -> ActivityDraft:
        record = row.record
        confirmed = record.dates.get("last_confirmed")
        if confirmed and confirmed.precision != "day":
            self._fault(row, "last_confirmed", _NO_DAY, confirmed.on.isoformat())
        told = self._told(row)
        return ActivityDraft(
            title=title,
            **told,
            start_date=_partial(record, "start"),
            end_date=_partial(record, "end"),
            owner=owner,
            budget_amount=record.numbers.get("budget"),
            budget_currency=self._currency(row),
            elements=tuple(self._elements(row)),
            areas=tuple(self._areas(row)),
            participations=tuple(
                (OrganizationRef(_name(name)), role)
                for role in _ROLES
                for name in record.lists.get(role, ())
            ),
            links=tuple(self._links(row)),
            external_identifiers=external,
            origin=Origin.IMPORT.value,
            source_name=record.text("source"),
            last_confirmed_on=confirmed.on if confirmed else None,
        )

    def _told(self, row: _Row) -> dict[str, Any]:
        """Give the texts besides the title, the codes and the lists of codes."""
        texts = {name: text_of(row.record.texts.get(name, {})) for name in _TEXTS[1:]}
        codes = {name: self._code(row, column, which) for column, (name, which) in _CODES.items()}
        lists = {
            name: tuple(self._codes(row, column, which))
            for column, (name, which) in _CODE_LISTS.items()
        }
        return {**texts, **codes, **lists}

    def _spoken(self, record: Record, *, is_ours: bool) -> set[str]:
        """Give the fields that the row speaks of.

        A row that names a record of ours says nothing by an empty cell; another row says that
        there is nothing.
        """
        told = {_SPOKEN[name] for name in self._headers if name in _SPOKEN}
        if "budget" in self._headers:
            told.add("budget_currency")
        if not is_ours:
            return told | {"title", "origin", "external_identifiers"}
        filled = {*record.texts, *record.lists, *record.dates, *record.numbers}
        return {_SPOKEN[name] for name in filled if name in _SPOKEN}

    def _key(
        self, row: _Row, owner: OrganizationRef | None, title: Text
    ) -> tuple[tuple[str, str], tuple[tuple[str, str], ...]]:
        """Say by what the row is known again, and which outside identifier it states.

        A public identifier of ours names that record; another identifier is its organization's
        own number; without one, title, organization and start together are the name.
        """
        whose = spelling_key(str(owner.name)) if owner else ""
        written = row.identifier
        if _OUR_IDENTIFIER.fullmatch(written):
            return (OUR_SCHEME, written), ()
        if written and self._has_iati:
            told = _fitting(written)
            return (SCHEME, f"iati:{told}"), (("iati", told),)
        if written:
            told = _fitting(f"{whose}/{written}")
            return (SCHEME, told), ((SCHEME, told),)
        parts = (spelling_key(str(title)), whose, _partial(row.record, "start"))
        return (SCHEME, _fitting("~" + " / ".join(parts))), ()

    def _owner(self, record: Record) -> OrganizationRef | None:
        names = record.texts.get("organization")
        if not names:
            return None
        kind = self._lookup.code("organization_type", record.text("organization_type"))
        country = self._lookup.area(record.text("organization_country"))
        return OrganizationRef(text_of(names), type=kind, country=country)

    def _code(self, row: _Row, column: str, codelist: str) -> str:
        written = row.record.text(column)
        code = self._lookup.code(codelist, written) if written else ""
        if written and not code:
            self._fault(row, column, _NO_CODE, written)
        return code

    def _codes(self, row: _Row, column: str, codelist: str) -> Iterator[str]:
        for written in row.record.lists.get(column, ()):
            code = self._lookup.code(codelist, written)
            if code:
                yield code
            else:
                self._fault(row, column, _NO_CODE, written)

    def _currency(self, row: _Row) -> str:
        written = row.record.text("currency")
        if not written or _CURRENCY.fullmatch(written):
            return written
        self._fault(row, "currency", _NO_CURRENCY, written)
        return ""

    def _elements(self, row: _Row) -> Iterator[DraftElement]:
        for column, framework in _FRAMEWORKS.items():
            for written in row.record.lists.get(column, ()):
                code = self._lookup.element(framework, written)
                if code:
                    yield DraftElement(code)
                else:
                    self._fault(row, column, _NO_ELEMENT, written)

    def _areas(self, row: _Row) -> Iterator[DraftArea]:
        for column in ("country", "region"):
            for written in row.record.lists.get(column, ()):
                code = self._lookup.area(written)
                if code:
                    yield DraftArea(code)
                else:
                    self._fault(row, column, _NO_AREA, written)

    def _links(self, row: _Row) -> Iterator[DraftLink]:
        for written in row.record.lists.get("link", ()):
            url = written if "://" in written else f"https://{written}"
            if is_web_address(url):
                yield DraftLink(url)
            else:
                self._fault(row, "link", _NO_URL, written)

    def _fault(self, row: _Row, column: str, template: str, written: str = "") -> None:
        told = {"value": shortened(written)} if written else {}
        header = self._headers.get(column, column)
        row.faults.append(
            Fault(template, told, row.file, row.record.row, row.identifier, header, column)
        )


def _name(written: str) -> Text:
    return text_of({"": written})


def _partial(record: Record, name: str) -> str:
    told = record.dates.get(name)
    if told is None:
        return ""
    return told.on.isoformat()[: {"day": 10, "month": 7, "year": 4}[told.precision]]


def _fitting(key: str) -> str:
    """Give a key as it is, or, where it is too long, its beginning and a digest of it all."""
    if len(key) <= _LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: _LONGEST_KEY - 33]} {digest[:32]}"


_NO_TITLE = gettext_noop("A title is needed.")
_NO_DAY = gettext_noop("A whole date is needed, such as 2010-05-14.")
_NO_CODE = gettext_noop("“%(value)s” is no code or name of this list.")
_NO_CURRENCY = gettext_noop("“%(value)s” is no three-letter code of a currency, such as USD.")
_NO_ELEMENT = gettext_noop("“%(value)s” is no code or name of this framework.")
_NO_AREA = gettext_noop("“%(value)s” is no country or area: a code (ISO, M49) or a name.")
_NO_URL = gettext_noop("“%(value)s” is no web address.")
