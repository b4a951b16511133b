"""Every shipped table tells its title, source, licence and date."""

from pathlib import Path

import pytest
from django.conf import settings

from stocktake.kernel.vocabularies.files import read_facts

pytestmark = pytest.mark.once

DATA = Path(settings.STOCKTAKE_DATA_DIR)


def test_every_table_has_its_facts_beside_it() -> None:
    tables = [path for path in DATA.rglob("*.csv") if path.parent.name != "sample"]

    lacking = [path.name for path in tables if not path.with_suffix(".toml").is_file()]

    assert len(tables) > 20
    assert lacking == []
    for path in DATA.rglob("*.toml"):
        if path.parent.name != "sample":
            read_facts(path)


def test_no_table_has_a_byte_order_mark_or_stray_spaces() -> None:
    for path in DATA.rglob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert not text.startswith("\ufeff"), path.name
        assert ", ," not in text, path.name
        assert "\u00a0" not in text, path.name
