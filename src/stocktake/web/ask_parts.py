"""Asks as every page shows them: status as word and shape, force as words, one row an ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, pgettext_lazy
from markupsafe import Markup, escape

from stocktake.domain.asks.choices import SHOWN, STANDING, AskForce, AskNature, AskStatus
from stocktake.domain.asks.models import Addressee, Ask, AskInstance
from stocktake.web import addresses
from stocktake.web.environment import code as code_of
from stocktake.web.environment import formatted_date, number, run
from stocktake.web.naming import Naming
from stocktake.web.parts import Label, Link, Tag, Value

_SHORT: Mapping[str, Promise] = {
    AskStatus.SLEEPING: pgettext_lazy("ask", "Sleeping"),
    STANDING: pgettext_lazy("ask", "Standing norm"),
}

STATUS_WORDS: Mapping[str, Any] = {str(code): words for code, words in SHOWN.items()}
"""The words for what is shown of an ask in a period, in the order of lists."""

_NO_FORCE = _lazy("Asks nothing")

_VERBS: Mapping[str, Promise] = {
    "adopt": _lazy("adopts"),
    "appeal": _lazy("appeals to"),
    "approve": _lazy("approves"),
    "ask": _lazy("asks"),
    "authorize": _lazy("authorizes"),
    "call for": _lazy("calls for"),
    "call on": _lazy("calls on"),
    "call upon": _lazy("calls upon"),
    "commit": _lazy("commits to"),
    "decide": _lazy("decides"),
    "demand": _lazy("demands"),
    "direct": _lazy("directs"),
    "encourage": _lazy("encourages"),
    "entrust": _lazy("entrusts"),
    "establish": _lazy("establishes"),
    "exhort": _lazy("exhorts"),
    "instruct": _lazy("instructs"),
    "invite": _lazy("invites"),
    "mandate": _lazy("mandates"),
    "pledge": _lazy("pledges"),
    "proclaim": _lazy("proclaims"),
    "recommend": _lazy("recommends"),
    "request": _lazy("requests"),
    "resolve": _lazy("resolves"),
    "suggest": _lazy("suggests"),
    "urge": _lazy("urges"),
}
"""Verbs of resolutions that ask something, by lemma; another lemma stands as it is."""


@dataclass(frozen=True)
class Mark:
    """What is shown of an ask in a period: `code` picks the shape, the word says it."""

    code: str
    label: str


@dataclass(frozen=True)
class Force:
    """How strongly something is asked: 0 (asks nothing) to 4 (decides), with the verb itself."""

    level: int
    verb: Label
    words: str


@dataclass(frozen=True)
class PeriodLine:
    """An ask in one period: what it is called, when it is due, what is shown of it."""

    period: Label
    due: Label
    mark: Mark
    note: Label = ""
    href: str = ""


@dataclass(frozen=True)
class AskRow:
    """One ask as a row: of what force, of whom, by when, and what is known of it."""

    public_id: str
    href: str
    task: Label
    force: Force
    addressees: Sequence[Value] = ()
    due: Label = ""
    periods: Sequence[PeriodLine] = ()
    elements: Sequence[Tag] = ()
    condition: Label = ""
    evidence: int = 0
    is_invented: bool = False
    facts: Sequence[str] = field(default_factory=tuple)


def mark(shown: str, *, short: bool = False) -> Mark:
    """Give the mark of a shown status: one of `AskStatus`, `standing`, `no_report_received`.

    Args:
        short: the short word, for the fields of a matrix.
    """
    code = shown or STANDING
    words = _SHORT.get(code) if short else None
    return Mark(code, str(words or STATUS_WORDS.get(code, code)))


def force(level: int, lemma: str = "") -> Force:
    """Give a force in words, with the verb of a lemma where one is given."""
    words = str(AskForce(level).label if level in AskForce.values else _NO_FORCE)
    return Force(level, verb(lemma) if lemma else words, words)


def verb(lemma: str) -> Label:
    """Give the verb of a lemma as the page's language says it; an unknown one is itself."""
    known = _VERBS.get(lemma)
    return str(known) if known else Markup("<bdi>{}</bdi>").format(lemma)


