"""The cells of a row as codes, elements, areas, organizations and links; faults are kept by row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from stocktake.domain.activities.services import (
    DraftArea,
    DraftElement,
    DraftLink,
    is_web_address,
)
from stocktake.domain.stakeholders.services import OrganizationRef
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables.lookup import Lookup
from stocktake.exchange.texts import text_of
from stocktake.lib.formats.problems import gettext_noop, shortened
from stocktake.lib.formats.tabular import Record, header, split_label, split_link

FRAMEWORKS = {"action_line": "wsis-al", "wsis_target": "wsis-targets", "sdg": "sdg"}
"""Columns that hold the elements of one framework."""

ROLES = ("funding", "implementing", "partner")
"""Columns of organizations, named by the role that these have."""

_OUR_ORGANIZATION = re.compile(r"O-[0-9A-HJKMNP-TV-Z]{8}")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_LONGEST_TITLE = 500


@dataclass
class TableRow:
    """A row while it is read, with what was found wrong so far; `headers` are as the file writes
    them, by field.
    """

    record: Record
    file: str
    headers: Mapping[str, str]
    identifier: str = ""
    faults: list[Fault] = field(default_factory=list)

    def header(self, *columns: str) -> str:
        """Give the name of the first of some columns that the file has."""
        written = (self.headers[column] for column in columns if column in self.headers)
        return next(written, header(columns[0], "en"))

    def fault(self, column: str, template: str, written: str = "", **more: str) -> None:
        """Keep a fault of a column."""
        told = {"value": shortened(written), **more} if written or more else {}
        self.add(self.header(column), template, told, column)

    def add(self, name: str, template: str, values: Mapping[str, str], code: str) -> None:
        """Keep a fault of a column by the name that the file gives it."""
        line = self.record.row
        self.faults.append(Fault(template, values, self.file, line, self.identifier, name, code))

    def list_of(self, column: str) -> list[str]:
        """Give the items of a column."""
        return self.record.lists.get(column, [])


class Cells:
    """Reads the cells of one table."""

    def __init__(self) -> None:
        self.lookup = Lookup()

    def prepare(self, records: Iterable[Record]) -> None:
        """Look up what some rows name, at once."""
        named = (
            written
            for record in records
            for written in (
                record.text("owner_id"),
                *(item for column in ROLES for item in record.lists.get(column, ())),
            )
        )
        self.lookup.load_organizations(
            found for written in named for found in _OUR_ORGANIZATION.findall(written)
        )

    def code(self, row: TableRow, column: str, codelist: str) -> str:
        """Give a code of a list; where the file has a column of codes beside that of names, it
        counts, and the name must not speak against it.
        """
        name, written = row.record.text(column), row.record.text(f"{column}_code")
        code = self.lookup.code(codelist, written or name)
        if not code and (written or name):
            row.fault(f"{column}_code" if written else column, _NO_CODE, written or name)
        elif written and name and not self.lookup.is_code_of(codelist, code, name):
            row.fault(column, _CONTRARY, name, code=written)
        return code

    def codes(self, row: TableRow, column: str, codelist: str) -> Iterator[str]:
        """Give the codes of a list."""
        for written in row.list_of(column):
            name, marks = split_label(written)
            code = self.lookup.code(codelist, marks[0]) if len(marks) == 1 else ""
            if code and name and not self.lookup.is_code_of(codelist, code, name):
                row.fault(column, _CONTRARY, name, code=code)
            if code := code or self.lookup.code(codelist, written):
                yield code
            else:
                row.fault(column, _NO_CODE, written)

    def elements(self, row: TableRow) -> Iterator[DraftElement]:
        """Give the elements of all columns that hold some."""
        for column, framework in (*FRAMEWORKS.items(), ("element", ""), ("suggested_element", "")):
            for written in row.list_of(column):
                name, marks = split_label(written)
                code = self.lookup.element(framework, marks[0]) if marks else ""
                if code and set(marks[1:]) <= {"primary"}:
                    if name and not self.lookup.is_element_of(code, name):
                        row.fault(column, _CONTRARY, name, code=marks[0])
                else:
                    marks, code = (), self.lookup.element(framework, written)
                if code:
                    is_suggested = column == "suggested_element"
                    yield DraftElement(code, "primary" in marks[1:], is_suggested)
                else:
                    row.fault(column, _NO_ELEMENT if framework else _NO_QUALIFIED, written)

    def areas(self, row: TableRow) -> Iterator[DraftArea]:
        """Give countries, areas and regions with their shares."""
        for column in ("country", "region"):
            for written in row.list_of(column):
                name, marks = split_label(written)
                share = _SHARE.fullmatch(marks[1]) if len(marks) == 2 else None
                code = self.lookup.area(marks[0]) if len(marks) == 1 or share else ""
                if code and name and not self.lookup.is_area_of(code, name):
                    row.fault(column, _CONTRARY, name, code=marks[0])
                code = code or self.lookup.area(written)
                if not code:
                    row.fault(column, _NO_AREA, written)
                elif share and Decimal(share[1]) > 100:
                    row.fault(column, _NO_SHARE, written)
                else:
                    yield DraftArea(code, Decimal(share[1]) if share else None)

    def owner(self, row: TableRow) -> OrganizationRef | None:
        """Give the organization whose activity it is, with what the row says of it."""
        record = row.record
        names, written = record.texts.get("organization"), record.text("owner_id")
        kind = self._beside(row, "organization_type")
        country = record.text("organization_country")
        area = self.lookup.area(country) if country else ""
        if country and not area:
            row.fault("organization_country", _NO_AREA, country)
        if written:
            name = record.text("organization")
            return self._ours(row, written, name, ("owner_id", "organization"))
        return OrganizationRef(text_of(names), type=kind, country=area) if names else None

    def partners(self, row: TableRow) -> Iterator[tuple[OrganizationRef, str]]:
        """Give the organizations that take part, each with its role."""
        for column in ROLES:
            for written in row.list_of(column):
                name, marks = split_label(written)
                own = [mark for mark in marks if _OUR_ORGANIZATION.fullmatch(mark)]
                others = [mark for mark in marks if mark not in own]
                roles = [self.lookup.code("participation_role", mark) for mark in others]
                if own and (len(own) > 1 or not all(roles)):
                    row.fault(column, _NO_ROLE, written)
                elif own:
                    if ref := self._ours(row, own[0], name, (column, column)):
                        yield from ((ref, role) for role in roles or [column])
                elif name and roles and all(roles):
                    yield from ((OrganizationRef(text_of({"": name})), role) for role in roles)
                else:
                    yield OrganizationRef(text_of({"": written})), column

    def links(self, row: TableRow) -> Iterator[DraftLink]:
        """Give the addresses outside."""
        for written in row.list_of("link"):
            address, kind, title = split_link(written)
            url = address if "://" in address else f"https://{address}"
            code = self.lookup.code("link_kind", kind) if kind else ""
            if not is_web_address(url):
                row.fault("link", _NO_URL, address)
            if kind and not code:
                row.fault("link", _NO_CODE, kind)
            if len(title) > _LONGEST_TITLE:
                row.fault("link", _LONG_TITLE, title, limit=str(_LONGEST_TITLE))
            yield DraftLink(url, title, code)

    def _beside(self, row: TableRow, column: str) -> str:
        written = row.record.text(column)
        code = self.lookup.code(column, written) if written else ""
        if written and not code:
            row.fault(column, _NO_CODE, written)
        return code

    def _ours(
        self, row: TableRow, public_id: str, name: str, columns: tuple[str, str]
    ) -> OrganizationRef | None:
        """Give an organization by its identifier in the register, which its name must fit."""
        found = self.lookup.organization(public_id)
        if found is None:
            row.fault(columns[0], _NO_ORGANIZATION, public_id)
        elif name and not self.lookup.is_organization_of(public_id, name):
            row.fault(columns[1], _OTHER_NAME, name, code=public_id)
        return found


_NO_CODE = gettext_noop("“%(value)s” is no code or name of this list.")
_NO_ELEMENT = gettext_noop("“%(value)s” is no code or name of this framework.")
_NO_QUALIFIED = gettext_noop(
    "“%(value)s” is no element: write its code with that of its framework, such as wsis-al:C2."
)
_NO_AREA = gettext_noop("“%(value)s” is no country or area: a code (ISO, M49) or a name.")
_NO_SHARE = gettext_noop("“%(value)s” is more than 100 percent.")
_NO_URL = gettext_noop("“%(value)s” is no web address.")
_LONG_TITLE = gettext_noop("The title “%(value)s” is longer than %(limit)s characters.")
_NO_ORGANIZATION = gettext_noop("There is no organization %(value)s in the register.")
_NO_ROLE = gettext_noop(
    "“%(value)s” is not clear: in brackets stand the identifier of an organization and its role."
)
_OTHER_NAME = gettext_noop(
    "“%(value)s” is not the name of %(code)s: correct one of them, or leave the identifier out."
)
_CONTRARY = gettext_noop(
    "“%(value)s” is not what the code %(code)s stands for: correct one of them, or leave the code "
    "out."
)
