"""An editor at work: enters an activity and edits it again and again until its input is closed.

`python -m tests.drills.editor` prints one JSON line an edit: when it began (seconds of the
machine's clock), how long it took, the title it wrote, and what refused it; last it prints the
titles of its edits as the log has them.
"""

import json
import os
import sys
import threading
import time
from typing import Any

PAUSE = 0.05
"""Seconds between two edits."""


def main() -> None:
    """Edit until the other side hangs up."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stocktake.config.settings"
    import django

    django.setup()
    from tests.drills.looking import enter, titles

    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    (public_id,) = enter("1")
    number = 0
    _tell("ready")
    while not stop.is_set():
        number += 1
        title = f"Edit {number}"
        began, start = time.time(), time.perf_counter()
        refused = _edit(public_id, title)
        _tell([began, time.perf_counter() - start, title, refused])
        stop.wait(PAUSE)
    _tell(titles(public_id)[public_id])


def _tell(what: Any) -> None:
    print(json.dumps(what), flush=True)


def _edit(public_id: str, title: str) -> str:
    """Read the activity and edit it from the version read, as a form does."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import DatabaseError

    from stocktake.domain.activities.models import Activity
    from stocktake.domain.activities.services import update_activity
    from stocktake.kernel.common.actors import System
    from stocktake.lib.multilingual import Text

    try:
        activity = Activity.objects.get(public_id=public_id)
        changes = {"title": Text.of("en", title).to_json()}
        update_activity(System("drill"), activity, changes, expected_version=activity.version)
    except (DatabaseError, ValidationError, PermissionDenied) as error:
        return f"{type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    main()
