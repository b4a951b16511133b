"""Dates as six languages print them → ISO 8601; nothing is guessed."""

import re
from datetime import date

from stocktake.lib.resolutions.wording import words

_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "يناير فبراير مارس أبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
):
    _MONTHS.update({name: at for at, name in enumerate(_names.split(), start=1)})
_MONTHS.update({"يونيو": 6, "يوليو": 7, "setiembre": 9})
_JOINED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:er|º|st|nd|rd|th)?\s++(?:de\s++|[\u0621-\u064a ]{{2,20}}/)?"
    rf"(?=[^\W\d_])({_JOINED})"
    r"\s++(?:de\s++)?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")


def find_date(text: str) -> str | None:
    """Return the first full date of a text."""
    m = _WRITTEN.search(text)
    if m:
        return iso(int(m[3]), _MONTHS[m[2].lower()], int(m[1]))
    m = _CHINESE.search(text)
    return iso(int(m[1]), int(m[2]), int(m[3])) if m else None


def month(name: str) -> int:
    """Return the number of a month's name, 0 when it is none."""
    return _MONTHS.get(name.lower(), 0)


def iso(year: int, month: int, day: int) -> str | None:
    """Return a date as ISO 8601, None when the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_end(year: int, number: int) -> str:
    """Return the last day of a month."""
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


_UNITS = words(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = {name: at for at, name in enumerate(_UNITS) if at}
for _at, _ten in enumerate(_TENS, start=2):
    _ORDINALS[_ten[:-1] + "ieth"] = _at * 10
    for _unit in range(1, 10):
        _ORDINALS[f"{_ten}-{_UNITS[_unit]}"] = _at * 10 + _unit
_HUNDRED = re.compile(r"(?:one )?hundred (?:and )?")
_FIGURE = re.compile(r"(\d{1,3})(?:st|nd|rd|th|e|ème|ª|-я)?")


def ordinal_number(words: str) -> int:
    """Return the number of `sixty-sixth`, `Seventy -third` or `66th`; 0 when it is none."""
    plain = words.lower().replace("‑", "-")
    hundreds = _HUNDRED.match(plain)
    if hundreds:
        return 100 + ordinal_number(plain[hundreds.end() :])
    plain = plain.replace(" ", "")
    if plain in _ORDINALS:
        return _ORDINALS[plain]
    m = _FIGURE.fullmatch(plain)
    return int(m[1]) if m else 0


_SMALL = "|".join(name for name in sorted(_ORDINALS, key=len, reverse=True) if "-" not in name)
ORDINAL = (
    rf"(?:(?:(?:one )?hundred (?:and )?)?(?:(?:{'|'.join(_TENS)}) ?- ?(?:{'|'.join(_UNITS[1:10])})"
    rf"|{_SMALL})|\d{{1,3}}(?:st|nd|rd|th))"
)
