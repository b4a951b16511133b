"""A provision as plain JSON values: what is compared, validated and logged by field."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.documents.choices import ProvisionRole
from stocktake.domain.documents.models import Provision
from stocktake.domain.documents.services import checks
from stocktake.lib.multilingual import Text

Values = dict[str, Any]

TEXTS = ("section", "summary", "text")
PROVISION_FIELDS = (
    *("document", "path", "number", "role", "parent", "position", *TEXTS),
    *("footnotes", "clauses", "force", "citations", "is_withdrawn"),
)
"""Every field of a provision that history knows, by its name among the values."""

DEFAULTS: Values = {"position": 0, "force": 0, "is_withdrawn": False}
"""What a new provision holds where nothing else is told."""

GREATEST_FORCE = 4

_PATH = re.compile(r"(?!compare/|history/)[a-z][a-z0-9-]*(?:/[\w.()–-]+)+")
_CLAUSE = ("verb", "lemma", "modifiers", "force", "position", "subparagraph")
_CITATION = frozenset({"symbol", "symbols", "document", "title", "url", "type", "paragraphs"})


def provision_values(provision: Provision) -> Values:
    """Give the values of a record; its document, parent and citations should be fetched."""
    return {
        "document": provision.document.public_id,
        "path": provision.path,
        "number": provision.number,
        "role": provision.role,
        "parent": provision.parent.path if provision.parent else "",
        "position": provision.position,
        **{name: getattr(provision, name).to_json() for name in TEXTS},
        "footnotes": provision.footnotes,
        "clauses": provision.clauses,
        "force": provision.force,
        "citations": [
            {"document": each.cited.public_id, "paragraphs": each.paragraphs}
            for each in provision.citations.all()
        ],
        "is_withdrawn": provision.is_withdrawn,
    }


def clean_provision(row: Mapping[str, Any]) -> None:
    """Check what is told of a provision; all faults are reported at once.

    Raises:
        ValidationError: a mapping of field names to full sentences.
    """
    faults: dict[str, list[str]] = {}
    for name, value in {"path": "", **row}.items():
        check = _CHECKS.get(name)
        if told := check(value) if check else [checks.unknown_field()]:
            faults[name] = told
    if faults:
        raise ValidationError(faults)


def in_normal_form(row: Mapping[str, Any]) -> Values:
    """Bring a checked row into the form in which `provision_values` reads it back.

    Citations are left as they are: they name documents, which must be found first. The force is
    that of the strongest clause, unless it is told.
    """
    told = dict(row)
    for name in TEXTS:
        if name in told:
            told[name] = Text.from_json(told[name]).to_json()
    if "clauses" in told:
        told["clauses"] = [_clause(each) for each in told["clauses"]]
        told.setdefault("force", max((each["force"] for each in told["clauses"]), default=0))
    if "footnotes" in told:
        told["footnotes"] = [
            {"number": each["number"], "text": Text.from_json(each.get("text")).to_json()}
            for each in told["footnotes"]
        ]
    return told


def assign(provision: Provision, values: Mapping[str, Any]) -> None:
    """Set the fields of the row itself; parent and citations are written apart."""
    for name, value in values.items():
        if name in TEXTS:
            setattr(provision, name, Text.from_json(value))
        elif name not in ("document", "parent", "citations"):
            setattr(provision, name, value)


def _clause(told: Mapping[str, Any]) -> Values:
    """Keep what is known of a clause; the asks of a parsed one are records of their own."""
    return {
        "verb": told.get("verb", ""),
        "lemma": told["lemma"],
        "modifiers": list(told.get("modifiers", ())),
        "force": told["force"],
        "position": told.get("position", 0),
        **({"subparagraph": told["subparagraph"]} if told.get("subparagraph") else {}),
    }


def _check_path(value: Any) -> list[str]:
    if isinstance(value, str) and len(value) <= 120 and _PATH.fullmatch(value):
        return []
    return [_("A path such as %(example)s is expected.") % {"example": "annex/I/para/12"}]


def _check_clauses(value: Any) -> list[str]:
    if isinstance(value, list | tuple) and all(_is_clause(each) for each in value):
        return []
    example = '[{"lemma": "request", "force": 3}]'
    return [_("A list is expected, such as %(example)s.") % {"example": example}]


def _is_clause(value: Any) -> bool:
    if not isinstance(value, Mapping) or set(value) - {*_CLAUSE, "asks"}:
        return False
    words = [value.get("lemma"), *(value.get(name) or "" for name in ("verb", "subparagraph"))]
    return (
        checks.are_strings(words)
        and _is_force(value.get("force"))
        and not _check_number(value.get("position", 0))
        and checks.are_strings(value.get("modifiers", ()))
    )


def _is_force(value: Any) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and 0 <= value <= GREATEST_FORCE


def _check_force(value: Any) -> list[str]:
    told = {"limit": GREATEST_FORCE}
    return [] if _is_force(value) else [_("A number from 0 to %(limit)s is expected.") % told]


def _check_number(value: Any) -> list[str]:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return []
    return [_("A whole number is expected.")]


def _check_footnotes(value: Any) -> list[str]:
    if isinstance(value, list | tuple) and all(_is_footnote(each) for each in value):
        return []
    example = '[{"number": "1", "text": {"original": "en", "values": {"en": "…"}}}]'
    return [_("A list is expected, such as %(example)s.") % {"example": example}]


def _is_footnote(value: Any) -> bool:
    if not isinstance(value, Mapping) or set(value) - {"number", "text"}:
        return False
    return not checks.plain(value.get("number"), 60) and not checks.text(value.get("text") or {})


def _check_citations(value: Any) -> list[str]:
    if isinstance(value, list | tuple) and all(_is_citation(each) for each in value):
        return []
    example = '[{"symbols": ["A/RES/60/252"], "paragraphs": ["5"]}]'
    return [_("A list is expected, such as %(example)s.") % {"example": example}]


def _is_citation(value: Any) -> bool:
    if not isinstance(value, Mapping) or set(value) - _CITATION:
        return False
    names = [value.get(name, "") for name in ("symbol", "document", "url", "type")]
    symbols, paragraphs = value.get("symbols", ()), value.get("paragraphs", ())
    return (
        all(checks.are_strings(each) for each in (names, symbols, paragraphs))
        and not checks.text(value.get("title") or {})
        and bool(symbols or names[0] or names[1] or value.get("title"))
    )


_CHECKS: dict[str, Callable[[Any], list[str]]] = {
    "path": _check_path,
    "number": partial(checks.plain, limit=60),
    "role": partial(checks.choice, name="role", choices=ProvisionRole.values),
    "parent": partial(checks.plain, limit=120),
    "position": _check_number,
    **dict.fromkeys(TEXTS, checks.text),
    "footnotes": _check_footnotes,
    "clauses": _check_clauses,
    "force": _check_force,
    "citations": _check_citations,
    "is_withdrawn": checks.flag,
}
