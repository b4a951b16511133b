"""Who sees which document and provision: the rule for one record and the queryset agree."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stocktake.domain.documents.choices import DocumentState
from stocktake.domain.documents.models import Document, Provision
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.common.permissions import is_allowed
from tests import factories


@pytest.mark.django_db
def test_visible_to_and_the_rule_for_one_record_agree(make: Any) -> None:
    documents = [
        make(f"E/RES/2031/{number}", "para/1", state=state.value)
        for number, state in enumerate(DocumentState, 1)
    ]
    provisions = list(Provision.objects.all())
    owner = factories.organization()
    people: list[Any] = [AnonymousUser(), factories.user()]
    for role in GrantedRole:
        people.append(factories.user(role=role.value))
        people.append(
            factories.user(role=role.value, scope_kind="organization", scope_id=owner.public_id)
        )

    for person in people:
        by_rule = {one for one in documents if is_allowed(person, "documents.see", one)}
        assert set(Document.objects.visible_to(person)) == by_rule, person
        by_rule = {one for one in provisions if is_allowed(person, "documents.see", one)}
        assert set(Provision.objects.visible_to(person)) == by_rule, person
    shown = set(Document.objects.visible_to(AnonymousUser()))
    assert shown == {one for one in documents if one.state == "published"}


@pytest.mark.django_db
@pytest.mark.parametrize("permission", ["create", "edit", "publish", "withdraw"])
def test_writing_documents_is_for_the_secretariat_alone(
    make: Any, anna: Any, bilal: Any, permission: str
) -> None:
    document = make("E/RES/2031/1")
    focal: Any = factories.user(role="focal_point", scope_kind="area", scope_id="710")

    people: list[Any] = [anna, bilal, focal, None, AnonymousUser()]

    who = [is_allowed(person, f"documents.{permission}", document) for person in people]

    assert who == [True, False, False, False, False]
