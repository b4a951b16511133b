"""Predicates on grants: role, scope and term, and what each role may do with accounts."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import Grant, User
from stocktake.kernel.accounts.queries import grants_by_user, grants_ever_of, grants_of
from stocktake.kernel.accounts.rules import holds, holds_for
from stocktake.kernel.accounts.services import Terms, give_grant, revoke_grant
from stocktake.kernel.common.actors import System
from stocktake.kernel.common.permissions import is_allowed
from tests import factories

TODAY = timezone.now().date()
DAY = timedelta(days=1)

owns = holds_for("editor", "organization", lambda record: record.organizations)
RECORD = SimpleNamespace(organizations=["O-1", "O-2"])


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_grant_holds_only_within_its_term(
    system: System, carol: User, starts: date, ends: date | None, expected: bool
) -> None:
    give_grant(system, carol, Terms("contributor", starts=starts, ends=ends))

    assert holds("contributor").test(carol) is expected
    assert grants_of(carol).exists() is expected


def test_grant_of_another_day_is_seen_on_that_day(system: System, carol: User) -> None:
    grant = give_grant(
        system, carol, Terms("contributor", starts=date(2024, 1, 1), ends=date(2024, 12, 31))
    )

    assert list(grants_of(carol, on=date(2024, 12, 31))) == [grant]
    assert list(grants_of(carol, on=date(2025, 1, 1))) == []


def test_scoped_grant_holds_for_its_record_only(system: System, carol: User, owners: None) -> None:
    give_grant(system, carol, Terms("editor", "organization", "O-2"))

    assert owns.test(carol, RECORD) is True
    assert owns.test(carol, SimpleNamespace(organizations=["O-3"])) is False
    assert owns.test(carol, None) is False
    assert holds("editor").test(carol) is False


@pytest.mark.parametrize(
    "terms",
    [
        ("contributor", "organization", "O-1"),
        ("editor", "element", "O-1"),
        ("editor", "organization", "O-3"),
        ("editor",),
    ],
)
def test_grant_of_other_role_kind_or_scope_does_not_hold_for_record(
    carol: User, terms: tuple[str, ...]
) -> None:
    factories.grant(carol, *terms)

    assert owns.test(carol, RECORD) is False


def test_expired_scoped_grant_does_not_hold(system: System, carol: User, owners: None) -> None:
    give_grant(
        system,
        carol,
        Terms("editor", "organization", "O-1", starts=TODAY - 9 * DAY, ends=TODAY - DAY),
    )

    assert owns.test(carol, RECORD) is False


def test_revoked_grant_does_not_hold(system: System, carol: User) -> None:
    grant = give_grant(system, carol, Terms("secretariat"))
    assert holds("secretariat").test(carol) is True

    revoke_grant(system, grant)

    assert holds("secretariat").test(carol) is False


def test_grant_of_closed_account_does_not_hold(system: System, carol: User) -> None:
    give_grant(system, carol, Terms("administrator"))
    User.objects.filter(pk=carol.pk).update(is_active=False)
    carol.refresh_from_db()

    assert is_allowed(carol, "accounts.manage") is False


@pytest.mark.parametrize("role", [*GrantedRole.values, None])
def test_accounts_are_managed_by_administrators_alone(carol: User, role: str | None) -> None:
    if role:
        factories.grant(carol, role)

    assert is_allowed(carol, "accounts.manage") is (role == "administrator")
    assert is_allowed(carol, "history.erase") is (role == "administrator")
    assert is_allowed(carol, "history.see_latest") is (role in ("administrator", "secretariat"))


def test_administrator_of_one_organization_manages_no_accounts(carol: User) -> None:
    factories.grant(carol, "administrator", "organization", "O-1")

    assert is_allowed(carol, "accounts.manage") is False


def test_anonymous_and_nobody_hold_nothing(db: None) -> None:
    assert holds(*GrantedRole.values).test(AnonymousUser()) is False
    assert owns.test(AnonymousUser(), RECORD) is False
    assert is_allowed(None, "accounts.manage") is False


def test_grants_by_user_gives_the_current_ones_of_each(
    system: System, carol: User, administrator: User
) -> None:
    current = give_grant(system, carol, Terms("contributor"))
    give_grant(system, carol, Terms("contributor", starts=date(2020, 1, 1), ends=date(2020, 2, 1)))

    found = grants_by_user(User.objects.filter(pk__in=[carol.pk, administrator.pk]))

    assert found[carol.pk] == [current]
    assert [grant.role for grant in found[administrator.pk]] == ["administrator"]
    assert grants_ever_of(carol).count() == 2
    assert Grant.objects.count() == 3
