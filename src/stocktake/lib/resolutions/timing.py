"""By when and how often: due dates, sessions, recurrences and conditions of a task."""

import re

from stocktake.lib.resolutions.addressees import Bodies
from stocktake.lib.resolutions.dates import ORDINAL, iso, month, month_end, ordinal_number
from stocktake.lib.resolutions.model import Due, Recurrence

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(
    r"\b(?:by|before|no later than|not later than|at the latest by|until|on) "
    rf"((\d{{1,2}}) ({_MONTHS}) (\d{{4}}))",
)
_MONTH = re.compile(
    r"\b(?:by|before|no later than|not later than|until)(?: the end of)? "
    rf"(({_MONTHS}) (\d{{4}}))"
)
_YEAR = re.compile(
    r"\b(?:by|before|no later than|not later than|until)"
    r"(?: the)?(?: end of)?(?: the)?(?: calendar)?(?: year)? ((?:19|20)\d{2})(?![\d–-])"
)
_IN_YEAR = re.compile(r" in ((?:19|20)\d{2})(?!\d)")
_BEFORE_YEAR = re.compile(
    r"\b(?:report|review|meeting|session|submit\w*|held|convene\w*)\b[^,;.]{0,60}$"
)
_REACH = 80
_SESSION = re.compile(
    rf"\b(?:at|by|before|in time for|during|for|to)(?: the latest(?: at| by))? (?:its|the|their)"
    rf"(?: (?:next|regular|substantive|annual))? ({ORDINAL})(?: \w+)? session(?:s)?"
    r"(?: of the ([A-Z][\w\s]{3,70}?))?(?:,? in ((?:19|20)\d{2}))?(?=[\s,;.]|$)",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"(?<!be )(?<!be so )\b(?:made|adopted|approved|taken|agreed|reached|endorsed|issued|"
    r"concluded|held|decided|expressed|elected|established|contained|delegations|discussed)\b[^,;]*$"
)
_YEAR_SESSION = re.compile(
    r"\b(?:at|during) (?:its|the|their) ((?:19|20)\d{2}) (?:\w+ )?(?:session|meeting)\b"
)
_NEXT = re.compile(
    r"\b(?:at|by|before|to) (?:its|the) (?:next|following) (?:\w+ )?(?:session|meeting|conference)"
)
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety|\d{1,3})"
_RELATIVE = re.compile(
    rf"\bwithin (?:the next )?{_COUNT} (?:days|weeks|months|years?)"
    r"(?: (?:of|after|from) [^,;.]{1,60})?"
    rf"|\b{_COUNT} (?:days|weeks|months|years?) (?:after|following|from) the [^,;.]{{1,60}}"
)
_RECURRENCES = (
    (re.compile(r"\bon an? (?:yearly|annual) basis|\bannually|\byearly|\bevery year|\beach year"
                r"|\bper annum"), "P1Y"),
    (re.compile(r"\bon a biennial basis|\bbiennially|\bevery (?:two|second) years?"), "P2Y"),
    (re.compile(r"\btriennially|\bevery three years"), "P3Y"),
    (re.compile(r"\bquadrennially|\bevery four years"), "P4Y"),
    (re.compile(r"\bevery five years|\bquinquennially"), "P5Y"),
    (re.compile(r"\bon a quarterly basis|\bquarterly\b"), "P3M"),
    (re.compile(r"\bon a monthly basis|\bmonthly\b"), "P1M"),
    (re.compile(r"\bevery six months|\bsemi-?annually|\btwice a year|\bbiannually"), "P6M"),
    (re.compile(r"\bduring each (?:\w+ )?period|\bat each (?:\w+ )?session|\bperiodically"
                r"|\bon a (?:regular|periodic) basis|\bregularly"
                r"|\bat regular intervals|\bon a continuing basis|\bevery (?:\w+ )?sessions?"
                r"|\bon a rolling basis"), None),
)  # fmt: skip
_ANNUAL_REPORT = re.compile(r"\b(?:an|its|his|their|the) annual report\b")
_CONDITION = re.compile(
    r"(?:^|[\s,])((?:should (?:the|this|that|these|such|its|their|any|it|they)\b|"
    r"in the event (?:that|of)\b|provided that\b|on condition that\b|if (?:necessary,? )?"
    r"(?:the|any|this|no|it|they)\b|subject to (?:the )?(?:availability|approval)\b|"
    r"once (?:the|agreed|adopted|approved)\b|where (?:the|necessary resources)\b)[^;.]*)"
)
_OPENS_GA = 1945
_DIGITS = re.compile(r"\d{4}")
_OFTEN = ("basis", "ally", "year", "annum", "nnial", "every", "each", "quarterly", "monthly",
          "twice", "regular", "periodic")  # fmt: skip
