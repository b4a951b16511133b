"""`stocktake user`: accounts, what their holders may do, and a link for the first look."""

import ipaddress
import json
from datetime import date, datetime
from urllib.parse import urlsplit

import click
from django.conf import settings

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity
from stocktake.kernel.accounts import queries, services
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import Grant, User
from stocktake.kernel.common.actors import System
from stocktake.lib.multilingual import LANGUAGES

_OPERATOR = System("operator")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_ROLE = click.Choice(GrantedRole.values)


@click.group()
def group() -> None:
    """Accounts and what their holders may do."""


@group.command()
@click.argument("email")
@click.option("--name", default="", help="Name of the person; shown to nobody else.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of letters; that of the page that asks for one without it.",
)
def create(email: str, name: str, language: str | None) -> None:
    """Make an account; its holder signs in by a code sent to EMAIL."""
    user = services.create_user(_OPERATOR, email, name=name, language=language or "")
    click.echo(f"{user.public_id} can sign in by a code sent to {user.email}.")


@group.command()
@click.argument("email")
@click.argument("role", type=_ROLE)
@click.option(
    "--scope",
    default="",
    help="Where it holds: organization:O-… for an editor, area:M49 for a focal point, element:CODE "
    "for a facilitator; everywhere without it, which editors and focal points cannot.",
)
@click.option("--from", "starts", type=_DAY, help="First day, YYYY-MM-DD; today without it.")
@click.option("--until", "ends", type=_DAY, help="Last day, YYYY-MM-DD; open without it.")
def grant(
    email: str, role: str, scope: str, starts: datetime | None, ends: datetime | None
) -> None:
    """Let the holder of EMAIL do what ROLE may."""
    kind, public_id = _scope(scope)
    terms = services.Terms(role, kind, public_id, starts=_day(starts), ends=_day(ends))
    given = services.give_grant(_OPERATOR, _user(email), terms)
    click.echo(f"{given.public_id}: {_told(given)}")


@group.command()
@click.argument("email")
@click.argument("role", type=_ROLE)
@click.option("--scope", default="", help="The scope it was given for, as `kind:id`.")
def revoke(email: str, role: str, scope: str) -> None:
    """End what ROLE allows the holder of EMAIL, at once."""
    kind, public_id = _scope(scope)
    user = _user(email)
    found = queries.open_grants_of(user).filter(role=role, scope_kind=kind, scope_id=public_id)
    if not found:
        raise click.ClickException(f"{user.email} holds no such grant; see `stocktake user list`.")
    for held in found:
        services.revoke_grant(_OPERATOR, held)
        click.echo(f"{held.public_id} is revoked.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_users(as_json: bool) -> None:
    """List the accounts and the grants that hold today."""
    people = queries.users()
    grants = queries.grants_by_user(people)
    for user in people:
        held = grants.get(user.pk, [])
        click.echo(_json(user, held) if as_json else _line(user, held))


@group.command("sign-in-link")
@click.argument("email")
@click.option(
    "--address", default="http://localhost:8000", show_default=True, help="Where the site answers."
)
def sign_in_link(email: str, address: str) -> None:
    """Print a link that signs the holder of EMAIL in once within 15 minutes.

    Only for a look at the sample on this machine; anyone else signs in by a code.
    """
    path = services.make_sign_in_link(
        _OPERATOR,
        _user(email),
        is_loopback=_is_loopback(address) and _answers_here_alone(),
        has_sample=Activity.objects.filter(origin=Origin.SAMPLE).exists(),
    )
    click.echo(f"{address.rstrip('/')}{path}")


def _user(email: str) -> User:
    found = queries.user_by_address(email)
    if found is None:
        raise click.ClickException(f"No account has the address {email}.")
    return found


def _scope(text: str) -> tuple[str, str]:
    kind, _colon, public_id = text.partition(":")
    if bool(kind) != bool(public_id):
        raise click.BadParameter("Write it as kind:id, such as organization:O-7QK2M9XD.")
    return kind, public_id


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _told(grant: Grant) -> str:
    where = f" for {grant.scope_kind}:{grant.scope_id}" if grant.scope_kind else ""
    until = f" until {grant.ends.isoformat()}" if grant.ends else ""
    return f"{grant.role}{where} from {grant.starts.isoformat()}{until}"


def _line(user: User, held: list[Grant]) -> str:
    told = "; ".join(_told(grant) for grant in held) or "no grant"
    state = "" if user.is_active else " (closed)"
    return f"{user.public_id}  {user.email}{state}  {told}"


def _json(user: User, held: list[Grant]) -> str:
    grants = [
        {
            "id": grant.public_id,
            "role": grant.role,
            "scope": f"{grant.scope_kind}:{grant.scope_id}" if grant.scope_kind else "",
            "starts": grant.starts.isoformat(),
            "ends": grant.ends.isoformat() if grant.ends else None,
        }
        for grant in held
    ]
    told = {"id": user.public_id, "email": user.email, "is_active": user.is_active}
    return json.dumps({**told, "grants": grants}, ensure_ascii=False)


def _answers_here_alone() -> bool:
    """Say whether the settings name no host but this machine's own."""
    named = [*settings.ALLOWED_HOSTS, urlsplit(settings.STOCKTAKE_ORIGIN).hostname or "localhost"]
    return all(_is_loopback(f"//{name}") for name in named)


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
