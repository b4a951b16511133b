"""A document as a row of a list and as a page: names, facts, languages, its line."""

from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from stocktake.domain.documents.choices import DocumentState, DocumentStatus, Origin
from stocktake.domain.documents.models import Document, LanguageVersion
from stocktake.lib.multilingual import LANGUAGES, OWN_NAMES, direction
from stocktake.web import addresses
from stocktake.web.documents.parts import LineItem
from stocktake.web.environment import code, english, formatted_date, number, plain, run
from stocktake.web.naming import Naming
from stocktake.web.parts import Entry, Fact, Label, Link, Status, Value
from stocktake.web.structure import sourced

_STATUS_DISCS = {
    DocumentStatus.DRAFT: "planned",
    DocumentStatus.POSTED: "ongoing",
    DocumentStatus.AGREED: "completed",
    DocumentStatus.SUPERSEDED: "discontinued",
}


def entry(
    document: Document, naming: Naming, *, title: Label = "", text: Label = "", asks: int = 0
) -> Entry:
    """Show a document as a row; title and text may be given with their hits marked."""
    state = [_asks(asks)] if asks else []
    if document.is_stub:
        state.append(_("Only cited"))
    return Entry(
        public_id=document.symbol or document.public_id,
        href=addresses.document(document.address_key),
        title=title or name(document),
        byline=kicker(document, naming),
        places=[formatted_date(document.date)] if document.date else [],
        text=text or document.summary,
        status=status(document),
        state=state,
        is_invented=document.is_invented,
    )


def name(document: Document) -> Label:
    """Name a document by its title, else its symbol, else its identifier."""
    return document.title or code(document.symbol or document.public_id)


def plain_name(document: Document) -> str:
    """Name a document without marks of language, as titles of pages need it."""
    return plain(document.title) if document.title else document.symbol or document.public_id


def reference(document: Document) -> Label:
    """Name a document in few signs: by its symbol, else its title."""
    return code(document.symbol) if document.symbol else name(document)


def link(document: Document) -> Link:
    """Lead to a document by its symbol, else its title."""
    return Link(reference(document), addresses.document(document.address_key))


def full_link(document: Document) -> Link:
    """Lead to a document by symbol and title."""
    href = addresses.document(document.address_key)
    if not (document.symbol and document.title):
        return Link(name(document), href)
    label = Markup("{} <span>{}</span>").format(code(document.symbol), run(document.title))
    return Link(label, href)


def kicker(document: Document, naming: Naming) -> list[Value]:
    """Give type, body and session, as far as they are known."""
    kind = naming.code("document_type", document.type) if document.type else ""
    body = naming.code("document_body", document.body) if document.body else ""
    return [value for value in (kind, body, english(document.session)) if value]


def status(document: Document) -> Status | None:
    """Give how far the document has come, nothing where that is not known."""
    if not document.status:
        return None
    known = DocumentStatus(document.status)
    return Status(_STATUS_DISCS[known], str(known.label))


def state(document: Document) -> str:
    """Give the state that notices know: working documents are drafts to the reader."""
    return "draft" if document.state == DocumentState.WORKING else document.state


def facts(
    document: Document, naming: Naming, versions: Sequence[LanguageVersion] = ()
) -> list[Fact]:
    """Give the facts at the side."""
    symbols = [each.symbol for each in document.symbols.all()]
    body = naming.code("document_body", document.body) if document.body else ""
    shown = status(document)
    return [
        Fact(_("Symbol") if len(symbols) < 2 else _("Symbols"), [code(each) for each in symbols]),
        Fact(_("Body"), _filled(body)),
        Fact(_("Session"), _filled(english(document.session))),
        Fact(_("Meeting"), _filled(english(document.meeting))),
        Fact(_("Date"), _filled(formatted_date(document.date))),
        Fact(_("Agenda item"), _filled(english(document.agenda_item))),
        Fact(_("How far it has come"), _filled(shown.label if shown else "")),
        Fact(_("Presented by"), _filled(english(document.presented_by))),
        Fact(_("Author"), _filled(english(document.author))),
        Fact(_("Original in"), originals(document, versions)),
    ]


