"""`stocktake user`: accounts, grants and the link, from the operator's terminal."""

import json
import re
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import ValidationError

from stocktake.cli import user as command
from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.stakeholders.services import create_organizations
from stocktake.kernel.accounts.models import SignInLink, User
from stocktake.kernel.accounts.queries import grants_of, user_by_address
from stocktake.kernel.accounts.services import LinkRefused, create_user, use_sign_in_link
from stocktake.kernel.common.actors import System
from stocktake.kernel.common.errors import Conflict
from stocktake.kernel.history.queries import changes_of
from tests import factories


@pytest.fixture
def carol(db: None, system: System) -> User:
    """Carol, who has an account and no grant."""
    return create_user(system, "carol@example.org")


@pytest.fixture
def owners(db: None, system: System) -> None:
    """Two organizations, O-1 and O-2."""
    names = {"names": {"original": "en", "values": {"en": "Owner"}}}
    create_organizations(system, [names, names], public_ids=["O-1", "O-2"])


@pytest.fixture
def sample(db: None) -> Activity:
    """One entry of the sample register."""
    made = factories.activity()
    Activity.objects.filter(pk=made.pk).update(origin=Origin.SAMPLE)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.group, list(arguments), standalone_mode=False)


def test_create_makes_an_account_of_the_operator(db: None) -> None:
    result = run("create", "New@Example.org", "--name", "New Person", "--language", "ar")

    made = user_by_address("new@example.org")
    assert made is not None
    assert result.output == f"{made.public_id} can sign in by a code sent to new@example.org.\n"
    assert (made.name, made.language) == ("New Person", "ar")
    assert changes_of("user", made.public_id)[0].actor_key == "system:operator"


def test_create_of_taken_address_fails(carol: User) -> None:
    result = run("create", "carol@example.org")

    assert isinstance(result.exception, Conflict)


def test_grant_with_scope_and_term_holds_as_told(carol: User) -> None:
    result = run(
        *("grant", "carol@example.org", "facilitator", "--scope", "element:wsis-al:C7.health"),
        *("--from", "2024-01-01", "--until", "2999-12-31"),
    )

    (held,) = grants_of(carol)
    assert (held.scope_kind, held.scope_id) == ("element", "wsis-al:C7.health")
    assert result.output == (
        f"{held.public_id}: facilitator for element:wsis-al:C7.health"
        " from 2024-01-01 until 2999-12-31\n"
    )


@pytest.mark.parametrize("scope", ["organization", "organization:", ":O-1"])
def test_grant_with_half_a_scope_fails(carol: User, scope: str) -> None:
    result = run("grant", "carol@example.org", "editor", "--scope", scope)

    assert isinstance(result.exception, click.BadParameter)
    assert not grants_of(carol).exists()


def test_grant_for_a_scope_that_allows_nothing_fails_with_a_sentence(carol: User) -> None:
    result = run("grant", "carol@example.org", "focal_point", "--scope", "country:710")

    assert isinstance(result.exception, ValidationError)
    assert "it holds for: area:710 (for example)." in str(result.exception.messages)
    assert not grants_of(carol).exists()


def test_create_with_a_language_that_no_letter_has_fails(db: None) -> None:
    result = run("create", "new@example.org", "--language", "tlh")

    assert isinstance(result.exception, click.BadParameter)
    assert user_by_address("new@example.org") is None


def test_grant_to_unknown_address_or_of_unknown_role_fails(db: None) -> None:
    stranger = run("grant", "nobody@example.org", "editor")
    king = run("grant", "nobody@example.org", "king")

    assert "No account has the address nobody@example.org." in str(stranger.exception)
    assert isinstance(king.exception, click.BadParameter)


def test_revoke_ends_the_grant_of_the_scope_only(carol: User, owners: None) -> None:
    run("grant", "carol@example.org", "editor", "--scope", "organization:O-1")
    run("grant", "carol@example.org", "editor", "--scope", "organization:O-2")

    result = run("revoke", "carol@example.org", "editor", "--scope", "organization:O-1")

    assert result.output.endswith(" is revoked.\n")
    assert [grant.scope_id for grant in grants_of(carol)] == ["O-2"]


def test_revoke_ends_a_grant_that_is_still_to_begin(carol: User) -> None:
    run("grant", "carol@example.org", "contributor", "--from", "2990-01-01")

    result = run("revoke", "carol@example.org", "contributor")

    assert result.exception is None
    assert result.output.endswith(" is revoked.\n")


def test_revoke_of_nothing_fails(carol: User) -> None:
    result = run("revoke", "carol@example.org", "editor")

    assert "holds no such grant" in str(result.exception)


def test_list_shows_people_with_their_grants(carol: User, owners: None) -> None:
    run("grant", "carol@example.org", "editor", "--scope", "organization:O-1")

    lines = run("list").output.splitlines()
    objects = [json.loads(line) for line in run("list", "--json").output.splitlines()]

    (grant,) = grants_of(carol)
    told = f"editor for organization:O-1 from {grant.starts.isoformat()}"
    assert f"{carol.public_id}  carol@example.org  {told}" in lines
    assert [found for found in objects if found["id"] == carol.public_id] == [
        {
            "id": carol.public_id,
            "email": "carol@example.org",
            "is_active": True,
            "grants": [
                {
                    "id": grant.public_id,
                    "role": "editor",
                    "scope": "organization:O-1",
                    "starts": grant.starts.isoformat(),
                    "ends": None,
                }
            ],
        }
    ]


def test_sign_in_link_is_printed_for_the_sample_on_this_machine(
    carol: User, sample: Activity, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

    result = run("sign-in-link", "carol@example.org", "--address", "http://localhost:8123/")

    found = re.fullmatch(r"http://localhost:8123/desk/sign-in/([\w-]{43})/\n", result.output)
    assert found is not None
    assert use_sign_in_link(found.group(1)) == carol


@pytest.mark.parametrize(
    ("hosts", "origin", "address"),
    [
        (["localhost", "register.example"], "", "http://localhost:8000"),
        (["localhost"], "https://register.example", "http://localhost:8000"),
        (["localhost"], "", "http://register.example"),
        (["localhost", "10.0.0.7"], "", "http://127.0.0.1:8000"),
        (["*"], "", "http://localhost:8000"),
    ],
)
def test_sign_in_link_of_a_public_server_is_refused(
    carol: User, sample: Activity, settings: Any, hosts: list[str], origin: str, address: str
) -> None:
    settings.ALLOWED_HOSTS = hosts
    settings.STOCKTAKE_ORIGIN = origin

    result = run("sign-in-link", "carol@example.org", "--address", address)

    assert isinstance(result.exception, LinkRefused)
    assert not SignInLink.objects.exists()


def test_sign_in_link_without_the_sample_is_refused(carol: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]

    result = run("sign-in-link", "carol@example.org")

    assert isinstance(result.exception, ValidationError)
    assert not SignInLink.objects.exists()
