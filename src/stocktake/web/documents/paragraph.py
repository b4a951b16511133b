"""The page of a paragraph: its text, what it asks and of whom, its kin in other years."""

from collections.abc import Sequence
from textwrap import shorten
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from stocktake.domain.documents.models import Document, Lineage, Provision
from stocktake.domain.documents.queries import (
    ancestors_of,
    cited_by,
    descendants_of,
    provisions_of,
)
from stocktake.lib.multilingual import OWN_NAMES, Run, Text, direction
from stocktake.web.citing import citation
from stocktake.web.documents import asked, comparing, presenting, provisions
from stocktake.web.documents.document import history
from stocktake.web.documents.following import asks_of_provisions
from stocktake.web.documents.frame import crumbs, frame
from stocktake.web.documents.parts import Relative
from stocktake.web.documents.provisions import SUB
from stocktake.web.environment import formatted_date, page_language
from stocktake.web.naming import Naming
from stocktake.web.parts import Fact, Label, Link, Value

_TEXT_LENGTH = 90


def page(request: HttpRequest, document: Document, provision: Provision) -> HttpResponse:
    """Show a paragraph of a document."""
    naming, today = Naming(), timezone.localdate()
    every = provisions_of(document, request.user)
    below = _below(provision, every)
    asks = asks_of_provisions([provision, *below], request.user, today)
    mine = [found for each in (provision, *below) for found in asks.get(each.pk, ())]
    shown = provisions.para(
        provision,
        naming.language,
        children=[provisions.para(each, naming.language) for each in below],
    )
    told = frame(request, document, provision.path)
    name = provisions.called(provision)
    return render(
        request,
        "documents/paragraph.html",
        {
            **told,
            "breadcrumbs": crumbs(document, naming),
            "name": name,
            "document": SimpleNamespace(
                title=presenting.name(document),
                link=presenting.link(document),
                kicker=presenting.kicker(document, naming),
                date=formatted_date(document.date),
                state=presenting.state(document),
                is_invented=document.is_invented,
            ),
            "section_title": provision.section,
            "para": shown,
            "original": presenting.original(document, naming.language),
            "summary": _summary(provision, naming.language),
            "other_texts": _other_texts(provision, shown.text.language if shown.text else ""),
            "asks": [asked.followed(each, naming) for each in mine],
            "relatives": _relatives(provision, request.user, naming.language),
            "facts": _facts(document, provision, naming, shown.citations),
            "cited_by": _cited_by(document, provision, request.user),
            "neighbours": _neighbours(provision, every),
            "citation": citation(
                request,
                _("%(document)s, %(paragraph)s")
                % {
                    "document": document.symbol or presenting.plain_name(document),
                    "paragraph": name.striptags(),
                },
                told["permalink"],
            ),
            **history(request, provision.kind, provision.public_id, told["permalink"]),
        },
    )


def _summary(provision: Provision, language: str) -> Run | None:
    """Give our words on a paragraph where they stand beside its official text."""
    return provision.summary.best(language) if provision.text and provision.summary else None


def _below(provision: Provision, every: Sequence[Provision]) -> list[Provision]:
    """Give the sub-paragraphs of a paragraph, of every depth."""
    keys, found = {provision.pk}, []
    for each in every:
        if each.parent_id in keys and each.role in SUB:
            keys.add(each.pk)
            found.append(each)
    return found


def _facts(
    document: Document, provision: Provision, naming: Naming, cited: Sequence[Value]
) -> list[Fact]:
    parent: list[Value] = []
    if provision.parent is not None:
        provision.parent.document = document
        parent = [Link(provisions.called(provision.parent), provisions.href(provision.parent))]
    body = naming.code("document_body", document.body) if document.body else ""
    return [
        Fact(_("Document"), [presenting.link(document)]),
        Fact(_("Body"), [body] if body else []),
        Fact(_("Date"), [formatted_date(document.date)] if document.date else []),
        Fact(_("What it is"), [provisions.role(provision)]),
        Fact(_("Part of"), parent),
        Fact(_("Section"), [provision.section] if provision.section else []),
        Fact(_("Refers to"), list(dict.fromkeys(cited))),
    ]


