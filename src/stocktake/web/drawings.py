"""Drawings kept as files, so that a chart is drawn once and not by each process anew."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

MOST_KEPT = 500


def kept(what: Mapping[str, Any], draw: Callable[[], str]) -> str:
    """Give the drawing of some plain values, from its file or freshly drawn.

    A drawing that cannot be kept (a full or read-only disk) is still given.
    """
    told = json.dumps(what, sort_keys=True, ensure_ascii=False)
    file = _folder() / f"{hashlib.sha256(told.encode()).hexdigest()[:40]}.svg"
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        drawing = draw()
    with contextlib.suppress(OSError):
        _keep(file, drawing)
    return drawing


def _keep(file: Path, drawing: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(drawing, encoding="utf-8")
    fresh.replace(file)
    files = sorted(file.parent.glob("*.svg"), key=lambda each: each.stat().st_mtime)
    for old in files[:-MOST_KEPT]:
        old.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.STOCKTAKE_CACHE_DIR) / "drawings"
