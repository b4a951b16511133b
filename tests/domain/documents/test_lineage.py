"""Writing which paragraph continues which: found by alignment, stated by people."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.documents.models import Document, Lineage
from stocktake.domain.documents.services import write_lineage
from stocktake.kernel.history import queries as history
from tests.domain.documents.counting import queries_of

pytestmark = pytest.mark.django_db

Pair = tuple[Document, Document]


@pytest.fixture
def pair(make: Any) -> Pair:
    """Two texts of a line, three paragraphs each."""
    paths = ("para/1", "para/2", "para/3")
    earlier = make("E/RES/2040/1", *paths)
    return earlier, make("E/RES/2041/1", *paths, previous=earlier.public_id)


def _row(earlier: str, later: str, **told: Any) -> dict[str, Any]:
    return {"earlier": earlier, "later": later, "relation": "unchanged", **told}


def _told() -> list[tuple[str, str, str, bool]]:
    rows = Lineage.objects.select_related("earlier", "later").order_by("later__path", "pk")
    return [(row.earlier.path, row.later.path, row.relation, row.is_stated) for row in rows]


def test_write_lineage_is_kept_and_logged_on_the_later_document(system: Any, pair: Pair) -> None:
    earlier, later = pair
    rows = [
        _row("para/1", "para/2", relation="strengthened", is_due_moved=True, similarity=0.81239),
        _row("para/2", "para/3"),
    ]

    made = write_lineage(system, later, rows, note="aligned")

    change = history.changes_of("document", later.public_id)[0]
    (told,) = history.diff(change)
    assert (change.verb, history.note_of(change), told.before) == ("trace", "aligned", None)
    assert told.after == [
        {
            "earlier": "para/1",
            "later": "para/2",
            "relation": "strengthened",
            "is_due_moved": True,
            "similarity": "0.812",
            "is_stated": False,
        },
        {
            "earlier": "para/2",
            "later": "para/3",
            "relation": "unchanged",
            "is_due_moved": False,
            "similarity": None,
            "is_stated": False,
        },
    ]
    assert [row.earlier.document_id for row in made] == [earlier.pk] * 2
    assert Document.objects.get(pk=later.pk).version == 2


def test_write_lineage_again_writes_nothing(system: Any, pair: Pair) -> None:
    rows = [_row("para/1", "para/2", similarity=0.5)]
    write_lineage(system, pair[1], rows)
    before = history.head()

    write_lineage(system, pair[1], rows)

    assert history.head() == before


def test_write_lineage_found_anew_replaces_what_was_found_not_what_was_stated(
    anna: Any, pair: Pair
) -> None:
    write_lineage(anna, pair[1], [_row("para/1", "para/1"), _row("para/2", "para/2")])
    write_lineage(anna, pair[1], [_row("para/3", "para/1", relation="reworded")], is_stated=True)
    stated = _told()

    write_lineage(anna, pair[1], [_row("para/1", "para/1"), _row("para/1", "para/3")])

    assert stated == [
        ("para/3", "para/1", "reworded", True),
        ("para/2", "para/2", "unchanged", False),
    ]
    assert _told() == [
        ("para/3", "para/1", "reworded", True),
        ("para/1", "para/3", "unchanged", False),
    ]


def test_write_lineage_with_faults_tells_all_of_them(system: Any, pair: Pair) -> None:
    rows = [
        _row("para/9", "para/8"),
        _row("para/1", "para/1", relation="sung"),
        _row("para/2", "para/2", similarity=2),
        _row("para/3", "para/3", similarity="like"),
    ]

    with pytest.raises(ValidationError) as caught:
        write_lineage(system, pair[1], rows)
    with pytest.raises(ValidationError, match="This document follows no other"):
        write_lineage(system, pair[0], [])

    assert caught.value.message_dict == {
        "para/9 para/8": ["There is no para/9 here.", "There is no para/8 here."],
        "para/1 para/1": ["sung is not on the list relation."],
        "para/2 para/2": ["A number from 0 to 1 is expected."],
        "para/3 para/3": ["A number from 0 to 1 is expected."],
    }
    assert not Lineage.objects.exists()


def test_write_lineage_without_permission_writes_nothing(bilal: Any, pair: Pair) -> None:
    with pytest.raises(PermissionDenied, match=r"documents\.edit"):
        write_lineage(bilal, pair[1], [_row("para/1", "para/1")])

    assert not Lineage.objects.exists()


def test_write_lineage_takes_a_fixed_number_of_queries(system: Any, pair: Pair) -> None:
    one = [_row("para/1", "para/1")]
    three = [_row(f"para/{at}", f"para/{at}", relation="reworded") for at in (1, 2, 3)]
    write_lineage(system, pair[1], [_row("para/3", "para/3")])

    few = queries_of(lambda: write_lineage(system, pair[1], one))
    many = queries_of(lambda: write_lineage(system, pair[1], three))

    assert few == many
