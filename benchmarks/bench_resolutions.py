"""The parser of resolutions: megabytes a second for structure and whole, beside bare splitting.

The peer is the least that any parser must do: `splitlines` and one pattern for numbered
paragraphs over the same text, in the same run, before and after ours.
"""

import argparse
import re
import resource
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from stocktake.lib.resolutions import Collection, compare, parse, parse_every, split, to_akn
from stocktake.lib.resolutions.drafting import make_draft
from stocktake.lib.resolutions.identity import find_formula
from stocktake.lib.resolutions.resolution_structure import outline_resolution
from tests.lib.resolutions.texts import FULL, resolution

STRUCTURE, WHOLE, COLLECTION_SECONDS, COLLECTION_PAGES = 1.0, 0.25, 60.0, 2000
_PAGE = 3000
_PARAGRAPH = (
    "Notes the patient work of the keepers of lamps on the outer islands, as told in the report of "
    "the Secretary-General (A/65/64–E/2010/12), and in this regard invites all States and the "
    "private sector to lend ladders, ropes and oil to small harbours before the end of 2050, "
    "taking into account paragraph 35 of the Tunis Agenda for the Information Society;"
)
_RECITAL = (
    "Recalling its resolution 2044/17 of 21 July 2044 on the lending of lanterns to harbours,"
)
_NUMBERED = re.compile(r"^\s*(\d{1,3})\. +(\S.*)$", re.MULTILINE)


def main() -> None:
    """Measure, print a table; exit code 1 where a bar is not reached."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--pages", type=int, default=COLLECTION_PAGES, help="Of 3,000 characters.")
    pages = given.parse_args().pages
    text = _collection(pages * _PAGE)
    part = _single(len(text) // 10)
    megabytes, small = len(text) / 1e6, len(part) / 1e6
    before = _seconds(lambda: _peer(text))
    structure = _seconds(lambda: _outline(part))
    whole = _seconds(lambda: _take(parse_every(text)))
    after = _seconds(lambda: _peer(text))
    parsed = parse(part)
    rows = [
        ("bare splitting, before and after", megabytes / before, megabytes / after),
        ("split into resolutions", megabytes / _seconds(lambda: split(text)), 0.0),
        ("structure (bar 1.0 MB/s)", small / structure, STRUCTURE),
        ("with clauses, asks, references (bar 0.25 MB/s)", megabytes / whole, WHOLE),
        ("Akoma Ntoso out", small / _seconds(lambda: to_akn(parsed)), 0.0),
        ("comparison with itself", small / _seconds(lambda: compare(parsed, parsed)), 0.0),
    ]
    for name, measured, bar in rows:
        print(f"{name:50}{measured:10.2f} MB/s{bar:10.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = f"{pages} pages ({megabytes:.1f} MB, {len(split(text))} resolutions)"
    print(f"{told} in {whole:.1f} s; peak memory {peak:.0f} MB")
    holds = small / structure >= STRUCTURE and megabytes / whole >= WHOLE
    raise SystemExit(0 if holds and whole < COLLECTION_SECONDS else 1)


def _collection(size: int) -> str:
    """Resolutions of our own, one after the other, to a size in characters; lines of 90."""
    parts: list[str] = []
    while sum(map(len, parts[-2:])) * len(parts) < 2 * size:
        number = len(parts) // 2 + 1
        parts.append(_resolution(30).replace("2049/1", f"2049/{number}") + "\f")
        parts.append(FULL.replace("70/999", f"70/{number}") + "\f")
    return "".join(parts)[:size]


def _single(size: int) -> str:
    """One resolution of our own of about a size in characters."""
    return _resolution(max(1, size // len(_PARAGRAPH)))


def _resolution(paragraphs: int) -> str:
    words = textwrap.fill(_PARAGRAPH, 90)
    return resolution(*[words] * paragraphs, preamble="\n\n".join([_RECITAL] * 12))


def _take(parsed: object) -> None:
    if not isinstance(parsed, Collection):
        raise SystemExit("The collection was not read as one.")


def _outline(text: str) -> None:
    draft = make_draft(text, "en")
    outline_resolution(draft, find_formula(draft.blocks))


def _peer(text: str) -> int:
    return len(text.splitlines()) + len(_NUMBERED.findall(text))


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
