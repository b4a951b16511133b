"""The drill of tampering, small."""

import pytest

from stocktake.kernel.history.verification import verify
from tests.drills import tampering


@pytest.mark.django_db
def test_every_tamper_with_the_log_is_found() -> None:
    tampering.write_log(40, seed=3)

    found = tampering.tamper(14, seed=3)

    assert found.missed == []
    assert found.done == found.found == dict.fromkeys(tampering.KINDS, 2)
    assert verify().holds
