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
    return " ".join(text.split()) if text else ""


def paragraphs(text: str) -> str:
    """Return text with its line breaks kept, spaces tidied and at most one empty line in a row."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)) if len(lines) > 1 else "".join(lines)


def attribute(element: Element, *names: str) -> str:
    """Return the first non-empty attribute of the names, without surrounding white space."""
    for name in names:
        value = (element.get(name) or "").strip()
        if value:
            return value
    return ""


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
    if element is None or (len(element) == 0 and not element.text):
        return found
    children = list(element.iterchildren("narrative"))
    own = language_of(element, context) or context.default_language
    for child in children or [element]:
        text = paragraphs(content(child)) if long else flat(content(child))
        if text:
            language = (language_of(child, context) if children else "") or own
            merge(found, {language: text}, long=long)
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


def date_of(element: Element, context: Context, *names: str) -> date | None:
    """Return the date in the attribute `iso-date` (or another), else in the element's text."""
    name, written = "", ""
    for name in names or ("iso-date",):
        written = attribute(element, name)
        if written:
            break
    else:
        name, written = "", "" if names else flat(content(element))
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
    plain = written.replace(",", "") if _GROUPED.fullmatch(written) else written
    if _NUMBER.fullmatch(plain):
        return Decimal(plain)
    context.add(element, "number", _NUMBER_UNREADABLE, attribute=attribute, written=written)
    return None


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
