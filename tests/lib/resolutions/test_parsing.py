"""Structure of resolutions and reports: what real pages do to a text, and what is made of it."""

from pathlib import Path

import pytest

from stocktake.lib.resolutions import Report, Resolution, parse
from tests.lib.resolutions.placing import unplaced
from tests.lib.resolutions.texts import FULL, PREFIX, resolution

LANGUAGES = Path(__file__).parents[2] / "data" / "resolutions" / "languages"


def _parsed(text: str) -> Resolution:
    parsed = parse(text)
    assert isinstance(parsed, Resolution)
    return parsed


def test_parse_full_page_reads_identity_from_head_and_foot() -> None:
    identity = _parsed(FULL).identity

    assert (identity.symbol, identity.body, identity.body_code) == (
        "A/RES/70/999",
        "General Assembly",
        "UN-GA",
    )
    assert (identity.title, identity.session) == ("Lamps for lighthouses", 70)
    assert (identity.adopted, identity.meeting) == ("2015-12-22", "81st plenary meeting")


def test_parse_headings_without_marks_cover_their_paragraphs() -> None:
    sections = _parsed(FULL).sections

    assert [(s.heading, s.first, s.last, s.part) for s in sections] == [
        ("Keeping lamps", 1, 2, None),
        ("Closing", 3, 3, None),
        ("Annex", None, None, "annex"),
        ("Terms of reference", 1, 2, "annex"),
    ]


def test_parse_annex_restarts_numbers_under_its_own_path() -> None:
    paths = [op.path for op in _parsed(FULL).operative]

    assert paths == ["para/1", "para/2", "para/3", "annex/para/1", "annex/para/2"]


def test_parse_lettered_pieces_nest_and_are_tasks_of_the_verb() -> None:
    first = _parsed(FULL).operative[0]

    assert [(sub.label, sub.role) for sub in first.subparagraphs] == [
        ("a", "task"),
        ("b", "task"),
        ("b/i", "task"),
        ("b/ii", "task"),
        ("c", "task"),
    ]
    assert [ask.task for ask in first.clauses[0].asks] == [
        "to ratify the Convention on Lamps",
        "to review their laws, including: Laws on oil; Laws on wicks",
        "to report annually to the Human Rights Council on progress made",
    ]


def test_parse_quoted_pieces_are_no_tasks() -> None:
    quoting = "Reaffirms paragraph 3 of the Tunis Agenda, which states that:"
    parsed = _parsed(resolution(f"{quoting}\n\n(a) Lamps are lit;\n\n(b) Oil is shared;"))

    op = parsed.operative[0]
    assert [sub.role for sub in op.subparagraphs] == ["quoted", "quoted"]
    assert [clause.lemma for clause in op.clauses] == ["reaffirm"]


def test_parse_paragraph_cut_by_page_and_footnote_is_one() -> None:
    text = resolution(
        "Notes the lamps of the coast,¹ and of\n\n¹ E/2049/7.\n\n- 3 -\n\nthe islands;",
        "Notes oil;",
    )

    parsed = _parsed(text)

    assert parsed.operative[0].text == "Notes the lamps of the coast, and of the islands;"
    assert [(n.number, n.text, n.anchor) for n in parsed.footnotes] == [
        ("1", "E/2049/7.", "operative 1")
    ]
    assert [(f.kind, f.text) for f in parsed.furniture] == [("page number", "- 3 -")]


def test_parse_words_broken_at_hyphens_over_lines_are_joined() -> None:
    text = resolution("Notes the people-\ncentred and drug -\nresistant lamps;")

    assert _parsed(text).operative[0].text == "Notes the people-centred and drug-resistant lamps;"


def test_parse_number_that_begins_a_line_in_running_text_opens_no_paragraph() -> None:
    text = resolution("Notes the lamps lit in\n2. November, and those of paragraphs\n3. and more;")

    assert [op.number for op in _parsed(text).operative] == [1]


