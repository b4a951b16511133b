"""Drafts of documents at the desk: read, corrected with undo, published."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stocktake.domain.asks.models import Ask
from stocktake.domain.documents.models import Document
from stocktake.exchange.models import Draft
from tests.web.conftest import Page

TEXT = """Resolution 2010/77
Charts of the invented coast

The Economic and Social Council,

Recalling its earlier work on charts,

1. Requests the Secretary-General to report on the charts to the Council before the end of 2011;

2. Invites all States to share their tide tables and takes note of the lamps.
"""


@pytest.fixture
def desk(client: Client, anna: Any) -> Client:
    """A browser in which Anna of the secretariat is signed in."""
    client.force_login(anna)
    return client


@pytest.fixture
def draft(desk: Client) -> Draft:
    """A draft of the text."""
    desk.post(
        "/desk/drafts/", {"text": TEXT, "symbol": "E/RES/2010/77", "key": "a", "language": ""}
    )
    return Draft.objects.get()


def post(desk: Client, path: str, step: str, **values: Any) -> Any:
    """Send the form of a correction as the page gives it."""
    page = Page(desk.get(path, HTTP_ACCEPT_LANGUAGE="en"))
    form = next(each for each in page.find("form[method=post]") if _step(each) == step)
    data = {each.get("name"): each.get("value") or "" for each in form.cssselect("input")}
    data |= {each.get("name"): each.text or "" for each in form.cssselect("textarea")}
    for each in form.cssselect("select"):
        chosen = each.cssselect("option[selected]") or each.cssselect("option")
        data[each.get("name")] = chosen[0].get("value")
    return desk.post(path, {**data, **values}, HTTP_ACCEPT_LANGUAGE="en")


def _step(form: Any) -> str:
    found = form.cssselect("input[name=step]")
    return str(found[0].get("value")) if found else ""


def texts(draft: Draft) -> list[str]:
    """The paragraphs of a draft as they are now."""
    return [each["text"] for each in Draft.objects.get(pk=draft.pk).structure["units"]]


def unit(draft: Draft, path: str) -> str:
    """The address of a paragraph."""
    (found,) = (
        each["id"] for each in Draft.objects.get(pk=draft.pk).structure["units"]
        if each["path"] == path
    )  # fmt: skip
    return f"/desk/drafts/{draft.public_id}/{found}/"


def test_pasted_text_becomes_a_draft_with_paragraphs_verbs_and_asks(
    draft: Draft, desk: Client
) -> None:
    page = Page(desk.get(f"/desk/drafts/{draft.public_id}/", HTTP_ACCEPT_LANGUAGE="en"))

    assert [each for each in page.texts(".draft bdi") if "/" in each] == [
        "preamble/1", "para/1", "para/2",
    ]  # fmt: skip
    assert any("Secretary-General" in each or "UN-SG" in each for each in page.texts(".draft ul"))
    assert len(page.find(".draft .force")) >= 3


def test_file_and_faults_of_starting_a_draft(desk: Client) -> None:
    neither = desk.post("/desk/drafts/", {"text": " ", "key": "b"}, HTTP_ACCEPT_LANGUAGE="en")
    novel = desk.post(
        "/desk/drafts/", {"text": "It was a dark night.", "key": "c"}, HTTP_ACCEPT_LANGUAGE="en"
    )
    file = SimpleUploadedFile("text.txt", TEXT.encode(), "text/plain")
    read = desk.post("/desk/drafts/", {"file": file, "symbol": "E/RES/2010/77", "key": "d"})

    assert Page(neither).texts(".faults li") == ["Paste a text or choose a file: one of the two."]
    assert novel.status_code == 422
    assert len(Page(novel).texts(".faults li")) == 1
    assert (read.status_code, Draft.objects.get().file_name) == (302, "text.txt")


def test_paragraph_is_split_merged_and_everything_undone_and_done_again(
    draft: Draft, desk: Client
) -> None:
    before = texts(draft)
    page = f"/desk/drafts/{draft.public_id}/"

    answer = post(desk, unit(draft, "para/2"), "split", begins="takes   note of")
    split = texts(draft)
    assert answer.status_code == 302
    assert split[-2].endswith("and ")
    assert split[-1].startswith("takes note")
    merged = f"/desk/drafts/{draft.public_id}/" + str(
        Draft.objects.get(pk=draft.pk).structure["units"][-1]["id"]
    )
    post(desk, f"{merged}/", "merge")
    assert "".join(texts(draft)) == "".join(before)

    post(desk, page, "undo")
    assert texts(draft) == split
    post(desk, page, "undo")
    assert texts(draft) == before
    post(desk, page, "redo")
    assert texts(draft) == split


def test_words_that_stand_nowhere_are_refused_in_a_sentence(draft: Draft, desk: Client) -> None:
    answer = post(desk, unit(draft, "para/2"), "split", begins="lighthouse")

    assert answer.status_code == 422
    assert Page(answer).texts(".faults li") == ["These words do not stand in the paragraph."]


def test_ask_is_edited_moved_and_removed(draft: Draft, desk: Client) -> None:
    path = unit(draft, "para/1")
    post(desk, path, "edit", ask="0", task="report on charts", due_on="2011-06-30", force="3",
         lemma="request", addressees="UN-SG: Secretary-General\nsome port")  # fmt: skip
    ask = Draft.objects.get(pk=draft.pk).structure["units"][1]["asks"][0]
    assert (ask["task"], ask["due_on"]) == ("report on charts", "2011-06-30")
    assert [each["code"] for each in ask["addressees"]] == ["UN-SG", ""]

    goal = unit(draft, "para/2").rstrip("/").rpartition("/")[2]
    post(desk, path, "reassign", to=goal)
    units = Draft.objects.get(pk=draft.pk).structure["units"]
    assert (units[1]["asks"], units[2]["asks"][-1]["task"]) == ([], "report on charts")

    post(desk, path, "add_ask", lemma="urge", task="count the lamps", force="2")
    assert Draft.objects.get(pk=draft.pk).structure["units"][1]["asks"][0]["lemma"] == "urge"


def test_correction_of_an_old_version_is_refused(draft: Draft, desk: Client) -> None:
    path = unit(draft, "para/1")

    answer = post(desk, path, "retype", role="heading", version="9")

    assert answer.status_code == 409
    assert "Someone else corrected the draft" in Page(answer).text(".faults li")


def test_draft_is_published_as_a_document_with_its_asks(draft: Draft, desk: Client) -> None:
    answer = post(desk, f"/desk/drafts/{draft.public_id}/", "publish")

    document = Document.objects.get(symbol="E/RES/2010/77")
    assert (answer.status_code, answer.url.endswith("/documents/E/RES/2010/77")) == (302, True)
    assert document.state == "published"
    assert Ask.objects.filter(provision__document=document).count() >= 2
    page = Page(desk.get(f"/desk/drafts/{draft.public_id}/", HTTP_ACCEPT_LANGUAGE="en"))
    assert page.find("form.form") == []


def test_draft_is_for_the_secretariat_alone(draft: Draft, client: Client, bilal: Any) -> None:
    client.force_login(bilal)

    assert client.get(f"/desk/drafts/{draft.public_id}/").status_code == 404