def provenance(document: Document, versions: Sequence[LanguageVersion]) -> list[Fact]:
    """Say where the record and the official text come from."""
    source: list[Value] = []
    if document.source_url:
        source = [
            Link(english(document.source_name) or host(document.source_url), document.source_url)
        ]
    elif document.source_name:
        source = [sourced(document.source_name)]
    held: list[Value] = [
        Markup('<span lang="{}" dir="{}">{}</span>').format(
            each.language, direction(each.language), OWN_NAMES.get(each.language, each.language)
        )
        for each in versions
    ]
    return [
        Fact(_("Origin"), [str(Origin(document.origin).label)]),
        Fact(_("Source"), source),
        Fact(_("Official text held here"), held),
        Fact(_("Entered"), [formatted_date(document.created_at)]),
        Fact(_("Changed"), [formatted_date(document.updated_at)]),
    ]


def originals(document: Document, versions: Iterable[LanguageVersion] = ()) -> list[Value]:
    """Give the languages of the original, each with the address of that text if there is one."""
    own = {each.language: each.url for each in versions if each.url}
    wanted = dict.fromkeys([*document.languages, *own])
    found: list[Value] = []
    for language in sorted(wanted, key=language_place):
        title = Markup('<span lang="{}" dir="{}">{}</span>').format(
            language, direction(language), OWN_NAMES.get(language, language)
        )
        href = own.get(language) or in_language(document.source_url, language)
        found.append(Link(title, href) if href else title)
    return found


def original(document: Document, language: str) -> Link | None:
    """Lead to the original, in the page's language where it is known to be there."""
    if not document.source_url:
        return None
    href = document.source_url
    if language in document.languages:
        href = in_language(href, language) or href
    return Link(_("Read the original"), href)


def in_language(url: str, language: str) -> str:
    """Give the address of the same document of the United Nations in another language."""
    told = urlsplit(url)
    if told.hostname == "documents.un.org" and told.path.startswith("/api/symbol"):
        query = {**dict(parse_qsl(told.query)), "l": language}
        return urlunsplit((told.scheme, told.netloc, told.path, urlencode(query, safe="/"), ""))
    if told.hostname in ("undocs.org", "www.undocs.org"):
        first, _stroke, rest = told.path.removeprefix("/").partition("/")
        symbol = rest if first in LANGUAGES else f"{first}/{rest}"
        path = quote(f"/{language}/{symbol}", safe="/()")
        return urlunsplit((told.scheme, told.netloc, path, told.query, ""))
    return ""


def host(url: str) -> str:
    """Name the site that an address leads to."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def line_items(line: Sequence[Document], here: Document) -> list[LineItem]:
    """Give the documents of a line, the oldest first; nothing for a line of one."""
    if len(line) < 2:
        return []
    return [
        LineItem(
            year=each.date[:4],
            link=link(each),
            is_here=each.pk == here.pk,
            note=_("only cited") if each.is_stub else "",
        )
        for each in line
    ]


def files(document: Document, *, has_text: bool) -> list[Link]:
    """Give the forms in which a document can be taken along."""
    formats = [("JSON", "json"), ("CSV", "csv"), ("Markdown", "md")]
    if has_text:
        formats.append(("Akoma Ntoso", "xml"))
    return [
        Link(label, addresses.document(document.address_key, f"download.{ending}"))
        for label, ending in formats
    ]


def _asks(count: int) -> str:
    return ngettext("%(count)s ask", "%(count)s asks", count) % {"count": number(count)}


def _filled(value: Value) -> list[Value]:
    return [value] if value else []


def language_place(tag: str) -> tuple[int, str]:
    """Give the place of a language in the order of the United Nations, for sorting."""
    return (LANGUAGES.index(tag) if tag in LANGUAGES else len(LANGUAGES), tag)
