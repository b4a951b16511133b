"""The kinds of rules: each takes an element and yields the nodes at which the rule is broken.

Paths are XPath, relative to the element; a value met in a file enters as a variable, never as
text of a path. Source: IATI Rulesets specification (names of the kinds).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, DecimalException
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol

from lxml import etree

from stocktake.lib.formats.iati._values import parse_date
from stocktake.lib.formats.safexml import Element

# An element, or the text of an attribute or text node, which knows its element.
Node = Any
NOW = "now"
# The standard has 14 vocabularies. An entry with more than this is an attack on our time; that
# its vocabularies are not on their codelist is found all the same.
_MOST_VALUES = 20
_XML = {"xml": "http://www.w3.org/XML/1998/namespace"}


@dataclass(frozen=True)
class Scope:
    """What a check knows besides its element: the time, and values that paths name as `$name`."""

    now: datetime
    variables: Mapping[str, str] = field(default_factory=dict)


class Check(Protocol):
    """A kind of rule with its paths."""

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        """Yield each node at which the rule is broken; the element itself when something lacks."""
        ...


@cache
def _compiled(path: str) -> etree.XPath:
    """Compile a path once."""
    return etree.XPath(path, namespaces=_XML)


def nodes(element: Element, paths: Sequence[str], scope: Scope) -> list[Node]:
    """Return the nodes that any of the paths leads to, each once."""
    found: list[Node] = []
    for path in dict.fromkeys(paths):
        found.extend(select(element, path, scope.variables))
    return found


def select(
    element: Element, path: str, variables: Mapping[str, str] = MappingProxyType({})
) -> list[Node]:
    """Return the nodes that one path leads to."""
    result: Any = _compiled(path)(element, **variables)
    return list(result)


def holds(element: Element, condition: str, scope: Scope) -> bool:
    """True when an XPath condition holds at the element; an empty one always does."""
    return not condition or bool(_compiled(f"boolean({condition})")(element, **scope.variables))


def text_of(node: Node) -> str:
    """Return the text of an element or attribute as it stands."""
    return "".join(map(str, node.itertext())) if isinstance(node, Element) else str(node)


def number_of(node: Node) -> Decimal | None:
    """Return the number in a node, None when there is none."""
    try:
        number = Decimal(text_of(node).strip())
    except DecimalException:
        return None
    return number if number.is_finite() else None


def day_of(node: Node) -> date | None:
    """Return the day in a node, None when there is none."""
    try:
        return parse_date(text_of(node).strip())
    except ValueError:
        return None


@dataclass(frozen=True)
class AtLeastOne:
    """One of the paths must lead somewhere."""

    paths: Sequence[str]
    when: str = ""

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        if holds(element, self.when, scope) and not nodes(element, self.paths, scope):
            yield element


@dataclass(frozen=True)
class NoMoreThanOne:
    """All paths together may lead to one node."""

    paths: Sequence[str]

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        found = nodes(element, self.paths, scope)
        if len(found) > 1:
            yield found[1]


@dataclass(frozen=True)
class OnlyOneOf:
    """Where an excluding path leads somewhere, the other paths must not; they exclude each other,
    too.
    """

    excluded: Sequence[str]
    paths: Sequence[str]

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        used = [found for path in self.paths if (found := nodes(element, [path], scope))]
        if used and nodes(element, self.excluded, scope):
            yield used[0][0]
        elif len(used) > 1:
            yield used[1][0]


@dataclass(frozen=True)
class Dependent:
    """When one of the paths leads somewhere, all must."""

    paths: Sequence[str]

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        found = [bool(nodes(element, [path], scope)) for path in self.paths]
        if any(found) and not all(found):
            yield element


@dataclass(frozen=True)
class Unique:
    """The texts of all nodes must differ; empty ones do not count."""

    paths: Sequence[str]

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        seen: set[str] = set()
        for node in nodes(element, self.paths, scope):
            text = text_of(node).strip()
            if text and text in seen:
                yield node
            seen.add(text)


@dataclass(frozen=True)
class Sum:
    """The numbers of all nodes must add up; a tolerance covers rounded shares (3 × 33.33)."""

    paths: Sequence[str]
    total: Decimal = Decimal(100)
    tolerance: Decimal = Decimal("0.0101")
    when: str = ""

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        found = nodes(element, self.paths, scope)
        if not found or not holds(element, self.when, scope):
            return
        numbers = [number for node in found if (number := number_of(node)) is not None]
        if abs(sum(numbers) - self.total) > self.tolerance:
            yield found[0]


@dataclass(frozen=True)
class Within:
    """Each number must lie between two bounds, which are allowed."""

    paths: Sequence[str]
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(100)

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        for node in nodes(element, self.paths, scope):
            number = number_of(node)
            if number is not None and not self.low <= number <= self.high:
                yield node


@dataclass(frozen=True)
class DateOrder:
    """No date of one path may be later than one of the other; `NOW` stands for today."""

    earlier: str
    later: str

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        limits = self._days(element, self.later, scope)
        if not limits:
            return
        limit = min(limits)
        if self.earlier == NOW:
            if scope.now.date() > limit:
                yield element
            return
        for node in nodes(element, [self.earlier], scope):
            day = day_of(node)
            if day is not None and day > limit:
                yield node

    def _days(self, element: Element, path: str, scope: Scope) -> list[date]:
        if path == NOW:
            return [scope.now.date()]
        found = (day_of(node) for node in nodes(element, [path], scope))
        return [day for day in found if day is not None]


@dataclass(frozen=True)
class NotInFuture:
    """A date with time must not lie ahead; half a day is allowed for time zones left out."""

    path: str

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        for node in nodes(element, [self.path], scope):
            try:
                moment = datetime.fromisoformat(text_of(node).strip())
            except ValueError:
                continue
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=scope.now.tzinfo) - timedelta(hours=12)
            if moment > scope.now:
                yield node


@dataclass(frozen=True)
class AtMostOneYear:
    """A period may last one year: its end may be the first day's date a year later."""

    start: str
    end: str

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        starts = nodes(element, [self.start], scope)
        ends = nodes(element, [self.end], scope)
        if len(starts) != 1 or len(ends) != 1:
            return
        start, end = day_of(starts[0]), day_of(ends[0])
        if start is not None and end is not None and end > _year_later(start):
            yield ends[0]


