"""Corrections of a parsed text: each of them, and that none loses a character."""

import copy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from stocktake.exchange.resolutions.content import Content, Unit, content_of
from stocktake.exchange.resolutions.steps import corrected, words_of
from stocktake.lib.resolutions import Resolution, parse
from tests.lib.resolutions.texts import FULL

pytestmark = pytest.mark.once

_CONTENT = content_of(parse(FULL))


@pytest.fixture
def content() -> Content:
    """A resolution of our own with sub-paragraphs, a footnote and an annex."""
    return copy.deepcopy(_CONTENT)


def unit(content: Content, path: str) -> Unit:
    """Give the unit of a path."""
    return next(each for each in content["units"] if each["path"] == path)


def step(content: Content, name: str, path: str, **more: Any) -> Content:
    """Make one correction of the unit of a path."""
    return corrected(content, {"step": name, "unit": unit(content, path)["id"], **more})


def paths(content: Content) -> list[str]:
    """Give all paths in order."""
    return [each["path"] for each in content["units"]]


def test_content_holds_every_paragraph_with_its_path_parent_and_role(content: Content) -> None:
    told = [(each["path"], each["parent"], each["role"]) for each in content["units"]]

    assert told == [
        ("preamble/1", "", "preambular"),
        ("preamble/2", "", "preambular"),
        ("para/1", "", "operative"),
        ("para/1/a", "para/1", "task"),
        ("para/1/b", "para/1", "task"),
        ("para/1/b/i", "para/1/b", "task"),
        ("para/1/b/ii", "para/1/b", "task"),
        ("para/1/c", "para/1", "task"),
        ("para/2", "", "operative"),
        ("para/3", "", "operative"),
        ("annex/para/1", "", "operative"),
        ("annex/para/2", "", "operative"),
    ]


def test_content_holds_every_character_of_every_paragraph(content: Content) -> None:
    parsed = parse(FULL)
    assert isinstance(parsed, Resolution)

    told = [each.text for each in parsed.preambular]
    for each in parsed.operative:
        told += [each.text, *(sub.text for sub in each.subparagraphs)]
    assert words_of(content["units"]) == "".join("".join(told).split())


def test_content_ties_footnotes_and_what_they_cite_to_the_paragraph(content: Content) -> None:
    found = unit(content, "para/2")

    assert found["footnotes"] == [{"number": "1", "text": "A/70/63–E/2015/10."}]
    assert found["citations"] == [
        {"symbols": ["A/70/63", "E/2015/10"], "document": "", "paragraphs": []}
    ]


def test_content_of_a_report_gives_repeated_numbers_paths_of_their_own() -> None:
    told = content_of(
        parse("Report on lamps\n\n1. Lamps\n\n1.1 There are lamps.\n\n1.1 There are more lamps.\n")
    )

    assert len(set(paths(told))) == len(paths(told))


def test_split_cuts_words_verbs_and_asks_at_the_character(content: Content) -> None:
    before = unit(content, "para/2")
    at = before["text"].index("and in this regard")

    after = step(content, "split", "para/2", at=at)

    first, second = unit(after, "para/2"), unit(after, "para/2-2")
    assert first["text"] + second["text"] == before["text"]
    assert second["text"].startswith("and in this regard")
    assert [each["lemma"] for each in first["clauses"]] == ["take note"]
    assert [each["lemma"] for each in second["clauses"]] == ["encourage"]
    assert second["text"][second["clauses"][0]["position"] :].startswith("encourages")
    assert (len(first["asks"]), len(second["asks"])) == (0, 1)


def test_split_and_merge_give_back_the_same(content: Content) -> None:
    at = unit(content, "para/2")["text"].index("and in this")

    after = step(step(content, "split", "para/2", at=at), "merge", "para/2-2")

    assert after == content


@pytest.mark.parametrize("at", [0, -1, 100_000, "5", None])
def test_split_without_words_on_both_sides_is_refused(content: Content, at: Any) -> None:
    with pytest.raises(ValidationError, match="where words stand before and after"):
        step(content, "split", "para/2", at=at)


def test_merge_takes_what_stands_below_along(content: Content) -> None:
    after = step(content, "merge", "para/1")

    assert paths(after)[:6] == [
        *("preamble/1", "preamble/2", "preamble/2/a", "preamble/2/b"),
        *("preamble/2/b/i", "preamble/2/b/ii"),
    ]
    assert unit(after, "preamble/2/b/i")["parent"] == "preamble/2/b"


def test_merge_of_the_first_paragraph_is_refused(content: Content) -> None:
    with pytest.raises(ValidationError, match="no paragraph before"):
        step(content, "merge", "preamble/1")


def test_retype_to_a_preambular_paragraph_numbers_the_preamble_anew(content: Content) -> None:
    after = step(content, "retype", "para/1", role="preambular")

    assert paths(after)[:5] == [
        *("preamble/1", "preamble/2", "preamble/3", "preamble/3/a", "preamble/3/b"),
    ]


def test_retype_to_a_subparagraph_stands_below_the_paragraph_before(content: Content) -> None:
    after = step(content, "retype", "para/3", role="quoted")

    assert unit(after, "para/2/3")["parent"] == "para/2"


def test_retype_of_a_subparagraph_to_a_paragraph_frees_it(content: Content) -> None:
    after = step(content, "retype", "para/1/c", role="operative")

    assert unit(after, "para/c")["parent"] == ""


