"""Reading accounts: a person by address, everybody, and which grants hold on a day."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import Grant, User


def grants_of(user: User, *, on: date | None = None) -> QuerySet[Grant]:
    """List the grants of a person that hold on a day (today by default)."""
    return _held(on).filter(user=user, user__is_active=True).order_by("pk")


def grants_by_user(users: QuerySet[User], *, on: date | None = None) -> dict[int, list[Grant]]:
    """Give the grants that hold on a day of several people, by the key of the person."""
    found: dict[int, list[Grant]] = {}
    for grant in _held(on).filter(user__in=users, user__is_active=True).order_by("pk"):
        found.setdefault(grant.user_id, []).append(grant)
    return found


def users() -> QuerySet[User]:
    """List everybody who has an account, the oldest account first."""
    return User.objects.order_by("date_joined", "pk")


def user_by_address(address: str) -> User | None:
    """Find the account of an address, whatever its case."""
    return User.objects.filter(email=address.strip().lower()).first()


def letter_language(address: str) -> str:
    """Give the language that the account of an address has chosen, or nothing."""
    user = user_by_address(address)
    return user.language if user else ""


def open_grants_of(user: User) -> QuerySet[Grant]:
    """List the grants of a person that hold today or will hold later."""
    today = timezone.now().date()
    is_open = Q(revoked_at=None) & (Q(ends=None) | Q(ends__gte=today))
    return Grant.objects.filter(is_open, user=user).order_by("pk")


def grants_ever_of(user: User) -> QuerySet[Grant]:
    """List every grant of a person, past and revoked ones included, the newest first."""
    return Grant.objects.filter(user=user).order_by("-starts", "-pk")


def _held(on: date | None) -> QuerySet[Grant]:
    day = on or timezone.now().date()
    current = Q(revoked_at=None, starts__lte=day) & (Q(ends=None) | Q(ends__gte=day))
    return Grant.objects.filter(current)


def holds_everywhere(user: object, *roles: str) -> bool:
    """Say whether a person holds one of the roles without a scope, today."""
    if not isinstance(user, User):
        return False
    return grants_of(user).filter(role__in=roles, scope_kind="").exists()


def sees_everything(user: object) -> bool:
    """Say whether a person may see every record, whatever its state."""
    return holds_everywhere(user, GrantedRole.ADMINISTRATOR, GrantedRole.SECRETARIAT)


def scopes_of(user: object, role: str, scope_kind: str) -> list[str]:
    """List the public identifiers for which a person holds a role, today."""
    if not isinstance(user, User):
        return []
    mine = grants_of(user).filter(role=role, scope_kind=scope_kind)
    return list(mine.values_list("scope_id", flat=True))
