"""What all writers share: paragraphs with notes and links, ids, escaping."""

import html
import re

from stocktake.lib.resolutions.model import Footnote, Reference

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


class Writer:
    """What both kinds share: paragraphs of text with their notes, ids that occur once."""

    def __init__(self, notes: tuple[Footnote, ...]) -> None:
        self._notes = {note.number: note for note in notes}
        self._written: set[str] = set()
        self._ids: dict[str, int] = {}

    def id(self, wanted: str) -> str:
        """Return an id that no element has yet."""
        count = self._ids.get(wanted, 0)
        self._ids[wanted] = count + 1
        return wanted if not count else self.id(f"{wanted}-{count + 1}")

    def text(
        self, words: str, marks: tuple[str, ...] = (), references: tuple[Reference, ...] = ()
    ) -> str:
        """Return `<p>` elements; notes stand at the end of the paragraph that carries the mark."""
        parts = words.split("\n\n")
        linked = [_linked(part, references) for part in parts]
        linked[-1] += "".join(self._note(number) for number in marks)
        return "".join(f"<p>{part}</p>" for part in linked)

    def _note(self, number: str) -> str:
        note = self._notes.get(number)
        if note is None or number in self._written:
            return f"<sup>{plain(number)}</sup>"
        self._written.add(number)
        return (
            f'<authorialNote marker="{value(number)}" placement="bottom" '
            f'eId="{self.id(f"note_{slug(number)}")}"><p>{plain(note.text)}</p></authorialNote>'
        )

    def loose_notes(self) -> list[str]:
        """Notes that no mark was found for."""
        left = [note for number, note in self._notes.items() if number not in self._written]
        return [f"<p>{self._note(note.number)}</p>" for note in left]


def _linked(words: str, references: tuple[Reference, ...]) -> str:
    """Words with the references that stand in them as links, in order."""
    made: list[str] = []
    at = 0
    for each in references:
        start = words.find(each.as_written, at)
        if start < 0 or not each.symbols:
            continue
        end = start + len(each.as_written)
        target = f"https://undocs.org/{value(each.symbols[0])}"
        made.append(plain(words[at:start]))
        made.append(f'<ref href="{target}">{plain(words[start:end])}</ref>')
        at = end
    return "".join([*made, plain(words[at:])])


def slug(text: str) -> str:
    """Return words as a piece of an identifier."""
    return _NO_NAME.sub("-", text).strip("-").lower() if text else ""


def plain(words: str) -> str:
    """Return words escaped for an element."""
    return html.escape(_UNWRITABLE.sub("", words), quote=False)


def value(words: str) -> str:
    """Return words escaped for an attribute."""
    return html.escape(_UNWRITABLE.sub("", words), quote=True).replace("\n", " ")
