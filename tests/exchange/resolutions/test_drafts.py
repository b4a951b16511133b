"""Drafts: started, corrected, undone, done again, discarded and published."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.asks.models import Ask
from stocktake.domain.documents.choices import DocumentState
from stocktake.domain.documents.models import Document, Lineage
from stocktake.domain.documents.services import create_document
from stocktake.exchange.models import Draft, DraftState
from stocktake.exchange.resolutions import publishing
from stocktake.exchange.resolutions.drafts import (
    correct_draft,
    discard_draft,
    redo_step,
    start_draft,
    undo_step,
)
from stocktake.exchange.resolutions.publishing import publish_draft
from stocktake.exchange.resolutions.queries import (
    details_of,
    draft_visible_to,
    drafts_visible_to,
)
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history.models import Change
from tests.exchange.resolutions.texts import LAMPS, LATER, NEXT, SYMBOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(anna: Any) -> Draft:
    """A draft of Anna's, as the parser read it."""
    return start_draft(anna, text=LAMPS, file_name="lamps.txt")


def verbs(kind: str, public_id: str) -> list[str]:
    """Give what the log says was done to a record."""
    rows = Change.objects.filter(kind=kind, object_id=public_id).order_by("number")
    return list(rows.values_list("verb", flat=True))


def unit_id(draft: Draft, path: str) -> str:
    """Give the id of the unit of a path."""
    return next(str(each["id"]) for each in draft.structure["units"] if each["path"] == path)


def edit(draft: Draft, path: str, **values: str) -> dict[str, Any]:
    """Give the step that edits a unit."""
    return {"step": "edit", "unit": unit_id(draft, path), "values": values}


def test_start_draft_keeps_the_text_as_read(draft: Draft) -> None:
    kept = Draft.objects.get(pk=draft.pk)

    assert (kept.symbol, kept.title, kept.language) == (SYMBOL, "Care of lamps", "en")
    assert kept.source == LAMPS
    assert [each["path"] for each in kept.structure["units"]] == [
        *("preamble/1", "para/1", "para/2", "para/3", "para/4", "para/4/a", "para/4/b"),
    ]


def test_start_draft_by_others_is_denied(bilal: Any) -> None:
    with pytest.raises(PermissionDenied):
        start_draft(bilal, text=LAMPS)

    assert not Draft.objects.exists()


