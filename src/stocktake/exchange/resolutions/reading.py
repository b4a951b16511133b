"""Reading a file or a pasted text with limits; what cannot be read is said in a sentence."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.lib.multilingual import LANGUAGES
from stocktake.lib.resolutions import Report, Resolution, UnreadableTextError, parse
from stocktake.lib.resolutions.errors import EMPTY, NO_STRUCTURE
from stocktake.lib.resolutions.model import Operative, Paragraph

MOST_BYTES = 25_000_000
MOST_TEXT = 3_000_000
MOST_UNITS = 5_000
"""What one document may hold: bytes of a file that carries pictures and fonts, bytes of plain
text, paragraphs. Whole collections are read by `stocktake resolution parse`."""

_CONTAINERS = (b"%PDF-", b"PK\x03\x04")

_UNFIT = re.compile("[\x00\ud800-\udfff]")
"""What a database does not keep."""


def read(data: bytes | str, *, symbol: str = "", language: str = "") -> Resolution | Report:
    """Parse one document.

    Args:
        symbol: of the document, where the text does not print it.
        language: one of the six; told from the text when empty.

    Raises:
        ValidationError: too large, no text, no structure, or not one document.
    """
    if language and language not in LANGUAGES:
        wrong = {"code": language, "list": "language"}
        raise ValidationError(_("%(code)s is not on the list %(list)s.") % wrong)
    is_container = isinstance(data, bytes) and data.startswith(_CONTAINERS)
    limit = MOST_BYTES if is_container else MOST_TEXT
    if len(data) > limit:
        told = {"limit": limit // 1_000_000}
        raise ValidationError(_("The file is larger than %(limit)s MB.") % told)
    if not data.strip():
        raise ValidationError(_(EMPTY.template))
    try:
        parsed = parse(data, symbol=symbol or None, language=language or None)
    except UnreadableTextError as error:
        problem = error.problem
        raise ValidationError(_(problem.template) % problem.values) from error
    _refuse_unfit(parsed)
    return parsed


def _refuse_unfit(parsed: Resolution | Report) -> None:
    if _UNFIT.search(parsed.source):
        raise ValidationError(_("The text holds control characters that cannot be shown."))
    if any(each.code == "text-unstructured" for each in parsed.warnings):
        raise ValidationError(_(NO_STRUCTURE.template))
    if isinstance(parsed, Resolution):
        units: Sequence[Operative | Paragraph] = parsed.operative
    else:
        units = parsed.paragraphs
    has_formula = isinstance(parsed, Resolution) and parsed.formula is not None
    if not has_formula and all(each.number is None for each in units):
        raise ValidationError(_(NO_STRUCTURE.template))
    if len(parsed.source) > MOST_TEXT or len(units) > MOST_UNITS:
        raise ValidationError(
            _("The text is longer than one document is: at most %(limit)s paragraphs.")
            % {"limit": MOST_UNITS}
        )
