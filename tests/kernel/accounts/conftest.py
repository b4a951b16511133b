"""People with different grants, and a look into everything that the log holds."""

import json
from collections.abc import Callable

import pytest

from stocktake.domain.stakeholders.services import create_organizations
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import User
from stocktake.kernel.accounts.services import Terms, create_user, give_grant
from stocktake.kernel.common.actors import System
from stocktake.kernel.history.models import Change, Payload


@pytest.fixture
def administrator(db: None, system: System) -> User:
    """Someone who may give and take grants."""
    made = create_user(system, "admin@example.org", name="Ada Minister")
    give_grant(system, made, Terms(GrantedRole.ADMINISTRATOR))
    return made


@pytest.fixture
def carol(db: None, system: System) -> User:
    """Carol, who has an account and no grant."""
    return create_user(system, "carol@example.org", name="Carol Reader")


@pytest.fixture
def owners(db: None, system: System) -> None:
    """Two organizations, O-1 and O-2, that grants can be given for."""
    names = {"names": {"original": "en", "values": {"en": "Owner"}}}
    create_organizations(system, [names, names], public_ids=["O-1", "O-2"])


@pytest.fixture
def whole_log(db: None) -> Callable[[], str]:
    """A function that gives everything the log holds, as one text."""

    def read() -> str:
        entries = list(Change.objects.values()) + list(Payload.objects.values())
        return json.dumps(entries, default=str).lower()

    return read