def test_start_draft_is_logged_without_its_text(draft: Draft) -> None:
    change = Change.objects.get(kind="draft", object_id=draft.public_id)

    told = {name: after for name, (_salt, _old, after) in change.payload.values.items()}
    assert change.verb == "create"
    assert told == {
        "state": "open",
        "symbol": SYMBOL,
        "title": "Care of lamps",
        "language": "en",
        "file_name": "lamps.txt",
        "paragraphs": 7,
        "position": 0,
        "document": "",
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": ""}, "holds no text"),
        ({"text": "It rained.\n\nIt rained again.\n" * 50}, "neither a resolution nor"),
        ({"content": b"%PDF-1.4 broken"}, "can not be read"),
        ({"content": b"7" * 3_100_000}, "larger than 3 MB"),
        ({"content": b"%PDF-" + b"7" * 26_000_000}, "larger than 25 MB"),
        ({"content": b"\x00\x01\x02"}, "neither text, HTML, DOCX nor PDF"),
        ({"text": "1234567890" * 20_000}, "neither a resolution nor"),
        ({"text": f"{LAMPS}\n\n{LATER}"}, "holds 2 resolutions"),
        ({"text": LAMPS, "language": "xx"}, "xx is not on the list"),
        ({"text": LAMPS.replace("oil", "oil\0")}, "control characters"),
    ],
)
def test_start_draft_of_what_is_no_document_says_so_and_keeps_nothing(
    anna: Any, given: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        start_draft(anna, **given)

    assert not Draft.objects.exists()


def test_correct_undo_and_redo_go_there_and_back(anna: Any, draft: Draft) -> None:
    split = {"step": "split", "unit": unit_id(draft, "para/1"), "at": 10}

    one = correct_draft(anna, draft, split, expected_version=draft.version)
    two = correct_draft(anna, one, edit(one, "para/1", number="9"), expected_version=one.version)
    back = undo_step(anna, undo_step(anna, two, expected_version=None), expected_version=None)
    again = redo_step(anna, redo_step(anna, back, expected_version=None), expected_version=None)

    assert back.structure == draft.structure
    assert again.structure == two.structure
    assert (back.position, again.position) == (0, 2)
    assert verbs("draft", draft.public_id) == [
        *("create", "correct", "correct", "undo", "undo", "redo", "redo"),
    ]


def test_correct_the_head_and_undo_it(anna: Any, draft: Draft) -> None:
    step = {"step": "head", "values": {"title": "Lamps"}}

    after = correct_draft(anna, draft, step, expected_version=None)
    back = undo_step(anna, after, expected_version=None)

    assert (after.title, back.title) == ("Lamps", "Care of lamps")
    assert back.structure == draft.structure


def test_correct_after_an_undo_forgets_what_was_undone(anna: Any, draft: Draft) -> None:
    one = correct_draft(anna, draft, edit(draft, "para/1", number="8"), expected_version=None)
    back = undo_step(anna, one, expected_version=None)
    two = correct_draft(anna, back, edit(back, "para/1", number="9"), expected_version=None)

    with pytest.raises(ValidationError, match="no correction to make again"):
        redo_step(anna, two, expected_version=None)

    assert [step.number for step in details_of(two).steps] == [1]


def test_correct_from_an_older_version_is_refused(anna: Any, draft: Draft) -> None:
    correct_draft(anna, draft, edit(draft, "para/1", number="8"), expected_version=1)

    with pytest.raises(StaleVersion):
        correct_draft(anna, draft, edit(draft, "para/1", number="9"), expected_version=1)


def test_a_correction_that_changes_nothing_writes_nothing(anna: Any, draft: Draft) -> None:
    after = correct_draft(anna, draft, edit(draft, "para/1", number="1"), expected_version=None)

    assert (after.version, after.position) == (draft.version, 0)


@pytest.mark.parametrize("do", [undo_step, redo_step, discard_draft, publish_draft])
def test_changes_by_others_are_denied(bilal: Any, draft: Draft, do: Any) -> None:
    with pytest.raises(PermissionDenied):
        do(bilal, draft, expected_version=None)
    with pytest.raises(PermissionDenied):
        correct_draft(bilal, draft, edit(draft, "para/1", number="9"), expected_version=None)

    assert Draft.objects.get().version == 1
    assert not Document.objects.filter(symbol=SYMBOL).exists()


def test_undo_without_a_correction_is_refused(anna: Any, draft: Draft) -> None:
    with pytest.raises(ValidationError, match="no correction to undo"):
        undo_step(anna, draft, expected_version=None)


def test_discard_closes_the_draft(anna: Any, draft: Draft) -> None:
    closed = discard_draft(anna, draft, expected_version=1, note="Twice the same.")

    assert (closed.state, verbs("draft", draft.public_id)) == ("discarded", ["create", "discarded"])
    with pytest.raises(ValidationError, match="The draft is closed"):
        correct_draft(anna, closed, edit(closed, "para/1", number="9"), expected_version=None)


def test_publish_draft_makes_document_provisions_and_asks(anna: Any, draft: Draft) -> None:
    document = publish_draft(anna, draft, expected_version=1)

    assert (document.symbol, document.type, document.body, document.date, document.state) == (
        *(SYMBOL, "resolution", "UN-ECOSOC", "2049-07-09", "published"),
    )
    provision = document.provisions.get(path="para/4/a")
    assert (provision.parent and provision.parent.path, provision.role) == ("para/4", "task")
    assert provision.text.values == {"en": "To trim wicks;"}
    assert [
        (ask.provision.path, ask.lemma, ask.nature, ask.recurrence, ask.due_on, ask.report_to)
        for ask in Ask.objects.filter(provision__document=document).order_by("provision__position")
    ] == [
        ("para/2", "request", "recurring", "P1Y", None, ["CSTD"]),
        ("para/3", "invite", "once", "", date(2049, 12, 31), []),
        ("para/4", "call upon", "once", "", None, []),
        ("para/4", "call upon", "once", "", None, []),
    ]
    version = document.versions.get()
    assert (version.language, version.text, version.file_name) == ("en", LAMPS, "lamps.txt")
    assert {each.cited.symbol for each in document.citations.all()} == {"A/102/7", "E/RES/2044/17"}


def test_publish_draft_closes_it_and_is_logged_at_every_record(anna: Any, draft: Draft) -> None:
    document = publish_draft(anna, draft, expected_version=1)

    closed = Draft.objects.get()
    assert (closed.state, closed.document) == (DraftState.PUBLISHED, document)
    assert verbs("draft", draft.public_id) == ["create", "published"]
    assert verbs("document", document.public_id) == ["create", "add_text", "update"]
    ask = Ask.objects.get(provision__path="para/3", provision__document=document)
    assert verbs("ask", ask.public_id) == ["create"]


def test_publish_draft_traces_what_continues_the_text_before(anna: Any, draft: Draft) -> None:
    earlier = publish_draft(anna, draft, expected_version=None)
    later = start_draft(anna, text=LATER)
    head = {"step": "head", "values": {"previous": SYMBOL.lower()}}
    later = correct_draft(anna, later, head, expected_version=None)

    document = publish_draft(anna, later, expected_version=None)

    assert (document.symbol, document.previous) == (NEXT, earlier)
    rows = Lineage.objects.order_by("later__position").select_related("earlier", "later")
    assert [(row.earlier.path, row.later.path, row.relation, row.is_due_moved) for row in rows] == [
        ("para/1", "para/1", "unchanged", False),
        ("para/3", "para/2", "strengthened", True),
        ("para/4", "para/3", "unchanged", False),
    ]


def test_publish_draft_fills_a_stub(anna: Any, system: Any) -> None:
    stub = create_document(system, {"symbols": [SYMBOL, "A/104/9"], "is_stub": True})

    document = publish_draft(anna, start_draft(anna, text=LAMPS), expected_version=None)

    assert (document.pk, document.is_stub) == (stub.pk, False)
    assert [each.symbol for each in document.symbols.all()] == [SYMBOL, "A/104/9"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"symbol": "E/RES/2048/1"}, "in the register already"),
        ({"symbol": "", "title": ""}, "needs a symbol or a title"),
        ({"previous": "E/RES/1999/99"}, "holds no document E/RES/1999/99"),
    ],
)
def test_publish_draft_that_cannot_be_a_document_is_refused(
    anna: Any, system: Any, draft: Draft, values: dict[str, str], told: str
) -> None:
    create_document(system, {"symbols": ["E/RES/2048/1"]})
    draft = correct_draft(anna, draft, {"step": "head", "values": values}, expected_version=None)

    with pytest.raises(ValidationError, match=told):
        publish_draft(anna, draft, expected_version=None)

    assert not Document.objects.filter(symbol=SYMBOL).exists()
    assert Draft.objects.get().state == DraftState.OPEN


