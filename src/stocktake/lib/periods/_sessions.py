"""When sessions of organs are, as far as a source gives it; no day is guessed."""

import re
from datetime import date

_CODE = re.compile(r"(?:UN-)?(GA|A|CSTD)/(\d{1,3})", re.ASCII)
_ASSEMBLY_BEGAN = 1945
_KNOWN = {("CSTD", 14): (date(2011, 5, 22), date(2011, 5, 27))}


def session_days(session: str) -> tuple[date, date] | None:
    """Give the days within which a session of an organ opens (or is held, where that is known).

    The General Assembly's session n (`A/66`) opens in September of 1945 + n. Source: rules of
    procedure of the Assembly, rule 1. Of the Commission on Science and Technology for Development
    the fourteenth (`CSTD/14`) is known: 22 to 27 May 2011.

    Returns:
        First and last day, or None where the calendar of the organ is not known.
    """
    match = _CODE.fullmatch(session)
    if match is None:
        return None
    organ, number = ("GA" if match[1] == "A" else match[1]), int(match[2])
    if organ == "GA" and number:
        return date(_ASSEMBLY_BEGAN + number, 9, 1), date(_ASSEMBLY_BEGAN + number, 9, 30)
    return _KNOWN.get((organ, number))
