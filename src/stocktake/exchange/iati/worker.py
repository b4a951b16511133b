"""The process that maps pieces of a large file: lines of JSON in, lines of JSON out."""

import json
import os
import sys

import django


def main() -> None:
    """Map pieces until the reader ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktake.config.settings")
    django.setup()
    # after the settings are known
    from stocktake.exchange.iati.mapping import Mapper, item_of
    from stocktake.exchange.iati.workers import written
    from stocktake.exchange.reading import check
    from stocktake.lib.formats.iati import Piece, read_piece

    file, version, language = json.loads(sys.stdin.buffer.readline())
    mapper = Mapper(file)
    for line in sys.stdin.buffer:
        done = []
        for text, at in json.loads(line):
            piece = Piece(text.encode(), at)
            activity = read_piece(piece, version=version, default_language=language)
            done.append(written(check(item_of(mapper.map(activity), activity), file)))
        sys.stdout.buffer.write(json.dumps(done).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
