"""Units of a text as rows that the services of documents and asks take."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stocktake.domain.asks.choices import AskNature
from stocktake.domain.documents.models import Document, Provision
from stocktake.exchange.resolutions.content import Content, Unit
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.vocabularies.queries import known_codes
from stocktake.lib.multilingual import Text, spelling_key
from stocktake.lib.resolutions import normalize_symbol

_SESSION_ORGANS = {"UN-GA": "A", "UN-ECOSOC": "E"}
"""Organs whose sessions are named by the letter of their symbols."""

_LONGEST = 300


def symbols_of(written: str) -> list[str]:
    """Give the normalised symbols of a document as written, joint ones as several."""
    found = normalize_symbol(written) or normalize_symbol(written.upper())
    return list(found) if found else [part for part in (written.strip(),) if part]


def document_values(content: Content) -> dict[str, Any]:
    """Give the values of a document that a text itself states."""
    head, language = content["head"], content["language"]
    kind = "resolution" if content["kind"] == "resolution" else "report"
    told = {
        "symbols": symbols_of(head["symbol"]),
        "title": text_of(language, head["title"] or head["symbol"]),
        "type": head.get("type") or kind,
        "body": listed("document_body", head["body"]),
        "session": head["session"],
        "meeting": head["meeting"],
        "date": head["date"],
        "languages": [language],
        "status": "agreed" if kind == "resolution" else "posted",
        "previous": head.get("previous_id", ""),
    }
    return {name: value for name, value in told.items() if value}


def listed(codelist: str, code: str) -> str:
    """Give the code as a list has it, with or without its prefix; nothing when it has none."""
    codes = known_codes(codelist)
    return next((each for each in (code, code.removeprefix("UN-")) if each in codes), "")


def text_of(language: str, words: str) -> dict[str, Any]:
    """Give a text value in one language; nothing for no words."""
    return Text.of(language, words).to_json() if words else {}


def provision_rows(content: Content) -> list[dict[str, Any]]:
    """Give every unit as a row of `write_provisions`, with its official text."""
    language = content["language"]
    named = _named_documents(content["units"])
    return [
        {
            "path": unit["path"],
            "number": unit["number"],
            "role": unit["role"],
            "parent": unit["parent"],
            "position": position,
            "section": text_of(language, unit["section"]),
            "text": text_of(language, unit["text"]),
            "footnotes": [
                {"number": each["number"], "text": text_of(language, each["text"])}
                for each in unit["footnotes"]
            ],
            "clauses": unit["clauses"],
            "force": force_of(unit),
            "citations": _citations(unit, named),
        }
        for position, unit in enumerate(content["units"], start=1)
    ]


def _named_documents(units: Sequence[Unit]) -> dict[str, str]:
    """Give the documents of the register that a text cites by their names."""
    cited = (each for unit in units for each in unit["citations"] if not each["symbols"])
    keys = {spelling_key(each["document"])[:_LONGEST] for each in cited}
    rows = Document.objects.filter(sort_key__in=keys) if keys else []
    return {document.sort_key: document.public_id for document in rows}


def _citations(unit: Unit, named: Mapping[str, str]) -> list[dict[str, Any]]:
    """Leave out names that no document of the register has: they may mean several."""
    rows: list[dict[str, Any]] = []
    for each in unit["citations"]:
        known = named.get(spelling_key(each["document"])[:_LONGEST])
        if each["symbols"]:
            rows.append({"symbols": each["symbols"], "paragraphs": each["paragraphs"]})
        elif known:
            rows.append({"document": known, "paragraphs": each["paragraphs"]})
    return rows


def force_of(unit: Unit) -> int:
    """Give the greatest force of a unit's verbs."""
    return max((int(clause["force"]) for clause in unit["clauses"]), default=0)


def ask_rows(
    content: Content, provisions: Mapping[str, Provision], *, key: str
) -> dict[str, dict[str, Any]]:
    """Give every ask as a row of `create_asks`, by the public identifier that it gets.

    Args:
        provisions: those of the document by path.
        key: what makes the identifiers the document's own, the same whenever it is written again.
    """
    rows: dict[str, dict[str, Any]] = {}
    for unit in content["units"]:
        for position, ask in enumerate(_real(unit["asks"]), start=1):
            public_id = stable_public_id("Q", f"{key}:{unit['path']}:{position}")
            provision = provisions[unit["path"]].public_id
            rows[public_id] = {"provision": provision, "position": position} | _ask_values(
                ask, content["language"]
            )
    return rows


def _real(asks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out what asks nothing: a verb without force."""
    return [ask for ask in asks if ask["force"] > 0 and ask["task"]]


def _ask_values(ask: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "lemma": ask["lemma"],
        "force": ask["force"],
        "task": text_of(language, ask["task"]),
        "nature": ask.get("nature") or nature_of(ask),
        "due_on": ask["due_on"] or None,
        "due_session": session_named(ask["due_session"]),
        "due_as_written": ask["due_as_written"][:_LONGEST],
        "recurrence": ask["recurrence"],
        "recurrence_as_written": ask["recurrence_as_written"][:_LONGEST],
        "condition": text_of(language, ask["condition"]),
        "report_to": known_addressees(ask["report_to"]),
        "through": known_addressees(ask["through"]),
        "addressees": addressee_rows(ask["addressees"]),
    }


def nature_of(ask: Mapping[str, Any]) -> str:
    """Tell whether an ask recurs, at an interval that is stated or not."""
    if ask["recurrence"]:
        return AskNature.RECURRING.value
    return AskNature.PERIODIC.value if ask["recurrence_as_written"] else AskNature.ONCE.value


def session_named(session: str) -> str:
    """Name a session as symbols do: `UN-GA/66` is `A/66`."""
    body, _stroke, number = session.rpartition("/")
    return f"{_SESSION_ORGANS.get(body, body)}/{number}" if body and number else ""


def known_addressees(codes: Sequence[str]) -> list[str]:
    """Leave out codes that the codelist of addressees lacks."""
    known = known_codes("addressee")
    return [code for code in codes if code in known]


def addressee_rows(addressees: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Give addressees with a code of the list, else with the words that name them."""
    rows = []
    for each in addressees:
        code = each.get("code", "")
        known = code if code in known_codes("addressee") else ""
        raw = each.get("raw", "") or ("" if known else code)
        rows.append({"code": known, "raw": raw, "qualifier": each.get("qualifier", "")})
    return rows
