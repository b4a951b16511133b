"""Reading activities with what hangs on them, however much it is."""

from typing import Any

import pytest

from stocktake.domain.activities.models import Activity, Participation
from stocktake.domain.activities.search.documents import documents
from stocktake.domain.stakeholders.models import Organization
from stocktake.lib.multilingual import Text
from tests import factories


@pytest.fixture
def partners(db: None) -> set[str]:
    """The public identifiers of 1,100 partners of the one activity there is."""
    activity = factories.activity()
    made = [
        Organization(public_id=f"O-{number:08d}", names=Text.of("en", f"Partner {number}"))
        for number in range(1_100)
    ]
    Organization.objects.bulk_create(made)
    Participation.objects.bulk_create(
        Participation(activity=activity, organization=each, role="partner") for each in made
    )
    return {each.public_id for each in made}


def test_activity_with_more_than_a_thousand_partners_is_read_at_once(
    partners: set[str], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        (found,) = Activity.objects.with_links()
        names = {link.organization.public_id for link in found.participations.all()}

    assert names == partners


def test_activity_with_more_than_a_thousand_partners_is_described_to_the_index(
    partners: set[str],
) -> None:
    (described,) = documents(Activity.objects.published())

    assert partners <= set(described.facets["organization"])
    assert {f"Partner {number}" for number in range(1_100)} <= {run.text for run in described.texts}
