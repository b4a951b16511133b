"""Symbols and references: normalised, resolved to the organ, and never invented."""

import time

import pytest

from stocktake.lib.resolutions import normalize_symbol
from stocktake.lib.resolutions.references import ReferenceReader, expand
from stocktake.lib.resolutions.symbols import find_symbols


@pytest.mark.parametrize(
    ("written", "symbols"),
    [
        ("A/65/64-E/2010/12", ("A/65/64", "E/2010/12")),
        ("A/66/64–E/2011/77", ("A/66/64", "E/2011/77")),
        ("WG-WSIS-12-17", ("WG-WSIS-12/17",)),
        ("A/RES/1814 (XVII)", ("A/RES/1814(XVII)",)),
        ("S/RES/1325 (2000)", ("S/RES/1325(2000)",)),
        ("A/60/L.50 and Add.1", ("A/60/L.50", "A/60/L.50/Add.1")),
        ("WSIS-05/TUNIS/DOC/6(Rev.1)-E", ("WSIS-05/TUNIS/DOC/6(Rev.1)",)),
        ("A/RES/ 64/187", ("A/RES/64/187",)),
        ("E/CN.16/2010/3.", ("E/CN.16/2010/3",)),
        ("Supplement No. 53A (A/74/53/Add.1).", ("A/74/53/Add.1",)),
        ("FCCC/CP/2015/10/Add.1", ("FCCC/CP/2015/10/Add.1",)),
    ],
)
def test_normalize_symbol_gives_one_form_for_each_spelling(
    written: str, symbols: tuple[str, ...]
) -> None:
    assert normalize_symbol(written) == symbols


@pytest.mark.parametrize(
    "text",
    ["www.itu.int/WSIS/index.html", "Question 22/2", "Sales No. E.02.II.A.7", "10/11", "and/or",
     "Telecommunications/ICT", "UNESCO/ITU", "PP-06", "A/2 paper"],
)  # fmt: skip
def test_find_symbols_in_what_is_none_finds_nothing(text: str) -> None:
    assert find_symbols(text) == []


@pytest.mark.parametrize(
    ("organ", "text", "symbols"),
    [
        ("UN-ECOSOC", "its resolution 2006/46 of 28 July 2006", ["E/RES/2006/46"]),
        ("UN-ECOSOC", "General Assembly resolution 64/187", ["A/RES/64/187"]),
        ("UN-GA", "its resolutions 57/238 of 20 December 2002, 57/270 B of 23 June 2003 and 59/220",
         ["A/RES/57/238", "A/RES/57/270B", "A/RES/59/220"]),
        ("UN-GA", "resolutions 60/251 of 15 March 2006, by which it met, and 65/281 of 17 May 2011",
         ["A/RES/60/251", "A/RES/65/281"]),
        ("UN-GA", "resolution 2453 A (XXIII)", ["A/RES/2453(XXIII)A"]),
        ("UN-GA", "its resolution 98/3 A and B", ["A/RES/98/3A", "A/RES/98/3B"]),
        ("UN-GA", "Security Council resolution 1325 (2000)", ["S/RES/1325(2000)"]),
        ("UN-GA", "Human Rights Council resolution 33/11", ["A/HRC/RES/33/11"]),
        ("UN-GA", "decision 1/CP.21", []),
        (None, "Resolution 140 (Antalya, 2006) and 2007 Council Resolution 1282", []),
        (None, "chap. I, resolution 1, annex", []),
    ],
)  # fmt: skip
def test_read_resolves_prose_to_the_organ_that_is_meant(
    organ: str | None, text: str, symbols: list[str]
) -> None:
    found = ReferenceReader(organ).read(text)

    assert [symbol for each in found for symbol in each.symbols] == symbols


def test_read_joins_paragraphs_and_the_document_they_belong_to() -> None:
    text = "paragraphs 68 to 71 of the Tunis Agenda and paragraph 20 (c) of its resolution 60/1"

    first, second = ReferenceReader("UN-GA").read(text)

    assert first.document == "Tunis Agenda for the Information Society"
    assert first.paragraphs == ("68", "69", "70", "71")
    assert (second.symbols, second.paragraphs) == (("A/RES/60/1",), ("20 (c)",))


def test_expand_of_an_absurd_range_keeps_its_ends() -> None:
    assert expand("1 to 999") == ("1", "999")


@pytest.mark.parametrize("unit", ["/", "A/", "A/1", "(", "A/65/64-", "E/CN.", "resolutions 1/1, "])
def test_find_symbols_in_an_adversarial_line_stays_quick(unit: str) -> None:
    line = unit * (20_000 // len(unit))

    start = time.perf_counter()
    find_symbols(line)
    ReferenceReader("UN-GA").read(line)

    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("in its resolution S-17/2 of 23 February 2044", ["A/RES/S-17/2"]),
        ("its resolutions 5/1, on lamps, and 5/2, on wicks", ["A/RES/5/1", "A/RES/5/2"]),
        ("its resolutions 3201 (S-VI) of 1 May 1974, on lamps, and 3362 (S-VII) of 16 May 1975",
         ["A/RES/3201(S-VI)", "A/RES/3362(S-VII)"]),
        ("resolution 295 (XI) adopted by the Economic and Social Council", ["E/RES/295(XI)"]),
        # numbers of organs without symbols of their own
        ("of Commission on Narcotic Drugs resolution 3 (S-X) of 19 May 1988", []),
        ("of its decision 47 (IV) of 14 April 1976", []),
    ],
)  # fmt: skip
def test_references_in_prose_go_to_the_organ_that_speaks(text: str, symbols: list[str]) -> None:
    found = ReferenceReader("UN-GA").read(f"Recalling what was said {text},")

    assert [symbol for each in found for symbol in each.symbols] == symbols
