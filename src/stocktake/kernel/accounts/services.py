"""Writing accounts: people, what they may do, and links that sign one person in once.

No payload of the log holds an address or a name: people stand in it by their public identifier.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import Grant, SignInLink, User
from stocktake.kernel.accounts.queries import grants_of, user_by_address
from stocktake.kernel.accounts.scopes import check_scope
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.errors import Conflict
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history.services import Entry, record, record_many
from stocktake.lib.multilingual import LANGUAGES

LINK_LIFETIME = timedelta(minutes=15)
DEMO_ADDRESS = "secretariat@demo.invalid"
"""No mail can reach it: the top-level name is reserved (RFC 2606)."""


class LinkRefused(ValidationError):
    """A sign-in link was asked for where none may be given, or is used up, expired or forged."""


@dataclass(frozen=True)
class Terms:
    """What a grant allows, where and until when; without a scope it holds everywhere."""

    role: str
    scope_kind: str = ""
    scope_id: str = ""
    starts: date | None = None
    ends: date | None = None


def normal_address(address: str) -> str:
    """Bring an e-mail address to the form in which it is kept.

    Letters outside ASCII before the sign @ are refused: some of them count as equal to other
    letters in one database or mail server and not in the next, so that two people could share
    an account.

    Raises:
        ValidationError: it is no e-mail address.
    """
    normal = address.strip().lower()
    validate_email(normal)
    if not normal.rpartition("@")[0].isascii():
        raise ValidationError(_("Enter an e-mail address in the form name@example.org."))
    return normal


def create_user(actor: Actor, address: str, *, name: str = "", language: str = "") -> User:
    """Make an account without a password; its holder signs in by a code sent to the address.

    Raises:
        PermissionDenied: the actor may not manage accounts.
        ValidationError: the address is none, or the language is none of the site's.
        Conflict: the address has an account already.
    """
    require(actor, "accounts.manage")
    if language and language not in LANGUAGES:
        told = {"language": language, "languages": ", ".join(LANGUAGES)}
        raise ValidationError(
            _("%(language)s is no language of letters; choose one of %(languages)s.") % told
        )
    user = User(email=normal_address(address), name=name.strip(), language=language)
    with transaction.atomic():
        _add(user)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        record_many(actor, [_user_entry("create", user, before={}, after=_user_values(user))])
    return user


def sign_up(user: User) -> User:
    """Save an account that its holder asked for; it may do nothing but sign in.

    Raises:
        ValidationError: the address is none.
        Conflict: the address has an account already.
    """
    user.email = normal_address(user.email)
    with transaction.atomic():
        _add(user)
        record_many(user, [_user_entry("sign_up", user, before={}, after=_user_values(user))])
    return user


def log_address_change(user: User) -> None:
    """Log that the holder of an account changed its address, without either address."""
    with transaction.atomic():
        record_many(user, [_user_entry("change_address", user, before={}, after={})])


def give_grant(actor: Actor, user: User, terms: Terms) -> Grant:
    """Let a person do something, from today unless the terms say otherwise.

    Raises:
        PermissionDenied: the actor may not manage accounts.
        ValidationError: the role is unknown, the scope is none of the role's or names no record,
            or the term ends before it starts.
        Conflict: the person holds the same grant already.
    """
    require(actor, "accounts.manage")
    starts = terms.starts or timezone.now().date()
    _check(terms, starts)
    with transaction.atomic():
        same = grants_of(User.objects.select_for_update().get(pk=user.pk), on=starts)
        scope = {"scope_kind": terms.scope_kind, "scope_id": terms.scope_id}
        if same.filter(role=terms.role, ends=terms.ends, **scope).exists():
            raise Conflict(_("This person holds the same grant already."))
        grant = Grant(user=user, role=terms.role, starts=starts, ends=terms.ends, **scope)
        grant.give_public_id()
        grant.save()
        record(actor, "give", grant, before={}, after=_grant_values(grant))
    return grant


def revoke_grant(
    actor: Actor, grant: Grant, *, version: int | None = None, note: str = ""
) -> Grant:
    """End a grant at once; it stays on record.

    Raises:
        PermissionDenied: the actor may not manage accounts.
        StaleVersion: the grant changed since `version`.
        Conflict: the grant was revoked before.
    """
    require(actor, "accounts.manage")
    with transaction.atomic():
        grant = Grant.objects.select_for_update().select_related("user").get(pk=grant.pk)
        grant.expect_version(version)
        if grant.revoked_at is not None:
            raise Conflict(_("This grant was revoked before."))
        before = _grant_values(grant)
        grant.revoked_at = timezone.now()
        grant.advance()
        grant.save(update_fields=["revoked_at", "version", "updated_at"])
        record(actor, "revoke", grant, before=before, after=_grant_values(grant), note=note)
    return grant


def make_sign_in_link(actor: Actor, user: User, *, is_loopback: bool, has_sample: bool) -> str:
    """Make a link that signs a person in once within 15 minutes, and give its path.

    Args:
        is_loopback: whether the server answers on this machine alone.
        has_sample: whether the register holds the sample, so that nothing real is at stake.

    Raises:
        PermissionDenied: the actor may not manage accounts.
        LinkRefused: one of the two conditions fails, or the account is closed.
    """
    require(actor, "accounts.manage")
    if not is_loopback:
        raise LinkRefused(
            _("A sign-in link is given only while the server answers on this machine alone.")
        )
    if not has_sample:
        raise LinkRefused(_("A sign-in link is given only for a register with the sample."))
    if not user.is_active:
        raise LinkRefused(_("This account is closed."))
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + LINK_LIFETIME
    with transaction.atomic():
        SignInLink.objects.filter(expires_at__lt=timezone.now() - LINK_LIFETIME).delete()
        SignInLink.objects.create(user=user, digest=_digest(token), expires_at=expires_at)
        record_many(actor, [_user_entry("make_sign_in_link", user, before={}, after={})])
    return reverse("desk:sign_in", args=[token])


def use_sign_in_link(token: str) -> User:
    """Use up a sign-in link and say whom it signs in.

    Raises:
        LinkRefused: the link is unknown, expired or used, or the account is closed; which of
            them is not said.
    """
    now = timezone.now()
    with transaction.atomic():
        open_links = SignInLink.objects.filter(
            digest=_digest(token), used_at=None, expires_at__gt=now, user__is_active=True
        )
        link = open_links.select_related("user").first()
        if link is None or not open_links.filter(pk=link.pk).update(used_at=now):
            raise LinkRefused(_("This link does not work any more. Ask for a new one."))
        user = link.user
        record_many(user, [_user_entry("use_sign_in_link", user, before={}, after={})])
    return user


def ensure_demo_secretariat(actor: Actor) -> User:
    """Make sure that the invented secretariat of the demonstration exists and has its grant.

    Its address counts as confirmed, since no code could reach it and passkeys ask for that.

    Raises:
        PermissionDenied: the actor may not manage accounts.
    """
    require(actor, "accounts.manage")
    user = user_by_address(DEMO_ADDRESS)
    if user is None:
        user = create_user(actor, DEMO_ADDRESS)
        EmailAddress.objects.filter(user=user).update(verified=True)
    held = grants_of(user).filter(role=GrantedRole.SECRETARIAT, scope_kind="")
    if not held.exists():
        give_grant(actor, user, Terms(GrantedRole.SECRETARIAT))
    return user


def _add(user: User) -> None:
    """Save a new account without a password."""
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.full_clean(exclude=["password"], validate_constraints=False, validate_unique=False)
            user.save()
    except IntegrityError as error:
        raise Conflict(_("This address has an account already.")) from error


def _check(terms: Terms, starts: date) -> None:
    if terms.role not in GrantedRole.values:
        raise ValidationError(
            _("%(role)s is no role; the roles are %(roles)s.")
            % {"role": terms.role, "roles": ", ".join(GrantedRole.values)}
        )
    if bool(terms.scope_kind) != bool(terms.scope_id):
        raise ValidationError(_("A scope needs both a kind and an identifier."))
    check_scope(terms.role, terms.scope_kind, terms.scope_id)
    if terms.ends is not None and terms.ends < starts:
        raise ValidationError(_("A grant cannot end before it starts."))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _user_values(user: User) -> dict[str, Any]:
    return {"is_active": user.is_active, "language": user.language}


def _user_entry(verb: str, user: User, *, before: dict[str, Any], after: dict[str, Any]) -> Entry:
    return Entry(verb, user.kind, user.public_id, before, after)


def _grant_values(grant: Grant) -> dict[str, Any]:
    return {
        "user": grant.user.public_id,
        "role": str(grant.role),
        "scope_kind": grant.scope_kind,
        "scope_id": grant.scope_id,
        "starts": grant.starts.isoformat(),
        "ends": grant.ends.isoformat() if grant.ends else None,
        "revoked_at": grant.revoked_at.isoformat() if grant.revoked_at else None,
    }
