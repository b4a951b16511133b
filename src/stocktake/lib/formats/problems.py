"""What a reader found wrong in a file, as a value that names the place and can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark a message for the translation catalogues; callers above `lib` translate it."""
    return text


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file.

    `line` is the line of a text file or the row of a table, 0 where none applies; `template` is
    the English sentence with named placeholders, which `values` fill; `code` is a stable name.
    """

    code: str
    template: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    line: int = 0
    identifier: str = ""
    field: str = ""

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template % self.values if self.values else self.template

    def to_json(self) -> dict[str, str | int]:
        """Return plain values for a summary, the message in English."""
        return {
            "code": self.code,
            "line": self.line,
            "identifier": self.identifier,
            "field": self.field,
            "message": self.message,
        }


def shortened(text: str, *, limit: int = 80) -> str:
    """Return text of a file fit for a message: one line, printable, at most `limit` characters."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text[: limit * 4]).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
