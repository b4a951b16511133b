"""What stands round every page of a document: its addresses by language, its crumbs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Document
from stocktake.lib.multilingual import LANGUAGES
from stocktake.web import addresses
from stocktake.web.documents import presenting
from stocktake.web.naming import Naming
from stocktake.web.parts import Link


def frame(
    request: HttpRequest, document: Document, tail: str = "", query: str = ""
) -> dict[str, Any]:
    """Give the addresses of a page, by language and without one, for its head."""
    permalink = addresses.document_permalink(document.address_key, tail) + query
    here = addresses.document(document.address_key, tail) + query
    return {
        "canonical": addresses.permanent(request, here),
        "permalink": permalink,
        "alternates": [
            *((code, addresses.permanent(request, f"/{code}{permalink}")) for code in LANGUAGES),
            ("x-default", addresses.permanent(request, permalink)),
        ],
    }


def crumbs(document: Document, naming: Naming, *, to_document: bool = True) -> list[Link]:
    """Lead from the list of documents down to one of them."""
    found = [Link(_("Documents"), reverse("documents"))]
    if document.body:
        href = addresses.list_of("document", body=document.body)
        found.append(Link(naming.code("document_body", document.body), href))
    if to_document:
        found.append(presenting.link(document))
    return found
