"""Provisions of the record in the form that `lib.resolutions` aligns and compares."""

from collections.abc import Mapping, Sequence

from stocktake.domain.asks.models import Ask
from stocktake.domain.documents.models import Provision
from stocktake.lib.resolutions import Resolution
from stocktake.lib.resolutions import model as texts


def dues_of(provisions: Sequence[Provision]) -> dict[int, list[str]]:
    """Give the due dates and intervals of all asks, by provision."""
    found: dict[int, list[str]] = {}
    asks = Ask.objects.filter(
        provision__in=[each.pk for each in provisions], is_withdrawn=False
    ).only("provision_id", "due_on", "due_session", "due_as_written", "recurrence")
    for ask in asks.order_by("provision", "position"):
        due = str(ask.due_on or "") or ask.due_session or ask.due_as_written
        found.setdefault(ask.provision_id, []).extend(filter(None, (due, ask.recurrence)))
    return found


def as_text(
    side: Sequence[Provision],
    name: str,
    language: str,
    below: Mapping[int, Sequence[Provision]],
    dues: Mapping[int, Sequence[str]],
) -> Resolution:
    """Give provisions in the form that is aligned: paragraphs with their sub-paragraphs."""
    operative = tuple(
        texts.Operative(
            number=None,
            path=each.path,
            section=None,
            text=getattr(each, name).values.get(language, ""),
            subparagraphs=tuple(
                texts.Subparagraph(sub.path, getattr(sub, name).values.get(language, ""), None)
                for sub in below.get(each.pk, ())
            ),
            clauses=_clauses(each, dues.get(each.pk, ())),
        )
        for each in side
    )
    identity = texts.Identity(language=language)
    return Resolution(identity, (), (), operative, (), (), (), ())


def _clauses(provision: Provision, dues: Sequence[str]) -> tuple[texts.Clause, ...]:
    asks = tuple(texts.Ask(None, None, None, "", texts.Due(due)) for due in dues)
    return tuple(
        texts.Clause("", told["lemma"], (), told["force"], 0, () if place else asks)
        for place, told in enumerate(provision.clauses)
    )
