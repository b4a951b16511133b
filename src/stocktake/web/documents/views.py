"""The pages of documents: one view finds out what an address asks for."""

from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from stocktake.domain.documents.models import Document
from stocktake.domain.documents.queries import document_visible_to, provision_visible_to
from stocktake.web import addresses
from stocktake.web.documents import comparison, document, files, paragraph, report
from stocktake.web.documents.addressing import Asked, readings

_FILES = "download"


@require_safe
def at(request: HttpRequest, address: str) -> HttpResponseBase:
    """Answer an address of a document or of a part of it.

    Symbols are found in any case and with any dash; what is found under another address than its
    own leads there. Permalinks carry no language and lead to the page in the reader's.
    """
    for asked in readings(address):
        found = document_visible_to(request.user, asked.key)
        if found is None:
            continue
        answer = _answer(request, found, asked)
        if answer is not None:
            return answer
    raise Http404


def _answer(request: HttpRequest, found: Document, asked: Asked) -> HttpResponseBase | None:
    if asked.place == "provision":
        provision = provision_visible_to(request.user, found, asked.rest)
        if provision is None:
            return None
        led = _led(request, found, provision.path)
        return led or paragraph.page(request, found, provision)
    if asked.place == "compare":
        other = document_visible_to(request.user, asked.rest)
        if other is None:
            return None
        led = _led(request, found, f"compare/{other.address_key}")
        return led or comparison.page(request, found, other)
    led = _led(request, found, asked.tail, is_file=asked.place == _FILES)
    if led:
        return led
    if asked.place == "follow-up":
        return report.page(request, found)
    if asked.place == _FILES:
        return files.answer(request, found, asked.rest)
    return document.page(request, found)


def _led(
    request: HttpRequest, found: Document, tail: str, *, is_file: bool = False
) -> HttpResponseRedirect | None:
    """Lead to the one address of what was found, in the reader's language; nothing at it."""
    own = addresses.document_permalink(found.address_key, tail)
    prefix = getattr(request, "language_prefix", "")
    if request.path_info == unquote(own) and (prefix or is_file):
        return None
    target = f"{prefix}{own}" if is_file else addresses.document(found.address_key, tail)
    query = request.GET.copy()
    query.pop("lang", None)
    return HttpResponseRedirect(f"{target}?{query.urlencode()}" if query else target)
