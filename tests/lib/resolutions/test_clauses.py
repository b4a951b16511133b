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


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        # lists that go on behind an inclusion, an aside or somebody unknown
        ("Urges Governments and all entities of the United Nations system, including its funds, "
         "and all relevant actors of civil society, to lend oil.",
         ["ALL_STATES", "UN_ENTITIES", "CIVIL_SOCIETY"]),
        ("Urges Member States and, where applicable, regional organizations, to lend oil.",
         ["ALL_STATES", "INTL_REGIONAL_ORGS"]),
        ("Calls upon the lamp guild, the private sector and donor countries to lend oil.",
         [None, "PRIVATE_SECTOR", "DONORS"]),
        # groups told by their last noun
        ("Urges the relevant funds, organs and specialized agencies of the United Nations system "
         "to lend oil.", ["UN_ENTITIES"]),
        ("Urges United Nations harbour organizations and other harbour actors to lend oil.",
         ["UN_ENTITIES", "ALL_STAKEHOLDERS"]),
        ("Urges the United Nations and other harbour organizations to lend oil.",
         ["UN_ENTITIES", "OTHER_ORGS"]),
        # a circumstance of the task holds no addressee
        ("Urges Member States, in consultation with the Secretariat and the Council, to lend oil.",
         ["ALL_STATES"]),
        ("Urges the continued efforts by the Secretary-General, Member States and others.", [None]),
    ],
)  # fmt: skip
def test_asks_of_a_list_of_addressees_are_one_for_each(words: str, codes: list[str | None]) -> None:
    assert [ask.addressee for ask in _asks(words)] == codes


def test_asks_of_states_that_adjectives_narrow_keep_them_as_qualifier() -> None:
    (ask,) = _asks("Urges lamp-lending countries to count lamps.")

    assert (ask.addressee, ask.raw, ask.qualifier) == (
        "ALL_STATES", "lamp-lending countries", "lamp-lending",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "tasks"),
    [
        ("Urges States to improve lamps, harmonize wicks and strengthen ladders.",
         ["to improve lamps", "harmonize wicks", "strengthen ladders"]),
        ("Urges States to lend oil, support and access.", ["to lend oil, support and access"]),
        ("Urges States to comply fully with the rules.", ["to comply fully with the rules"]),
        ("Urges those States that have lent oil to people claiming to have lamps to count them.",
         ["to count them"]),
        ("Requests the Secretary-General to study ways and means to lend oil and to share it.",
         ["to study ways and means to lend oil and to share it"]),
        ("Urges States to count lamps and, as far as possible, to lend oil.",
         ["to count lamps", "to lend oil"]),
        ("Requests the Council to read the report and take appropriate measures.",
         ["to read the report", "take appropriate measures"]),
    ],
)  # fmt: skip
def test_asks_have_one_task_for_each_verb_with_a_complement(words: str, tasks: list[str]) -> None:
    assert [ask.task for ask in _asks(words)] == tasks


def test_asks_of_a_whole_task_above_a_list_take_the_list_as_what_it_is_about() -> None:
    (ask,) = _asks(
        "Urges States to lend oil, through, inter alia:\n\n(a) More lamps;\n\n(b) Wicks."
    )

    assert (ask.addressee, ask.task) == ("ALL_STATES", "to lend oil")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Requests the Secretary-General to keep it regularly informed.", ("UN-ECOSOC",)),
        ("Requests the Secretary-General to keep the General Assembly informed.", ("UN-GA",)),
        ("Requests the Secretary-General to report to the General Assembly at its ninth session "
         "and to the Security Council.", ("UN-GA", "UN-SC")),
        ("Requests the Secretary-General to report to the General Assembly, as well as to the "
         "Security Council, on lamps.", ("UN-GA", "UN-SC")),
        ("Invites States to inform the Secretary-General of their lamps.", ("UN-SG",)),
    ],
)  # fmt: skip
def test_asks_name_everybody_to_whom_is_reported(words: str, told: tuple[str, ...]) -> None:
    assert [ask.report_to for ask in _asks(words)] == [told]


def test_ask_of_a_pronoun_goes_to_the_office_named_last() -> None:
    (ask,) = _asks("Welcomes the report of the Secretary-General, and requests him to go on.")

    assert (ask.addressee, ask.task) == ("UN-SG", "to go on")


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Requests the Secretary-General to report 30 days after the adoption of this text.",
         "30 days after the adoption of this text"),
        ("Requests the Secretary-General to study the rules made by the Council at its ninth "
         "session.", None),
    ],
)  # fmt: skip
def test_asks_are_due_by_what_is_to_come(words: str, due: str | None) -> None:
    (ask,) = _asks(words)

    assert (ask.due.as_written if ask.due else None) == due


@pytest.mark.parametrize(
    ("words", "lemmas"),
    [
        ("Notes the report on lamps and requests the Secretary-General to go on.",
         ["note", "request"]),
        ("Notes the lamps which support ships, as well as oil, and requests the Council to act.",
         ["note", "request"]),
        ("Expresses its intention to count lamps.", ["express intention"]),
    ],
)  # fmt: skip
def test_clauses_find_a_command_behind_a_verb_that_asks_nothing(
    words: str, lemmas: list[str]
) -> None:
    assert [clause.lemma for clause in _clauses(words)] == lemmas


def test_clause_in_the_strongest_terms_has_them_as_modifier() -> None:
    (clause,) = _clauses("Deplores in the strongest terms the theft of lamps.")

    assert (clause.lemma, clause.modifiers) == ("deplore", ("in the strongest terms",))
