"""Addresses of documents and their parts, read from behind: symbols hold strokes themselves."""

import re
from dataclasses import dataclass
from typing import Literal

Place = Literal["document", "provision", "follow-up", "compare", "download"]

_FOLDED = {"para", "preamble", "follow-up", "compare"}
_KEPT = {"annex"}
_FILE = re.compile(r"download\.([a-z]{2,4})", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a page of the document that `key` names.

    `rest` is the path of the provision, the key of the other document, or the format of the file.
    """

    key: str
    place: Place = "document"
    rest: str = ""

    @property
    def tail(self) -> str:
        """What stands behind the key in the address, in its one spelling."""
        if self.place == "document":
            return ""
        if self.place == "provision":
            return self.rest
        if self.place == "download":
            return f"download.{self.rest}"
        return f"{self.place}/{self.rest}" if self.rest else self.place


def readings(address: str) -> list[Asked]:
    """List how an address can be read, the likeliest first.

    A part of a document may stand between symbol and paragraph (`…/B/para/3`), which could as well
    belong to the symbol.
    """
    if "\x00" in address:
        return []
    segments = [segment for segment in address.split("/") if segment]
    for place, segment in enumerate(segments):
        if place and (found := _at(segments, place, segment)):
            return found
    return [Asked("/".join(segments))] if segments else []


def _at(segments: list[str], place: int, segment: str) -> list[Asked]:
    key, rest = "/".join(segments[:place]), "/".join(segments[place + 1 :])
    word = segment.lower()
    file = _FILE.fullmatch(segment)
    if file and not rest:
        return [Asked(key, "download", file[1].lower())]
    if word == "follow-up" and not rest:
        return [Asked(key, "follow-up")]
    if word == "compare" and rest:
        return [Asked(key, "compare", rest)]
    if (word in ("para", "preamble") and rest) or segment in _KEPT:
        kept = word if word in _FOLDED else segment
        path = f"{kept}/{rest}" if rest else kept
        found = [Asked(key, "provision", path)]
        if place > 1:
            part = segments[place - 1]
            found.append(Asked("/".join(segments[: place - 1]), "provision", f"{part}/{path}"))
        return found
    return []
