"""The drill of tampering at full size, on a log of its own on SQLite."""

import os
import tempfile
from pathlib import Path

from tests.drills.prove import Proof

FULL = 1000
_ENTRIES = 300


def prove(times: int, seed: int) -> Proof:
    """Tamper with a fresh log many times."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STOCKTAKE_HOME"] = str(Path(folder) / "home")
        os.environ["DJANGO_SETTINGS_MODULE"] = "stocktake.config.settings"
        Path(os.environ["STOCKTAKE_HOME"]).mkdir()
        import django

        django.setup()
        from django.core.management import call_command

        from tests.drills import tampering

        call_command("migrate", verbosity=0)
        tampering.write_log(_ENTRIES, seed)
        found = tampering.tamper(times, seed)
    figures = [
        (f"{kind}: found of done", f"{found.found[kind]} of {found.done[kind]}")
        for kind in tampering.KINDS
    ]
    figures.append(("missed", "; ".join(found.missed) or "none"))
    return Proof(
        "Tampering with the log",
        "every change, removal, reordering and cut of an entry or its values is found",
        f"{times} tampers with a log of {_ENTRIES} entries",
        seed,
        figures,
        not found.missed,
    )