def test_parse_missing_number_is_told() -> None:
    text = resolution("Notes lamps;", "Notes oil;").replace("2. Notes", "3. Notes")

    parsed = _parsed(text)

    assert [op.number for op in parsed.operative] == [1, 3]
    assert [(w.code, w.message) for w in parsed.warnings] == [
        ("numbers-missing", "No paragraph is numbered 2 to 2.")
    ]


def test_parse_single_operative_paragraph_needs_no_number() -> None:
    text = PREFIX + "Recalling its resolution 2044/17,\n\nDecides to light the lamps.\n"

    parsed = _parsed(text)

    assert [(op.number, op.path) for op in parsed.operative] == [(None, "para/unnumbered-1")]
    assert len(parsed.preambular) == 1


def test_parse_markdown_marks_are_no_words() -> None:
    text = resolution("**Notes** the *lamps* of the coast;", "_Calls upon_ States to share oil;")

    texts = [op.text for op in _parsed(text).operative]
    assert texts == ["Notes the lamps of the coast;", "Calls upon States to share oil;"]


def test_parse_text_without_ends_of_line_is_cut_where_paragraphs_begin() -> None:
    folded = parse(" ".join(FULL.split()))
    whole = _parsed(FULL)

    assert isinstance(folded, Resolution)
    assert folded.identity == whole.identity
    assert folded.preambular == whole.preambular
    main = [op for op in folded.operative if op.part is None]
    assert [op.number for op in main][:3] == [1, 2, 3]
    assert main[0].subparagraphs == whole.operative[0].subparagraphs


def test_parse_folded_footnotes_below_a_rule_are_told_apart_and_their_marks_found() -> None:
    text = (
        "2049/1. Lamps The Economic and Social Council, Having considered the report on lamps,1,2 "
        "Takes note of the report on lamps of the outer islands and of the small harbours;1 "
        "3rd plenary meeting 9 July 2049 __________________ 1 Official Records, Supplement No. 5 "
        "(E/2049/5). 2 Ibid., Supplement No. 5A (E/2049/5/Add.1)."
    )

    parsed = _parsed(text)

    assert [(p.text, p.footnotes) for p in parsed.preambular] == [
        ("Having considered the report on lamps,", ("1", "2"))
    ]
    assert [(n.number, n.references[0].symbols) for n in parsed.footnotes] == [
        ("1", ("E/2049/5",)),
        ("2", ("E/2049/5/Add.1",)),
    ]


def test_parse_numbered_recitals_are_no_operative_paragraphs() -> None:
    recitals = "1. Welcoming oil,\n\n1. Recalling wicks,\n\n"
    text = PREFIX + recitals + "1. Notes lamps;\n\n2. Asks all to wait.\n"

    parsed = _parsed(text)

    assert [p.text for p in parsed.preambular] == ["Welcoming oil,", "Recalling wicks,"]
    assert [op.number for op in parsed.operative] == [1, 2]


def test_parse_heading_verbs_give_verb_and_addressee_to_their_items() -> None:
    text = (
        "RESOLUTION 7 (PORT LOOM, 2049)\n\nLamps\n\n"
        "The Plenipotentiary Conference of the International Telecommunication Union,\n\n"
        "considering\n\na) that oil burns;\n\nb) that wicks glow,\n\n"
        "instructs the Secretary-General\n\n1 to buy oil;\n\n2 to report yearly to the Council.\n"
    )

    parsed = _parsed(text)

    assert [(p.heading, p.text) for p in parsed.preambular] == [
        ("considering", "that oil burns;"),
        ("considering", "that wicks glow,"),
    ]
    assert [(op.path, op.clauses[0].asks[0].addressee) for op in parsed.operative] == [
        ("instructs-the-secretary-general/1", "ITU-SG"),
        ("instructs-the-secretary-general/2", "ITU-SG"),
    ]


