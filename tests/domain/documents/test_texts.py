"""Adding official texts: to the document as a file, to its provisions as words."""

import hashlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.documents.models import Document, LanguageVersion, Provision
from stocktake.domain.documents.queries import content_of
from stocktake.domain.documents.services import add_language_version
from stocktake.kernel.history import queries as history

pytestmark = pytest.mark.django_db

FILE = b"1. Invented words;\n2. More of them." * 50


@pytest.fixture
def document(make: Any) -> Document:
    """A document of two paragraphs."""
    return make("E/RES/2041/1", "para/1", "para/2", languages=["en"])


def _add(actor: Any, document: Document, **told: Any) -> LanguageVersion:
    given = {
        "language": "fr",
        "text": FILE.decode(),
        "content": FILE,
        "file_name": "texte.txt",
        "media_type": "text/plain",
        "provision_texts": {"para/1": "Des mots inventés;", "para/2": "D’autres."},
        "footnotes": {"para/1": {"4": "Voir là."}},
    }
    return add_language_version(actor, document, **{**given, **told})


def test_add_keeps_file_and_words_and_logs_document_and_provisions(
    anna: Any, document: Document
) -> None:
    version = _add(anna, document)

    held = LanguageVersion.objects.get(document=document)
    provision = Provision.objects.get(path="para/1")
    told = {each.field: each.after for each in history.diff(_newest("document", document))}
    assert (held.pk, content_of(held), held.text) == (version.pk, FILE, FILE.decode())
    assert len(held.content) < len(FILE)
    assert provision.text.to_json() == {"original": "fr", "values": {"fr": "Des mots inventés;"}}
    assert provision.footnotes == [
        {"number": "4", "text": {"original": "fr", "values": {"fr": "Voir là."}}}
    ]
    assert told == {
        "languages": ["en", "fr"],
        "versions": {
            "fr": {
                "url": "",
                "file_name": "texte.txt",
                "media_type": "text/plain",
                "sha256": hashlib.sha256(FILE).hexdigest(),
            }
        },
    }
    assert _newest("document", document).verb == "add_text"
    assert {each.field for each in history.diff(_newest("provision", provision))} == {
        "text",
        "footnotes",
    }


def _newest(kind: str, record: Any) -> Any:
    return history.changes_of(kind, record.public_id)[0]


def test_add_again_writes_nothing(anna: Any, document: Document) -> None:
    _add(anna, document)
    before = history.head()

    _add(anna, document)

    assert (history.head(), LanguageVersion.objects.count()) == (before, 1)


def test_add_another_language_stands_beside_the_first(anna: Any, document: Document) -> None:
    _add(anna, document)

    _add(
        anna,
        document,
        language="ar",
        provision_texts={"para/1": "كلمات", "para/2": " "},
        footnotes={"para/1": {"4": "انظر", "5": "ثم"}},
    )

    first, second = Provision.objects.order_by("position")
    assert first.text.to_json() == {
        "original": "fr",
        "values": {"ar": "كلمات", "fr": "Des mots inventés;"},
    }
    assert second.text.to_json()["values"] == {"fr": "D’autres."}
    assert [(note["number"], sorted(note["text"]["values"])) for note in first.footnotes] == [
        ("4", ["ar", "fr"]),
        ("5", ["ar"]),
    ]
    assert LanguageVersion.objects.count() == 2


def test_add_a_corrected_file_replaces_the_first_and_tells_both(
    anna: Any, document: Document
) -> None:
    _add(anna, document)

    _add(anna, document, content=b"other", text="other")

    (change,) = history.diff(_newest("document", document))
    assert content_of(LanguageVersion.objects.get()) == b"other"
    assert change.before["fr"]["sha256"] != change.after["fr"]["sha256"]


def test_add_with_faults_writes_nothing(anna: Any, document: Document) -> None:
    faults = {"language": "xx", "text": " ", "url": "ftp://example.org", "media_type": "m" * 101}

    with pytest.raises(ValidationError) as caught:
        _add(anna, document, **faults)
    with pytest.raises(ValidationError, match="There is no para/9 here"):
        _add(anna, document, provision_texts={"para/9": "x"})
    with pytest.raises(ValidationError, match="control characters"):
        _add(anna, document, text="a\x00b")

    assert set(caught.value.message_dict) == set(faults)
    assert LanguageVersion.objects.count() == 0
    assert [str(each.text) for each in Provision.objects.all()] == ["", ""]


def test_add_without_permission_writes_nothing(bilal: Any, document: Document) -> None:
    before = history.head()

    with pytest.raises(PermissionDenied, match=r"documents\.edit"):
        _add(bilal, document)

    assert (LanguageVersion.objects.count(), history.head()) == (0, before)
