"""One maker a model: valid without arguments, free of surprises, through the services."""

import itertools
from datetime import date
from typing import Any

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import create_activity
from stocktake.domain.asks.models import Ask
from stocktake.domain.asks.services import create_ask
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.services import create_document, write_provisions
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.services import create_organization
from stocktake.kernel.accounts.models import Grant, User
from stocktake.kernel.common.actors import System
from stocktake.kernel.common.identifiers import new_public_id
from stocktake.lib.multilingual import Text

_numbers = itertools.count(1)
_system = System("test")


def user(
    email: str = "", *, role: str = "", scope_kind: str = "", scope_id: str = "", **fields: Any
) -> User:
    """Make an account holder, with one grant when a role is given."""
    made = User.objects.create_user(email or f"person{next(_numbers)}@example.org", **fields)
    if role:
        grant(made, role, scope_kind, scope_id)
    return made


def grant(to: User, role: str, scope_kind: str = "", scope_id: str = "", **fields: Any) -> Grant:
    """Give a person a grant since 2020, whether the scope exists or not."""
    scope = {"scope_kind": scope_kind, "scope_id": scope_id}
    told = {"starts": date(2020, 1, 1), **scope, **fields}
    return Grant.objects.create(public_id=new_public_id("G"), user=to, role=role, **told)


def organization(name: str = "", **values: Any) -> Organization:
    """Make a published organization."""
    names = Text.of("en", name or f"Organization {next(_numbers)}")
    return create_organization(_system, {"names": names.to_json(), **values})


def activity(title: str = "", *, language: str = "en", **values: Any) -> Activity:
    """Make a published activity of an organization of its own."""
    owner = values.pop("owner", None) or organization()
    text = Text.of(language, title or f"Activity {next(_numbers)}")
    told = {"title": text.to_json(), "status": "ongoing", "owner": owner.public_id, **values}
    return create_activity(_system, told)


def document(symbol: str = "", title: str = "", **values: Any) -> Document:
    """Make a published resolution with a symbol of its own."""
    number = next(_numbers)
    symbols = [symbol or f"E/RES/2010/{number}"]
    text = Text.of("en", title or f"Resolution {number}")
    told = {"title": text.to_json(), "symbols": symbols, "type": "resolution", **values}
    return create_document(_system, told)


def provision(of: Document | None = None, path: str = "para/1", **values: Any) -> Provision:
    """Make an operative paragraph, of a document of its own unless one is given."""
    row = {"path": path, "number": path.rpartition("/")[2], "role": "operative", **values}
    row.setdefault("summary", Text.of("en", f"What {path} says.").to_json())
    return write_provisions(_system, of or document(), [row])[path]


def ask(task: str = "", *, of: Provision | None = None, **values: Any) -> Ask:
    """Make an ask of a paragraph, with its periods."""
    told = {
        "provision": (of or provision()).public_id,
        "lemma": "request",
        "force": 3,
        "task": Text.of("en", task or f"Report on invented work {next(_numbers)}").to_json(),
        "addressees": [{"code": "UN-SG"}],
        **values,
    }
    return create_ask(_system, told)
