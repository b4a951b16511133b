"""The process that maps pieces of a large file: lines of JSON in, lines of JSON out."""

import gc
import os
import sys
from typing import BinaryIO

import django


def main() -> None:
    """Map pieces until the reader ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktake.config.settings")
    django.setup()
    gc.freeze()  # what is loaded now stays, and need not be looked through again
    work(sys.stdin.buffer, sys.stdout.buffer)


def work(pieces: BinaryIO, answers: BinaryIO) -> None:
    """Answer each line of pieces with a line of checked entries."""
    # models can be imported after the settings are known only
    from stocktake.exchange.iati.mapping import Mapper, item_of
    from stocktake.exchange.iati.workers import written
    from stocktake.exchange.reading import check
    from stocktake.lib.compactjson import from_json, to_json
    from stocktake.lib.formats.iati import Piece, read_piece

    file, version, language = from_json(pieces.readline())
    mapper = Mapper(file)
    for line in pieces:
        done = []
        for text, at in from_json(line):
            piece = Piece(text.encode(), at)
            activity = read_piece(piece, version=version, default_language=language)
            done.append(written(check(item_of(mapper.map(activity), activity), file)))
        answers.write(to_json(done).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
