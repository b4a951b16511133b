"""Recognise the columns of a table by their names in six languages, or by a mapping."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from stocktake.lib.formats.encodings import NAMED, is_encoding
from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.tabular import _aliases, _words
from stocktake.lib.formats.tabular.model import Row

FIELDS = _aliases.FIELDS
_LANGUAGE_CODE = re.compile(r"[a-z]{2}")
_DATE_ORDERS = ("", "dmy", "mdy", "ymd")
_DECIMALS = ("", ".", ",")
_OPTIONS = {"date_order": _DATE_ORDERS, "decimal": _DECIMALS}


@dataclass(frozen=True)
class Column:
    """A column that was recognised: its place (from 0), name, field and language ("" if none)."""

    index: int
    header: str
    field: str
    language: str = ""


@dataclass(frozen=True)
class Recognition:
    """The columns of a table: recognised, unknown (kept out), and what stands in the way.

    `width` is how many columns the header names, counted from the left.
    """

    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    problems: tuple[Problem, ...]
    width: int = 0


@dataclass(frozen=True)
class ColumnMapping:
    """What a person says about a table, which goes before what is recognised.

    `columns`: name of a column → field, field with language ("title:fr"), or "" to leave it out.
    `date_order` of dates like 01/02/2010: "dmy", "mdy", "ymd" or "" (ambiguous ones are errors);
    `decimal`: "." or "," or "" (ambiguous numbers are errors); `language` of texts whose column
    names none; `encoding` of a CSV file that is not in UTF-8 and bears no mark.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    decimal: str = ""
    language: str = ""
    encoding: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain values, which `parse_mapping` reads back."""
        return {
            "columns": dict(self.columns),
            "date_order": self.date_order,
            "decimal": self.decimal,
            "language": self.language,
            "encoding": self.encoding,
        }


class MappingError(Exception):
    """A mapping file that can not be used; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def parse_mapping(text: str) -> ColumnMapping:
    """Read a mapping from JSON.

    Raises:
        MappingError: with everything that is wrong in it.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        values: dict[str, str | int] = {"detail": shortened(str(error))}
        raise MappingError([Problem("mapping-json", _NO_JSON, values)]) from error
    if not isinstance(plain, dict) or not isinstance(plain.get("columns", {}), dict):
        raise MappingError([Problem("mapping-shape", _SHAPE)])
    columns = plain.get("columns", {})
    problems = [
        _bad_target(name, target) for name, target in columns.items() if not _is_target(target)
    ]
    for option in sorted(set(plain) - {"columns"}):
        problems += _check_option(option, plain[option])
    if problems:
        raise MappingError(problems)
    names = ("date_order", "decimal", "language", "encoding")
    options = {name: plain.get(name, "") for name in names}
    return ColumnMapping(columns, **options)


def recognise(header: Row, mapping: ColumnMapping | None = None) -> Recognition:
    """Say what each column of a header row is.

    A column named ambiguously, or a second one for the same text, number or date, is a problem; a
    column of a name unknown is not.
    """
    given = {
        normalised(name): target for name, target in (mapping or ColumnMapping()).columns.items()
    }
    columns: list[Column] = []
    unknown: list[str] = []
    problems: list[Problem] = []
    for index, cell in enumerate(header.cells):
        name = " ".join(cell.text.split())
        key = normalised(name)
        if not key:
            continue
        if key in given:
            target, _, language = given.pop(key).partition(":")
            found = [(target, language)] if target else []
        else:
            found = _recognised(key)
            if not found:
                unknown.append(name)
        if len(found) > 1:
            problems.append(_ambiguous(header, name, [target for target, _ in found]))
        elif found:
            columns.append(Column(index, name, *found[0]))
    problems += [_absent(header, name) for name in given]
    columns, twice = _without_repetition(header, columns)
    if not columns:
        problems.append(Problem("column-none", _NO_COLUMN, {}, header.number))
    width = max((n for n, cell in enumerate(header.cells, 1) if cell.text.strip()), default=0)
    return Recognition(tuple(columns), tuple(unknown), tuple(problems + twice), width)


def header(target: str, language: str) -> str:
    """Return the name that a field's column bears in our own files, in one of the six languages."""
    lines = _aliases.ALIASES[target]
    place = _aliases.LINES.index(language) if language in _aliases.LINES else 0
    return lines[place].partition("|")[0]


