"""Who adopted what and when, from the head of an Akoma Ntoso document."""

import re

from stocktake.lib.formats.safexml import Element
from stocktake.lib.resolutions.akn._nodes import all_named, children, words_of
from stocktake.lib.resolutions.model import Identity
from stocktake.lib.resolutions.organs import formula_organ, generic_formula

_CODES = {"ara": "ar", "zho": "zh", "eng": "en", "fra": "fr", "rus": "ru", "spa": "es"}
_MEETING = re.compile(r"\d{1,5}\S{0,3} .{0,30}(?:meeting|séance|sesión|заседание)|第\d+次|الجلسة")


def read_identity(document: Element) -> Identity:
    """Return what preface, formula, metadata and conclusions say."""
    language = next((e.get("language") for e in all_named(document, "FRBRlanguage")), "eng")
    dates = [e.get("date") or "" for e in all_named(document, "FRBRdate")]
    adopted = next((d for d in dates if not d.startswith("0001")), None)
    names = {f"#{e.get('eId')}": e.get("showAs") for e in all_named(document, "TLCOrganization")}
    author = next((e.get("href") for e in all_named(document, "FRBRauthor")), "")
    preface = " ".join(words_of(e) for e in all_named(document, "longTitle"))
    number = next((words_of(e) for e in all_named(document, "docNumber")), "")
    title = next((words_of(e) for e in all_named(document, "docTitle")), None)
    if title is None:
        holders = [e for e in all_named(document, "container") if e.get("name") == "title"]
        title = " ".join(words_of(e) for e in holders) or None
    symbol = preface if preface != title and not number.startswith(("A/", "E/", "S/")) else number
    if title and symbol.endswith(title):
        symbol = symbol[: -len(title)].strip()
    formula = next((words_of(e) for e in all_named(document, "formula")), "")
    organ = formula_organ(formula)
    body = (organ.name if organ else generic_formula(formula)) or names.get(author or "")
    return Identity(
        symbol=symbol or None,
        body=body,
        body_code=organ.code if organ else None,
        title=title,
        adopted=adopted,
        meeting=_meeting(document),
        language=_CODES.get(language or "eng", "en"),
    )


def _meeting(document: Element) -> str | None:
    for part in children(document, "conclusions"):
        for child in part:
            if _MEETING.match(words_of(child)):
                return words_of(child)
    return None
