"""Invented asks: repeatable, marked as invented everywhere, in batches."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from stocktake.domain.asks.models import Ask, AskInstance, Evidence
from stocktake.domain.documents.models import Document
from stocktake.exchange.generating_asks import ASKS_A_DOCUMENT, generate_asks
from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries as history
from stocktake.kernel.history.models import Change

pytestmark = pytest.mark.django_db


def test_generate_asks_enters_as_many_all_marked_as_invented(system: System) -> None:
    count = ASKS_A_DOCUMENT + 3

    added = generate_asks(system, count, seed=7)

    assert (added, Ask.objects.filter(is_invented=True).count()) == (count, count)
    assert not Ask.objects.filter(is_invented=False).exists()
    assert [each.is_invented for each in Document.objects.all()] == [True, True]
    assert AskInstance.objects.count() >= count
    assert Evidence.objects.filter(acceptance="accepted").exists()
    first, second = Document.objects.order_by("pk")
    assert second.previous == first


def test_generate_asks_of_the_same_seed_adds_nothing(system: System) -> None:
    generate_asks(system, 5, seed=7)
    before = history.head()

    again = generate_asks(system, 5, seed=7)
    other = generate_asks(system, 2, seed=8)

    assert (again, other) == (0, 2)
    assert history.head()[0] > before[0]


def test_generate_asks_is_logged_one_change_an_ask(system: System) -> None:
    generate_asks(system, 5, seed=7)

    assert Change.objects.filter(kind="ask", verb="create").count() == 5


def test_generate_asks_by_others_is_denied(bilal: Any) -> None:
    with pytest.raises(PermissionDenied):
        generate_asks(bilal, 5, seed=7)

    assert not Ask.objects.exists()