def addressee(told: Addressee, naming: Naming) -> Value:
    """Name one of those of whom something is asked, with the page or list that tells more."""
    if told.organization is not None:
        found = naming.organization_link(told.organization)
        if found:
            return found
    if told.code:
        return Link(naming.code("addressee", told.code), ledger(addressee=told.code))
    return Markup("<bdi>{}</bdi>").format(told.raw)


def addressees(ask: Ask, naming: Naming) -> list[Value]:
    """Name all of whom something is asked; they must be fetched with their organizations."""
    return [addressee(each, naming) for each in ask.addressees.all()]


def ledger(**filters: str) -> str:
    """Give the address of the ledger, narrowed by facets."""
    return addresses.list_of("ask_instance", **filters)


def due(on: date | None, session: str = "", written: str = "") -> Label:
    """Say by when something is due: the day, else the session, else as the text has it."""
    if on:
        return formatted_date(on)
    if session:
        return escape(_("session %(session)s")) % {"session": code_of(session)}
    return Markup("<bdi>{}</bdi>").format(written) if written else ""


def due_of(ask: Ask) -> Label:
    """Say by when an ask as a whole is due."""
    return due(ask.due_on, ask.due_session, ask.due_as_written)


def recurrence(ask: Ask) -> str:
    """Say how often something is asked, nothing where it is asked once."""
    if ask.nature == AskNature.RECURRING and ask.recurrence:
        return every(ask.recurrence)
    if ask.nature in (AskNature.PERIODIC, AskNature.STANDING):
        return str(AskNature(ask.nature).label)
    return ""


def every(duration: str) -> str:
    """Put an interval of years or months (ISO 8601: `P1Y`) into words."""
    count, unit = duration[1:-1], duration[-1:]
    if not count.isdecimal() or unit not in "YM":
        return duration
    told = {"count": number(int(count))}
    if unit == "Y":
        return ngettext("every year", "every %(count)s years", int(count)) % told
    return ngettext("every month", "every %(count)s months", int(count)) % told


def period_line(instance: AskInstance, shown: str, *, note: Label = "") -> PeriodLine:
    """Give one period of an ask with what is shown of it."""
    return PeriodLine(
        period=instance.period,
        due=formatted_date(instance.due_on),
        mark=mark(shown),
        note=note,
    )


def row(ask: Ask, naming: Naming, standings: Sequence[tuple[AskInstance, str]]) -> AskRow:
    """Give an ask as a row.

    Args:
        standings: its periods, each with the status that is shown of it. Addressees with their
            organizations and elements must be fetched.
    """
    return AskRow(
        public_id=ask.public_id,
        href=addresses.ask(ask.public_id),
        task=ask.task,
        force=force(ask.force, ask.lemma),
        addressees=addressees(ask, naming),
        due=due_of(ask),
        periods=[period_line(instance, shown) for instance, shown in standings],
        elements=elements(ask, naming),
        condition=ask.condition,
        is_invented=ask.is_invented,
        facts=[words for words in (recurrence(ask),) if words],
    )


def elements(ask: Ask, naming: Naming) -> list[Tag]:
    """Give the elements that an ask concerns; links and elements must be fetched."""
    return [
        Tag(tag.code, tag.label, tag.href, link.is_suggested)
        for link in ask.ask_elements.all()
        for tag in [naming.element_tag(link.element.public_id)]
    ]


def place(provision: Any) -> Label:
    """Name a paragraph with its document: the symbol, then the number."""
    document = provision.document
    where = code_of(document.symbol) if document.symbol else run(document.title)
    told = {"document": where, "paragraph": code_of(provision.number or provision.path)}
    return escape(_("%(document)s, paragraph %(paragraph)s")) % told