_SPANS = ("within", " after the", " following the", " from the")
_IFS = ("should ", "event ", "provided ", "condition ", "if ", "subject ", "once ", "where ")


def due_of(task: str, bodies: Bodies, *, year: int | None) -> Due | None:
    """Return by when a task is due; `year` is that of the document, None when unknown."""
    if "session" in task or "meeting" in task:
        m = next((m for m in _SESSION.finditer(task) if not _is_past(task, m)), None)
        if m:
            return _by_session(task, m, bodies)
        m = _YEAR_SESSION.search(task)
        if m:
            return Due(m.group(), year=int(m[1]), kind="session")
    dated = _by_date(task) if _DIGITS.search(task) else None
    if dated is not None:
        return dated
    m = _RELATIVE.search(task) if any(word in task for word in _SPANS) else None
    if m:
        return Due(m.group(), kind="relative")
    m = _in_year(task) if " in 20" in task or " in 19" in task else None
    if m and year is not None and int(m[1]) >= year:
        return Due(f"in {m[1]}", f"{m[1]}-12-31", year=int(m[1]))
    m = _NEXT.search(task) if "next" in task or "following" in task else None
    return Due(m.group(), kind="session") if m else None


def _in_year(task: str) -> "re.Match[str] | None":
    """The first year that a report, a meeting or the like is due in."""
    for m in _IN_YEAR.finditer(task):
        if _BEFORE_YEAR.search(task[max(0, m.start() - _REACH) : m.start()]):
            return m
    return None


def _is_past(task: str, m: "re.Match[str]") -> bool:
    """`the recommendations made by the Council at its sixth session` tells no due date."""
    return _SETTLED.search(task[max(0, m.start() - _REACH) : m.start()]) is not None


def _by_date(task: str) -> Due | None:
    """A day, a month or a year by which."""
    m = _DAY.search(task)
    if m:
        return Due(m.group(), iso(int(m[4]), month(m[3]), int(m[2])), year=int(m[4]))
    m = _MONTH.search(task)
    if m:
        return Due(m.group(), month_end(int(m[3]), month(m[2])), year=int(m[3]))
    m = _YEAR.search(task)
    if m is None:
        return None
    ends = m.group().startswith("before") and "end of" not in m.group()
    last = int(m[1]) - 1 if ends else int(m[1])
    return Due(m.group(), f"{last}-12-31", year=int(m[1]))


def _by_session(task: str, m: "re.Match[str]", bodies: Bodies) -> Due:
    """A session is a number and a body; the Assembly's session n opens in 1945 + n."""
    number = ordinal_number(m[1])
    body = bodies.code_of(m[2]) if m[2] else _speaker(task[: m.start()], bodies)
    year = int(m[3]) if m[3] else _OPENS_GA + number if body == "UN-GA" and number else None
    return Due(m.group(), session=number or None, body=body, year=year, kind="session")


def _speaker(before: str, bodies: Bodies) -> str | None:
    """The last body named before “at its … session”."""
    at = len(before)
    for _ in range(12):
        at = max(before.rfind("to the ", 0, at), before.rfind("by the ", 0, at),
                 before.rfind("of the ", 0, at), before.rfind(" the ", 0, at))  # fmt: skip
        if at < 0:
            return None
        body = bodies.first(before[before.index("the ", at) :])
        if body is not None:
            return body.code
    return None


def recurrence_of(task: str) -> Recurrence | None:
    """Return how often; an interval that is not said stays None."""
    if any(word in task for word in _OFTEN):
        for pattern, interval in _RECURRENCES:
            m = pattern.search(task)
            if m:
                return Recurrence(m.group(), interval)
    m = _ANNUAL_REPORT.search(task) if "annual report" in task else None
    return Recurrence("annual", "P1Y") if m else None


def condition_of(task: str) -> str | None:
    """Return the words of a condition on which the task depends."""
    if not any(word in task for word in _IFS):
        return None
    m = _CONDITION.search(task)
    return m[1].rstrip(" ,") if m else None
