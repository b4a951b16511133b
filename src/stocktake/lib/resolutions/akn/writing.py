"""A parsed text as Akoma Ntoso 3.0 (AKN4UN): valid against the schema, nothing of the text lost.

Source: OASIS LegalDocML Akoma Ntoso 1.0 part 2; UN Semantic Interoperability Framework, AKN4UN.
"""

from stocktake.lib.resolutions.akn._common import slug, value
from stocktake.lib.resolutions.akn._report import ReportWriter
from stocktake.lib.resolutions.akn._resolution import ResolutionWriter
from stocktake.lib.resolutions.model import Identity, Report, Resolution

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LANGUAGES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
_UNDATED = "0001-01-01"


def to_akn(parsed: Resolution | Report) -> str:
    """Return the XML of a text; ids read `para_24`, `para_20__a`, `annex_I__para_12`."""
    if isinstance(parsed, Resolution):
        kind, writer = "statement", ResolutionWriter(parsed).lines()
        name = "decision" if "/DEC/" in (parsed.identity.symbol or "") else "resolution"
    else:
        kind, writer, name = "doc", ReportWriter(parsed).lines(), "report"
    lines = [
        *opened(),
        f'<{kind} name="{name}">',
        *meta_lines(parsed.identity, kind),
        *writer,
        f"</{kind}>",
        "</akomaNtoso>",
    ]
    return "\n".join(lines) + "\n"


def opened() -> list[str]:
    """The lines that every file begins with."""
    return ['<?xml version="1.0" encoding="UTF-8"?>', f'<akomaNtoso xmlns="{NAMESPACE}">']


def frbr_work(identity: Identity, kind: str = "statement") -> str:
    """Return the IRI of the work: no language, no version.

    A report or a text without a symbol is named by its title.
    """
    body = slug(identity.body_code or identity.body or "unknown")
    date = identity.adopted or _UNDATED
    number = slug(identity.symbol or identity.title or "unnumbered")
    subtype = "/deliberation" if kind == "statement" else "/report"
    return f"/akn/un/{kind}{subtype}/{body}/{date}/{number}"


def meta_lines(identity: Identity, kind: str) -> list[str]:
    """Who wrote what when, by the identifiers of FRBR."""
    work = frbr_work(identity, kind)
    date = identity.adopted or _UNDATED
    language = _LANGUAGES[identity.language]
    expression = f"{work}/{language}@{date}"
    body = slug(identity.body_code or identity.body or "unknown")
    author = f'<FRBRauthor href="#{body}"/>'
    dated = f'<FRBRdate date="{date}" name="adoption"/>'
    number = value(identity.symbol or "")
    subtype = "deliberation" if kind == "statement" else "report"
    return [
        "<meta>",
        '<identification source="#stocktake">',
        "<FRBRWork>",
        f'<FRBRthis value="{work}/!main"/><FRBRuri value="{work}"/>',
        dated,
        author,
        '<FRBRcountry value="un"/>',
        f'<FRBRsubtype value="{subtype}"/>',
        *([f'<FRBRnumber value="{number}" showAs="{number}"/>'] if number else []),
        "</FRBRWork>",
        "<FRBRExpression>",
        f'<FRBRthis value="{expression}/!main"/><FRBRuri value="{expression}"/>',
        dated,
        author,
        f'<FRBRlanguage language="{language}"/>',
        "</FRBRExpression>",
        "<FRBRManifestation>",
        f'<FRBRthis value="{expression}/!main.xml"/><FRBRuri value="{expression}.xml"/>',
        dated,
        '<FRBRauthor href="#stocktake"/>',
        "</FRBRManifestation>",
        "</identification>",
        '<references source="#stocktake">',
        f'<TLCOrganization eId="{body}" href="/ontology/organization/{body}" '
        f'showAs="{value(identity.body or body)}"/>',
        '<TLCOrganization eId="stocktake" href="/ontology/organization/stocktake" '
        'showAs="Stocktake"/>',
        "</references></meta>",
    ]
