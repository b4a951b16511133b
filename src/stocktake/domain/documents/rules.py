"""Who may see and edit documents and provisions: the rules for one record."""

from typing import Any

import rules

from stocktake.domain.documents.choices import DocumentState
from stocktake.kernel.accounts.queries import sees_everything
from stocktake.kernel.accounts.rules import is_secretariat


@rules.predicate
def is_visible(user: Any, record: Any) -> bool:
    """Whether a person may see a document or provision; the same rule as `visible_to`."""
    document = getattr(record, "document", record)
    return document.state == DocumentState.PUBLISHED or sees_everything(user)


rules.add_perm("documents.see", is_visible)
rules.add_perm("documents.create", is_secretariat)
rules.add_perm("documents.edit", is_secretariat)
rules.add_perm("documents.publish", is_secretariat)
rules.add_perm("documents.withdraw", is_secretariat)
