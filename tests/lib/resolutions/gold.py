"""The gold of resolutions and reports: where it lies, how a text is read and compared with it."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

DATA = Path(__file__).parents[2] / "data" / "resolutions"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
MARKS = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹*_")
SEEDS = ("ecosoc-2010-2", "wg-wsis-report-2008")
Json = dict[str, Any]


class Text(NamedTuple):
    """One text with its gold; offsets of the gold count characters of `source`."""

    name: str
    source: str
    gold: Json
    sha256: str


def own_texts() -> list[Text]:
    """The texts that were written for these tests."""
    return [_text(path, DATA / "own") for path in sorted((DATA / "own").glob("*.json"))]


def shared_texts(shared: Path) -> list[Text]:
    """The real texts beside the project, whose gold holds no word of them."""
    return [_text(path, shared) for path in sorted((DATA / "gold").glob("*.json"))]


def _text(path: Path, base: Path) -> Text:
    gold = json.loads(path.read_text(encoding="utf-8"))
    raw = (base / gold["source"]["path"]).read_bytes()
    is_akn = gold["source"].get("rendering") == "akn"
    source = akn_text(raw) if is_akn else raw.decode("utf-8")
    return Text(path.stem, source, gold, hashlib.sha256(raw).hexdigest())


def akn_text(source: bytes) -> str:
    """Set an Akoma Ntoso statement as plain text: one line a `p`, led by the `num` before it."""
    lines, number = [], ""
    for element in etree.fromstring(source).iter(AKN + "p", AKN + "num", AKN + "heading"):
        in_heading = any(above.tag == AKN + "heading" for above in element.iterancestors())
        if element.tag == AKN + "p" and in_heading:
            continue
        words = " ".join("".join(map(str, element.itertext())).split())
        if element.tag == AKN + "num":
            number = words + " "
            continue
        lines.append(number + words)
        number = ""
    return "\n\n".join(lines) + "\n"


def bare(words: str) -> str:
    """Drop white space, emphasis marks and raised figures: what must agree to the character."""
    return re.sub(r"\s+", "", words.translate(MARKS))


def collapsed(words: str) -> str:
    """Drop emphasis marks and raised figures and make every run of white space one space."""
    return re.sub(r"\s+", " ", words.translate(MARKS)).strip()


def checksum(words: str) -> str:
    """Give the first 16 hexadecimal digits of SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def content(text: Text, unit: Json) -> str:
    """Put together the words of one unit, whose parts may be printed apart."""
    return " ".join(text.source[start:end] for start, end in unit["spans"])


def unmarked(text: Text, unit: Json) -> str:
    """Put together the words of one unit without the marks of its footnotes."""
    marks = {i for _, start, end in unit.get("marks", []) for i in range(start, end)}
    return " ".join(
        "".join(text.source[i] for i in range(start, end) if i not in marks)
        for start, end in unit["spans"]
    )


def symbol(written: str) -> str:
    """Bring the spellings of one symbol together: dashes, language letter, revision, part."""
    value = re.sub(r"[–—]", "-", written).strip().replace("(Rev.", "/Rev.").rstrip(" .,;)")
    if value.count("(") > value.count(")"):
        value += ")"
    value = re.sub(r"^(WSIS-\d\d/.*)-[ACEFRS]$", r"\1", value).replace("Rev.1)", "Rev.1")
    old = re.fullmatch(r"(A/RES/\d+) ?\[?([A-Z]?)\]? ?(\([IVXLC]+\)) ?\[?([A-Z]?)\]?", value)
    if old:
        return old[1] + old[3] + (old[2] or old[4])
    return re.sub(r"^(A/RES/\d+/\d+) ?\[?([A-Z])\]?$", r"\1\2", value)


ADDRESSEES = {
    "SG": "UN-SG",
    "GA": "UN-GA",
    "ECOSOC": "UN-ECOSOC",
    "MEMBER_STATES": "ALL_STATES",
    "GOVERNMENTS": "ALL_STATES",
    "DEVELOPED_COUNTRIES": "DEVELOPED_STATES",
    "DEVELOPING_COUNTRIES": "DEVELOPING_STATES",
    "OOSA": "UNOOSA",
    "UN-COPUOS": "COPUOS",
    "UN-OOSA": "UNOOSA",
    "WHO-DIRECTOR-GENERAL": "WHO-DG",
    "ITU-BDT-DIR": "ITU-BDT-DIRECTOR",
    "UN-CSTD": "CSTD",
}


def addressee(code: str | None) -> str | None:
    """Give the code of the gold for a code of the parser."""
    return ADDRESSEES.get(code, code) if code else None


_DOCUMENTS = (
    ("TUNIS_AGENDA", "tunisagenda"),
    ("TUNIS_COMMITMENT", "tuniscommitment"),
    ("GENEVA_PLAN_OF_ACTION", "genevaplan"),
    ("GENEVA_DECLARATION", "genevadeclaration"),
    ("MILLENNIUM_DECLARATION", "millenniumdeclaration"),
    ("MONTERREY_CONSENSUS", "monterreyconsensus"),
    ("JOHANNESBURG_DECLARATION", "johannesburgdeclaration"),
    ("ADDIS_ABABA_ACTION_AGENDA", "addisababa"),
    ("AGENDA_2030", "2030agenda"),
    ("SENDAI_FRAMEWORK", "sendai"),
    ("VIENNA_DECLARATION", "viennadeclaration"),
    ("WORLD_SUMMIT_OUTCOME_2005", "worldsummitoutcome"),
    ("GENEVA_DECLARATION", "declarationofprinciples"),
    ("GENEVA_PLAN_OF_ACTION", "planofaction"),
    ("AGENDA_2030", "agenda2030"),
)


def outcome_document(name: str | None) -> str | None:
    """Give the code of an outcome document for its name or for another code of it."""
    letters = re.sub(r"[^a-z0-9]", "", (name or "").lower())
    return next((code for code, part in _DOCUMENTS if part in letters), None)
