"""A site with an index of its own, readers of its pages, and an entry that nobody may see."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html

from stocktake.domain.activities.models import Activity
from stocktake.kernel.search import readers, services
from stocktake.lib.multilingual import Text
from tests import factories

CANARY = "zanzibarquetzal"


class Page:
    """What a visitor reads: an answer as a tree."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.response = response
        self.source = response.content.decode()
        self.tree = html.document_fromstring(self.source)

    def find(self, selector: str) -> list[Any]:
        """Give the elements that a selector finds."""
        return list(self.tree.cssselect(selector))

    def text(self, selector: str) -> str:
        """Give the words of the first element that a selector finds."""
        return self.texts(selector)[0]

    def texts(self, selector: str) -> list[str]:
        """Give the words of every element that a selector finds, without marks of language."""
        return [_words_of(each) for each in self.find(selector)]

    def links(self, selector: str) -> list[str]:
        """Give the addresses of the links that a selector finds."""
        return [str(each.get("href")) for each in self.find(selector)]


def _words_of(node: Any) -> str:
    parts = node.xpath(".//text()[not(ancestor::*[@class='fallback'])]")
    return words(" ".join(parts))


def words(text: str) -> str:
    """Put text on one line."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture
def search_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A folder of its own for the index; there is no index in it yet."""
    settings.STOCKTAKE_SEARCH_DIR = tmp_path / "search"
    readers.forget()
    yield
    readers.forget()


@pytest.fixture
def index(search_folder: None) -> Callable[[], None]:
    """A function that indexes the record as it is."""
    return services.rebuild


@pytest.fixture
def visit(db: None, client: Client) -> Callable[..., Page]:
    """A function that reads a page as an anonymous visitor, in English unless told."""

    def read(address: str, language: str = "en") -> Page:
        return Page(client.get(address, HTTP_ACCEPT_LANGUAGE=language))

    return read


@pytest.fixture
def file_of(db: None, client: Client) -> Callable[..., bytes]:
    """A function that downloads a file."""

    def read(address: str, language: str = "en") -> bytes:
        response: Any = client.get(address, HTTP_ACCEPT_LANGUAGE=language)
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    return read


@pytest.fixture
def draft(db: None) -> Activity:
    """A draft of a draft organization, each of whose words is the canary."""
    hidden = factories.organization(CANARY, acronym=CANARY.upper(), state="draft", country="710")
    text = Text.of("en", CANARY).to_json()
    return factories.activity(
        CANARY,
        owner=hidden,
        state="draft",
        summary=text,
        description=text,
        areas=[{"area": "710", "percentage": None}],
        elements=[{"element": "wsis-al:C2", "is_primary": True}],
        links=[{"url": f"https://example.org/{CANARY}", "title": CANARY, "kind": ""}],
    )


def placed(*areas: str) -> list[dict[str, Any]]:
    """Give areas as values of an activity."""
    return [{"area": area, "percentage": None} for area in areas]


def filed(*codes: str) -> list[dict[str, Any]]:
    """Give elements as values of an activity."""
    return [{"element": code, "is_primary": place == 0} for place, code in enumerate(codes)]
