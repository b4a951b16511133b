"""Clauses and asks: hidden ones, reported ones, who is asked what by when."""

import pytest

from stocktake.lib.resolutions import Resolution, parse
from stocktake.lib.resolutions.model import Ask, Clause
from tests.lib.resolutions.texts import resolution


def _clauses(words: str) -> tuple[Clause, ...]:
    parsed = parse(resolution(words))
    assert isinstance(parsed, Resolution)
    return parsed.operative[0].clauses


def _asks(words: str) -> list[Ask]:
    return [ask for clause in _clauses(words) for ask in clause.asks]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Notes lamps, and in this regard calls upon States to share oil.",
         [("note", 0), ("call upon", 2)]),
        ("Takes note of the report, which calls for oil and requests study, and notes the talk.",
         [("take note", 0)]),
        ("Recalls that the Secretary-General was requested to study fog.", [("recall", 0)]),
        ("Reaffirms its call upon States, and its requests to them.", [("reaffirm", 0)]),
        ("Strongly condemns fog, expresses its deep concern and calls for the end of it.",
         [("condemn", 0), ("express concern", 0), ("call for", 2)]),
        ("Takes note of a paper entitled “Oil, and requests for it”, and invites all to read.",
         [("take note", 0), ("invite", 1)]),
    ],
)  # fmt: skip
def test_clauses_of_a_paragraph_are_its_finite_verbs(
    words: str, told: list[tuple[str, int]]
) -> None:
    assert [(clause.lemma, clause.force) for clause in _clauses(words)] == told


def test_clause_keeps_modifiers_off_the_lemma_and_its_place() -> None:
    text = "Notes also with concern that fog lasts, and further strongly urges States to wait."

    first, second = _clauses(text)

    assert (first.verb, first.lemma, first.modifiers) == ("Notes", "note", ("also", "with concern"))
    assert (second.lemma, second.modifiers) == ("urge", ("further", "strongly"))
    assert text[second.position :].startswith("urges")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Calls upon the United Nations Development Programme and the World Bank to lend oil.",
         [("UNDP", "to lend oil"), ("WORLD-BANK", "to lend oil")]),
        ("Urges States to take the necessary steps and to share oil.",
         [("ALL_STATES", "to take the necessary steps"), ("ALL_STATES", "to share oil")]),
        ("Urges States to take steps to avoid and to refrain from waste.",
         [("ALL_STATES", "to take steps to avoid and to refrain from waste")]),
        ("Urges States, in particular developed ones, and invites the private sector, to lend oil.",
         [("ALL_STATES", "to lend oil"), ("PRIVATE_SECTOR", "to lend oil")]),
        ("Recommends that developing countries keep one lamp.",
         [("DEVELOPING_STATES", "keep one lamp")]),
        ("Encourages the use of lamps.", [(None, "the use of lamps")]),
        ("Decides to consider lamps again.", []),
        ("Invites the Chair of the Commission on Science and Technology for Development to report.",
         [("CSTD-CHAIR", "to report")]),
    ],
)  # fmt: skip
def test_asks_split_addressees_and_tasks(words: str, told: list[tuple[str | None, str]]) -> None:
    assert [(ask.addressee, ask.task) for ask in _asks(words)] == told


def test_ask_addressee_keeps_words_and_what_narrows_it() -> None:
    (ask,) = _asks("Urges all Member States that have not done so to light lamps.")

    assert (ask.raw, ask.qualifier) == ("all Member States", "that have not done so")


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("before the end of 2050", ("before the end of 2050", "2050-12-31", None, 2050)),
        ("no later than 30 June 2050", ("no later than 30 June 2050", "2050-06-30", None, 2050)),
        ("by March 2050", ("by March 2050", "2050-03-31", None, 2050)),
        ("within five years of its creation",
         ("within five years of its creation", None, None, None)),
    ],
)  # fmt: skip
def test_ask_due_is_read_and_never_invented(
    words: str, due: tuple[str, str | None, int | None, int | None]
) -> None:
    (ask,) = _asks(f"Requests the Secretary-General to publish a map {words}.")

    assert ask.due is not None
    assert (ask.due.as_written, ask.due.not_later_than, ask.due.session, ask.due.year) == due


def test_ask_due_by_session_belongs_to_the_body_that_holds_it() -> None:
    (ask,) = _asks(
        "Requests the Secretary-General to report to the General Assembly at its "
        "one hundred and fifth session, through the Economic and Social Council."
    )

    assert ask.due is not None
    assert (ask.due.session, ask.due.body, ask.due.year) == (105, "UN-GA", 2050)
    assert (ask.report_to, ask.through) == (("UN-GA",), ("UN-ECOSOC",))


@pytest.mark.parametrize(
    ("words", "interval"),
    [("on a yearly basis", "P1Y"), ("every two years", "P2Y"), ("on a regular basis", None)],
)
def test_ask_recurrence_has_an_interval_only_where_one_is_said(
    words: str, interval: str | None
) -> None:
    (ask,) = _asks(f"Requests the Secretary-General to publish a map {words}.")

    assert ask.recurrence is not None
    assert (ask.recurrence.as_written, ask.recurrence.iso8601) == (words, interval)


def test_ask_condition_and_passive_clause_with_the_addressee_before() -> None:
    asks = _asks(
        "Invites the Secretary-General to convene a talk, should the term of the Fund be "
        "extended, and requests that the talk be held before the end of 2050."
    )

    assert asks[0].condition == "should the term of the Fund be extended"
    assert [ask.addressee for ask in asks] == ["UN-SG", "UN-SG"]
    assert asks[1].task == "the talk be held before the end of 2050"
