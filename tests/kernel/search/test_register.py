"""The index of the real register: what is not published never shows, names are borrowed."""

from typing import Any

import pytest
from django.db import transaction

from stocktake.domain.activities.services import withdraw_activity
from stocktake.domain.stakeholders.services import update_organization
from stocktake.kernel.history import services as history
from stocktake.kernel.search import services
from stocktake.kernel.search.folders import Folders
from stocktake.kernel.search.requests import SearchRequest
from stocktake.kernel.search.searcher import search, suggest
from stocktake.kernel.search.verification import verify
from stocktake.kernel.vocabularies.models import AreaGroupMembership
from stocktake.lib.multilingual import Text
from tests import factories

pytestmark = pytest.mark.django_db


def test_search_withdrawn_or_draft_activity_is_in_no_hit_count_or_suggestion(
    store: Folders, system: Any
) -> None:
    shown = factories.activity("Invented telecentre of the hills", type="training")
    withdrawn = factories.activity("Invented telecentre of the coast", type="training")
    factories.activity("Invented telecentre of the desert", type="training", state="draft")
    services.catch_up()
    before = search(SearchRequest("activity", text="telecentre"))
    withdraw_activity(system, withdrawn, reason="entered twice")
    services.catch_up()

    after = search(SearchRequest("activity", text="telecentre"))

    assert (before.total, before.facets["type"]) == (2, [("training", 2)])
    assert (after.ids, after.facets["type"]) == ([shown.public_id], [("training", 1)])
    assert [each.id for each in suggest("telec", kind="activity")] == [shown.public_id]


def test_search_renamed_owner_finds_its_activities_by_the_new_name(
    store: Folders, system: Any
) -> None:
    owner = factories.organization("Invented bureau of lagoons")
    activity = factories.activity("Invented course", owner=owner)
    services.catch_up()
    update_organization(
        system,
        owner,
        {"names": Text.of("fr", "Bureau des récifs").to_json()},
        expected_version=owner.version,
    )
    services.catch_up()

    assert search(SearchRequest("activity", text="lagoons")).ids == []
    assert search(SearchRequest("activity", text="recifs")).ids == [activity.public_id]


def test_search_country_that_leaves_a_group_is_no_longer_counted_in_it(
    store: Folders, system: Any
) -> None:
    membership = AreaGroupMembership.objects.filter(group="ldc", left="").first()
    assert membership is not None
    owner = factories.organization("Invented bureau", country=membership.area_id)
    area = {"area": membership.area_id, "percentage": None}
    activity = factories.activity("Invented course", owner=owner, areas=[area])
    services.catch_up()
    of_group = {"group": ("ldc",)}
    assert search(SearchRequest("activity", filters=of_group)).ids == [activity.public_id]
    assert owner.public_id in search(SearchRequest("organization", filters=of_group)).ids

    with transaction.atomic():
        membership.left = "2001-12-31"
        membership.save()
        history.record(system, "update", membership, before={"left": ""}, after={"left": "2001"})
    services.catch_up()

    assert search(SearchRequest("activity", filters=of_group)).ids == []
    assert owner.public_id not in search(SearchRequest("organization", filters=of_group)).ids


def test_search_elements_of_two_frameworks_are_facets_of_their_own(
    store: Folders, system: Any
) -> None:
    links = [
        {"element": code, "is_primary": False, "is_suggested": False, "note": ""}
        for code in ("wsis-al:C2", "sdg:9")
    ]
    both = factories.activity("Invented cable", elements=links)
    factories.activity("Invented mast", elements=links[:1])
    services.catch_up()

    results = search(SearchRequest("activity", filters={"element": ("wsis-al:C2", "sdg:9")}))

    assert results.ids == [both.public_id]
    assert dict(results.facets["element/sdg"]) == {"sdg:9": 1}
    assert dict(results.facets["element/wsis-al"]) == {"wsis-al:C2": 1}


def test_verify_register_in_many_languages_has_no_difference(store: Folders, system: Any) -> None:
    titles = [
        ("en", "Invented rural networks for women's e-health, 2005-2007"),
        ("fr", "Stratégie inventée d'accès au numérique"),
        ("es", "Políticas públicas inventadas de información"),
        ("ru", "Вымышленное развитие информационного общества"),
        ("ar", "مشروع مُتخيَّل لتكنولوجيا المعلومات"),
        ("zh", "虚构的农村信息通信技术培训项目"),
    ]
    for number in range(24):
        language, title = titles[number % 6]
        factories.activity(
            f"{title} {number % 5}",
            language=language,
            type=("training", "project", "publication")[number % 3],
            start_date=str(2003 + number % 9),
            areas=[{"area": ("710", "250", "156")[number % 3], "percentage": None}],
        )
    services.catch_up()

    report = verify(80, 4)
    factories.activity("Invented and not yet indexed", type="project")
    later = verify(80, 4)

    assert (report.queries, report.differences) == (80, [])
    assert report.position == report.head
    assert later.position < later.head
    assert later.differences
