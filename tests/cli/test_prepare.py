"""What a fresh or an older register is filled with when it is prepared."""

import pytest

from stocktake.cli.prepare import _SAMPLES
from stocktake.domain.activities.models import Activity
from stocktake.domain.documents.models import Document
from tests import factories

pytestmark = pytest.mark.django_db


def test_sample_documents_join_a_register_that_has_activities_and_none() -> None:
    factories.activity()
    told: list[str] = []

    for _turn in range(2):
        for load in _SAMPLES.values():
            load(told.append)

    assert told == ["Loading the sample documents …"]
    assert (Activity.objects.count(), Document.objects.filter(symbol="E/RES/2010/2").count()) == (
        *(1, 1),
    )
