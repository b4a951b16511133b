"""Who may do what: predicates on a person's grants, and the permissions made of them."""

from typing import Any

import rules

from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import User
from stocktake.kernel.accounts.queries import grants_of


def holds(*roles: str) -> rules.predicates.Predicate:
    """Make the predicate "holds one of these roles everywhere, today"."""

    @rules.predicate(f"holds {' or '.join(roles)}")
    def predicate(user: Any, _record: object = None) -> bool:
        if not isinstance(user, User):
            return False
        return grants_of(user).filter(role__in=roles, scope_kind="").exists()

    return predicate


def holds_for(role: str, scope_kind: str, scope_ids: Any) -> rules.predicates.Predicate:
    """Make the predicate "holds this role for one of the scopes that the record names".

    Args:
        scope_ids: a function that gives the public identifiers of a record's scopes.
    """

    @rules.predicate(f"holds {role} for its {scope_kind}")
    def predicate(user: Any, record: object = None) -> bool:
        if not isinstance(user, User) or record is None:
            return False
        mine = grants_of(user).filter(role=role, scope_kind=scope_kind)
        return mine.filter(scope_id__in=list(scope_ids(record))).exists()

    return predicate


is_administrator = holds(GrantedRole.ADMINISTRATOR)
is_secretariat = holds(GrantedRole.ADMINISTRATOR, GrantedRole.SECRETARIAT)

rules.add_perm("accounts.manage", is_administrator)
rules.add_perm("history.erase", is_administrator)
rules.add_perm("history.see_latest", is_secretariat)
rules.add_perm("vocabularies.load", is_administrator)
