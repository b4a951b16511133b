"""Small helpers for reading: local names, children, plain words; the text as it is put together."""

from dataclasses import dataclass, field

from stocktake.lib.formats.safexml import Element
from stocktake.lib.resolutions.model import Piece, Role


@dataclass(slots=True)
class TextBuilder:
    """The text that is put together while reading, and where its pieces went."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, place: str, role: Role = "text") -> None:
        """Add words with an end of line and remember their place."""
        if not words:
            return
        told = words + "\n"
        self.pieces.append(Piece(self.length, self.length + len(told), place, role))
        self.parts.append(told)
        self.length += len(told)


def local_name(node: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(parent: Element, name: str) -> list[Element]:
    """Return the children of a name."""
    return [child for child in parent if local_name(child) == name]


def all_named(parent: Element, name: str) -> list[Element]:
    """Return all descendants of a name, in order."""
    return [node for node in parent.iter() if local_name(node) == name]


def words_of(node: Element) -> str:
    """Return all words of an element, one space apart."""
    words = [str(each) for each in node.itertext()]
    return " ".join("".join(words).split())


def label_of(node: Element) -> str:
    """Return what `num` prints."""
    return next((words_of(child) for child in node if local_name(child) == "num"), "")
