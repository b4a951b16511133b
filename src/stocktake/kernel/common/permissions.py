"""Asking for permission by name: the one gate that every service passes."""

import rules
from django.core.exceptions import PermissionDenied

from stocktake.kernel.common.actors import Actor, System


def is_allowed(actor: Actor | None, permission: str, obj: object = None) -> bool:
    """Say whether the actor has a permission on a record; an unknown permission is refused."""
    if isinstance(actor, System):
        return True
    if actor is None or not rules.perm_exists(permission):
        return False
    return bool(rules.has_perm(permission, actor, obj))


def require(actor: Actor | None, permission: str, obj: object = None) -> None:
    """Refuse unless the actor has the permission on the record.

    Raises:
        PermissionDenied: the actor may not; the message names the permission.
    """
    if not is_allowed(actor, permission, obj):
        raise PermissionDenied(f"The permission {permission!r} is needed for this.")
