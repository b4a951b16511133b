"""A document as Markdown: our words or the official text, each ask with what came of it."""

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from stocktake.domain.asks.queries import AskFollowUp
from stocktake.domain.documents.models import Document, Provision
from stocktake.web import addresses, ask_parts
from stocktake.web.documents import presenting, provisions
from stocktake.web.documents.following import Asks
from stocktake.web.environment import comma, formatted_date, page_language
from stocktake.web.naming import Naming

_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")


def of(
    document: Document,
    every: Sequence[Provision],
    asks: Asks,
    permanent: Callable[[str], str],
) -> str:
    """Write a document in the page's language as far as it is there."""
    naming = Naming()
    told = [f"# {_plain(presenting.plain_name(document))}", ""]
    symbols = [each.symbol for each in document.symbols.all()]
    facts = [*symbols, *(str(each) for each in (formatted_date(document.date),) if each)]
    told += [comma().join(_plain(each) for each in facts), ""] if facts else []
    told += [f"<{permanent(addresses.document_permalink(document.address_key))}>", ""]
    if document.summary:
        told += [_plain(naming.plain(document.summary)), ""]
    if document.source_url:
        told += [f"{_('Original')}: <{document.source_url}>", ""]
    if any(not each.text for each in every):
        told += [f"*{_plain(no_text())}*", ""]
    heading = ""
    for each in every:
        section = naming.plain(each.section)
        if section and section != heading:
            told += [f"## {_plain(section)}", ""]
        heading = section or heading
        told += [*_paragraph(each, asks.get(each.pk, ()), naming), ""]
    return "\n".join(told).rstrip() + "\n"


def no_text() -> str:
    """Say that paragraphs are told in our own words."""
    return _(
        "The official text is not held here. Each paragraph is told in our own words, which carry "
        "no authority."
    )


def _paragraph(provision: Provision, asks: Sequence[AskFollowUp], naming: Naming) -> list[str]:
    text, _is_ours = provisions.shown_text(provision, page_language())
    words = _plain(text.text) if text else ""
    told = [f"**{_plain(provisions.own_number(provision))}** {words}".rstrip()]
    for asked in asks:
        ask = asked.ask
        of_whom = comma().join(
            naming.code("addressee", each.code) if each.code else each.raw
            for each in ask.addressees.all()
        )
        due = formatted_date(ask.due_on) or ask.due_session
        shown = comma().join(
            " ".join(
                filter(None, (each.instance.period, ask_parts.mark(each.standing.shown).label))
            )
            for each in asked.periods
        )
        parts = [of_whom, naming.plain(ask.task), due, shown]
        told.append("- " + " · ".join(_plain(part) for part in parts if part))
    return told


def _plain(text: str) -> str:
    """Keep signs of Markdown in somebody's words from meaning anything."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
