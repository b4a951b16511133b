"""The process that maps pieces of a large file: XML in, lines of JSON out."""

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
    """Answer each batch of pieces, as `workers` tells, with a line of checked entries."""
    # models can be imported after the settings are known only
    from stocktake.exchange.iati.mapping import Mapper, item_of
    from stocktake.exchange.iati.workers import written
    from stocktake.exchange.reading import check
    from stocktake.lib.compactjson import from_json, to_json
    from stocktake.lib.formats.iati import Piece, read_piece

    file, version, language = from_json(pieces.readline())
    mapper = Mapper(file)
    for line in pieces:
        batch = [Piece(pieces.read(length), at) for length, at in from_json(line)]
        # step by step, as a processor is faster at many of the same than at one of each
        read = [read_piece(piece, version=version, default_language=language) for piece in batch]
        items = [item_of(mapper.map(activity), activity) for activity in read]
        done = [written(check(item, file)) for item in items]
        answers.write(to_json(done).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