def test_publish_draft_that_was_interrupted_is_not_public_and_goes_on(
    anna: Any, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(publishing, "create_asks", _interrupt)
        publish_draft(anna, draft, expected_version=None)
    half = Document.objects.get(symbol=SYMBOL)

    document = publish_draft(anna, Draft.objects.get(), expected_version=None)

    assert (half.state, document.state) == (DocumentState.WORKING, DocumentState.PUBLISHED)
    assert document.pk == half.pk
    assert Ask.objects.filter(provision__document=document).count() == 4


def _interrupt(*_args: Any, **_options: Any) -> None:
    raise KeyboardInterrupt


def test_publish_draft_of_many_paragraphs_writes_in_several_transactions(
    anna: Any, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "BATCH", 2)

    document = publish_draft(anna, draft, expected_version=None)

    assert document.provisions.exclude(text={}).count() == 7
    assert Ask.objects.filter(provision__document=document).count() == 4
    assert verbs("document", document.public_id) == ["create", "add_text", "update"]


def test_drafts_are_seen_by_the_secretariat_alone(anna: Any, bilal: Any, draft: Draft) -> None:
    assert draft_visible_to(anna, draft.public_id) == draft
    assert list(drafts_visible_to(anna)) == [draft]
    assert draft_visible_to(bilal, draft.public_id) is None
    assert not drafts_visible_to(None)


@pytest.mark.parametrize("count", [1, 3])
def test_drafts_are_listed_in_one_query(
    anna: Any, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        start_draft(anna, text=LAMPS)
    seen = drafts_visible_to(anna)

    with django_assert_num_queries(1):
        told = [(str(each), each.document) for each in seen]

    assert told == [(SYMBOL, None)] * count


def test_details_of_a_draft_name_what_can_be_undone(
    anna: Any, draft: Draft, django_assert_num_queries: Any
) -> None:
    one = correct_draft(anna, draft, edit(draft, "para/1", number="9"), expected_version=None)
    back = undo_step(anna, one, expected_version=None)

    with django_assert_num_queries(1):
        told = details_of(back)

    assert (told.undo, told.redo, told.steps, told.is_open) == ("", "edit", [], True)
