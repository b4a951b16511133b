"""The process that prepares records for the index: lines of JSON in, lines of JSON out."""

import gc
import os
import sys

import django


def main() -> None:
    """Prepare records until the indexer ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktake.config.settings")
    django.setup()
    # models can be imported after the settings are known only
    from stocktake.kernel.search.declarations import declarations
    from stocktake.kernel.search.preparing import answer

    declarations()
    gc.freeze()  # what is loaded now stays, and need not be looked through again
    answer(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
