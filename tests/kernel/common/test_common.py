"""What every record shares: identifiers, translated fields, permission, versions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.actors import System
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.identifiers import new_public_id, stable_public_id
from stocktake.kernel.common.permissions import is_allowed, require
from stocktake.lib.multilingual import Text


def test_public_identifiers_are_readable_and_differ() -> None:
    made = {new_public_id("A") for _number in range(2000)}

    assert len(made) == 2000
    letters = {letter for identifier in made for letter in identifier.removeprefix("A-")}
    assert letters <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert {len(identifier) for identifier in made} == {10}


@given(st.text())
def test_stable_public_identifier_is_always_the_same(key: str) -> None:
    assert stable_public_id("O", key) == stable_public_id("O", key)


def test_stable_public_identifier_of_a_known_key_never_changes() -> None:
    assert stable_public_id("O", "itu") == "O-V11000NZ"


@pytest.mark.django_db
def test_translated_field_stores_and_reads_a_text() -> None:
    text = Text("ar", {"ar": "الاتحاد", "en": "Union"})

    made = Organization.objects.create(public_id="O-TEST", names=text)

    assert Organization.objects.get(pk=made.pk).names == text
    assert Organization.objects.get(pk=made.pk).names.original == "ar"


@pytest.mark.parametrize("value", ['{"original": "en"', '{"values": 3}', '{"values": {"x": "y"}}'])
def test_translated_field_refuses_what_is_no_text(value: str) -> None:
    with pytest.raises(ValidationError):
        TranslatedField().to_python(value)


def test_require_lets_the_system_pass_and_nobody() -> None:
    require(System("job"), "activities.create")

    with pytest.raises(PermissionDenied, match=r"activities\.create"):
        require(None, "activities.create")


def test_permission_that_nobody_declared_is_refused() -> None:
    class Somebody:
        actor_key = "user:U-1"

    assert not is_allowed(Somebody(), "no.such.permission")


def test_expect_version_refuses_an_older_one() -> None:
    record = Organization(version=4)

    record.expect_version(None)
    record.expect_version(4)
    with pytest.raises(StaleVersion) as caught:
        record.expect_version(3)

    assert (caught.value.current, caught.value.given) == (4, 3)
