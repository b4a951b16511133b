"""Who sees which activity: the rule for one record and the queryset agree everywhere."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from stocktake.domain.activities.choices import ActivityState
from stocktake.domain.activities.models import Activity
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.common.permissions import is_allowed
from tests import factories


@pytest.mark.django_db
def test_visible_to_and_the_rule_for_one_record_agree() -> None:
    owners = [factories.organization(), factories.organization()]
    activities = [
        factories.activity(owner=owner, state=state.value)
        for owner, state in itertools.product(owners, ActivityState)
    ]
    people = [AnonymousUser(), factories.user()]
    for role in GrantedRole:
        people.append(factories.user(role=role.value))
        people.append(
            factories.user(role=role.value, scope_kind="organization", scope_id=owners[0].public_id)
        )

    for person in people:
        by_queryset = set(Activity.objects.visible_to(person))
        by_rule = {one for one in activities if is_allowed(person, "activities.see", one)}
        assert by_queryset == by_rule, person
    assert set(Activity.objects.visible_to(AnonymousUser())) == {
        one for one in activities if one.state == "published"
    }
