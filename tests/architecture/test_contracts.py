"""The import contracts hold, and each would catch the violation it is there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent

PLANTED = {
    "floors": ("kernel/common/planted.py", "from stocktake.domain import activities\n"),
    "floors late": ("domain/frameworks/queries.py", "\ndef f():\n    import stocktake.web\n"),
    "floors neighbours": ("web/planted.py", "import stocktake.cli\n"),
    "kernel": ("kernel/common/planted.py", "import stocktake.kernel.history.models\n"),
    "kernel neighbours": ("kernel/accounts/planted.py", "import stocktake.kernel.vocabularies\n"),
    "domain": ("domain/frameworks/queries.py", "import stocktake.domain.activities.models\n"),
    "app": ("domain/activities/models.py", "import stocktake.domain.activities.queries\n"),
    "app names": ("domain/activities/helpers.py", "x = 1\n"),
    "pure": ("lib/multilingual/planted.py", "import django\n"),
    "outbound": ("web/planted.py", "import urllib3\n"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, 'src');"
            "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_contracts_hold() -> None:
    done = _lint(PROJECT)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("contract", PLANTED)
def test_planted_violation_of_a_contract_is_caught(contract: str, tmp_path: Path) -> None:
    name, line = PLANTED[contract]
    shutil.copytree(
        PROJECT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.pyc", "data", "static")
    )
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    planted = tmp_path / "src" / "stocktake" / name
    planted.write_text((planted.read_text() if planted.exists() else '"""Planted."""\n') + line)

    done = _lint(tmp_path)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