@dataclass(frozen=True)
class DateBetween:
    """Each date must lie in a period, whose first and last day belong to it."""

    path: str
    start: str
    end: str

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        starts = nodes(element, [self.start], scope)
        ends = nodes(element, [self.end], scope)
        start = day_of(starts[0]) if starts else None
        end = day_of(ends[0]) if ends else None
        for node in nodes(element, [self.path], scope):
            day = day_of(node)
            if day is not None and (
                (start is not None and day < start) or (end is not None and day > end)
            ):
                yield node


@dataclass(frozen=True)
class Matches:
    """Each text must match a pattern from end to end."""

    paths: Sequence[str]
    pattern: str

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        for node in nodes(element, self.paths, scope):
            if not re.fullmatch(self.pattern, text_of(node), re.DOTALL):
                yield node


@dataclass(frozen=True)
class NoOuterSpaces:
    """No text may begin or end with white space."""

    paths: Sequence[str]

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        for node in nodes(element, self.paths, scope):
            text = text_of(node)
            if text != text.strip():
                yield node


@dataclass(frozen=True)
class StartsWith:
    """Each text must begin with one of the texts of other nodes, a separator and something more."""

    paths: Sequence[str]
    prefixes: Sequence[str]
    separator: str = ""

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        starts = [
            text_of(node).strip() + self.separator
            for node in nodes(element, self.prefixes, scope)
            if text_of(node).strip()
        ]
        if not starts:
            return
        for node in nodes(element, self.paths, scope):
            if not text_of(node).strip().startswith(tuple(starts)):
                yield node


@dataclass(frozen=True)
class OneOrAll:
    """Either one node stands for all, or each of the others must have its own."""

    one: str
    each: Sequence[str]
    own: str

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        if nodes(element, [self.one], scope):
            return
        for node in nodes(element, self.each, scope):
            if not nodes(node, [self.own], scope):
                yield node
                return


@dataclass(frozen=True)
class IfThen:
    """Where one condition holds, another must; `at` leads to what to point at."""

    condition: str
    then: str
    at: str = ""

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        if holds(element, self.condition, scope) and not holds(element, self.then, scope):
            found = nodes(element, [self.at], scope) if self.at else []
            yield found[0] if found else element


@dataclass(frozen=True)
class ForEach:
    """Apply a check once for each different text of a path, which the check names `$v`."""

    path: str
    check: Check

    def broken(self, element: Element, scope: Scope) -> Iterator[Node]:
        values = dict.fromkeys(text_of(node) for node in nodes(element, [self.path], scope))
        if len(values) > _MOST_VALUES:
            return
        for value in values:
            yield from self.check.broken(element, Scope(scope.now, {"v": value}))


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February, or the year 9999
        return day + timedelta(days=365) if day.year < date.max.year else date.max
