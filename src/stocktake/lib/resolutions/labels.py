"""Printed labels at the start of a line: `12.`, `2.1.4`, `(a)`, `ii.`, `•`; and their order."""

import re
from dataclasses import dataclass
from typing import Literal

from stocktake.lib.resolutions.wording import words

Kind = Literal["number", "nested", "letter", "bullet", "plain"]

_LABEL = re.compile(
    r"(?P<nested>\d{1,3}(?:\.\d{1,3}){1,5})\.?(?=\s|$)"
    r"|(?P<number>\d{1,3})(?:\s?[-–—](?=\s)|[.．、](?=\s|$|[^\d\s./])|\)(?=\s))"
    r"|[（(](?P<par>[a-zа-я]{1,3}|[A-Z]|\d{1,2}|[\u0621-\u064a]{1,4})[)）]"
    r"|(?P<letter>[a-z]{1,4})[).](?=\s)"
    r"|(?P<bullet>[•▪●◦‣·–—-])(?=\s)"
)
_ROMANS = {
    name: value
    for value, name in enumerate(
        words(
            "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii "
            "xxiii xxiv xxv xxvi xxvii xxviii xxix xxx"
        ),
        start=1,
    )
}
_ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_STARTS = frozenset("0123456789(（abcdefghijklmnopqrstuvwxyz•▪●◦‣·–—-")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed (`text`, `width` characters with the space after it) and its value."""

    kind: Kind
    text: str
    value: str
    width: int

    @property
    def number(self) -> int:
        """The number of a `number` label; 0 for others."""
        return int(self.value) if self.kind == "number" else 0

    @property
    def path(self) -> tuple[int, ...]:
        """The numbers of a `number` or `nested` label."""
        if self.kind not in ("number", "nested"):
            return ()
        return tuple(int(part) for part in self.value.split("."))


def label_of(text: str) -> Label | None:
    """Return the label a stripped line begins with, None when there is none."""
    first = text[0]
    if first not in _STARTS and not first.isdigit():
        return None
    m = _LABEL.match(text)
    if m is None:
        return None
    width = m.end()
    while width < len(text) and text[width].isspace():
        width += 1
    group = m.lastgroup or ""
    value = m.group(group)
    if group == "par" and value.isdigit():
        return Label("letter", m.group(), value, width)
    if group in ("par", "letter"):
        if group == "letter" and len(value) > 1 and value not in _ROMANS:
            return None
        return Label("letter", m.group(), value, width)
    if group == "number":
        return Label("number", m.group(), str(int(value)), width)
    kind: Kind = "nested" if group == "nested" else "bullet"
    return Label(kind, m.group(), value, width)


def plain_number(text: str) -> Label | None:
    """Return a label without a stop, as ITU prints them: `1 to continue`, `4.1 salary scales`."""
    m = re.match(r"[1-9]\d?(?:\.\d{1,2})?(?=\s|$)", text)
    if m is None:
        return None
    width = m.end()
    while width < len(text) and text[width].isspace():
        width += 1
    return Label("plain", m.group(), m.group(), width)


def ordinal(value: str) -> int:
    """Return the place of a letter in its alphabet, counted from 1; 0 when it is none."""
    if value.isdigit():
        return int(value)
    if len(value) == 1 and "a" <= value <= "z":
        return ord(value) - 96
    if len(value) == 1 and "а" <= value <= "я":
        return ord(value) - ord("а") + 1
    if len(value) == 1 and value in _ARABIC:
        return _ARABIC.index(value) + 1
    if len(value) == 2 and value[0] == value[1]:
        return 26 + ord(value[0]) - 96
    return 0


def roman(value: str) -> int:
    """Return the number that small roman numerals write, 0 when they are none."""
    return _ROMANS.get(value, 0)


def follows(value: str, last: str | None) -> bool:
    """True when `value` comes right after `last` as letter or as roman numeral."""
    if last is None:
        return ordinal(value) == 1 or roman(value) == 1
    if roman(last) and roman(value) == roman(last) + 1:
        return True
    return ordinal(value) > 0 and ordinal(value) == ordinal(last) + 1
