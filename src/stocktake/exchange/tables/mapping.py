"""One row of a table as a draft of the register, with everything that is wrong in it."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.services import ActivityDraft
from stocktake.domain.activities.services.values import TEXTS
from stocktake.exchange.staging import OUR_SCHEME
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables.cells import FRAMEWORKS, ROLES, Cells, TableRow
from stocktake.exchange.texts import text_of
from stocktake.lib.formats.problems import gettext_noop
from stocktake.lib.formats.tabular import Column, Record
from stocktake.lib.multilingual import Text, spelling_key

SCHEME = "table"

_OUR_IDENTIFIER = re.compile(r"A-[0-9A-HJKMNP-TV-Z]{8}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LONGEST_KEY = 240

# A column of the tables: its field, and the codelist of its values; the export reads them too.
CODES = {
    "type": ("type", "activity_type"),
    "status": ("status", "activity_status"),
    "scope": ("scope_level", "scope_level"),
}
CODE_LISTS = {
    "beneficiaries": ("beneficiaries", "beneficiary_group"),
    "impediments": ("impediments", "impediment"),
    "language": ("languages", "language"),
}
SPOKEN = {
    **{name: name for name in (*TEXTS, "type", "status", "beneficiaries", "impediments")},
    **{f"{name}_code": field for name, (field, _codelist) in CODES.items()},
    "scope": "scope_level",
    "start": "start_date",
    "end": "end_date",
    **dict.fromkeys(("organization", "owner_id"), "owner"),
    **dict.fromkeys(ROLES, "participations"),
    **dict.fromkeys(("country", "region"), "areas"),
    **dict.fromkeys((*FRAMEWORKS, "element", "suggested_element"), "elements"),
    "budget": "budget_amount",
    "currency": "budget_currency",
    "language": "languages",
    "link": "links",
    "source": "source_name",
    "source_url": "source_url",
    "last_confirmed": "last_confirmed_on",
}
"""Fields of an activity by fields of a table."""

Key = tuple[str, str]


@dataclass
class Mapped:
    """A row as a draft; `fields` are those that it speaks of, `source` its texts, which are kept.

    With any fault in `row` it is refused.
    """

    row: TableRow
    key: Key
    draft: ActivityDraft
    fields: set[str]
    source: bytes

    @property
    def is_ours(self) -> bool:
        """Whether the row names a record of ours."""
        return self.key[0] == OUR_SCHEME


class Mapper:
    """Maps the rows of one table."""

    def __init__(self, file: str, columns: tuple[Column, ...]) -> None:
        self._file = file
        self._headers = {column.field: column.header for column in columns}
        self._has_iati = any(
            column.field == "identifier" and "iati" in column.header.casefold()
            for column in columns
        )
        self._cells = Cells()

    def prepare(self, records: Iterable[Record]) -> None:
        """Look up what some rows name, at once, before they are mapped."""
        self._cells.prepare(records)

    def map(self, record: Record, source: dict[str, str]) -> Mapped:
        """Map one row; all faults are told at once.

        Args:
            source: the row's texts by header, which are kept.
        """
        row = TableRow(record, self._file, self._headers, record.text("identifier"))
        for problem in record.problems:
            fault = Fault.of(problem, self._file)
            row.add(fault.field, fault.template, fault.values, fault.code)
        title = text_of(record.texts.get("title", {}))
        key, external = self._key(row, title)
        draft = self._draft(row, title, external)
        is_ours = key[0] == OUR_SCHEME
        if not title and not is_ours:
            row.fault("title", _NO_TITLE)
        content = json.dumps(source, ensure_ascii=False).encode()
        return Mapped(row, key, draft, self._spoken(record, is_ours=is_ours), content)

    def _draft(self, row: TableRow, title: Text, external: tuple[Key, ...]) -> ActivityDraft:
        record, cells = row.record, self._cells
        confirmed = record.dates.get("last_confirmed")
        if confirmed and confirmed.precision != "day":
            row.fault("last_confirmed", _NO_DAY, confirmed.on.isoformat())
        start, end = _partial(record, "start"), _partial(record, "end")
        shared = min(len(start), len(end))
        if shared and start[:shared] > end[:shared]:
            row.fault("end", _END_FIRST)
        texts = {name: text_of(record.texts.get(name, {})) for name in TEXTS[1:]}
        codes = {name: cells.code(row, column, on) for column, (name, on) in CODES.items()}
        lists = {
            name: tuple(cells.codes(row, column, on)) for column, (name, on) in CODE_LISTS.items()
        }
        told: dict[str, Any] = {**texts, **codes, **lists}
        return ActivityDraft(
            title=title,
            **told,
            start_date=start,
            end_date=end,
            owner=cells.owner(row),
            budget_amount=record.numbers.get("budget"),
            budget_currency=_currency(row),
            elements=tuple(cells.elements(row)),
            areas=tuple(cells.areas(row)),
            participations=tuple(cells.partners(row)),
            links=tuple(cells.links(row)),
            external_identifiers=external,
            origin=Origin.IMPORT.value,
            source_name=record.text("source"),
            source_url=record.text("source_url"),
            last_confirmed_on=confirmed.on if confirmed else None,
        )

    def _spoken(self, record: Record, *, is_ours: bool) -> set[str]:
        """Give the fields that the row speaks of.

        A row that names a record of ours says nothing by an empty cell; another row says that
        there is nothing. No row says anything of what its table has no column for.
        """
        filled = {*record.texts, *record.lists, *record.dates, *record.numbers}
        if is_ours:
            return {SPOKEN[name] for name in filled if name in SPOKEN}
        told = {SPOKEN[name] for name in self._headers if name in SPOKEN}
        told |= {SPOKEN[name] for name in filled if name == "currency"}
        return told | {"title", "origin", "external_identifiers"}

    def _key(self, row: TableRow, title: Text) -> tuple[Key, tuple[Key, ...]]:
        """Say by what the row is known again, and which outside identifier it states.

        A public identifier of ours names that record; another identifier is its organization's
        own number; without one, title, organization and start together are the name.
        """
        record, written = row.record, row.identifier
        whose = spelling_key(record.text("organization") or record.text("owner_id"))
        if _OUR_IDENTIFIER.fullmatch(written):
            return (OUR_SCHEME, written), ()
        if written and self._has_iati:
            told = _fitting(written)
            return (SCHEME, f"iati:{told}"), (("iati", told),)
        if written:
            told = _fitting(f"{whose}/{written}")
            return (SCHEME, told), ((SCHEME, told),)
        parts = (spelling_key(str(title)), whose, _partial(record, "start"))
        return (SCHEME, _fitting("~" + " / ".join(parts))), ()


def _currency(row: TableRow) -> str:
    written = row.record.text("currency")
    if not written or _CURRENCY.fullmatch(written):
        return written
    row.fault("currency", _NO_CURRENCY, written)
    return ""


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
_END_FIRST = gettext_noop("The end is before the start.")
_NO_CURRENCY = gettext_noop("“%(value)s” is no three-letter code of a currency, such as USD.")
