"""The drill of the ledger, small."""

import pytest

from tests.drills import ledger
from tests.drills.material import PROJECT
from tests.homes import Home


@pytest.mark.committed
def test_pages_of_a_ledger_of_invented_asks_are_light_and_ask_little(home: Home) -> None:
    home.extra["PYTHONPATH"] = str(PROJECT)

    told = ledger.measure(home, 60, seed=5, times=1, languages="ar")

    assert told.asks == 60
    assert len(told.pages) == len(ledger.PAGES)
    assert told.holds, (told.heaviest, told.queries())
