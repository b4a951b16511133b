"""The page of an import."""

from typing import Any

import pytest
from django.test import Client

from stocktake.exchange.models import ImportRun, NoteKind, RunNote
from tests.web.conftest import Page


@pytest.fixture
def run(db: None) -> ImportRun:
    """A finished import with a fault in its file."""
    made = ImportRun.objects.create(
        public_id="R-0000TEST",
        format="iati",
        state="done",
        actor_key="user:U-00000000",
        files=[
            {"name": "ministry.xml", "path": "/secret/ministry.xml", "size": 1200, "sha256": ""}
        ],
        total=2,
        position=2,
        summary={"files": 1, "read": 3, "created": 2, "skipped": 1, "totals": {"error": 1}},
    )
    RunNote.objects.create(
        run=made,
        note_kind=NoteKind.ERROR,
        file="ministry.xml",
        line=17,
        identifier="XX-1",
        field="title",
        template="A title is needed.",
    )
    return made


def test_page_tells_the_secretariat_what_an_import_did(
    client: Client, anna: Any, run: ImportRun
) -> None:
    client.force_login(anna)

    page = Page(client.get(f"/imports/{run.public_id}/"))

    facts = {
        row.xpath("string(dt)"): row.xpath("string(dd)") for row in page.find(".aside .facts div")
    }
    assert (facts["Entries read"], facts["Entered"], facts["Left out"]) == ("3", "2", "1")
    assert facts["By"] == "an editor"
    assert page.texts("section[aria-labelledby=files] bdi") == ["ministry.xml"]
    assert page.texts(".table tbody tr") == ["A title is needed. ministry.xml 17 XX-1 title"]
    assert page.texts("code") == [f"stocktake import undo {run.public_id}"]
    assert "/secret/" not in page.source


def test_page_is_not_found_by_others(client: Client, bilal: Any, run: ImportRun) -> None:
    anonymous = client.get(f"/imports/{run.public_id}/")
    client.force_login(bilal)

    assert anonymous.status_code == 404
    assert client.get(f"/imports/{run.public_id}/").status_code == 404
