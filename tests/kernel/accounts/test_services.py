"""Accounts, grants and one-time links: allowed, denied, logged, and without personal data."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from stocktake.kernel.accounts.models import Grant, SignInLink, User
from stocktake.kernel.accounts.queries import grants_of
from stocktake.kernel.accounts.services import (
    DEMO_ADDRESS,
    LinkRefused,
    Terms,
    create_user,
    ensure_demo_secretariat,
    give_grant,
    log_address_change,
    make_sign_in_link,
    revoke_grant,
    sign_up,
    use_sign_in_link,
)
from stocktake.kernel.common.actors import System
from stocktake.kernel.common.errors import Conflict, StaleVersion
from stocktake.kernel.history.models import Change
from stocktake.kernel.history.queries import changes_of, diff, head

TODAY = timezone.now().date()


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def link_for(actor: System, user: User) -> str:
    return token_of(make_sign_in_link(actor, user, is_loopback=True, has_sample=True))


def told(change: Change) -> dict[str, tuple[object, object]]:
    return {field.field: (field.before, field.after) for field in diff(change)}


def test_create_user_by_administrator_makes_account_without_password(administrator: User) -> None:
    made = create_user(administrator, "  New.Person@Example.ORG ", name="New Person", language="fr")

    assert made.email == "new.person@example.org"
    assert (made.name, made.language, made.is_active) == ("New Person", "fr", True)
    assert not made.has_usable_password()
    assert made.public_id.startswith("U-")


def test_create_user_without_permission_is_denied_and_makes_nothing(carol: User) -> None:
    before = head()

    with pytest.raises(PermissionDenied):
        create_user(carol, "other@example.org")

    assert not User.objects.filter(email="other@example.org").exists()
    assert head() == before


def test_create_user_is_logged_without_address_or_name(
    administrator: User, whole_log: Callable[[], str]
) -> None:
    made = create_user(administrator, "new@example.org", name="New Person", language="fr")

    (change,) = changes_of("user", made.public_id)
    assert (change.verb, change.actor_key) == ("create", administrator.actor_key)
    assert told(change) == {"is_active": (None, True), "language": (None, "fr")}
    assert "new@example.org" not in whole_log()
    assert "new person" not in whole_log()


@pytest.mark.parametrize(
    "address", ["carol@example.org", "CAROL@EXAMPLE.ORG", " carol@example.org"]
)
def test_create_user_of_taken_address_conflicts(system: System, carol: User, address: str) -> None:
    with pytest.raises(Conflict):
        create_user(system, address)

    assert User.objects.filter(email__iexact="carol@example.org").count() == 1


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a b@example.org", "a@example.org\nBcc: x"]
)
def test_create_user_of_malformed_address_is_refused(
    db: None, system: System, address: str
) -> None:
    with pytest.raises(ValidationError):
        create_user(system, address)


def test_sign_up_makes_account_that_may_do_nothing(db: None) -> None:
    made = sign_up(User(email="Own@Example.org", language="ar"))

    (change,) = changes_of("user", made.public_id)
    assert made.email == "own@example.org"
    assert list(grants_of(made)) == []
    assert (change.verb, change.actor_key) == ("sign_up", made.actor_key)
    assert told(change) == {"is_active": (None, True), "language": (None, "ar")}


def test_log_address_change_tells_neither_address(
    carol: User, whole_log: Callable[[], str]
) -> None:
    log_address_change(carol)

    change = changes_of("user", carol.public_id)[0]
    assert (change.verb, told(change)) == ("change_address", {})
    assert "example.org" not in whole_log()


def test_give_grant_by_administrator_holds_from_today(
    administrator: User, carol: User, owners: None
) -> None:
    grant = give_grant(administrator, carol, Terms("editor", "organization", "O-1"))

    assert list(grants_of(carol)) == [grant]
    assert (grant.role, grant.scope_kind, grant.scope_id) == ("editor", "organization", "O-1")
    assert (grant.starts, grant.ends, grant.version) == (TODAY, None, 1)


def test_give_grant_without_permission_is_denied_even_to_oneself(carol: User) -> None:
    with pytest.raises(PermissionDenied):
        give_grant(carol, carol, Terms("administrator"))

    assert list(grants_of(carol)) == []


def test_give_grant_by_secretariat_is_denied(system: System, administrator: User) -> None:
    secretary = create_user(system, "secretary@example.org")
    give_grant(administrator, secretary, Terms("secretariat"))

    with pytest.raises(PermissionDenied):
        give_grant(secretary, secretary, Terms("administrator"))


def test_give_grant_is_logged_with_the_person_by_identifier(
    administrator: User, carol: User, whole_log: Callable[[], str]
) -> None:
    ends = TODAY + timedelta(days=365)

    grant = give_grant(
        administrator, carol, Terms("facilitator", "element", "wsis-al:C7", ends=ends)
    )

    (change,) = changes_of("grant", grant.public_id)
    assert (change.verb, change.actor_key) == ("give", administrator.actor_key)
    assert told(change) == {
        "user": (None, carol.public_id),
        "role": (None, "facilitator"),
        "scope_kind": (None, "element"),
        "scope_id": (None, "wsis-al:C7"),
        "starts": (None, TODAY.isoformat()),
        "ends": (None, ends.isoformat()),
    }
    assert "carol" not in whole_log()


@pytest.mark.parametrize(
    "terms",
    [
        Terms("king"),
        Terms("editor", "organization", ""),
        Terms("editor", "", "O-1"),
        Terms("contributor", starts=date(2025, 2, 1), ends=date(2025, 1, 31)),
    ],
)
def test_give_grant_of_impossible_terms_is_refused(
    system: System, carol: User, terms: Terms
) -> None:
    with pytest.raises(ValidationError):
        give_grant(system, carol, terms)

    assert not Grant.objects.filter(user=carol).exists()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (
            Terms("editor", "element", "wsis-al:C7"),
            "The role editor does not hold for element:wsis-al:C7; it holds for: "
            "organization:O-7QK2M9XD (for example).",
        ),
        (
            Terms("editor", "organization", "O-3"),
            "There is no organization O-3; the role editor holds for: "
            "organization:O-7QK2M9XD (for example).",
        ),
        (Terms("editor"), "The role editor needs a scope: organization:O-7QK2M9XD (for example)."),
        (
            Terms("focal_point", "country", "710"),
            "The role focal_point does not hold for country:710; it holds for: "
            "area:710 (for example).",
        ),
        (
            Terms("focal_point", "area", "ZAF"),
            "There is no area ZAF; the role focal_point holds for: area:710 (for example).",
        ),
        (
            Terms("facilitator", "element", "wsis-al:C99"),
            "There is no element wsis-al:C99; the role facilitator holds for: "
            "everywhere (no scope); element:sdg:4 (for example).",
        ),
        (
            Terms("secretariat", "area", "710"),
            "The role secretariat does not hold for area:710; it holds for: everywhere (no scope).",
        ),
    ],
)
def test_give_grant_for_a_scope_that_allows_nothing_says_what_is_accepted(
    system: System, carol: User, owners: None, terms: Terms, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        give_grant(system, carol, terms)

    assert refused.value.messages == [sentence]
    assert not Grant.objects.filter(user=carol).exists()


@pytest.mark.parametrize(
    "terms",
    [
        Terms("editor", "organization", "O-1"),
        Terms("focal_point", "area", "710"),
        Terms("facilitator", "element", "wsis-al:C7"),
        Terms("secretariat"),
        Terms("contributor"),
    ],
)
def test_give_grant_for_each_kind_of_scope_holds(
    system: System, carol: User, owners: None, terms: Terms
) -> None:
    grant = give_grant(system, carol, terms)

    assert (grant.scope_kind, grant.scope_id) == (terms.scope_kind, terms.scope_id)


def test_create_user_of_a_language_without_letters_is_refused(system: System) -> None:
    with pytest.raises(ValidationError, match="choose one of ar, zh, en, fr, ru, es"):
        create_user(system, "new@example.org", language="tlh")


def test_give_grant_twice_conflicts_and_another_scope_does_not(
    system: System, carol: User, owners: None
) -> None:
    give_grant(system, carol, Terms("editor", "organization", "O-1"))

    with pytest.raises(Conflict):
        give_grant(system, carol, Terms("editor", "organization", "O-1"))
    give_grant(system, carol, Terms("editor", "organization", "O-2"))

    assert grants_of(carol).count() == 2


def test_revoke_grant_by_administrator_ends_it_at_once(administrator: User, carol: User) -> None:
    grant = give_grant(administrator, carol, Terms("contributor"))

    revoked = revoke_grant(administrator, grant, version=1, note="Left the organization.")

    change = changes_of("grant", grant.public_id)[0]
    assert list(grants_of(carol)) == []
    assert revoked.version == 2
    assert (change.verb, change.actor_key) == ("revoke", administrator.actor_key)
    assert revoked.revoked_at is not None
    assert told(change) == {"revoked_at": (None, revoked.revoked_at.isoformat())}


def test_revoke_grant_without_permission_is_denied(system: System, carol: User) -> None:
    grant = give_grant(system, carol, Terms("contributor"))

    with pytest.raises(PermissionDenied):
        revoke_grant(carol, grant)

    assert list(grants_of(carol)) == [grant]


def test_revoke_grant_twice_or_from_an_old_version_is_refused(system: System, carol: User) -> None:
    grant = give_grant(system, carol, Terms("contributor"))

    with pytest.raises(StaleVersion):
        revoke_grant(system, grant, version=7)
    revoke_grant(system, grant)
    with pytest.raises(Conflict):
        revoke_grant(system, grant)

    assert len(changes_of("grant", grant.public_id)) == 2


def test_sign_in_link_signs_in_its_person_once(system: System, carol: User) -> None:
    token = link_for(system, carol)

    signed_in = use_sign_in_link(token)

    assert signed_in == carol
    with pytest.raises(LinkRefused):
        use_sign_in_link(token)


def test_sign_in_link_is_kept_as_a_digest_only(
    system: System, carol: User, whole_log: Callable[[], str]
) -> None:
    token = link_for(system, carol)

    link = SignInLink.objects.get()
    assert len(token) >= 43
    assert token not in {link.digest, str(link), str(link.__dict__)}
    assert token.lower() not in whole_log()


def test_sign_in_link_after_a_quarter_of_an_hour_is_refused(system: System, carol: User) -> None:
    token = link_for(system, carol)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(LinkRefused):
        use_sign_in_link(token)


def test_sign_in_link_lasts_a_quarter_of_an_hour(system: System, carol: User) -> None:
    before = timezone.now()

    link_for(system, carol)

    left = SignInLink.objects.get().expires_at - before
    assert timedelta(minutes=15) <= left < timedelta(minutes=15, seconds=10)


def test_sign_in_link_tampered_with_is_refused_and_stays_good(system: System, carol: User) -> None:
    token = link_for(system, carol)
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")

    for forged in (swapped, token[:-1], token + "A", token.swapcase(), "", "0" * 64):
        with pytest.raises(LinkRefused):
            use_sign_in_link(forged)

    assert use_sign_in_link(token) == carol


def test_sign_in_link_of_closed_account_is_refused(system: System, carol: User) -> None:
    token = link_for(system, carol)
    User.objects.filter(pk=carol.pk).update(is_active=False)
    carol.refresh_from_db()

    with pytest.raises(LinkRefused):
        use_sign_in_link(token)
    with pytest.raises(LinkRefused):
        link_for(system, carol)


@pytest.mark.parametrize(
    ("is_loopback", "has_sample"), [(False, True), (True, False), (False, False)]
)
def test_sign_in_link_is_refused_unless_both_conditions_hold(
    system: System, carol: User, is_loopback: bool, has_sample: bool
) -> None:
    with pytest.raises(LinkRefused):
        make_sign_in_link(system, carol, is_loopback=is_loopback, has_sample=has_sample)

    assert not SignInLink.objects.exists()


def test_sign_in_link_without_permission_is_denied(carol: User) -> None:
    with pytest.raises(PermissionDenied):
        make_sign_in_link(carol, carol, is_loopback=True, has_sample=True)

    assert not SignInLink.objects.exists()


def test_sign_in_link_made_and_used_is_logged(system: System, carol: User) -> None:
    use_sign_in_link(link_for(system, carol))

    used, made, _created = changes_of("user", carol.public_id)
    assert (made.verb, made.actor_key) == ("make_sign_in_link", system.actor_key)
    assert (used.verb, used.actor_key) == ("use_sign_in_link", carol.actor_key)


def test_making_a_link_clears_away_long_expired_ones(system: System, carol: User) -> None:
    link_for(system, carol)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    link_for(system, carol)

    assert SignInLink.objects.count() == 1


def test_demo_secretariat_is_made_once_with_its_grant(db: None, system: System) -> None:
    first = ensure_demo_secretariat(system)
    number = head()[0]

    again = ensure_demo_secretariat(system)

    assert again == first
    assert first.email == DEMO_ADDRESS
    assert EmailAddress.objects.get(user=first).verified
    assert not first.has_usable_password()
    assert [str(grant) for grant in grants_of(first)] == ["secretariat"]
    assert head()[0] == number


def test_demo_secretariat_without_permission_is_denied(carol: User) -> None:
    with pytest.raises(PermissionDenied):
        ensure_demo_secretariat(carol)

    assert not User.objects.filter(email=DEMO_ADDRESS).exists()


def test_revoked_demo_grant_is_given_anew(db: None, system: System) -> None:
    user = ensure_demo_secretariat(system)
    revoke_grant(system, grants_of(user).get())

    ensure_demo_secretariat(system)

    assert grants_of(user).count() == 1
