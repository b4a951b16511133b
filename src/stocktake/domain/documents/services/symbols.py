"""What a symbol alone tells of a document: how it is written, where it is, what kind it is."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.kernel.vocabularies.queries import known_codes
from stocktake.lib.resolutions import normalize_symbol

LONGEST_SYMBOL = 120

_SERVED = frozenset(
    "A S E T ST TD DP UNEP HSP CRC CEDAW CCPR CERD CAT CMW CED CRPD FCCC".split()  # noqa: SIM905
)
"""Organs whose documents the Official Document System of the United Nations serves by symbol."""

_BODIES = (
    ("E/CN.16/", "CSTD"),
    ("E/CN.3/", "UN-STATCOM"),
    ("WG-WSIS-", "WG-WSIS"),
    ("A/HRC/", "UN-HRC"),
    ("A/", "UN-GA"),
    ("S/", "UN-SC"),
    ("E/", "UN-ECOSOC"),
    ("TD/", "UNCTAD"),
)
"""Which body the beginning of a symbol belongs to, the longer beginnings first."""

_TYPES = (("/RES/", "resolution"), ("/DEC/", "decision"))


def normal_symbols(symbols: Iterable[str]) -> list[str]:
    """Bring symbols into their normal form; a joint one gives two, each is told once.

    Raises:
        ValidationError: one of them is no symbol; the sentence names it.
    """
    found: list[str] = []
    for written in symbols:
        normal = normalize_symbol(written) if len(written) <= LONGEST_SYMBOL else ()
        if not normal:
            told = {"symbol": written[:LONGEST_SYMBOL]}
            raise ValidationError(_("%(symbol)s is no document symbol.") % told)
        found.extend(normal)
    return list(dict.fromkeys(found))


def link_to(symbols: Sequence[str]) -> str:
    """Give the address that serves a document by its symbol, empty where none is known.

    Source: United Nations, Official Document System, access by symbol.
    """
    for symbol in symbols:
        if symbol.partition("/")[0] in _SERVED:
            written = quote(symbol, safe="/().")
            return f"https://documents.un.org/api/symbol/access?s={written}&l=en&t=pdf"
    return ""


def body_of(symbols: Sequence[str]) -> str:
    """Give the code of the body that a symbol belongs to, empty where it tells none."""
    if len(symbols) != 1:
        return ""
    code = next((code for head, code in _BODIES if symbols[0].startswith(head)), "")
    return code if code in known_codes("document_body") else ""


def type_of(symbols: Sequence[str]) -> str:
    """Give the kind of document that a symbol tells, empty where it tells none."""
    code = next((code for part, code in _TYPES for symbol in symbols if part in symbol), "")
    return code if code in known_codes("document_type") else ""
