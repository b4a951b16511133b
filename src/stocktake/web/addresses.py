"""Addresses of pages, made in one place so that they never differ."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from stocktake.web.environment import page_language

LISTS = {
    "activity": "explore",
    "organization": "organizations",
    "ask_instance": "ledger",
    "document": "documents",
}
"""The name of the list page of each kind of record."""


@lru_cache(maxsize=4096)
def activity(public_id: str) -> str:
    """Give the address of an activity."""
    return reverse("activity", kwargs={"public_id": public_id})


@lru_cache(maxsize=4096)
def organization(public_id: str) -> str:
    """Give the address of an organization."""
    return reverse("organization", kwargs={"public_id": public_id})


def document(key: str, tail: str = "") -> str:
    """Give the address of a document, or of a part of it, in the page's language."""
    return f"/{page_language()}{document_permalink(key, tail)}"


@lru_cache(maxsize=4096)
def document_permalink(key: str, tail: str = "") -> str:
    """Give the address of a document, or of a part of it, that carries no language.

    Args:
        key: symbol or, without one, public identifier; its strokes stay.
        tail: what follows, such as `para/24`, `follow-up` or `download.json`.
    """
    return reverse("document", kwargs={"address": f"{key}/{tail}" if tail else key})


@lru_cache(maxsize=4096)
def area(code: str) -> str:
    """Give the address of a country, region or group of countries by its code."""
    return reverse("country", kwargs={"code": code})


@lru_cache(maxsize=4096)
def framework(code: str) -> str:
    """Give the address of a framework."""
    return reverse("framework", kwargs={"framework": code})


@lru_cache(maxsize=4096)
def element(qualified_code: str) -> str:
    """Give the address of an element by its qualified code."""
    framework_code, _colon, code = qualified_code.partition(":")
    return reverse("element", kwargs={"framework": framework_code, "code": code})


@lru_cache(maxsize=4096)
def ask(public_id: str) -> str:
    """Give the address of an ask."""
    return reverse("ask", kwargs={"public_id": public_id})


def list_of(kind: str, **filters: str | Iterable[str]) -> str:
    """Give the address of a list, narrowed by facets; a facet may have several codes."""
    return with_query(_list(kind), filters)


@lru_cache(maxsize=8)
def _list(kind: str) -> str:
    return reverse(LISTS[kind])


def with_query(path: str, filters: dict[str, str | Iterable[str]]) -> str:
    """Add filters to an address."""
    pairs = [
        (name, value)
        for name, values in filters.items()
        for value in ([values] if isinstance(values, str) else values)
        if value
    ]
    return f"{path}?{query_string(pairs)}" if pairs else path


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """Write parts of an address; the colon of qualified codes stays readable."""
    return urlencode(list(pairs), safe=":")


def suggestions(kind: str) -> str:
    """Give the address that names records of a kind while somebody types."""
    return f"{reverse('suggestions')}?kind={kind}"


def permanent(request: HttpRequest, path: str) -> str:
    """Give the full address of a page, by the public address of the site where one is set."""
    origin = settings.STOCKTAKE_ORIGIN.rstrip("/")
    return f"{origin}{path}" if origin else request.build_absolute_uri(path)