def _other_texts(provision: Provision, shown: str) -> list[SimpleNamespace]:
    """Give the official text in the other languages that it is held in."""
    if not provision.text:
        return []
    return [
        SimpleNamespace(
            language=tag,
            direction=direction(tag),
            name=OWN_NAMES.get(tag, tag),
            text=provision.text.values[tag],
        )
        for tag in sorted(provision.text.values, key=presenting.language_place)
        if tag != shown
    ]


def _relatives(provision: Provision, user: Any, language: str) -> list[Relative]:
    """Give the paragraph's kin in all years, the oldest first, itself among them."""
    before = ancestors_of(provision, user)
    after = descendants_of(provision, user)
    if not before and not after:
        return []
    document = provision.document
    here = Relative(
        document.date[:4], Link(_place_of(provision), provisions.href(provision)), is_here=True
    )
    return [
        *(_relative(link, link.earlier, language) for link in reversed(before)),
        here,
        *(_relative(link, link.later, language) for link in after),
    ]


def _relative(link: Lineage, shown: Provision, language: str) -> Relative:
    """Show one of the kin with how the later of the two differs from the earlier."""
    steps, tag = comparing.difference(link.earlier, link.later, language)
    is_same = all(step.kind == "equal" for step in steps)
    told = comparing.changes(link)
    return Relative(
        year=shown.document.date[:4],
        link=Link(_place_of(shown), provisions.href(shown)),
        relation=", ".join(str(comparing.CHANGES[change]) for change in told),
        between=_between(link),
        steps=() if is_same else steps,
        language=tag,
        direction=direction(tag or "en"),
    )


def _between(link: Lineage) -> str:
    told = {"earlier": link.earlier.document.date[:4], "later": link.later.document.date[:4]}
    return _("%(earlier)s to %(later)s") % told if all(told.values()) else ""


def _place_of(provision: Provision) -> Markup:
    told = {
        "document": provisions.label_of(presenting.reference(provision.document)),
        "paragraph": provisions.called(provision),
    }
    return escape(_("%(document)s, %(paragraph)s")) % told


def _cited_by(document: Document, provision: Provision, user: Any) -> list[Link]:
    """Give the places that cite this paragraph by its number."""
    if provision.role in SUB or "/" in provision.path.removeprefix("para/"):
        return []
    found = {}
    for told in cited_by(document, user):
        if provision.number.rstrip(".") not in map(str, told.paragraphs):
            continue
        if told.provision is None:
            found[presenting.link(told.document).href] = presenting.link(told.document)
            continue
        told.provision.document = told.document
        href = provisions.href(told.provision)
        found[href] = Link(_place_of(told.provision), href)
    return list(found.values())


def _neighbours(provision: Provision, every: Sequence[Provision]) -> SimpleNamespace:
    """Give the paragraph before and the one after, of the same rank."""
    is_sub = provision.role in SUB
    row = [
        each
        for each in every
        if (each.role in SUB) == is_sub and (not is_sub or each.parent_id == provision.parent_id)
    ]
    place = next((at for at, each in enumerate(row) if each.pk == provision.pk), None)
    if place is None:
        return SimpleNamespace(previous=None, next=None)
    return SimpleNamespace(
        previous=_neighbour(row[place - 1]) if place else None,
        next=_neighbour(row[place + 1]) if place + 1 < len(row) else None,
    )


def _neighbour(provision: Provision) -> SimpleNamespace:
    return SimpleNamespace(
        name=provisions.called(provision),
        href=provisions.href(provision),
        text=provision.summary or _beginning(provision),
    )


def _beginning(provision: Provision) -> Label:
    """Give the first words of a paragraph in the language that a reader would see."""
    text, _is_ours = provisions.shown_text(provision, page_language())
    if text is None:
        return provision.section
    return Text.of(text.language, shorten(text.text, _TEXT_LENGTH, placeholder=" …"))