def test_parse_html_keeps_lists_and_raised_marks() -> None:
    text = (
        "<html><body><p>Resolution</p><p>2049/1</p><p>Lamps</p>"
        "<p>The Economic and Social Council,</p><p>Recalling lamps,<sup>1</sup></p>"
        "<ol><li><i>Notes</i> oil;</li><li>Invites all States to share &amp; lend oil.</li></ol>"
        "<p><sup>1</sup> E/2049/7.</p></body></html>"
    )

    parsed = _parsed(text)

    assert [op.text for op in parsed.operative] == [
        "Notes oil;",
        "Invites all States to share & lend oil.",
    ]
    assert [(n.text, n.anchor) for n in parsed.footnotes] == [("E/2049/7.", "preambular 1")]


def test_parse_report_tells_a_list_from_sections() -> None:
    text = (
        "1. Lamps\n\n1.1 There are three kinds:\n\n1. small ones;\n2. tall ones;\n3. others.\n\n"
        "2. Oil\n\n2.1 Oil is dear.\n"
    )

    parsed = parse(text)

    assert isinstance(parsed, Report)
    assert [(u.number, u.heading, u.text, len(u.items)) for u in parsed.paragraphs] == [
        ("1", "Lamps", "", 0),
        ("1.1", None, "There are three kinds:", 3),
        ("2", "Oil", "", 0),
        ("2.1", None, "Oil is dear.", 0),
    ]


@pytest.mark.parametrize(
    ("language", "lemmas", "forces"),
    [
        ("ar", [["رحب", "شدد"], ["طلب إلى"], ["حث"], ["قرر"]], [0, 3, 2, 4]),
        ("es", [["tomar nota", "acoger"], ["solicitar"], ["exhortar", "alentar"], ["decidir"]],
         [0, 3, 2, 4]),
        ("fr", [["prendre note", "se féliciter"], ["prier"], ["inviter"], ["engager", "décider"]],
         [0, 3, 1, 4]),
        ("ru", [["отмечать", "приветствовать"], ["просить"],
                ["настоятельно призывать", "предлагать"], ["постановлять"]], [0, 3, 2, 4]),
        ("zh", [["欢迎", "强调"], ["请"], ["敦促", "鼓励"], ["决定"]], [0, 3, 2, 4]),
    ],
)  # fmt: skip
def test_parse_other_language_gives_structure_verbs_and_says_what_is_uncertain(
    language: str, lemmas: list[list[str]], forces: list[int]
) -> None:
    text = (LANGUAGES / f"{language}.txt").read_text(encoding="utf-8")

    parsed = _parsed(text)

    identity = parsed.identity
    assert (identity.language, identity.symbol, identity.adopted) == (
        language,
        "E/RES/2049/6",
        "2049-07-09",
    )
    assert (len(parsed.preambular), len(parsed.operative)) == (2, 4)
    assert [[c.lemma for c in op.clauses] for op in parsed.operative] == lemmas
    assert [max(c.force for c in op.clauses) for op in parsed.operative] == forces
    assert parsed.operative[1].clauses[0].asks[0].addressee == "UN-SG"
    assert [w.code for w in parsed.warnings] == ["verbs-uncertain", "asks-partial"]


def test_parse_gives_a_verb_that_ran_into_the_paragraph_above_its_own_line() -> None:
    parsed = parse(
        "RESOLUTION 901 (REV. HARBOUR, 2050)\n\nLamp oil\n\nThe Plenipotentiary Conference of the "
        "International Telecommunication Union (Harbour, 2050),\n\nresolves\n\n1 that lamps be "
        "lit, instructs the Secretary-General, with the help of the keepers\n\n1 to count lamps;"
        "\n\n2 to lend oil, invites Member States 1 to lend ladders; 2 to share ropes.\n"
    )

    assert isinstance(parsed, Resolution)
    command = "instructs the Secretary-General, with the help of the keepers"
    assert [(op.section, op.number, op.text) for op in parsed.operative] == [
        ("resolves", 1, "that lamps be lit,"),
        (command, 1, "to count lamps;"),
        (command, 2, "to lend oil,"),
        ("invites Member States", 1, "to lend ladders;"),
        ("invites Member States", 2, "to share ropes."),
    ]
    assert [ask.addressee for op in parsed.operative for c in op.clauses for ask in c.asks] == [
        "ITU-SG", "ITU-SG", "ALL_STATES", "ALL_STATES",
    ]  # fmt: skip
    assert unplaced(parsed) == []


