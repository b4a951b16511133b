"""What preparing has done, and for which code, data and database: told by fingerprints of files.

Needs the settings only, so that `up` can look before Django is set up.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings

import stocktake

PATTERNS = {
    "database": ("*/*/migrations/*.py", "*/migrations/*.py"),
    "reference data": ("data/**/*",),
    "pages": ("web/**/*.*", "lib/charts/*.py"),
}
"""The files that each step of preparing reads."""


def wanted() -> dict[str, str]:
    """Give the fingerprint of each step as it should be."""
    return {"of": _fingerprint()} | {
        name: _fingerprint(*patterns) for name, patterns in PATTERNS.items()
    }


def done() -> dict[str, str]:
    """Give the fingerprints of the steps that were done last; none when there were none."""
    try:
        return dict(json.loads(_file().read_text()))
    except (OSError, ValueError):
        return {}


def is_prepared() -> bool:
    """Say whether every step was done for the code, data and database as they are."""
    known = done()
    return all(known.get(name) == fingerprint for name, fingerprint in wanted().items())


def keep(steps: dict[str, str]) -> None:
    """Note what has been done."""
    file = _file()
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(steps, indent=1))
    fresh.replace(file)


def _fingerprint(*patterns: str) -> str:
    """Digest names, sizes and times of files, and which database this is."""
    package = Path(stocktake.__file__).parent
    digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    digest.update(str(settings.DATABASES["default"].get("HOST", "")).encode())
    for pattern in patterns:
        for file in sorted(package.glob(pattern)):
            if file.is_file():
                told = file.stat()
                line = f"{file.relative_to(package)} {told.st_size} {told.st_mtime_ns}\n"
                digest.update(line.encode())
    return digest.hexdigest()


def _file() -> Path:
    home: Path = settings.STOCKTAKE_HOME
    return home / "prepared.json"
