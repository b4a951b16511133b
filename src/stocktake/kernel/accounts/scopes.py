"""Where a role may be granted: everywhere, or for records of the kinds that its rules ask about.

Accounts know no organization, element or area, so each app declares the kinds that it knows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.kernel.accounts.choices import GrantedRole

EVERYWHERE = (
    GrantedRole.ADMINISTRATOR,
    GrantedRole.SECRETARIAT,
    GrantedRole.FACILITATOR,
    GrantedRole.CONTRIBUTOR,
)
"""Roles that hold without a scope; the others mean nothing without one."""


_Exists = Callable[[str], bool]


@dataclass(frozen=True)
class Scope:
    """A kind of record that a role is granted for; `exists` takes a public identifier."""

    kind: str
    exists: _Exists
    example: str


_scopes: dict[str, dict[str, Scope]] = {}


def scope_of(role: str, kind: str, *, example: str) -> Callable[[_Exists], _Exists]:
    """Let a role be granted for records of a kind; the function says whether there is one.

    Args:
        example: a public identifier, for sentences.
    """

    def declare(exists: _Exists) -> _Exists:
        _scopes.setdefault(str(role), {})[kind] = Scope(kind, exists, example)
        return exists

    return declare


def accepted_scopes(role: str) -> list[str]:
    """List the scopes that a role takes, as examples; the empty text stands for everywhere."""
    kinds = _scopes.get(role, {})
    anywhere = [""] if role in EVERYWHERE else []
    return anywhere + [f"{kind}:{kinds[kind].example}" for kind in sorted(kinds)]


def check_scope(role: str, kind: str, public_id: str) -> None:
    """Make sure that a grant of this role for this scope allows something.

    Raises:
        ValidationError: it is no scope of the role, which the sentence lists, or no record of the
            kind has the identifier.
    """
    if not kind and role in EVERYWHERE:
        return
    told = {"role": str(role), "kind": kind, "id": public_id, "scopes": _listed(role)}
    scope = _scopes.get(role, {}).get(kind)
    if not kind:
        raise ValidationError(_("The role %(role)s needs a scope: %(scopes)s.") % told)
    if scope is None:
        message = _(
            "The role %(role)s does not hold for %(kind)s:%(id)s; it holds for: %(scopes)s."
        )
        raise ValidationError(message % told)
    if not scope.exists(public_id):
        message = _("There is no %(kind)s %(id)s; the role %(role)s holds for: %(scopes)s.")
        raise ValidationError(message % told)


def _listed(role: str) -> str:
    words = []
    for example in accepted_scopes(role):
        told = {"example": example}
        words.append(
            _("%(example)s (for example)") % told if example else _("everywhere (no scope)")
        )
    return "; ".join(words)
