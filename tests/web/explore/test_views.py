"""The list pages as visitors read them."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.lib.multilingual import Text
from tests import factories
from tests.web.conftest import CANARY, Page, filed, placed

Visit = Callable[..., Page]


@pytest.fixture
def three(db: None, index: Callable[[], None]) -> list[Any]:
    """Three activities that differ in words, places, elements and years."""
    ministry = factories.organization("Ministry of Posts", acronym="MP", country="710")
    made = [
        factories.activity(
            "Fibre to every school",
            owner=ministry,
            start_date="2005-03",
            summary=Text.of("en", "Schools on the network.").to_json(),
            areas=placed("404", "710"),
            elements=filed("wsis-al:C2", "sdg:9.c"),
            type="project",
        ),
        factories.activity(
            "Health by telephone",
            start_date="2009",
            end_date="2010",
            status="completed",
            areas=placed("356"),
            elements=filed("wsis-al:C7.health"),
        ),
        factories.activity(
            "مدارس على الشبكة",
            language="ar",
            start_date="2012-06-01",
            areas=placed("818"),
            elements=filed("wsis-al:C2"),
        ),
    ]
    index()
    return made


def test_list_without_filters_shows_every_entry_newest_first(
    three: list[Any], visit: Visit
) -> None:
    page = visit("/activities/")

    assert page.texts(".entry h3") == [
        "مدارس على الشبكة",
        "Health by telephone",
        "Fibre to every school",
    ]
    assert page.text("#count") == "3 activities"
    assert page.text("#results .row .small") == "in 4 countries"
    assert page.texts(".entry:last-child .by") == [
        "Ministry of Posts (MP) · Project",
        "Since March 2005 · Kenya · South Africa",
    ]


def test_list_in_arabic_shows_arabic_names_and_marks_other_languages(
    three: list[Any], visit: Visit
) -> None:
    page = visit("/activities/?element=wsis-al:C2&lang=ar")

    assert page.tree.get("dir") == "rtl"
    assert page.links(".entry .by ~ .by a") == [
        "/countries/818/",
        "/countries/404/",
        "/countries/710/",
    ]
    assert page.texts(".entry .by ~ .by a")[:2] == ["مصر", "كينيا"]
    foreign = page.find(".entry h3 [lang=en]")[0]
    assert (foreign.text_content(), foreign.get("dir")) == ("Fibre to every school", "ltr")


def test_facets_in_arabic_mark_codes_and_names_in_other_languages(
    three: list[Any], visit: Visit
) -> None:
    page = visit("/activities/?element=sdg:9.c", "ar")

    box = page.find(".facet input[value='sdg:9.c']")[0].getparent()
    assert [each.text for each in box.cssselect("bdi[dir=ltr]")] == ["9.c"]
    assert box.cssselect("[lang=en]")[0].text.startswith("Access to ICT")
    assert page.find(".pill bdi")[0].text == "9.c"


def test_search_marks_hits_and_finds_other_forms_of_a_word(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?q=school")

    assert page.texts(".entry h3") == ["Fibre to every school"]
    assert page.texts(".entry mark") == ["school", "Schools"]


def test_search_for_markup_is_shown_as_words(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?q=<script>alert(1)</script>")

    assert page.find("#q")[0].get("value") == "<script>alert(1)</script>"
    assert "<script>alert" not in page.source


def test_facets_count_all_choices_but_their_own(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?region=002")

    regions = {
        box.get("value"): box.getparent().cssselect(".count")[0].text
        for box in page.find(".facet input[name=region]")
    }
    elements = {
        box.get("value"): box.getparent().cssselect(".count")[0].text
        for box in page.find(".facet input[name=element]")
    }
    assert regions == {"002": "2", "142": "1"}
    assert elements == {"wsis-al:C2": "2", "sdg:9": "1", "sdg:9.c": "1"}


def test_facet_of_elements_sets_parts_below_their_whole(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/")

    boxes = page.find(".facet input[name=element]")
    assert [(box.get("value"), box.getparent().get("class")) for box in boxes] == [
        ("wsis-al:C2", None),
        ("wsis-al:C7", None),
        ("wsis-al:C7.health", "nested"),
        ("sdg:9", None),
        ("sdg:9.c", "nested"),
    ]


def test_choices_of_one_facet_are_alternatives_and_facets_add_up(
    three: list[Any], visit: Visit
) -> None:
    either = visit("/activities/?country=710&country=356")
    both = visit("/activities/?country=710&country=356&element=wsis-al:C2")

    assert either.text("#count") == "2 activities"
    assert both.texts(".entry h3") == ["Fibre to every school"]


def test_pills_lead_to_the_list_without_them(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?q=school&element=wsis-al:C2&country=710&year_from=2004&sort=title")

    assert page.texts(".pill") == [
        "WSIS action lines C2 Information and communication infrastructure: an essential "
        "foundation for the information society remove",
        "Country or area South Africa remove",
        "Years 2004 to … remove",
    ]
    assert page.links(".pill") == [
        "/activities/?q=school&country=710&year_from=2004&sort=title",
        "/activities/?q=school&element=wsis-al:C2&year_from=2004&sort=title",
        "/activities/?q=school&element=wsis-al:C2&country=710&sort=title",
    ]


def test_state_in_the_address_drops_what_is_not_known(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=table&sort=colour&colour=red&page=x&year_from=12&year_to=2009")

    canonical = page.find("link[rel=canonical]")[0].get("href")
    assert canonical == "http://testserver/activities/?year_to=2009&view=table"


def test_years_given_the_wrong_way_round_are_turned_and_the_page_says_so(
    three: list[Any], visit: Visit
) -> None:
    page = visit("/activities/?year_from=2011&year_to=2010")

    assert page.texts(".entry h3") == ["Health by telephone", "Fibre to every school"]
    assert page.text(".notice") == (
        "The first year was after the last; the years are taken as 2010 to 2011."
    )
    assert page.find("input[name=year_from]")[0].get("value") == "2010"


def test_signs_without_a_word_are_told_to_hold_nothing_to_search_for(
    three: list[Any], visit: Visit
) -> None:
    page = visit("/activities/?q=?!")

    assert page.text(".notice").startswith("“?!” holds no letter and no number: there is nothing")
    assert page.text("#count") == "3 activities"


def test_years_are_offered_for_records_that_have_them(three: list[Any], visit: Visit) -> None:
    activities = visit("/activities/")
    organizations = visit("/organizations/?year_from=2009")

    assert len(activities.find("input[name=year_from]")) == 1
    assert organizations.find("input[name=year_from], .pill") == []


def test_chosen_value_that_would_be_folded_away_stands_first(
    index: Callable[[], None], visit: Visit
) -> None:
    codes = ["710", "404", "356", "818", "562", "686", "288", "566"]
    for place, code in enumerate(codes):
        for _number in range(len(codes) - place):
            factories.activity(areas=placed(code))
    index()

    plain = visit("/activities/").find(".facet input[name=country]")
    chosen = visit("/activities/?country=566&country=404")

    assert [box.get("value") for box in plain] == codes
    boxes = chosen.find(".facet input[name=country]")
    assert [box.get("value") for box in boxes][:3] == ["404", "566", "710"]
    folded = chosen.find(".facet details input[name=country]")
    assert [box.get("value") for box in folded] == ["686", "288"]


def test_chosen_part_stands_first_with_the_branch_it_belongs_to(
    index: Callable[[], None], visit: Visit
) -> None:
    for code in ("C1", "C2", "C3", "C4", "C5", "C6", "C7.health", "C8"):
        factories.activity(elements=filed(f"wsis-al:{code}"))
    index()

    page = visit("/activities/?element=wsis-al:C7.health")

    boxes = [box.get("value") for box in page.find(".facet input[name=element]")]
    assert boxes[:3] == ["wsis-al:C7", "wsis-al:C7.health", "wsis-al:C1"]


@pytest.fixture
def many(db: None, index: Callable[[], None]) -> None:
    """An activity in each of 24 countries, more than a facet shows."""
    codes = [code for code, _name in zip(_african(), range(24), strict=False)]
    factories.activity("Everywhere there", areas=placed(*codes))
    index()


def _african() -> list[str]:
    return [each for each in vocabularies.countries_in("002") if each not in ("566", "562")]


def test_name_typed_into_a_long_facet_is_chosen(many: None, client: Client) -> None:
    answer: Any = client.get("/activities/?country=710&country_named=nigeria&q=x")

    assert (answer.status_code, answer.url) == (
        302,
        "/activities/?q=x&country=710&country=566",
    )


def test_name_that_may_mean_several_is_offered_with_counts(many: None, visit: Visit) -> None:
    page = visit("/activities/?country_named=ni")

    boxes = page.find(".facet input[name=country]")
    assert {"562", "566"} <= {box.get("value") for box in boxes[:3]}
    assert {box.getparent().cssselect(".count")[0].text for box in boxes[:3]} == {"0"}
    assert page.find("input[name=country_named]")[0].get("value") == "ni"


def test_name_that_nothing_bears_is_told(many: None, visit: Visit) -> None:
    page = visit("/activities/?country_named=Ruritania")

    assert page.text(".notice") == "Nothing to choose is called “Ruritania”."
    assert page.text("#count") == "1 activity"


def test_suggestions_name_records_and_values_that_begin_as_typed(
    three: list[Any], client: Client
) -> None:
    factories.organization(CANARY, state="draft")

    def names(query: str, language: str = "en") -> Any:
        answer: Any = client.get(f"/suggestions/?{query}", HTTP_ACCEPT_LANGUAGE=language)
        return answer.json()["names"]

    assert names("kind=activity&q=fib") == ["Fibre to every school"]
    assert names("kind=activity&facet=organization&q=ministry p") == ["Ministry of Posts"]
    assert names("kind=activity&facet=country&q=south afr", "ar") == ["جنوب أفريقيا"]
    assert names("kind=organization&q=") == []
    assert names(f"kind=organization&q={CANARY}") == []
    for query in ("kind=nothing&q=a", "kind=activity&facet=status&q=a"):
        assert client.get(f"/suggestions/?{query}").status_code == 404


def test_table_in_arabic_joins_names_with_the_arabic_comma(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=table&country=404", "ar")

    cells = [cell.text_content() for cell in page.find(".table tbody td")]
    assert cells[5:] == ["كينيا، جنوب أفريقيا", "C2، 9.c"]
    assert [each.text for each in page.find(".table tbody td:last-child bdi")] == ["C2", "9.c"]


def test_years_find_what_was_under_way_in_them(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?year_from=2010&year_to=2011")

    assert page.texts(".entry h3") == ["Health by telephone", "Fibre to every school"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_one_entry_as_for_three(
    count: int,
    index: Callable[[], None],
    visit: Visit,
    django_assert_num_queries: Any,
    db: None,
) -> None:
    for _number in range(count):
        factories.activity(areas=placed("710"), elements=filed("wsis-al:C2"))
    index()
    visit("/activities/")

    with django_assert_num_queries(5):
        page = visit("/activities/")
    with django_assert_num_queries(5):
        visit("/activities/?view=table&q=activity")

    assert len(page.texts(".entry")) == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_organizations_asks_as_often_for_one_as_for_three(
    count: int, index: Callable[[], None], visit: Visit, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        factories.organization(f"Quorum {number}", country="710", type="government")
    index()
    visit("/organizations/?q=quorum")

    with django_assert_num_queries(1):
        page = visit("/organizations/?q=quorum")

    assert len(page.texts(".entry")) == count


def test_table_has_the_same_entries_with_their_facts(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=table&sort=oldest")

    rows = [
        [cell.text_content().strip() for cell in row.cssselect("th, td")]
        for row in page.find(".table tbody tr")
    ]
    assert rows[0] == [
        "Fibre to every school",
        "Ministry of Posts (MP)",
        "Project",
        "Ongoing",
        "2005-03",
        "–",
        "Kenya, South Africa",
        "C2, 9.c",
    ]
    assert page.texts(".table tbody th")[1:] == ["Health by telephone", "مدارس على الشبكة"]


def test_table_heads_turn_the_order(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=table&sort=title")

    heads = page.find(".table thead th")
    assert [(head.text_content(), head.get("aria-sort")) for head in heads[:1]] == [
        ("Title", "ascending")
    ]
    assert page.links(".table thead a") == [
        "/activities/?sort=title&view=table",
        "/activities/?sort=newest&view=table",
    ]


def test_map_counts_the_same_result_and_leads_to_it(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=map&element=wsis-al:C2")

    tiles = {
        tile.get("href"): tile.cssselect("b")[0].text
        for tile in page.find(".tiles a")
        if tile.cssselect("b")[0].text != "0"
    }
    assert tiles == {
        "/activities/?element=wsis-al:C2&country=710": "1",
        "/activities/?element=wsis-al:C2&country=404": "1",
        "/activities/?element=wsis-al:C2&country=818": "1",
    }
    assert len(page.find(".tiles li")) == 195


def test_map_says_how_many_entries_name_no_country(
    three: list[Any], visit: Visit, index: Any
) -> None:
    factories.activity("Everywhere", areas=placed("001"))
    index()

    page = visit("/activities/?view=map")

    assert page.text(".view .origin") == "1 of them names no country."


def test_chart_bars_lead_to_lists_of_as_many_entries(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=chart&q=school")

    bars = [
        (row.cssselect("a")[0].get("href"), int(row.cssselect("td.number")[0].text))
        for row in page.find(".bars tbody tr")
    ]
    assert bars == [
        ("/activities/?q=school&element=wsis-al:C2", 1),
        ("/activities/?q=school&element=sdg:9", 1),
        ("/activities/?q=school&region=002", 1),
        ("/activities/?q=school&year=2005", 1),
    ]
    for href, count in bars:
        assert len(visit(href).texts(".entry")) == count


def test_chart_of_a_chosen_element_shows_it_and_its_parts(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?view=chart&element=wsis-al:C7")

    assert page.texts(".bars")[0].startswith("WSIS action lines Activities C7 ICT applications")
    assert page.links(".bars tbody a")[:2] == [
        "/activities/?element=wsis-al:C7",
        "/activities/?element=wsis-al:C7.health",
    ]


def test_empty_result_says_so_and_leads_on(three: list[Any], visit: Visit) -> None:
    page = visit("/activities/?q=nowhere&country=710")

    assert page.text("#count") == "0 activities"
    assert page.text(".empty .lead") == "Nothing on record fits all of this."
    assert page.links(".empty a") == ["/activities/?q=nowhere", "/activities/"]


def test_list_without_an_index_is_read_from_the_record_and_says_so(
    search_folder: None, visit: Visit, draft: Any
) -> None:
    factories.activity("Fibre to every school")

    page = visit("/activities/?q=health")

    assert page.texts(".entry h3") == ["Fibre to every school"]
    assert page.text(".notice").startswith("The search index is being made again.")
    assert page.texts(".facet") == []


def test_pages_of_a_list_follow_each_other(db: None, index: Any, visit: Visit) -> None:
    for number in range(41):
        factories.activity(f"Entry {number:02}", start_date=str(1950 + number))
    index()

    second = visit("/activities/?sort=oldest&page=2")
    beyond = visit("/activities/?sort=oldest&page=99")

    assert second.texts(".entry h3")[0] == "Entry 20"
    assert second.text(".pager .end") == "21 to 40 of 41"
    assert second.links(".pager a") == [
        "/activities/?sort=oldest",
        "/activities/?sort=oldest",
        "/activities/?sort=oldest&page=2",
        "/activities/?sort=oldest&page=3",
        "/activities/?sort=oldest&page=3",
    ]
    assert beyond.texts(".entry h3") == ["Entry 40"]


def test_file_of_a_list_holds_exactly_what_the_list_shows(
    three: list[Any], visit: Visit, file_of: Callable[..., bytes]
) -> None:
    page = visit("/activities/?element=wsis-al:C2&sort=oldest")
    address = next(href for href in page.links(".tools a") if "csv" in href)

    rows = list(csv.DictReader(io.StringIO(file_of(address).decode("utf-8-sig"))))

    assert [row["Title"] for row in rows] == page.texts(".entry h3")
    first = rows[0]
    assert first["Identifier"] == three[0].public_id
    assert first["Permanent link"] == f"http://testserver/activities/{three[0].public_id}/"
    assert first["Countries and areas"] == "Kenya [404]; South Africa [710]"
    assert [item.rpartition("[")[2] for item in first["Elements"].split("; ")] == [
        "wsis-al:C2, primary]",
        "sdg:9.c]",
    ]
    assert (first["Activity type (code)"], first["Activity type"]) == ("project", "Project")
    assert rows[1]["Language of the title"] == "ar"


def test_workbook_holds_the_same_rows_as_the_csv(
    three: list[Any], file_of: Callable[..., bytes]
) -> None:
    table = list(csv.reader(io.StringIO(file_of("/activities/download.csv").decode("utf-8-sig"))))

    book = CalamineWorkbook.from_filelike(io.BytesIO(file_of("/activities/download.xlsx")))
    rows = book.get_sheet_by_index(0).to_python()

    assert [[str(cell) for cell in row] for row in rows] == table
    assert len(rows) == 4


def test_file_is_safe_against_formulas(index: Any, file_of: Callable[..., bytes]) -> None:
    factories.activity("=HYPERLINK(1)", last_confirmed_on=date(2010, 1, 2).isoformat())
    index()

    rows = list(csv.reader(io.StringIO(file_of("/activities/download.csv").decode("utf-8-sig"))))

    assert rows[1][2] == "'=HYPERLINK(1)"


def test_file_in_arabic_has_arabic_heads_and_names(
    three: list[Any], file_of: Callable[..., bytes]
) -> None:
    english = file_of("/activities/download.csv").decode("utf-8-sig")

    arabic = file_of("/activities/download.csv", "ar").decode("utf-8-sig")

    assert "جنوب أفريقيا" in arabic
    assert "جنوب أفريقيا" not in english


def test_file_of_an_unknown_format_is_not_found(db: None, client: Client) -> None:
    assert client.get("/activities/download.exe").status_code == 404


def test_file_of_organizations_has_a_row_each(index: Any, file_of: Callable[..., bytes]) -> None:
    made = factories.organization(
        "Quorum Trust", acronym="QT", country="710", type="civil_society", aliases=["Q", "Quo"]
    )
    index()

    address = reverse("organizations_download", kwargs={"format": "csv"}) + "?q=quorum"
    rows = list(csv.DictReader(io.StringIO(file_of(address).decode("utf-8-sig"))))

    assert len(rows) == 1
    assert rows[0] | {"Changed": ""} == {
        "Identifier": made.public_id,
        "Address": f"http://testserver/organizations/{made.public_id}/",
        "Name": "Quorum Trust",
        "Language of the name": "en",
        "Acronym": "QT",
        "Other names": "Q; Quo",
        "Kind (code)": "civil_society",
        "Kind": "Civil society",
        "Country (M49)": "710",
        "Country": "South Africa",
        "Website": "",
        "Identifiers": "",
        "Member of (identifiers)": "",
        "Origin (code)": "entry",
        "Origin": "Entered by hand",
        "Source": "",
        "Changed": "",
    }


def test_table_marks_what_is_invented(
    db: None, index: Callable[[], None], visit: Callable[..., Page]
) -> None:
    factories.activity("Made up", is_invented=True, origin="generated")
    factories.activity("Real")
    index()

    page = visit("/activities/?view=table&sort=title")

    marked = [each for each in page.find("tbody tr") if each.cssselect(".sample")]
    assert [each.cssselect("th a")[0].text_content() for each in marked] == ["Made up"]
