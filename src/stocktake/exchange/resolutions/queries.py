"""Reading drafts: the list, one of them, and what can be undone and done again."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stocktake.exchange.models import Draft, DraftState, DraftStep


@dataclass(frozen=True)
class DraftDetails:
    """What a page shows of a draft: its head, its units, and the corrections made.

    `undo` and `redo` name the step that each would take back or make again, empty for none.
    """

    draft: Draft
    head: dict[str, Any]
    units: list[dict[str, Any]]
    warnings: list[str]
    steps: list[DraftStep]
    undo: str
    redo: str
    is_open: bool


def drafts_visible_to(user: Any) -> QuerySet[Draft]:
    """List drafts without their texts, the newest first."""
    found = Draft.objects.visible_to(user).select_related("document")
    return found.defer("content", "source", "structure")


def draft_visible_to(user: Any, public_id: str) -> Draft | None:
    """Give one draft, if the person may see it."""
    return Draft.objects.visible_to(user).defer("content").filter(public_id=public_id).first()


def details_of(draft: Draft) -> DraftDetails:
    """Tell what a draft holds and which correction can be undone or made again."""
    steps = list(draft.steps.order_by("number"))
    names = {step.number: str(step.step["step"]) for step in steps}
    is_open = draft.state == DraftState.OPEN
    return DraftDetails(
        draft=draft,
        head=draft.structure["head"],
        units=draft.structure["units"],
        warnings=draft.structure["warnings"],
        steps=[step for step in steps if step.number <= draft.position],
        undo=names.get(draft.position, "") if is_open else "",
        redo=names.get(draft.position + 1, "") if is_open else "",
        is_open=is_open,
    )
