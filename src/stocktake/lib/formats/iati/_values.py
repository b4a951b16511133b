"""Text, dates, amounts and languages of an IATI element; what can not be read becomes a problem."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from stocktake.lib.formats.iati.model import Narratives
from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.safexml import Element, line_of

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(Z|[+-]\d{2}:\d{2}|T.*)?")
_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})")
_EMPTY_LINES = re.compile(r"\n{3,}")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,20})?")


@dataclass
class Context:
    """The activity being read: its defaults, and the problems found so far.

    `first_line` is where the activity begins in its file, when it is read apart from it.
    """

    default_language: str = ""
    default_currency: str = ""
    identifier: str = ""
    problems: list[Problem] = field(default_factory=list)
    first_line: int = 1

    def line_of(self, element: Element) -> int:
        """Return the line of an element in its file."""
        return line_of(element) + self.first_line - 1

    def add(
        self,
        element: Element,
        code: str,
        template: str,
        *,
        attribute: str = "",
        written: str = "",
    ) -> None:
        """Note a problem of an element or, with `attribute`, of one of its attributes."""
        name = str(element.tag) + (f"/@{attribute}" if attribute else "")
        values: dict[str, str | int] = {"field": name}
        if written:
            values["value"] = shortened(written)
        line = self.line_of(element)
        self.problems.append(Problem(code, template, values, line, self.identifier, name))


def flat(text: str | None) -> str:
    """Return text on one line: runs of white space become one space."""
    if not text:
        return ""
    # most texts are tidy, which is told far faster: the plain space alone is white and printable
    if text.isprintable() and "  " not in text and text[0] != " " and text[-1] != " ":
        return text
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Return text with its line breaks kept, spaces tidied and at most one empty line in a row."""
    if text.isprintable():
        return flat(text)  # nothing that breaks a line is printable
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)) if len(lines) > 1 else "".join(lines)


def attribute(element: Element, name: str, other: str = "") -> str:
    """Return an attribute, or another if it is empty, without surrounding white space."""
    value = element.get(name)
    if value and (value := value.strip()):
        return value
    return attribute(element, other) if other else ""


def children(element: Element) -> dict[str, Element]:
    """Return the first child of each name; many times cheaper than `find` for each."""
    found: dict[str, Element] = {}
    for child in element:
        found.setdefault(child.tag, child)
    return found


def content(element: Element) -> str:
    """Return all text of the element, comments and markup left out."""
    if len(element) == 0:
        return element.text or ""
    return "".join(str(part) for part in element.itertext("*"))


def narratives(element: Element | None, context: Context, *, long: bool = False) -> Narratives:
    """Return the texts of an element by language: of its `narrative` children (version 2) or its
    own text (version 1). A second text in one language is joined to a long one, else dropped.
    """
    found: Narratives = {}
    count = 0 if element is None else len(element)
    if element is None or (not count and not element.text):
        return found
    tidied = paragraphs if long else flat
    own = language_of(element, context) or context.default_language
    inside = [element[0]] if count == 1 else list(element)
    children = [child for child in inside if child.tag == "narrative"]
    for child in children:
        if text := tidied(content(child)):
            language = language_of(child, context) or own
            if language not in found:
                found[language] = text
            else:
                merge(found, {language: text}, long=long)
    if not children and (text := tidied(content(element))):
        found[own] = text
    return found


def merge(into: Narratives, more: Narratives, *, long: bool = False) -> None:
    """Add texts to others: elements that version 1 repeats once for each language."""
    for language, text in more.items():
        if language not in into:
            into[language] = text
        elif long and text not in into[language]:
            into[language] += "\n\n" + text


def language_of(element: Element, context: Context) -> str:
    """Return the language an element names, without region or script ("en-GB" → "en")."""
    written = element.get(XML_LANG)
    if not written:
        return ""
    language = _language(written)
    if language is None:
        context.add(element, "language", _LANGUAGE_UNKNOWN, attribute="xml:lang", written=written)
        return ""
    return language


@lru_cache(maxsize=4096)
def _language(written: str) -> str | None:
    tag = written.strip().lower().replace("_", "-")
    return tag.split("-")[0] if not tag or _LANGUAGE.fullmatch(tag) else None


def date_of(element: Element, context: Context, name: str = "") -> date | None:
    """Return the date in an attribute, or in `iso-date`, else in the element's text."""
    is_named, name = bool(name), name or "iso-date"
    written = attribute(element, name)
    if not written and not is_named:
        name, written = "", flat(content(element))
    if not written:
        return None
    try:
        return parse_date(written)
    except ValueError:
        context.add(element, "date", _DATE_UNREADABLE, attribute=name, written=written)
        return None


def parse_date(written: str) -> date:
    """Read `YYYY-MM-DD`, also with a time or time zone after it, which is dropped.

    Raises:
        ValueError: no such date.
    """
    if len(written) == 10 and written[4] == written[7] == "-":
        return date.fromisoformat(written)
    found = _DATE.fullmatch(written)
    if found is None:
        raise ValueError(written)
    return date(int(found[1]), int(found[2]), int(found[3]))


def datetime_of(element: Element, context: Context, name: str) -> datetime | None:
    """Return the date and time in an attribute; a date alone counts from midnight."""
    written = attribute(element, name)
    if not written:
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        context.add(element, "date", _DATE_UNREADABLE, attribute=name, written=written)
        return None


def amount_of(element: Element, context: Context) -> Decimal | None:
    """Return the number in the element's text."""
    return _number(flat(content(element)), element, context, "")


def percentage_of(element: Element, context: Context) -> Decimal | None:
    """Return the attribute `percentage`, from 0 to 100."""
    written = attribute(element, "percentage")
    if not written:
        return None
    number = _number(written.removesuffix("%").strip(), element, context, "percentage")
    if number is not None and not 0 <= number <= 100:
        context.add(
            element, "percentage", _PERCENTAGE_RANGE, attribute="percentage", written=written
        )
        return None
    return number


def _number(written: str, element: Element, context: Context, attribute: str) -> Decimal | None:
    if not written:
        return None
    number = _decimal(written)
    if number is None:
        context.add(element, "number", _NUMBER_UNREADABLE, attribute=attribute, written=written)
    return number


@lru_cache(maxsize=4096)
def _decimal(written: str) -> Decimal | None:
    plain = written.replace(",", "") if _GROUPED.fullmatch(written) else written
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


_LANGUAGE_UNKNOWN = gettext_noop(
    "“%(value)s” in %(field)s is no language code; the activity's own language is taken instead."
)
_DATE_UNREADABLE = gettext_noop(
    "“%(value)s” in %(field)s is no date of the form YYYY-MM-DD; it was left out."
)
_NUMBER_UNREADABLE = gettext_noop("“%(value)s” in %(field)s is no number; it was left out.")
_PERCENTAGE_RANGE = gettext_noop(
    "“%(value)s” in %(field)s is no percentage from 0 to 100; it was left out."
)
