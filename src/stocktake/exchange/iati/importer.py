"""IATI activity files as entries of an import."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stocktake.exchange.iati.mapping import Mapper
from stocktake.exchange.reading import InputFile, Item, UnreadableFileError
from stocktake.exchange.summaries import Fault
from stocktake.lib.formats.iati import ActivityReader, Limits
from stocktake.lib.formats.problems import gettext_noop

_ORGANISATIONS = gettext_noop(
    "This is an organisation file; only activity files are imported, so nothing was taken."
)


@dataclass(frozen=True)
class IatiFormat:
    """Activity files of the versions 1.01 to 2.03 and the drafts of 2010."""

    name: str = "iati"
    suffixes: tuple[str, ...] = (".xml", ".xml.gz")

    def items(self, file: InputFile) -> Iterator[Item]:
        """Give the activities of a file, one at a time.

        Raises:
            UnreadableFileError: it is no IATI activity file, or cannot be read to its end.
        """
        reader = ActivityReader(file.stream, limits=Limits(clock=time.monotonic))
        mapper = Mapper(file.name)
        for activity in reader:
            made = mapper.map(activity)
            yield Item(
                made.key, activity.line, activity.source, made.draft, faults=tuple(made.faults)
            )
        if reader.problems:
            raise UnreadableFileError(*(Fault.of(told, file.name) for told in reader.problems))
        if reader.header.kind == "organisation":
            raise UnreadableFileError(
                Fault(_ORGANISATIONS, {}, file.name, reader.header.line, code="organisation-file")
            )

    def mapping(self) -> dict[str, Any]:
        """The mapping is fixed by the standard."""
        return {}
