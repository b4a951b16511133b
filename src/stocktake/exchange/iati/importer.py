"""IATI activity files as entries of an import; large files are mapped by several processes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stocktake.exchange.iati import workers
from stocktake.exchange.iati.mapping import Mapper, item_of
from stocktake.exchange.reading import Checked, InputFile, UnreadableFileError, check
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

    def checked(self, file: InputFile) -> Iterator[Checked]:
        """Give the activities of a file, checked, one at a time.

        Raises:
            UnreadableFileError: it is no IATI activity file, or cannot be read to its end.
        """
        reader = ActivityReader(file.stream, limits=Limits(clock=time.monotonic))
        if file.size >= workers.WORTH_BYTES:
            yield from workers.checked(reader, file.name)
        else:
            mapper = Mapper(file.name)
            for activity in reader:
                yield check(item_of(mapper.map(activity), activity), file.name)
        if reader.problems:
            raise UnreadableFileError(*(Fault.of(told, file.name) for told in reader.problems))
        if reader.header.kind == "organisation":
            raise UnreadableFileError(
                Fault(_ORGANISATIONS, {}, file.name, reader.header.line, code="organisation-file")
            )

    def mapping(self) -> dict[str, Any]:
        """The mapping is fixed by the standard."""
        return {}
