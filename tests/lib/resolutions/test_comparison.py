"""Two texts compared: each planted change is named, order is kept."""

from stocktake.lib.resolutions import Comparison, Resolution, compare, parse
from stocktake.lib.resolutions.comparison import word_changes
from tests.lib.resolutions.texts import resolution

PARAGRAPHS = (
    "Notes the patient work of the lamp keepers on all the outer islands;",
    "Requests the Secretary-General to publish a map of harbours before the end of 2050;",
    "Invites all States to lend ladders and ropes to the small harbours of the coast;",
    "Welcomes the songs that the keepers have gathered during long nights at sea;",
)


def _compared(*new: str) -> Comparison:
    return compare(parse(resolution(*PARAGRAPHS)), parse(resolution(*new)))


def _told(result: Comparison) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [(pair.old, pair.new, pair.changes) for pair in result.pairs]


def test_compare_of_a_text_with_itself_tells_no_change() -> None:
    result = _compared(*PARAGRAPHS)

    assert result.counts == {"unchanged": 4}
    assert all(pair.old == pair.new and not pair.words for pair in result.pairs)


def test_compare_names_a_weaker_and_a_stronger_verb() -> None:
    one, two, three, four = PARAGRAPHS

    result = _compared(one, two.replace("Requests", "Invites"), three.replace("Inv", "Requ"), four)
    stronger = _compared(one, two, three.replace("Invites", "Urges"), four)

    assert _told(result)[1] == ("para/2", "para/2", ("weakened",))
    assert _told(stronger)[2] == ("para/3", "para/3", ("strengthened",))


def test_compare_names_another_verb_of_the_same_force() -> None:
    one, two, three, four = PARAGRAPHS

    result = _compared(one.replace("Notes", "Welcomes"), two, three, four)

    assert _told(result)[0] == ("para/1", "para/1", ("verb changed",))


def test_compare_names_a_moved_due_date_and_shows_the_words() -> None:
    one, two, three, four = PARAGRAPHS

    pair = _compared(one, two.replace("2050", "2052"), three, four).pairs[1]

    assert pair.changes == ("due moved",)
    assert [(w.kind, w.old, w.new) for w in pair.words if w.kind != "equal"] == [
        ("replace", "2050;", "2052;")
    ]


def test_compare_names_additions_and_removals_in_place() -> None:
    one, _, three, four = PARAGRAPHS
    added = "Draws attention to fog, rust, thieves and the price of rope;"

    result = _compared(one, three, added, four)

    assert _told(result) == [
        ("para/1", "para/1", ("unchanged",)),
        ("para/2", None, ("dropped",)),
        ("para/3", "para/2", ("unchanged",)),
        (None, "para/3", ("new",)),
        ("para/4", "para/4", ("unchanged",)),
    ]


def test_compare_names_a_paragraph_that_stands_elsewhere() -> None:
    one, two, three, four = PARAGRAPHS

    result = _compared(four, one, two, three)

    assert result.counts == {"unchanged": 3, "moved": 1}
    linked = [(p.old, p.new) for p in result.pairs if p.changes == ("unchanged",)]
    assert linked == sorted(linked)


def test_compare_names_reworded_paragraphs_and_long_texts_quickly() -> None:
    many = tuple(f"Notes lamp {n} of harbour {n * 7} on coast {n % 13};" for n in range(400))
    changed = (*many[:200], many[200].replace("Notes lamp", "Notes old lamp"), *many[201:])

    result = compare(parse(resolution(*many)), parse(resolution(*changed)))

    assert result.counts == {"unchanged": 399, "reworded": 1}


def test_word_changes_of_very_long_texts_stay_bounded() -> None:
    old, new = tuple(map(str, range(20_000))), tuple(map(str, range(1, 20_001)))

    steps = word_changes(old, new)

    assert [step.kind for step in steps] == ["replace"]


def test_compare_of_reports_goes_by_numbered_units() -> None:
    old = parse("1. Lamps\n\n1.1 Lamps are lit.\n")
    new = parse("1. Lamps\n\n1.1 Lamps are lit at dusk.\n")

    result = compare(old, new)

    assert not isinstance(old, Resolution)
    assert [(pair.new, pair.changes) for pair in result.pairs] == [
        ("1", ("unchanged",)),
        ("1.1", ("reworded",)),
    ]
