"""Dates and numbers as people write them in six languages; what is ambiguous is an error."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.tabular._months import MONTHS
from stocktake.lib.formats.tabular.model import PartialDate

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_GROUPS = " \u00a0\u202f\u2009'’٬"
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})+(?:(?!\1)[.,]\d+)?")
_AMOUNT = re.compile(r"(?:([A-Z]{3}|[€₽])\s*)?([^A-Z€₽]+?)(?:\s*([A-Z]{3}|[€₽]))?")
# Small words and endings that may stand in a date with a month's name.
_SMALL = {
    *("de", "del", "du", "le", "of", "the", "st", "nd", "rd", "th", "er"),
    *("г", "года", "год", "عام", "سنة", "في"),
}
_SYMBOLS = {"€": "EUR", "₽": "RUB"}
_LONGEST = 60


class ValueProblemError(Exception):
    """A cell that can not be read; `code`, `template` and `values` make its problem."""

    def __init__(self, code: str, template: str, written: str) -> None:
        super().__init__(template % {"value": shortened(written)})
        self.code = code
        self.template = template
        self.values: dict[str, str | int] = {"value": shortened(written)}

    def at(self, row: int, name: str) -> Problem:
        """Return the problem at its place in the table."""
        return Problem(self.code, self.template, self.values, row, "", name)


def parse_date(written: str, *, order: str = "") -> PartialDate:
    """Read a date: 2010-05-14, 14.05.2010, 05/2010, 2010, 14 May 2010, 2010年5月14日 …

    Args:
        order: of day and month in 01/02/2010: "dmy", "mdy" or "ymd"; "" when not known.

    Raises:
        ValueProblemError: no date, or day and month can not be told apart.
    """
    text = _digits(" ".join(written.split()))
    if len(text) > _LONGEST:
        raise ValueProblemError("date", _NO_DATE, written)
    if found := (_ISO.fullmatch(text) or _CHINESE.fullmatch(text)):
        return _made(written, found[1], found[2], found[3])
    if found := _MONTH_YEAR.fullmatch(text):
        return _made(written, found[2], found[1], None)
    if found := _NUMERIC.fullmatch(text):
        return _numeric(written, found, order)
    return _worded(text, written)


def parse_number(written: str, *, decimal: str = "") -> Decimal:
    """Read a number with separators of any locale: 1,234.50 · 1.234,50 · 1 234,50 · ١٬٢٣٤٫٥.

    Args:
        decimal: the sign before decimals, "." or ","; "" when not known.

    Raises:
        ValueProblemError: no number, or "1,234" without knowing what its sign means.
    """
    text = _digits(written.strip()).replace("٫", "," if decimal == "," else ".")
    text = text.replace("−", "-")
    text = re.sub(rf"(?<=\d)[{_GROUPS}](?=\d{{3}}(?!\d))", "", text)
    if len(text) > _LONGEST or not text:
        raise ValueProblemError("number", _NO_NUMBER, written)
    if decimal:
        return _known(text, decimal, written)
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        if _PLAIN.fullmatch(text):
            return Decimal(text.replace(",", "."))
        raise ValueProblemError("number", _NO_NUMBER, written)
    signs = re.findall("[.,]", text)
    if len(signs) == 1 and not text.lstrip("+-").startswith("0"):
        raise ValueProblemError("number-ambiguous", _AMBIGUOUS_NUMBER, written)
    if len(set(signs)) == 2:
        return _known(text, signs[-1], written)
    return _known(text, signs[0] if len(signs) == 1 else ".,"[signs[0] == "."], written)


def parse_amount(written: str, *, decimal: str = "") -> tuple[Decimal, str]:
    """Read an amount with a currency before or behind, or none: "USD 1,000.00", "1 000 €".

    Returns:
        The number, and the currency's code or "".

    Raises:
        ValueProblemError: no amount, or a sign that several currencies share ($, £, ¥).
    """
    written = written.replace("US$", "USD ")
    if re.search(r"[$£¥]", written):
        raise ValueProblemError("currency-ambiguous", _AMBIGUOUS_CURRENCY, written)
    found = _AMOUNT.fullmatch(written.strip()) if len(written) <= _LONGEST else None
    if found is None or (found[1] and found[3]):
        raise ValueProblemError("number", _NO_NUMBER, written)
    sign = found[1] or found[3] or ""
    return parse_number(found[2], decimal=decimal), _SYMBOLS.get(sign, sign)


def _digits(text: str) -> str:
    """Turn the digits of any script into those of ASCII, and wide signs into plain ones."""
    folded = "".join(
        str(unicodedata.digit(c)) if c.isdecimal() and not c.isascii() else c for c in text
    )
    return folded.translate(str.maketrans("，．－／：", ",.-/:"))


def _made(written: str, year: str, month: str | None, day: str | None) -> PartialDate:
    precision = "day" if day else "month" if month else "year"
    try:
        on = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueProblemError("date", _NO_DATE, written) from error
    if not 1000 <= on.year < 3000:
        raise ValueProblemError("date", _NO_DATE, written)
    return PartialDate(on, precision)


def _numeric(written: str, found: "re.Match[str]", order: str) -> PartialDate:
    first, sign, second, year = found[1], found[2], found[3], found[4]
    if order == "mdy":
        return _made(written, year, first, second)
    # With points, the day comes first wherever such dates are written.
    if order == "dmy" or sign == "." or int(first) > 12 or first == second:
        return _made(written, year, second, first)
    if int(second) > 12:
        return _made(written, year, first, second)
    raise ValueProblemError("date-ambiguous", _AMBIGUOUS_DATE, written)


def _worded(text: str, written: str) -> PartialDate:
    """Read a date whose month is a word, in any order, with small words between."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c)
    )
    words = [word for word in _WORD.findall(plain) if word not in _SMALL]
    months = {MONTHS.get(word, 0) for word in words}
    numbers = re.findall(r"\d+", plain)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or 0 in months or len(years) != 1 or len(days) > 1 or len(numbers) > 2:
        raise ValueProblemError("date", _NO_DATE, written)
    return _made(written, years[0], str(months.pop()), days[0] if days else None)


def _known(text: str, decimal: str, written: str) -> Decimal:
    """Read a number whose decimal sign is known; the other sign may only divide thousands."""
    group = "," if decimal == "." else "."
    whole, _, fraction = text.partition(decimal)
    if group in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}(?:[{group}]\d{{3}})+", whole):
        raise ValueProblemError("number", _NO_NUMBER, written)
    plain = whole.replace(group, "") + (f".{fraction}" if fraction else "")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        raise ValueProblemError("number", _NO_NUMBER, written)
    return Decimal(plain)


_NO_DATE = gettext_noop("“%(value)s” is no date; write it as YYYY-MM-DD, YYYY-MM or YYYY.")
_AMBIGUOUS_DATE = gettext_noop(
    "“%(value)s” can be read with the day or with the month first: write it as YYYY-MM-DD, or give "
    "the order of dates in a mapping."
)
_NO_NUMBER = gettext_noop("“%(value)s” is no number.")
_AMBIGUOUS_NUMBER = gettext_noop(
    "“%(value)s” can be read with thousands or with decimals: leave the sign out, or give the "
    "decimal sign in a mapping."
)
_AMBIGUOUS_CURRENCY = gettext_noop(
    "The currency of “%(value)s” is not clear: write its three-letter code, such as USD."
)
