"""Reading activities with what hangs on them, however much it is."""

from typing import Any

import pytest

from stocktake.domain.activities.models import Activity, Participation
from stocktake.domain.stakeholders.models import Organization
from stocktake.lib.multilingual import Text
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize(("read", "queries"), [("with_links", 6), ("with_words", 5)])
def test_activity_with_more_than_a_thousand_partners_is_read_at_once(
    read: str, queries: int, django_assert_num_queries: Any
) -> None:
    activity = factories.activity()
    partners = [
        Organization(public_id=f"O-{number:08d}", names=Text.of("en", f"Partner {number}"))
        for number in range(1_100)
    ]
    Organization.objects.bulk_create(partners)
    Participation.objects.bulk_create(
        Participation(activity=activity, organization=partner, role="partner")
        for partner in partners
    )

    with django_assert_num_queries(queries):
        (found,) = getattr(Activity.objects, read)().filter(pk=activity.pk)
        names = {link.organization.public_id for link in found.participations.all()}

    assert names == {partner.public_id for partner in partners}
