"""Recognising columns in six languages, and the mapping that goes before it."""

import json

import pytest

from stocktake.lib.formats.tabular import (
    FIELDS,
    Cell,
    Column,
    ColumnMapping,
    MappingError,
    Row,
    _aliases,
    _words,
    header,
    parse_mapping,
    recognise,
)
from stocktake.lib.formats.tabular.columns import normalised


def _header(*names: str) -> Row:
    return Row(1, tuple(Cell(name) for name in names))


@pytest.mark.parametrize(
    "names",
    [
        ("Title", "Status", "Start date", "End date", "Organization", "Country", "Action lines"),
        (
            "Titre",
            "Statut",
            "Date de début",
            "Date de fin",
            "Organisme",
            "Pays",
            "Grandes orientations",
        ),
        (
            "Título",
            "Estado",
            "Fecha de inicio",
            "Fecha de fin",
            "Organización",
            "País",
            "Líneas de acción",
        ),
        (
            "Название",
            "Статус",
            "Дата начала",
            "Дата окончания",
            "Организация",
            "Страна",
            "Направления деятельности",
        ),
        ("العنوان", "الحالة", "تاريخ البدء", "تاريخ الانتهاء", "المنظمة", "البلد", "خطوط العمل"),
        ("标题", "状态", "开始日期", "结束日期", "组织", "国家", "行动方面"),
    ],
)
def test_recognise_headers_of_each_language_are_the_same_fields(names: tuple[str, ...]) -> None:
    found = recognise(_header(*names))

    fields = ["title", "status", "start", "end", "organization", "country", "action_line"]
    assert found.columns == tuple(
        Column(index, name, field)
        for index, (name, field) in enumerate(zip(names, fields, strict=True))
    )
    assert (found.unknown, found.problems, found.width) == ((), (), 7)


@pytest.mark.parametrize(
    "name", ["TITLE", " title ", "Title:", "titre", "TÍTULO", "Ｔｉｔｌｅ", "العُنوان"]
)
def test_recognise_case_accents_marks_and_width_do_not_matter(name: str) -> None:
    assert [column.field for column in recognise(_header(name)).columns] == ["title"]


@pytest.mark.parametrize(
    "name",
    ["Title (fr)", "title_fr", "Title [French]", "title-FR", "Titre (français)", "标题（法文）"],
)
def test_recognise_language_in_the_name_is_told(name: str) -> None:
    [column] = recognise(_header(name)).columns

    assert (column.field, column.language) == ("title", "fr")


def test_recognise_unknown_and_empty_names_are_left_out_without_problem() -> None:
    found = recognise(_header("Title", "", "Favourite colour"))

    assert [column.index for column in found.columns] == [0]
    assert (found.unknown, found.problems) == (("Favourite colour",), ())


def test_recognise_ambiguous_name_is_a_problem_that_names_the_choices() -> None:
    found = recognise(_header("Title", "Date"))

    assert [column.field for column in found.columns] == ["title"]
    assert [(p.line, p.field, p.message) for p in found.problems] == [
        (
            1,
            "Date",
            (
                "The column “Date” may mean more than one thing (start, end): "
                "say which in a mapping."
            ),
        )
    ]


def test_recognise_second_column_of_a_field_is_a_problem_unless_it_holds_lists() -> None:
    found = recognise(_header("Title", "Name", "Partner", "Partners", "Title (fr)"))

    assert [(c.index, c.field, c.language) for c in found.columns] == [
        (0, "title", ""),
        (2, "partner", ""),
        (3, "partner", ""),
        (4, "title", "fr"),
    ]
    assert [problem.code for problem in found.problems] == ["column-twice"]


def test_recognise_mapping_goes_before_names() -> None:
    mapping = ColumnMapping({"DATE": "start", "Name": "", "X": "title:ru"})

    found = recognise(_header("Date", "Name", "X"), mapping)

    assert [(c.field, c.language) for c in found.columns] == [("start", ""), ("title", "ru")]
    assert (found.unknown, found.problems) == ((), ())


def test_recognise_mapped_column_that_is_absent_is_a_problem() -> None:
    found = recognise(_header("Title"), ColumnMapping({"Cost": "budget"}))

    assert [problem.code for problem in found.problems] == ["column-absent"]


def test_recognise_no_known_column_is_a_problem() -> None:
    assert [p.code for p in recognise(_header("a1", "b2")).problems] == ["column-none"]


def test_aliases_every_name_means_one_field() -> None:
    meanings: dict[str, set[str]] = {}
    for field, lines in _aliases.ALIASES.items():
        assert len(lines) == 6
        for line in lines:
            for name in line.split("|"):
                meanings.setdefault(normalised(name), set()).add(field)
    ambiguous = {normalised(n) for line in _words.AMBIGUOUS for n in line.split("|")}

    shared = {name for name, fields in meanings.items() if len(fields) > 1}

    assert set(_aliases.ALIASES) == set(_aliases.FIELDS)
    assert shared - ambiguous == set()


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_headers_of_our_own_files_are_known_again_and_no_two_are_alike(language: str) -> None:
    heads = [header(field, language) for field in FIELDS]

    found = recognise(_header(*heads))

    assert [column.field for column in found.columns] == list(FIELDS)
    assert (found.unknown, found.problems) == ((), ())


def test_parse_mapping_comes_back_equal() -> None:
    columns = {"Titre": "title:fr", "Date": "start", "x": ""}
    mapping = ColumnMapping(columns, "dmy", ",", "fr", "windows-1252")

    assert parse_mapping(json.dumps(mapping.to_json())) == mapping


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["mapping-json"]),
        ("{", ["mapping-json"]),
        ("[" * 100_000, ["mapping-json"]),
        ("[]", ["mapping-shape"]),
        ('{"columns": []}', ["mapping-shape"]),
        ('{"columns": {"a": "nonsense"}}', ["mapping-field"]),
        ('{"columns": {"a": 5, "b": "start:fr", "c": "title:french"}}', ["mapping-field"] * 3),
        ('{"date_order": "ydm", "decimal": ";", "colour": "red"}', ["mapping-option"] * 3),
        ('{"language": "french"}', ["mapping-option"]),
        ('{"encoding": "latin-99"}', ["mapping-option"]),
        ('{"encoding": "rot13"}', ["mapping-option"]),
    ],
)
def test_parse_mapping_names_everything_that_is_wrong(text: str, codes: list[str]) -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping(text)

    assert [problem.code for problem in caught.value.problems] == codes
