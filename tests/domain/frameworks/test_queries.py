"""What is shipped, and reading it: counts, names, levels, mappings in both directions."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.choices import INVERSE, Relation
from stocktake.domain.frameworks.models import Element, Framework, Mapping, Process
from stocktake.domain.frameworks.services import load_frameworks
from stocktake.lib.multilingual import LANGUAGES, Text

pytestmark = pytest.mark.django_db


def test_shipped_processes_stand_beside_each_other() -> None:
    found = {each.public_id: each.related_to_id for each in queries.processes()}
    phases = Process.objects.get(public_id="wsis").phases

    assert found == {"wsis": None, "igf": "wsis", "enhanced-cooperation": "wsis"}
    assert [(each["kind"], each["starts"]) for each in phases] == [
        ("summit", "2003-12-10"),
        ("summit", "2005-11-16"),
        ("review", "2015-12-15"),
        ("review", "2025"),
    ]


def test_shipped_frameworks_hold_what_they_should() -> None:
    counts = {
        each.public_id: len(queries.elements_of(each.public_id)) for each in queries.frameworks()
    }
    goals = [each for each in queries.elements_of("sdg") if not each.ancestors]

    assert counts == {"wsis-al": 19, "wsis-targets": 10, "sdg": 17 + 169, "mdg": 8}
    assert [each.code for each in goals] == [str(number) for number in range(1, 18)]
    assert len(queries.leaves_of("wsis-al")) == 18
    assert len(queries.leaves_of("sdg")) == 169
    assert [each.code for each in queries.elements_of("wsis-targets")] == list("abcdefghij")
    assert [each.code for each in queries.descendants_of("wsis-al:C7")] == [
        "C7.government", "C7.business", "C7.learning", "C7.health",
        "C7.employment", "C7.environment", "C7.agriculture", "C7.science",
    ]  # fmt: skip


def test_goal_codes_agree_with_the_codelist_of_iati(shared_data: Path) -> None:
    text = (shared_data / "iati/codelists/nonembedded/UNSDG-Targets.xml").read_text()
    published = {line.split("<code>")[1].split("<")[0] for line in text.splitlines()
                 if "<code>" in line}  # fmt: skip

    ours = {each.code for each in queries.elements_of("sdg") if each.ancestors}

    assert ours == published


def test_names_stand_in_six_languages_where_the_united_nations_have_them() -> None:
    lacking = [
        each.qualified_code
        for each in queries.elements().values()
        if set(each.names.values) != set(LANGUAGES)
    ]
    frameworks = [*queries.frameworks(), *queries.processes()]

    assert len(lacking) == 169
    assert {code.split(":")[0] for code in lacking} == {"sdg"}
    assert [each for each in frameworks if set(each.names.values) != set(LANGUAGES)] == []
    for framework in Framework.objects.all():
        levels = [Text.from_json(level) for level in framework.levels]
        depth = max(len(each.ancestors) for each in queries.elements_of(framework.public_id))
        assert len(levels) == depth + 1
        assert [level for level in levels if set(level.values) != set(LANGUAGES)] == []


def test_crosswalk_holds_the_links_of_the_matrix(shared_data: Path) -> None:
    lines = [each.qualified_code for each in queries.leaves_of("wsis-al")]
    published = set()
    path = shared_data / "wsis-sdg" / "action_line_x_target.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for code in row["sdg_target"].split(","):
                published.add((lines[int(row["action_id"])], f"sdg:{code.strip()}"))

    rows = Mapping.objects.filter(table="wsis-al_sdg").order_by()
    ours = set(rows.values_list("from_element_id", "to_element_id"))
    told = set(rows.filter(note="").values_list("from_element_id", "to_element_id"))

    assert told == published
    assert {(line, code.split(".")[0]) for line, code in published} <= ours
    assert {each.relation for each in rows} == {"related_match"}
    assert rows.filter(source="").count() == 0


def test_mappings_of_an_element_read_from_both_ends() -> None:
    health = [link.element.public_id for link in queries.mappings_of("wsis-al:C7.health")]
    back = [link.element.public_id for link in queries.mappings_of("sdg:3.3")]

    assert health[:6] == ["sdg:1", "sdg:1.3", "sdg:1.4", "sdg:1.5", "sdg:2", "sdg:2.1"]
    assert back == ["wsis-al:C7.health"]
    assert queries.mappings_of("mdg:1") == []


def test_mappings_of_an_element_turn_the_relation_around(system: Any, invented: Path) -> None:
    load_frameworks(system, invented)

    forward = queries.mappings_of("reef-lines:R2")
    backward = [link for link in queries.mappings_of("sdg:14.4") if link.table == "reef_sdg"]

    assert [(link.relation, link.element.public_id) for link in forward] == [
        (Relation.BROAD_MATCH, "sdg:14.4")
    ]
    assert [(link.relation, link.element.public_id) for link in backward] == [
        (Relation.NARROW_MATCH, "reef-lines:R2")
    ]
    assert {INVERSE[INVERSE[each]] for each in Relation} == set(Relation)


def test_mappings_from_an_outside_scheme_suggest_elements() -> None:
    found = queries.mappings_from("dac-5", ["22040", "12220", "99999"])

    assert [(each.from_code, each.to_element_id) for each in found] == [
        ("12220", "sdg:3.8"),
        ("12220", "wsis-al:C7.health"),
        ("22040", "sdg:9.c"),
        ("22040", "sdg:17.8"),
        ("22040", "wsis-al:C2"),
    ]
    assert {each.from_element_id for each in found} == {None}


def test_mappings_of_dac_use_codes_of_the_published_list(shared_data: Path) -> None:
    for scheme, name in (("dac-5", "Sector"), ("dac-3", "SectorCategory")):
        text = (shared_data / f"iati/codelists/nonembedded/{name}.xml").read_text()
        ours = set(Mapping.objects.filter(from_scheme=scheme).values_list("from_code", flat=True))
        assert len(ours) > 15
        assert {code for code in ours if f"<code>{code}</code>" not in text} == set()


def test_labels_parents_and_ancestors_serve_facets() -> None:
    codes = ["wsis-al:C7.health", "sdg:9.c", "lost:1"]

    assert queries.element_labels(codes, "fr") == {
        "wsis-al:C7.health": "C7.health Cybersanté",
        "sdg:9.c": "9.c Access to ICT and universal affordable Internet",
        "lost:1": "lost:1",
    }
    assert queries.element_parents(codes) == {"wsis-al:C7.health": "wsis-al:C7", "sdg:9.c": "sdg:9"}
    assert [each.code for each in queries.ancestors_of("sdg:9.c")] == ["9"]
    assert list(queries.framework_labels("es")) == ["wsis-al", "wsis-targets", "sdg", "mdg"]
    assert queries.framework_labels("es")["wsis-al"] == "Líneas de acción de la CMSI"


def test_everything_is_visible_to_a_visitor(bilal: Any) -> None:
    for model in (Process, Framework, Element, Mapping):
        for person in (AnonymousUser(), bilal):
            assert model.objects.visible_to(person).count() == model.objects.count() > 0


def test_elements_are_read_once_for_many_questions(django_assert_num_queries: Any) -> None:
    queries.elements()

    with django_assert_num_queries(0):
        queries.element_labels(["sdg:1"], "ar")
        queries.descendants_of("wsis-al:C7")
        queries.leaves_of("sdg")
