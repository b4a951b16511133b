"""Words of what is not published appear on no page and in no file."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import update_activity
from tests import factories
from tests.web.conftest import CANARY, filed, placed

PAGES = (
    "/",
    "/?group=ldc",
    "/activities/",
    f"/activities/?q={CANARY}",
    "/activities/?country=710",
    "/activities/?view=table",
    "/activities/?view=map",
    "/activities/?view=chart",
    "/organizations/",
    f"/organizations/?q={CANARY}",
    "/countries/",
    "/countries/710/",
    "/countries/002/",
    "/frameworks/",
    "/frameworks/wsis-al/",
    "/frameworks/wsis-al/C2/",
    "/coverage/",
    "/coverage/download.csv",
    "/statistics/",
    "/activities/download.csv",
    "/organizations/download.csv",
    "/about/sources/",
)


def body(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    found = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (
        bytes(found).replace(f'value="{CANARY}"'.encode(), b"").replace(f"q={CANARY}".encode(), b"")
    )


@pytest.fixture
def published(draft: Activity) -> Activity:
    """A published activity whose owner and partner are not public, beside a draft."""
    hidden = draft.owner
    assert hidden is not None
    return factories.activity(
        "Fibre to every school",
        owner=hidden,
        participations=[{"organization": hidden.public_id, "role": "funding"}],
        areas=placed("710"),
        elements=filed("wsis-al:C2"),
    )


@pytest.mark.parametrize("address", PAGES)
def test_words_of_a_draft_are_on_no_page(
    address: str, draft: Activity, published: Activity, index: Any, client: Client
) -> None:
    index()

    assert CANARY.encode() not in body(client, address).lower()


@pytest.mark.parametrize("address", ["/", "/activities/", "/organizations/", "/countries/710/"])
def test_words_of_a_draft_are_on_no_page_without_an_index(
    address: str, draft: Activity, published: Activity, search_folder: None, client: Client
) -> None:
    assert CANARY.encode() not in body(client, address).lower()


def test_workbook_holds_no_word_of_a_draft(
    draft: Activity, published: Activity, index: Any, file_of: Callable[..., bytes]
) -> None:
    index()

    book = zipfile.ZipFile(io.BytesIO(file_of("/activities/download.xlsx")))

    assert not [name for name in book.namelist() if CANARY.encode() in book.read(name).lower()]


def test_draft_and_its_owner_are_not_found(draft: Activity, client: Client) -> None:
    owner = draft.owner
    assert owner is not None

    for address in (
        f"/activities/{draft.public_id}/",
        f"/organizations/{owner.public_id}/",
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert CANARY.encode() not in answer.content.lower()


def test_history_of_an_entry_that_was_a_draft_keeps_its_words(
    draft: Activity, system: Any, client: Client, search_folder: None
) -> None:
    owner = factories.organization("Ministry of Posts")
    update_activity(
        system,
        draft,
        {
            "state": "published",
            "title": {"original": "en", "values": {"en": "Fibre to every school"}},
            "summary": {},
            "description": {},
            "links": [],
            "owner": owner.public_id,
        },
        expected_version=1,
    )

    source = client.get(f"/activities/{draft.public_id}/").content.decode()

    assert "Changed: description, links, owner, visibility, summary, and title" in source
    assert CANARY not in source.lower()
