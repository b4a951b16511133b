"""Apply the rules to the records of one file, in order, remembering what must be unique."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from stocktake.lib.formats.iati._values import XML_LANG
from stocktake.lib.formats.iati.codelists import Codelists
from stocktake.lib.formats.iati.rules import _activity, _money, _shares
from stocktake.lib.formats.iati.rules._checks import Node, Scope, select, text_of
from stocktake.lib.formats.iati.rules._codes import ACTIVITY_CODES, ORGANISATION_CODES, Row
from stocktake.lib.formats.iati.rules._finding import Finding
from stocktake.lib.formats.iati.rules._rule import Rule
from stocktake.lib.formats.problems import gettext_noop, shortened
from stocktake.lib.formats.safexml import Element, Root, line_of

ACTIVITY_RULES: tuple[Rule, ...] = (
    *_activity.IDENTIFIERS,
    *_activity.TEXTS,
    *_activity.DATES,
    *_activity.CLASSIFICATIONS,
    *_shares.SHARES,
    *_money.MONEY,
    *_money.RESULTS,
)
ORGANISATION_RULES: tuple[Rule, ...] = _money.ORGANISATION
_AGENCIES = "OrganisationRegistrationAgency"


class RuleChecker:
    """Check a file's root, each of its records, and at the end what concerns them together.

    Args:
        kind: "activity" or "organisation".
        now: the future begins here; with a time zone.
        version: what the file's root names.
    """

    def __init__(self, kind: str, codelists: Codelists, *, now: datetime, version: str) -> None:
        self._kind = kind
        self._lists = codelists
        self._scope = Scope(now)
        self._version = version
        self._seen: dict[str, int] = {}
        rules = ACTIVITY_RULES if kind == "activity" else ORGANISATION_RULES
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self._rules.setdefault(rule.at, []).append(rule)
        self._tree = _tree(ACTIVITY_CODES if kind == "activity" else ORGANISATION_CODES)

    def check_root(self, root: Root) -> Iterator[Finding]:
        """Yield what is wrong with the version that the file names."""
        number = "9.1.1" if self._kind == "activity" else "9.97.1"
        values: dict[str, str | int] = {"value": shortened(self._version)}
        place = f"{root.tag}/@version"
        if not self._version:
            yield Finding(number, _NO_VERSION, {}, root.line, "", place, "error")
        elif not self._lists.has("Version", self._version):
            yield Finding(number, _UNKNOWN_VERSION, values, root.line, "", place, "error")
        elif self._version.startswith("1."):
            yield Finding("0.6.1", _OLD_VERSION, values, root.line, "", place, "critical")

    def check_record(self, element: Element, identifier: str = "") -> Iterator[Finding]:
        """Yield what is wrong with one activity or organisation."""
        yield from self._repeated(element, identifier)
        for path, rules in self._rules.items():
            for found in [element] if path == "." else select(element, path):
                for rule in rules:
                    for node in rule.check.broken(found, self._scope):
                        yield _finding(rule.number, rule.severity, rule.sentence, node, identifier)
        yield from self._agency(element, identifier)
        yield from self._codes(element, self._tree, identifier)
        yield from self._languages(element, identifier)

    def _repeated(self, element: Element, identifier: str) -> Iterator[Finding]:
        """Rule 1.1.2, for activities."""
        if self._kind != "activity" or not identifier:
            return
        if identifier in self._seen:
            values: dict[str, str | int] = {"value": identifier, "line": self._seen[identifier]}
            line = line_of(element)
            yield Finding("1.1.2", _REPEATED, values, line, identifier, "iati-identifier")
        else:
            self._seen[identifier] = line_of(element)

    def _agency(self, element: Element, identifier: str) -> Iterator[Finding]:
        """Rules 1.14.8 and 1.18.8: an identifier begins with the code of a register."""
        number = "1.14.8" if self._kind == "activity" else "1.18.8"
        agencies = self._lists.lists.get(_AGENCIES, {})
        for node in select(element, "reporting-org/@ref") if agencies else ():
            parts = text_of(node).strip().split("-")
            known = (
                "-".join(parts[:length]) in agencies for length in range(1, min(len(parts), 5))
            )
            if not any(known):
                yield _finding(number, "warning", _AGENCY, node, identifier)

    def _codes(self, element: Element, tree: "_Branch", identifier: str) -> Iterator[Finding]:
        """Walk down where the table knows elements, and look each code up."""
        for number, name, codelist, vocabulary in tree.rows:
            written = element.text if name == "text()" else element.get(name)
            if written is None or (vocabulary and vocabulary != _vocabulary(element)):
                continue
            if not self._lists.has(codelist, written.strip()):
                values: dict[str, str | int] = {"value": shortened(written), "list": codelist}
                place = f"{element.tag}/@{name}" if name != "text()" else str(element.tag)
                line = line_of(element)
                yield Finding(number, _NOT_ON_LIST, values, line, identifier, place)
        for child in element.iterchildren(*tree.branches) if tree.branches else ():
            yield from self._codes(child, tree.branches[str(child.tag)], identifier)

    def _languages(self, element: Element, identifier: str) -> Iterator[Finding]:
        """Rule 9.95.1."""
        for node in select(element, "descendant-or-self::*/@xml:lang"):
            if text_of(node) and not self._lists.has("Language", text_of(node).lower()):
                yield _finding("9.95.1", "error", _LANGUAGE, node, identifier)


@dataclass
class _Branch:
    """The checks of one element, and those of its children by name."""

    rows: list[Row] = field(default_factory=list)
    branches: dict[str, "_Branch"] = field(default_factory=dict)


def _tree(rows: tuple[Row, ...]) -> _Branch:
    root = _Branch()
    for number, path, codelist, vocabulary in rows:
        *names, last = path.split("/")
        branch = root
        for name in names:
            branch = branch.branches.setdefault(name, _Branch())
        branch.rows.append((number, last.lstrip("@"), codelist, vocabulary))
    return root


def _vocabulary(element: Element) -> str:
    parent = element.getparent()
    if element.tag == "budget-item" and parent is not None:
        element = parent
    return element.get("vocabulary") or "1"


def _finding(number: str, severity: str, sentence: str, node: Node, identifier: str) -> Finding:
    element = node if isinstance(node, Element) else node.getparent()
    place = str(element.tag)
    if not isinstance(node, Element) and node.is_attribute:
        place += "/@" + node.attrname.replace(XML_LANG, "xml:lang")
    values: dict[str, str | int] = {}
    if "%(value)s" in sentence:
        values["value"] = shortened(text_of(node)) or "-"
    return Finding(number, sentence, values, line_of(element), identifier, place, severity)


_NO_VERSION = gettext_noop("The file does not name the version of the standard it follows.")
_UNKNOWN_VERSION = gettext_noop("“%(value)s” is no version of the IATI Standard.")
_OLD_VERSION = gettext_noop(
    "Version %(value)s of the IATI Standard is no longer supported; version 2.03 is current."
)
_REPEATED = gettext_noop(
    "The identifier “%(value)s” stands at more than one activity, first at line %(line)s."
)
_AGENCY = gettext_noop(
    "The identifier “%(value)s” does not begin with the code of a known register of organizations."
)
_NOT_ON_LIST = gettext_noop("“%(value)s” is not on the codelist %(list)s.")
_LANGUAGE = gettext_noop("“%(value)s” is not on the codelist Language.")
