"""CSV and XLSX tables as entries of an import."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import ActivityDraft, clean_values, values_of
from stocktake.exchange import merging
from stocktake.exchange.organizations import Organizations
from stocktake.exchange.reading import Checked, InputFile, UnreadableFileError
from stocktake.exchange.staging import Packed, pack, values_with_tokens
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables import own
from stocktake.exchange.tables.likeness import Likeness
from stocktake.exchange.tables.mapping import SPOKEN, Key, Mapped, Mapper
from stocktake.lib.formats.problems import gettext_noop
from stocktake.lib.formats.tabular import (
    ColumnMapping,
    Recognition,
    Row,
    TableReader,
    read_records,
    recognise,
)

_BATCH = 200


@dataclass
class TableFormat:
    """Tables whose first row names the columns, in any of the six languages or by a mapping."""

    given: ColumnMapping = field(default_factory=ColumnMapping)
    name: str = "table"
    suffixes: tuple[str, ...] = (".csv", ".xlsx", ".tsv")
    _told: list[dict[str, Any]] = field(default_factory=list)
    _seen: dict[Key, tuple[str, int]] = field(default_factory=dict)

    def checked(self, file: InputFile) -> Iterator[Checked]:
        """Give the rows of a table, checked, one at a time.

        Raises:
            UnreadableFileError: it is no table, cannot be read to its end, has no rows, or its
                columns are not clear.
        """
        reader = TableReader(file.path, encoding=self.given.encoding)
        rows = iter(reader)
        header = next(rows, None)
        if header is not None:
            recognition = recognise(header, self.given)
            self._note(file, reader, recognition)
            if recognition.problems:
                raise UnreadableFileError(
                    *(Fault.of(problem, file.name) for problem in recognition.problems)
                )
            mine = dict(self._seen)
            mapped = self._mapped(file, header, rows, recognition)
            settling = _Settling(file.name, mine)
            for batch in mapped:
                yield from settling.settle(batch)
            if not reader.problems and not settling.count:
                told = Fault(_NO_ROWS, {}, file.name, header.number, code="table-empty")
                raise UnreadableFileError(told)
            if not reader.problems:
                self._seen = mine
        if reader.problems:
            raise UnreadableFileError(*(Fault.of(told, file.name) for told in reader.problems))

    def mapping(self) -> dict[str, Any]:
        """Give the mapping that was asked for, and how the columns of each file were read."""
        return {"given": self.given.to_json(), "files": self._told}

    def _mapped(
        self, file: InputFile, header: Row, rows: Iterator[Row], recognition: Recognition
    ) -> Iterator[list[Mapped]]:
        """Give the rows as drafts, batch by batch."""
        mapper = Mapper(file.name, recognition.columns)
        kept: list[Row] = []
        read = (
            (record, _source(header, kept.pop()))
            for record in read_records(_watched(rows, kept), recognition, self.given)
        )
        while batch := list(islice(read, _BATCH)):
            mapper.prepare(record for record, _texts in batch)
            yield [mapper.map(*pair) for pair in batch]

    def _note(self, file: InputFile, reader: TableReader, recognition: Recognition) -> None:
        self._told.append(
            {
                "file": file.name,
                "encoding": reader.encoding,
                "sheet": reader.sheet,
                "columns": {
                    column.header: f"{column.field}:{column.language}".rstrip(":")
                    for column in recognition.columns
                },
                "left_out": list(recognition.unknown),
            }
        )


class _Settling:
    """Settles the rows of one file, a batch at a time; `seen` tells where each entry stood first.

    `count` is the number of rows so far.
    """

    def __init__(self, file: str, seen: dict[Key, tuple[str, int]]) -> None:
        self.count = 0
        self._file = file
        self._seen = seen
        self._organizations = Organizations()
        self._likeness = Likeness()

    def settle(self, batch: Sequence[Mapped]) -> Iterator[Checked]:
        """Check rows by the rules of the register and beside the records that they name."""
        self.count += len(batch)
        records = own.records_of(batch)
        drafts = [self._draft(mapped, records) for mapped in batch]
        packed = [self._pack(*pair) for pair in zip(batch, drafts, strict=True)]
        same = self._unchanged([each for each in packed if each is not None], records)
        likes = self._likeness.notes(batch)
        for mapped, each in zip(batch, packed, strict=True):
            is_unchanged = each is not None and each.key in same
            if each is not None and mapped.is_ours and not is_unchanged:
                own.check_age(mapped, records[mapped.key[1]])
            yield Checked(
                mapped.key,
                mapped.row.record.row,
                None if is_unchanged or mapped.row.faults else each,
                mapped.row.faults,
                likes.get(mapped.key, ()) if each is not None else (),
                is_unchanged,
            )

    def _draft(self, mapped: Mapped, records: Mapping[str, Activity]) -> ActivityDraft:
        """Give the draft of a row, and keep what is wrong with the row among others."""
        row = mapped.row
        file, line = self._seen.setdefault(mapped.key, (self._file, row.record.row))
        if (file, line) != (self._file, row.record.row):
            row.fault("identifier", _TWICE, file=file, row=str(line))
        activity = records.get(mapped.key[1]) if mapped.is_ours else None
        own.check_amount(mapped, activity)
        if mapped.is_ours and activity is None:
            row.fault("identifier", _GONE, activity=mapped.key[1])
        return own.settled(mapped, activity) if activity else mapped.draft

    def _pack(self, mapped: Mapped, draft: ActivityDraft) -> Packed | None:
        """Pack a row that can be entered; otherwise its faults say why not, each once."""
        row = mapped.row
        values, refs = values_with_tokens(draft, mapped.fields)
        try:
            clean_values(values)
        except ValidationError as error:
            known = {fault.field for fault in row.faults}
            for name, messages in error.message_dict.items():
                columns = [column for column, told in SPOKEN.items() if told == name]
                if known.isdisjoint(row.headers.get(column, "") for column in columns):
                    written = row.header(*(columns or [name]))
                    for message in messages if written not in known else ():
                        row.add(written, message, {}, "invalid")
        if row.faults:
            return None
        line = row.record.row
        return pack(values, refs, key=mapped.key, file=row.file, line=line, source=mapped.source)

    def _unchanged(self, packed: Sequence[Packed], records: Mapping[str, Activity]) -> set[Key]:
        """Find the rows that say what the records which they name hold already."""
        entries = [each.unpacked() for each in packed]
        ours = [entry for entry in entries if entry.names_our_record]
        found = self._organizations.find(ref for entry in ours for ref in entry.refs)
        self._organizations.remember(found)
        same: set[Key] = set()
        for entry in ours:
            tokens = {ref: found.get(ref, f"@{place}") for place, ref in enumerate(entry.refs)}
            values = values_of(records[entry.identifier])
            if not merging.overwrite(entry.resolved(tokens), values).changes:
                same.add(entry.key)
        return same


def _watched(rows: Iterator[Row], kept: list[Row]) -> Iterator[Row]:
    """Pass rows on, and keep the last one for whoever reads beside."""
    for row in rows:
        kept[:] = [row]
        yield row


def _source(header: Row, row: Row) -> dict[str, str]:
    """Give a row's texts by header; cells without header go by the number of their column."""
    names = [cell.text.strip() for cell in header.cells]
    return {
        (names[place] if place < len(names) and names[place] else str(place + 1)): cell.text
        for place, cell in enumerate(row.cells)
        if cell.text
    }


_NO_ROWS = gettext_noop("The table has no rows below its header.")
_TWICE = gettext_noop(
    "The entry stands in row %(row)s of %(file)s already; the first one counts, this one was left "
    "out."
)
_GONE = gettext_noop("There is no activity %(activity)s in the register; the entry was left out.")
