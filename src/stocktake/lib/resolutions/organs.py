"""Organs by their opening formula in six languages, and the language and script of a text."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from stocktake.lib.resolutions.dates import ORDINAL

_ENGLISH = re.compile(
    r"The [A-Z][\w\s’'–,()-]{0,110}?(?:Assembly|Council|Conference|Commission|Committee|Board|"
    r"Congress|Parties|Union|Forum|Authority|Group)\b[^.;:]{0,90},?"
)
_COUNTED = re.compile(rf"The {ORDINAL} (?=World )", re.IGNORECASE)
"""`The Fifty-eighth World Health Assembly`."""
_MAX = 200


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ: its code, name in a language, and how its resolutions are numbered."""

    code: str
    language: str
    formula: str
    name: str
    symbol: str


def rows(name: str) -> list[dict[str, str]]:
    """Read one of the package's own tables."""
    text = resources.files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def organs() -> tuple[Organ, ...]:
    """All organs of the table, longest formula first."""
    made = [Organ(**row) for row in rows("organs.csv")]
    return tuple(sorted(made, key=lambda organ: -len(organ.formula)))


@cache
def _by_first() -> dict[str, tuple[Organ, ...]]:
    grouped: dict[str, list[Organ]] = {}
    for organ in organs():
        grouped.setdefault(organ.formula[:2].lower(), []).append(organ)
    return {first: tuple(many) for first, many in grouped.items()}


def formula_organ(text: str) -> Organ | None:
    """Return the organ when the line is an opening formula such as “The General Assembly,”."""
    if len(text) > _MAX:
        return None
    plain = text.strip("*_ ").replace("’", "'")
    counted = _COUNTED.match(plain)
    if counted:
        plain = "The " + plain[counted.end() :]
    lowered = plain.lower()
    for organ in _by_first().get(lowered[:2], ()):
        if lowered.startswith(organ.formula.lower()):
            rest = plain[len(organ.formula) :].strip("*_ ")
            if rest in ("", ",", "،", "，", ":") or (rest[:1] in ",(" and rest[-1:] in ",،，"):
                return organ
    return None


def generic_formula(text: str) -> str | None:
    """Return the name in a formula of an organ that is not in the table, English only."""
    plain = text.strip("*_ ")
    if len(plain) > _MAX or not plain.startswith("The ") or not plain.endswith(","):
        return None
    if not _ENGLISH.fullmatch(plain) or plain.count(",") > 3:
        return None
    return plain[4:].rstrip(",")
