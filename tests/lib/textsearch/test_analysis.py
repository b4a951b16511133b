"""Analysis: places in the text, folding, compounds, unspaced scripts, any Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.textsearch import analyse, fold, index_terms, words_for_prefix
from stocktake.lib.textsearch.folding import normalize

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "", "pt", "sw")
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aeéèüßİıœ 's’-./_:~|\"\u00a0\u00ad\u200f\u0301\u064e\u0640"),
        st.sampled_from("المعلوماتأإآىةؤئءوبلف信息社会世界がパㄅไทยကខ한국ЁёйИ५०१٢ﷺ㈱½ﬁ"),
    ),
    max_size=60,
)


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
def test_analyse_any_text_gives_places_within_the_text(text: str, language: str) -> None:
    tokens = analyse(text, language)

    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    positions = [token.position for token in tokens if not token.is_variant]
    assert positions == list(range(len(positions)))
    assert {token.position for token in tokens} <= set(positions)


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
def test_analyse_any_text_gives_terms_without_spaces_or_marks_of_the_index(
    text: str, language: str
) -> None:
    for token in analyse(text, language):
        assert token.term
        assert not any(each.isspace() or each in "~|" for each in token.term)
        assert len(token.term) <= 128


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
def test_index_terms_any_text_are_the_terms_of_analyse(text: str, language: str) -> None:
    tokens = analyse(text, language)

    terms = index_terms(text, language)

    assert terms.primary == [token.term for token in tokens if not token.is_variant]
    assert sorted(terms.variants) == sorted(each.term for each in tokens if each.is_variant)


@given(ANY_TEXT)
def test_fold_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_normalize_any_text_maps_every_character_back(text: str) -> None:
    normalized = normalize(text)

    spans = [normalized.original_span(at, at + 1) for at in range(len(normalized.text))]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(ANY_TEXT)
def test_words_for_prefix_any_text_are_folded(text: str) -> None:
    assert all(word and fold(word) == word for word in words_for_prefix(text))


def test_analyse_decomposed_accents_and_ligatures_gives_places_of_the_original() -> None:
    text = "Socie\u0301te\u0301 \ufb01able"

    tokens = [each for each in analyse(text, "fr") if not each.is_variant]

    assert [text[each.start : each.end] for each in tokens] == ["Socie\u0301te\u0301", "\ufb01able"]


@pytest.mark.parametrize(
    ("text", "primary", "variants"),
    [
        ("A/RES/60/252", ["a", "res", "60", "252"], []),
        ("C7 and 9.c", ["c7", "and", "9", "c"], []),
        ("e-health", ["e", "health"], ["ehealth"]),
        ("the I.T.U. said", ["the", "i", "t", "u", "said"], ["itu"]),
        ("the ITU's network_node", ["the", "itu", "network", "node"], []),
        ("5G网络", ["5g", "网络"], ["网", "络"]),
        ("信", ["信"], []),
        ("٢٠٠٥", ["2005"], []),
    ],
)
def test_index_terms_symbols_and_mixed_scripts_are_usable(
    text: str, primary: list[str], variants: list[str]
) -> None:
    assert index_terms(text, "en") == (primary, variants)


def test_index_terms_elided_article_is_no_word() -> None:
    terms = index_terms("l’accès d'Ivoire aujourd'hui qu'elle O'Connor", "es").primary

    assert terms == ["acces", "ivoir", "aujourd", "hui", "elle", "o", "connor"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Été", "ETE"),
        ("أحمد", "احمد"),
        ("مَدْرَسَةٌ", "مدرسه"),
        ("كتـــاب", "كتاب"),
        ("ёлка", "елка"),
        ("ＩＴＵ", "itu"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("во\u0301ды", "воды"),
    ],
)
def test_fold_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("が", "か"), ("की", "का"), ("กั", "ก")])
def test_fold_marks_that_make_another_letter_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_for_prefix_title_gives_beginnings_people_type() -> None:
    assert words_for_prefix("E-Santé الوزارة 信息社会") == [
        "esante",
        "e",
        "sante",
        "الوزاره",
        "وزاره",
        "信息社会",
        "息社会",
        "社会",
        "会",
    ]
