"""The one place where XML is parsed."""

import ast
import io
from pathlib import Path

import pytest

from stocktake.lib.formats.safexml import (
    Limits,
    UnsafeXmlError,
    line_of,
    open_xml,
    parse_whole,
    records,
)

_PARSERS = {
    "XML",
    "XMLID",
    "HTML",
    "parse",
    "parseid",
    "fromstring",
    "fromstringlist",
    "iterparse",
    "XMLParser",
    "XMLPullParser",
    "HTMLParser",
    "parseString",
}
_MODULES = ("xml.", "lxml.html", "lxml.objectify")
_WRITES_ONLY = "xml.sax.saxutils"
# Reads what our own chart engine wrote, never a file of others.
_OWN_XML = "lib/charts/_svg.py"


def _is_foreign(module: str) -> bool:
    return module.startswith(_MODULES) and module != _WRITES_ONLY


def _parses(tree: ast.AST) -> bool:
    """True when a module calls an XML parser or imports one of the standard library's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in ("etree", "ET", "ElementTree", "minidom") and node.attr in _PARSERS:
                return True
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {alias.name for alias in node.names}
            if node.module == "lxml.etree" and names & _PARSERS:
                return True
            if _is_foreign(node.module):
                return True
        elif isinstance(node, ast.Import) and any(_is_foreign(a.name) for a in node.names):
            return True
    return False


def test_no_other_module_parses_xml() -> None:
    source = Path(__file__).parents[3] / "src/stocktake"

    parsing = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if _parses(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert parsing - {_OWN_XML} == {"lib/formats/safexml.py"}


@pytest.mark.parametrize(
    "code",
    [
        "from lxml import etree\netree.fromstring(b'')",
        "from lxml.etree import parse",
        "import xml.etree.ElementTree as ET",
        "from xml.dom import minidom",
    ],
)
def test_scan_finds_a_planted_parser(code: str) -> None:
    assert _parses(ast.parse(code)) is True


def test_parse_whole_external_entity_is_refused_and_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    text = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'

    with pytest.raises(UnsafeXmlError) as caught:
        parse_whole(text.encode())

    assert caught.value.problem.code == "xml-doctype"


@pytest.mark.parametrize(
    "inner", ["<![CDATA[<!DOCTYPE a>]]>", "<!-- <!DOCTYPE a> -->", "&lt;!DOCTYPE"]
)
def test_doctype_in_text_or_comment_is_harmless(inner: str) -> None:
    assert parse_whole(f"<!-- <!DOCTYPE --><a>{inner}</a>".encode()).tag == "a"


def test_records_doctype_of_a_wide_encoding_is_seen() -> None:
    for encoding in ("utf-16-le", "utf-16-be", "utf-16"):
        data = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>'.encode(encoding)
        with pytest.raises(UnsafeXmlError) as caught:
            open_xml(io.BytesIO(data))

        assert caught.value.problem.code == "xml-doctype"


def test_records_over_a_limit_stop_after_what_was_whole() -> None:
    data = b"<r>" + b"<a/>" * 30_000 + b"<a>" + b"<b/>" * 100_000
    source = open_xml(io.BytesIO(data), limits=Limits(record_marks=90_000))

    count = 0
    with pytest.raises(UnsafeXmlError) as caught:
        for _ in records(source, ["a"]):
            count += 1

    assert (count, caught.value.problem.code) == (30_000, "xml-record-too-big")


def test_records_names_none_yields_every_child() -> None:
    source = open_xml(io.BytesIO(b"<r><a/>text<b><a/></b><c/></r>"))

    assert [element.tag for element in records(source, None)] == ["a", "b", "c"]


def test_line_of_far_down_is_off_by_no_more_than_two() -> None:
    data = b"<r>\n" + b"<a>\n\n<t>x</t>\n</a>\n" * 40_000 + b"</r>"

    lines = [line_of(element) for element in records(open_xml(io.BytesIO(data)), ["a"])]

    assert len(lines) == 40_000
    assert lines[:3] == [2, 6, 10]
    assert max(abs(line - (2 + 4 * n)) for n, line in enumerate(lines)) <= 2


@pytest.mark.parametrize(
    "inner",
    ["<b>{}</b>", '<b c="{}"/>', "<{}/>", "<!--{}-->", "<b><![CDATA[{}]]></b>"],
)
def test_what_is_longer_than_the_parser_takes_is_told_in_our_own_words(inner: str) -> None:
    text = f"<a>{inner.format('x' * 10_100_000)}</a>"

    with pytest.raises(UnsafeXmlError) as caught:
        parse_whole(text.encode())

    assert caught.value.problem.code == "xml-huge"
    assert caught.value.problem.message == (
        "Near line 1 a text or a value is longer than 10 MB, or a name than 50,000 letters, "
        "which is refused."
    )
