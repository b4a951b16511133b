"""No text makes the parser slow: time grows with length, whatever stands on the line."""

import time

import pytest

from stocktake.lib.resolutions import parse
from tests.lib.resolutions.texts import resolution

_OPEN = "The General Assembly,\n\n1. Requests the Secretary-General "
UNITS = {
    "letters": ("1. x\n\n", "(a) y;\n\n"), "bullets": ("1. x\n\n", "• y;\n\n"),
    "labels": ("", "1.\n"), "digits": ("", "1"), "stars": (_OPEN, "*"), "marks": (_OPEN, "a¹ "),
    "notes": ("", "_____\n1 x\n"), "short lines": ("", "Ab\n\n"), "strokes": (_OPEN, "A/"),
    "formulas": ("", "The General Assembly,\n\n"), "tasks": (_OPEN, "to do x, and to do "),
    "routes": (_OPEN, "to report on "), "verbs": (_OPEN, ", requests "), "takes": (_OPEN, "takes "),
    "relatives": (_OPEN, "which notes "), "quotes": (_OPEN, "“"), "brackets": (_OPEN, "("),
    "conditions": (_OPEN, "to do if the "), "names": ("1. ", "Aa "), "initials": ("1. ", "A."),
    "chinese": ("大会，\n\n1. 请", "请，"), "russian": ("", "напоминая "), "spaces": (_OPEN, " "),
    "sessions": (_OPEN, "to do at its sixty-sixth "), "tags": ("<p>", "<p>a "),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(UNITS))
def test_parse_of_an_adversarial_text_takes_no_longer_than_its_length_allows(name: str) -> None:
    start, unit = UNITS[name]
    text = start + unit * (20_000 // len(unit)) + " x"

    began = time.process_time()
    parse(text)

    # 20 kB in 80 ms is the bar; a quadratic step would take many seconds
    assert time.process_time() - began < 2.0


def test_parse_keeps_the_pace_that_is_promised() -> None:
    paragraph = (
        "Notes the patient work of the keepers of lamps on the outer islands, and invites all "
        "States and the private sector to lend ladders, ropes and oil to small harbours;"
    )
    text = resolution(*[paragraph] * 1000)

    began = time.process_time()
    parse(text)
    seconds = time.process_time() - began

    # a quarter of a megabyte a second of a free core; others that share it slow that down
    assert len(text) / seconds > 100_000