def normalised(name: str) -> str:
    """Fold a column's name: case, accents, Arabic marks and hamza, punctuation, wide forms."""
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c) and c != "ـ")
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def _recognised(key: str) -> list[tuple[str, str]]:
    """Return the fields that a name may mean, each with its language; one is what we hope for."""
    names = _names()
    if key in names:
        return [(target, "") for target in names[key]]
    *words, last = key.split()
    language = _languages().get(last, "")
    rest = " ".join(words)
    if language and rest in names and all(FIELDS[target] == "text" for target in names[rest]):
        return [(target, language) for target in names[rest]]
    return []


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return every folded name with the fields that it may mean."""
    names: dict[str, tuple[str, ...]] = {}
    for target, lines in _aliases.ALIASES.items():
        for name in (target, *(n for line in lines for n in line.split("|"))):
            known = names.get(normalised(name), ())
            names[normalised(name)] = known if target in known else (*known, target)
    for line, targets in _words.AMBIGUOUS.items():
        names.update({normalised(name): targets for name in line.split("|")})
    return names


@cache
def _languages() -> dict[str, str]:
    found = {code: code for code in _words.LANGUAGES}
    for code, names in _words.LANGUAGES.items():
        found.update({normalised(name): code for name in names})
    return found


def _without_repetition(header: Row, columns: list[Column]) -> tuple[list[Column], list[Problem]]:
    kept: list[Column] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Column] = {}
    for column in columns:
        first = seen.setdefault((column.field, column.language), column)
        if first is column or FIELDS[column.field] in ("list", "computed"):
            kept.append(column)
            continue
        values: dict[str, str | int] = {
            "name": shortened(column.header),
            "first": shortened(first.header),
            "field": column.field,
        }
        place = shortened(column.header)
        problems.append(Problem("column-twice", _TWICE, values, header.number, "", place))
    return kept, problems


def _is_target(target: object) -> bool:
    if not isinstance(target, str):
        return False
    name, _, language = target.partition(":")
    if language:
        return FIELDS.get(name) == "text" and _LANGUAGE_CODE.fullmatch(language) is not None
    return target == "" or target in FIELDS


def _check_option(option: str, value: object) -> list[Problem]:
    values: dict[str, str | int] = {"name": shortened(option), "value": shortened(str(value))}
    if option == "language":
        good = isinstance(value, str) and (value == "" or bool(_LANGUAGE_CODE.fullmatch(value)))
        return [] if good else [Problem("mapping-option", _OPTION, values, 0, "", option)]
    if option == "encoding":
        good = isinstance(value, str) and (value == "" or is_encoding(value))
        values["names"] = NAMED
        return [] if good else [Problem("mapping-option", _ENCODING, values, 0, "", option)]
    if option not in _OPTIONS:
        return [Problem("mapping-option", _UNKNOWN_OPTION, values, 0, "", shortened(option))]
    if value not in _OPTIONS[option]:
        return [Problem("mapping-option", _OPTION, values, 0, "", option)]
    return []


def _bad_target(name: str, target: object) -> Problem:
    values: dict[str, str | int] = {
        "name": shortened(name),
        "value": shortened(str(target)),
        "fields": ", ".join(FIELDS),
    }
    return Problem("mapping-field", _NO_FIELD, values, 0, "", shortened(name))


def _ambiguous(header: Row, name: str, targets: Sequence[str]) -> Problem:
    values: dict[str, str | int] = {"name": shortened(name), "fields": ", ".join(targets)}
    return Problem("column-ambiguous", _AMBIGUOUS, values, header.number, "", shortened(name))


def _absent(header: Row, name: str) -> Problem:
    values: dict[str, str | int] = {"name": shortened(name)}
    return Problem("column-absent", _ABSENT, values, header.number, "", shortened(name))


_NO_JSON = gettext_noop("The mapping is not valid JSON: %(detail)s.")
_SHAPE = gettext_noop(
    "The mapping must be a JSON object whose “columns” is an object from column names to fields."
)
_NO_FIELD = gettext_noop(
    "The mapping gives the column “%(name)s” to “%(value)s”, which is no field. Fields are: "
    "%(fields)s; a text may name its language, as in “title:fr”; “” leaves the column out."
)
_OPTION = gettext_noop("The mapping's option “%(name)s” can not be “%(value)s”.")
_ENCODING = gettext_noop(
    "“%(value)s” is no encoding that tables are read in; name one of: %(names)s."
)
_UNKNOWN_OPTION = gettext_noop(
    "The mapping has an unknown option “%(name)s”; known are columns, date_order, decimal, "
    "language and encoding."
)
_AMBIGUOUS = gettext_noop(
    "The column “%(name)s” may mean more than one thing (%(fields)s): say which in a mapping."
)
_TWICE = gettext_noop(
    "The columns “%(first)s” and “%(name)s” both hold %(field)s: leave one out in a mapping."
)
_ABSENT = gettext_noop("The mapping names a column “%(name)s”, which the table does not have.")
_NO_COLUMN = gettext_noop(
    "No column was recognised by its name: name the columns in the first row, or give a mapping."
)