def test_retype_to_an_unknown_role_is_refused(content: Content) -> None:
    with pytest.raises(ValidationError, match="is not on the list"):
        step(content, "retype", "para/1", role="poem")


def test_reassign_moves_an_ask(content: Content) -> None:
    task = unit(content, "para/1")["asks"][1]["task"]

    to = unit(content, "para/1/b")["id"]
    after = step(content, "reassign", "para/1", ask=1, to=to)

    assert [each["task"] for each in unit(after, "para/1/b")["asks"]] == [task]
    assert len(unit(after, "para/1")["asks"]) == 2


def test_reassign_moves_a_verb_with_its_asks(content: Content) -> None:
    to = unit(content, "para/3")["id"]

    after = step(content, "reassign", "para/2", clause=1, to=to)

    assert [each["lemma"] for each in unit(after, "para/3")["clauses"]] == ["decide", "encourage"]
    assert (len(unit(after, "para/2")["asks"]), len(unit(after, "para/3")["asks"])) == (0, 1)


def test_edit_of_a_number_moves_the_path_and_what_stands_below(content: Content) -> None:
    after = step(content, "edit", "para/1", values={"number": "7 bis"})

    assert paths(after)[2:5] == ["para/7-bis", "para/7-bis/a", "para/7-bis/b"]
    assert unit(after, "para/7-bis/b/i")["parent"] == "para/7-bis/b"


def test_edit_of_a_verb_and_of_an_ask_changes_those_alone(content: Content) -> None:
    after = step(content, "edit", "para/3", clause=0, values={"lemma": "request", "force": 3})
    after = step(after, "edit", "para/1", ask=2, values={"due_on": "2016-12-31"})

    assert unit(after, "para/3")["clauses"][0] | {"verb": ""} == {
        "verb": "",
        "lemma": "request",
        "modifiers": [],
        "force": 3,
        "position": 0,
    }
    assert [each["due_on"] for each in unit(after, "para/1")["asks"]] == ["", "", "2016-12-31"]


def test_asks_are_added_and_removed(content: Content) -> None:
    values = {"lemma": "decide", "force": 4, "task": "to remain seized of the matter"}

    added = step(content, "add_ask", "para/3", values=values)
    removed = step(added, "remove_ask", "para/3", ask=0)

    assert unit(added, "para/3")["asks"][0]["task"] == "to remain seized of the matter"
    assert removed == content


def test_head_takes_what_the_text_does_not_print(content: Content) -> None:
    after = corrected(content, {"step": "head", "values": {"previous": "A/RES/68/198"}})

    assert after["head"] == {**content["head"], "previous": "A/RES/68/198"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"step": "burn"}, "A correction is one of"),
        ({"step": "split", "unit": "u99", "at": 3}, "no paragraph u99"),
        ({"step": "edit", "unit": "u1", "values": {"text": "x"}}, "What can be edited here"),
        ({"step": "edit", "unit": "u1", "values": {}}, "What can be edited here"),
        ({"step": "edit", "unit": "u1", "ask": 5, "values": {"task": "x"}}, "no such ask"),
        ({"step": "edit", "unit": "u9", "clause": 0, "values": {"force": 9}}, "from 0 to 4"),
        ({"step": "reassign", "unit": "u1", "ask": 0, "to": "u2"}, "no such ask"),
        ({"step": "remove_ask", "unit": "u1", "ask": -1}, "no such ask"),
        ({"step": "add_ask", "unit": "u1", "values": {"force": 2}}, "needs a verb"),
        ({"step": "retype", "unit": "u1", "role": "task"}, "there is none before"),
        ({"step": "edit", "unit": "u1", "values": {"number": 5}}, "at most 60 characters"),
        ({"step": "edit", "unit": "u3", "ask": 0, "values": {"task": ""}}, "needs a verb"),
        ({"step": "head", "values": {"symbol": "perhaps"}}, "is no document symbol"),
        ({"step": "head", "values": {"date": "soon"}}, "is no date"),
        ({"step": "edit", "unit": "u3", "ask": 0, "values": {"addressees": "x"}}, "expected"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_in_a_sentence(
    content: Content, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        corrected(content, wrong)


_ROLES = ("preambular", "operative", "task", "quoted", "numbered", "heading", "item")


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_correction_loses_a_character_or_doubles_a_path(data: st.DataObject) -> None:
    content = copy.deepcopy(_CONTENT)
    words = words_of(content["units"])
    asks = sum(len(each["asks"]) for each in content["units"])

    for _turn in range(6):
        made = data.draw(
            st.fixed_dictionaries(
                {
                    "step": st.sampled_from(("split", "merge", "retype", "reassign", "edit")),
                    "unit": st.sampled_from([each["id"] for each in content["units"]]),
                    "to": st.sampled_from([each["id"] for each in content["units"]]),
                    "at": st.integers(0, 200),
                    "role": st.sampled_from(_ROLES),
                    "clause": st.integers(0, 1),
                    "values": st.fixed_dictionaries({"number": st.sampled_from("1a9")}),
                }
            )
        )
        if made["step"] == "edit":
            del made["clause"]
        try:
            content = corrected(content, made)
        except ValidationError:
            continue
        told = {each["path"]: each["parent"] for each in content["units"]}
        assert words_of(content["units"]) == words
        assert sum(len(each["asks"]) for each in content["units"]) == asks
        assert len(told) == len(content["units"])
        assert all(parent in told for parent in told.values() if parent)