def test_parse_begins_an_annex_that_ran_into_the_last_paragraph_and_gives_each_path_once() -> None:
    parsed = parse(
        "DECISION 5 (REV. HARBOUR, 2050)\n\nLamp oil\n\nThe Plenipotentiary Conference of the "
        "International Telecommunication Union (Harbour, 2050),\n\ndecides\n\n1 that lamps be "
        "lit;\n\n2 that oil be bought,\n\ninvites Member States\n\n1 to lend ladders,\n\ndecides"
        "\n\n1 that ladders be kept. ANNEX 1 TO DECISION 5 (REV. HARBOUR, 2050) Oil is kept.\n"
    )

    assert isinstance(parsed, Resolution)
    assert [(op.path, op.text) for op in parsed.operative] == [
        ("decides/1", "that lamps be lit;"),
        ("decides/2", "that oil be bought,"),
        ("invites-member-states/1", "to lend ladders,"),
        ("decides-2/1", "that ladders be kept."),
    ]
    assert parsed.preambular[-1].part == "annex/1"
    assert unplaced(parsed) == []


@pytest.mark.parametrize(
    ("head", "symbol", "title"),
    [
        ("ES-11/1. Care of lamps\n\nThe General Assembly,", "A/RES/ES-11/1", "Care of lamps"),
        ("2097 (XX). Care of lamps\n\nThe General Assembly,", "A/RES/2097(XX)", "Care of lamps"),
        ("1972/1664(LII). Care of lamps\n\nThe Economic and Social Council,", "E/RES/1664(LII)",
         "Care of lamps"),
        ("WHA58.28 Care of lamps\n\nThe Fifty-eighth World Health Assembly,", "WHA58.28",
         "Care of lamps"),
        ("111. Care of lamps\n\nThe General Assembly,", None, "Care of lamps"),
        ("Lamps of the United Nations at the coast\n\nThe General Assembly,", None,
         "Lamps of the United Nations at the coast"),
    ],
)  # fmt: skip
def test_parse_reads_number_and_title_in_every_form(
    head: str, symbol: str | None, title: str
) -> None:
    identity = _parsed(f"{head}\n\n1. Notes oil;\n\n2. Notes wicks.\n").identity

    assert (identity.symbol, identity.title) == (symbol, title)


@pytest.mark.parametrize(
    "text",
    [
        # meeting and day above the title, as archives print them
        "RESOLUTION 2049/1\n\n9 July 2049\n\n3rd plenary meeting\n\nLamps\n\n"
        "The Economic and Social Council,\n\n1. Notes oil.\n",
        # the day alone below the text
        "RESOLUTION 2049/1\n\nLamps\n\nThe Economic and Social Council,\n\n1. Notes oil.\n\n"
        "9 July 2049\n",
    ],
)
def test_parse_finds_the_day_of_adoption_above_or_below(text: str) -> None:
    parsed = _parsed(text)

    assert (parsed.identity.adopted, parsed.identity.title) == ("2049-07-09", "Lamps")
    assert parsed.sections == ()


def test_parse_cuts_recitals_and_numbers_that_lost_their_spaces() -> None:
    words = "the lamps of the coast and of the islands and of all harbours of the sea of fog"
    line = f"Recalling {words}, Concerned about {words}, 1.Notes {words}; 2.Also notes {words}."

    parsed = _parsed(f"The General Assembly,\n\n{line}\n")

    assert [each.text.partition(" ")[0] for each in parsed.preambular] == ["Recalling", "Concerned"]
    assert [(op.number, op.text.partition(" ")[0]) for op in parsed.operative] == [
        (1, "Notes"), (2, "Also"),
    ]  # fmt: skip
