"""Check a whole IATI file, streaming: as XML, by the 2.03 schema, by the standard's rules."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from stocktake.lib.formats.iati import schema
from stocktake.lib.formats.iati.codelists import Codelists
from stocktake.lib.formats.iati.reader import header_of, open_source, unknown_root
from stocktake.lib.formats.iati.rules import Finding, RuleChecker
from stocktake.lib.formats.problems import Problem, shortened
from stocktake.lib.formats.safexml import (
    Element,
    Limits,
    UnsafeXmlError,
    XmlSource,
    line_of,
    open_xml,
    records,
)

_RECORDS = {"activity": "iati-activity", "organisation": "iati-organisation"}


@dataclass
class ValidationResult:
    """What a check found.

    `valid` is by the 2.03 schema, whatever version the file names; `errors` are what the schema
    or the XML itself says, `findings` what the rules say. Both stop growing at a limit, while
    `error_count` and `finding_count` go on; `records` counts activities or organisations.
    """

    file: str
    kind: str = "unknown"
    version: str = ""
    valid: bool = False
    records: int = 0
    errors: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    error_count: int = 0
    finding_count: int = 0
    severities: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain values, messages in English."""
        return {
            "file": self.file,
            "kind": self.kind,
            "version": self.version,
            "valid": self.valid,
            "records": self.records,
            "error_count": self.error_count,
            "finding_count": self.finding_count,
            "severities": dict(sorted(self.severities.items())),
            "errors": [error.to_json() for error in self.errors],
            "findings": [finding.to_json() for finding in self.findings],
        }


def validate(
    source: Path | BinaryIO,
    codelists: Codelists,
    *,
    now: datetime,
    name: str = "",
    limits: Limits | None = None,
    keep: int = 1000,
) -> ValidationResult:
    """Check a file and return what was found; an unreadable file is a result, too.

    Args:
        now: what counts as the future begins here; with a time zone.
        name: what the result calls the file; without it, the path.
        keep: how many errors and how many findings are kept.

    Raises:
        OSError: the path can not be opened.
        SchemaMissingError: the schema is not installed.
    """
    if isinstance(source, Path):
        with open_source(source) as stream:
            return _Run(name or str(source), codelists, now, keep).check(stream, limits)
    return _Run(name, codelists, now, keep).check(source, limits)


class _Run:
    """One check of one file."""

    def __init__(self, name: str, codelists: Codelists, now: datetime, keep: int) -> None:
        self._result = ValidationResult(name)
        self._codelists = codelists
        self._now = now
        self._keep = keep

    def check(self, stream: BinaryIO, limits: Limits | None) -> ValidationResult:
        result = self._result
        try:
            source = open_xml(stream, limits=limits)
            header = header_of(source)
            result.kind, result.version = header.kind, header.version
            if header.kind == "unknown":
                # Read on to the end: that the file is broken matters more than its kind.
                deque(records(source, None), maxlen=0)
                self._error(unknown_root(source))
            else:
                self._records(source)
        except UnsafeXmlError as error:
            self._error(error.problem)
        result.valid = result.error_count == 0
        return result

    def _records(self, source: XmlSource) -> None:
        kind = self._result.kind
        checker = RuleChecker(kind, self._codelists, now=self._now, version=self._result.version)
        self._find(checker.check_root(source.root))
        strangers: dict[str, int] = {}
        has_text = False
        last: Element | None = None
        for element in records(source, None):
            has_text = has_text or _text_before(element)
            last = element
            if element.tag == _RECORDS[kind]:
                self._result.records += 1
                identifier = _identifier(element)
                for problem in schema.check_record(kind, element):
                    self._error(problem, identifier)
                self._find(checker.check_record(element, identifier))
            elif len(strangers) < self._keep:
                strangers.setdefault(str(element.tag), line_of(element))
        has_text = has_text or (last is not None and bool((last.tail or "").strip()))
        root = source.root
        for problem in schema.check_root(
            kind,
            tag=root.tag,
            attributes=root.attributes,
            line=root.line,
            has_records=self._result.records > 0,
            strangers=list(strangers.items()),
            has_text=has_text,
        ):
            self._error(problem)

    def _error(self, problem: Problem, identifier: str = "") -> None:
        self._result.error_count += 1
        if len(self._result.errors) < self._keep:
            if identifier:
                problem = Problem(
                    problem.code, problem.template, problem.values, problem.line, identifier
                )
            self._result.errors.append(problem)

    def _find(self, findings: Iterator[Finding]) -> None:
        for finding in findings:
            self._result.finding_count += 1
            counts = self._result.severities
            counts[finding.severity] = counts.get(finding.severity, 0) + 1
            if len(self._result.findings) < self._keep:
                self._result.findings.append(finding)


def _text_before(element: Element) -> bool:
    previous = element.getprevious()
    parent = element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return bool((text or "").strip())


def _identifier(element: Element) -> str:
    name = "iati-identifier" if element.tag == "iati-activity" else "organisation-identifier"
    return shortened(element.findtext(name) or "")
