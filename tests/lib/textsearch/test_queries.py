"""Queries: the language probes, phrases, exclusions, function words, highlighting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.textsearch import highlight, index_terms, parse_query

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "", "pt", "sw")
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("aeéß 's’-./_:~|\"\u00a0\u0301\u0640لبا信息社会")),
    max_size=40,
)

PROBES = [
    ("zh, two characters", "建设包容的信息社会", "zh", "信息"),
    ("zh, three characters", "建设包容的互联网治理论坛", "zh", "互联网"),
    ("ar, vowel marks", "وَزَارَةُ الاتِّصَالَاتِ", "ar", "وزارة الاتصالات"),
    ("ar, alef and hamza", "الأمم المتحدة", "ar", "الامم المتحده"),
    ("ar, article and clitics", "والمعلومات والاتصالات", "ar", "معلومات اتصالات"),
    ("é typed e", "Stratégie de développement", "fr", "strategie developpement"),
    ("e typed é", "Strategie pour l'acces universel", "fr", "stratégie accès"),
    ("stem en", "national strategies for networks", "en", "strategy network"),
    ("stem fr", "politiques nationales de télécommunication", "fr", "politique télécommunications"),
    ("stem es", "políticas públicas de información", "es", "política pública informaciones"),
    ("stem ru", "развитие информационного общества", "ru", "информационное общество"),
]


def holds(text: str, language: str, query: str) -> bool:
    """Match plainly, from the terms alone: the engine has tests of its own."""
    terms = index_terms(text, language)
    variants = set(terms.variants)
    parsed = parse_query(query)

    def occurs(sequence: tuple[str, ...]) -> bool:
        if sequence[0].startswith("~"):
            return sequence[0][1:] in variants
        size = len(sequence)
        places = range(len(terms.primary) - size + 1)
        return any(tuple(terms.primary[at : at + size]) == sequence for at in places)

    return bool(parsed) and all(
        (sum(map(occurs, clause.sequences)) >= clause.minimum) != clause.is_excluded
        for clause in parsed.clauses
    )


@pytest.mark.parametrize(
    ("text", "language", "query"), [each[1:] for each in PROBES], ids=[each[0] for each in PROBES]
)
def test_query_language_probe_is_found(text: str, language: str, query: str) -> None:
    assert holds(text, language, query)
    assert any(is_hit for _, is_hit in highlight(text, language, parse_query(query)))


@pytest.mark.parametrize(
    ("text", "language", "query"),
    [
        ("信息社会", "zh", "社"),
        ("农村地区妇女的信息通信技术培训", "zh", "农村妇女信息技术培训"),
        ("Réseau e-santé", "fr", "esante"),
        ("eHealth network", "en", "e-health"),
        ("Voir A/RES/60/252, par. 4", "fr", "a/res/60/252"),
        ("target 9.c", "en", "9.c"),
        ("l'accessibilité", "fr", "accessibilites"),
        ("le conseil général", "fr", "generaux"),
        ("the ITU and UNESCO", "en", "I.T.U."),
        ("تكنولوجيا ICT networks", "ar", "network"),
        ("لتكنولوجيا المعلومات", "ar", "تكنولوجيا"),
        ("الوزارة", "ar", "وزارة"),
        ("ووزارة", "ar", "الوزارة"),
        ("ЁЛКА", "ru", "елка"),
        ("Côte d’Ivoire", "fr", "cote d'ivoire"),
        ("خطة ۲۰۰۵", "fa", "2005"),
        ("ＷＳＩＳ", "zh", "wsis"),
        ("Ministère (Sénégal)", "fr", "senegal,ministere"),
    ],
)
def test_query_other_spelling_or_form_is_found(text: str, language: str, query: str) -> None:
    assert holds(text, language, query)


@pytest.mark.parametrize(
    ("text", "language", "query"),
    [
        ("网络信号和息影", "zh", "信息"),
        ("information for society", "en", '"information society"'),
        ("society of information", "en", '"information society"'),
        ("rural networks", "en", "networks -rural"),
        ("rural networks", "en", 'networks -"rural network"'),
        ("target 9.b", "en", "9.c"),
        ("A/RES/60/251", "en", "A/RES/60/252"),
        ("زار المدينة", "ar", "وزارة"),
        ("international networks", "en", "national"),
    ],
)
def test_query_other_words_are_not_found(text: str, language: str, query: str) -> None:
    assert not holds(text, language, query)


def test_query_phrase_in_order_is_found_across_inflections() -> None:
    assert holds("des sociétés de l'information", "fr", '"société de l’information"')
    assert holds("the information societies", "en", "“Information Society”")
    assert holds("مجتمع المعلومات", "ar", '"مجتمع المعلومات"')
    assert holds("建设信息社会", "zh", "«信息社会»")


def test_parse_query_function_words_count_only_alone_or_in_quotes() -> None:
    assert [clause.text for clause in parse_query("the women of Africa").clauses] == [
        "women",
        "Africa",
    ]
    assert [clause.text for clause in parse_query("the").clauses] == ["the"]
    assert [clause.text for clause in parse_query('"the" women').clauses] == ["the", "women"]
    assert [clause.text for clause in parse_query("the -women").clauses] == ["the", "women"]


def test_parse_query_hyphen_inside_a_word_excludes_nothing() -> None:
    assert not parse_query("e-health multi-stakeholder -").excluded
    assert [each.text for each in parse_query("a -b – c").excluded] == ["b", "c"]


@pytest.mark.parametrize("text", ["", "   ", "-", '"', '""', "-''", "!?", "…", "\u0301", "\u200b"])
def test_parse_query_without_words_is_empty(text: str) -> None:
    assert not parse_query(text)


@given(ANY_TEXT)
def test_parse_query_any_text_gives_only_usable_clauses(text: str) -> None:
    for clause in parse_query(text).clauses:
        assert 1 <= clause.minimum <= len(clause.sequences)
        assert all(sequence and all(sequence) for sequence in clause.sequences)


@given(ANY_TEXT, st.sampled_from(LANGUAGES), ANY_TEXT)
def test_highlight_any_text_joins_to_the_text(text: str, language: str, query: str) -> None:
    segments = highlight(text, language, parse_query(query))

    assert "".join(segment for segment, _ in segments) == text
    assert all(segment for segment, _ in segments)


@given(st.text(st.sampled_from("abcdeéèêñstz éñ-"), min_size=1, max_size=12), st.booleans())
def test_query_with_or_without_accents_finds_the_word_itself(word: str, is_plain: bool) -> None:
    query = word.translate(str.maketrans("éèêñ", "eeen")) if is_plain else word

    if parse_query(query).wanted and not parse_query(query).excluded:
        for language in LANGUAGES:
            assert holds(f"before {word} after", language, query)


def test_highlight_words_and_phrase_marks_what_was_hit() -> None:
    text = "Des réseaux et l'accès aux réseaux ruraux"

    assert highlight(text, "fr", parse_query('acces "réseaux rural" ruraux')) == [
        ("Des réseaux et l'", False),
        ("accès", True),
        (" aux ", False),
        ("réseaux", True),
        (" ", False),
        ("ruraux", True),
    ]
    assert highlight("信息社会", "zh", parse_query("社会")) == [("信息", False), ("社会", True)]
    assert highlight("plain", "en", parse_query("")) == [("plain", False)]
