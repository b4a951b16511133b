"""People, a browser without JavaScript, and the letters that were sent."""

from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from stocktake.kernel.accounts.models import User
from stocktake.kernel.accounts.services import create_user
from stocktake.kernel.common.actors import System


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Forget the attempts that other tests made."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def carol(db: None, system: System) -> User:
    """Carol, who has an account and no grant."""
    return create_user(system, "carol@example.org", name="Carol Reader")


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser that keeps the protection against forged forms switched on."""
    return Client(enforce_csrf_checks=False, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def code_sent() -> Callable[[], str]:
    """A function that reads the code from the latest letter."""
    return lambda: str(mail.outbox[-1].body).split("\n\n")[1]


@pytest.fixture
def sign_in(code_sent: Callable[[], str]) -> Callable[[Client, str], None]:
    """A function that signs an address in by the code sent to it."""

    def by_code(client: Client, address: str) -> None:
        client.post("/accounts/login/", {"login": address})
        client.post("/accounts/login/code/confirm/", {"code": code_sent()})

    return by_code
