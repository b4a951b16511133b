"""No line stalls a regular expression or the parser: time grows as the length does.

The full size, lines of 100 kB and 50 ms each, is `python -m tests.lib.resolutions.adversarial`.
"""

from stocktake.lib.resolutions import parse
from tests.lib.resolutions.adversarial import BAR, FEW, JOINED, SIZE, STEEP, cpu, lines, texts, uses

SMALL = 4_000
LITTLE = BAR * (SMALL / SIZE) ** 2
"""A pattern whose time grows with the square takes 50 ms on 100 kB where it takes this here."""


def test_uses_finds_the_patterns_of_the_parser() -> None:
    every = uses()

    assert len(every) > 150
    assert {"coordination._OBJECT", "verbs.finder(en)"} <= {use.name for use in every}


def test_no_line_stalls_a_pattern() -> None:
    stalled = []
    for use in uses():
        for name, line in lines(use, SMALL, FEW):
            seconds = cpu(use.on(line), times=1)
            if seconds < 5 * LITTLE:
                continue
            quarter = cpu(use.on(line[-SMALL // 4 :]), times=5, little=0)
            whole = cpu(use.on(line), times=5, little=0)
            if whole > max(STEEP * quarter, BAR * SMALL / SIZE):
                stalled.append(f"{use.name}.{use.way} on {name}")

    assert stalled == []


def test_no_line_stalls_the_parser() -> None:
    bent = []
    for name, text, part in texts(2 * SMALL, JOINED):
        if cpu(lambda: parse(text), times=1) < 0.08:  # noqa: B023  called at once
            continue
        quarter = cpu(lambda: parse(part), little=0)  # noqa: B023
        whole = cpu(lambda: parse(text), little=0)  # noqa: B023
        if whole > STEEP * quarter:
            bent.append(name)

    assert bent == []
