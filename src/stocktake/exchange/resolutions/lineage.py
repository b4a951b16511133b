"""A text against the one that came before it: which paragraph continues which, and how."""

from collections.abc import Iterable
from typing import Any

from stocktake.domain.documents.choices import LineageRelation, ProvisionRole
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.services import write_lineage
from stocktake.kernel.common.actors import Actor
from stocktake.lib.resolutions import Resolution, compare
from stocktake.lib.resolutions.model import (
    Ask,
    Clause,
    Due,
    Identity,
    Operative,
    Recurrence,
    Subparagraph,
)

_RELATIONS = {
    "unchanged": LineageRelation.UNCHANGED,
    "strengthened": LineageRelation.STRENGTHENED,
    "weakened": LineageRelation.WEAKENED,
}
_COMPARED = (ProvisionRole.OPERATIVE, ProvisionRole.NUMBERED)


def trace(actor: Actor, document: Document, language: str) -> int:
    """Tell what of a document continues the one before it, where both texts are held.

    Args:
        language: the one in which the two texts are compared.

    Returns:
        The number of paragraphs that continue an earlier one.
    """
    if document.previous is None:
        return 0
    earlier = _as_text(document.previous, language)
    later = _as_text(document, language)
    if not earlier.operative or not later.operative:
        return 0
    rows = [
        {
            "earlier": pair.old,
            "later": pair.new,
            "relation": _relation(pair.changes),
            "is_due_moved": "due moved" in pair.changes,
            "similarity": round(pair.similarity, 3),
        }
        for pair in compare(earlier, later).pairs
        if pair.old and pair.new
    ]
    if rows:
        write_lineage(actor, document, rows)
    return len(rows)


def _relation(changes: Iterable[str]) -> str:
    return next(
        (_RELATIONS[each].value for each in changes if each in _RELATIONS),
        LineageRelation.REWORDED.value,
    )


def _as_text(document: Document, language: str) -> Resolution:
    """Give the paragraphs of a document, as people corrected them, in the form that is compared."""
    rows = document.provisions.filter(is_withdrawn=False).prefetch_related("asks")
    provisions = list(rows.order_by("position"))
    below: dict[int, list[Provision]] = {}
    for each in provisions:
        if each.parent_id:
            below.setdefault(each.parent_id, []).append(each)
    operative = [
        _operative(each, _all_below(each, below), language)
        for each in provisions
        if each.role in _COMPARED and each.text.values.get(language)
    ]
    return Resolution(
        identity=Identity(language=language),
        preambular=(),
        sections=(),
        operative=tuple(operative),
        footnotes=(),
        head=(),
        furniture=(),
        warnings=(),
    )


def _all_below(provision: Provision, below: dict[int, list[Provision]]) -> list[Provision]:
    found: list[Provision] = []
    for each in below.get(provision.pk, ()):
        found += [each, *_all_below(each, below)]
    return found


def _operative(provision: Provision, subs: list[Provision], language: str) -> Operative:
    return Operative(
        number=None,
        path=provision.path,
        section=None,
        text=provision.text.values[language],
        subparagraphs=tuple(
            Subparagraph(
                each.path.removeprefix(f"{provision.path}/"),
                each.text.values.get(language, ""),
                None,
            )
            for each in subs
        ),
        clauses=tuple(clause for each in (provision, *subs) for clause in _clauses(each)),
    )


def _clauses(provision: Provision) -> list[Clause]:
    """The verbs of a provision; its dates hang on the first, as only their sum is compared."""
    asks = tuple(_ask(each) for each in provision.asks.all() if not each.is_withdrawn)
    return [
        Clause(
            verb=clause.get("verb", ""),
            lemma=clause["lemma"],
            modifiers=(),
            force=clause["force"],
            position=clause.get("position", 0),
            asks=asks if at == 0 else (),
        )
        for at, clause in enumerate(provision.clauses)
    ]


def _ask(ask: Any) -> Ask:
    due = (ask.due_on.isoformat() if ask.due_on else "") or ask.due_session or ask.due_as_written
    rate = ask.recurrence_as_written or ask.recurrence
    return Ask(
        addressee=None,
        raw=None,
        qualifier=None,
        task="",
        due=Due(due) if due else None,
        recurrence=Recurrence(rate) if rate else None,
    )
