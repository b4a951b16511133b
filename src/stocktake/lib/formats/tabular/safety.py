"""Cells that a spreadsheet would take for a formula: marked on the way out, unmarked on the way in.

Source: OWASP ASVS 1.2.10.
"""

import re

_STARTS = "=+\\-@\t\r\n\0＝＋－＠"
_DANGEROUS = re.compile(f"'*[{_STARTS}]")
_MARKED = re.compile(f"'+[{_STARTS}]")


def is_dangerous(text: str) -> bool:
    """True when a spreadsheet might take the text for a formula."""
    return _DANGEROUS.match(text) is not None


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe before it where it might be taken for a formula."""
    return "'" + text if is_dangerous(text) else text


def strip_prefix(text: str) -> str:
    """Undo `safe_cell`: strip_prefix(safe_cell(text)) == text for every text."""
    return text[1:] if _MARKED.match(text) else text
