"""Drafts of documents: read, corrected by a person step by step with undo, then published."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Document
from stocktake.exchange.models import Draft, DraftState, DraftStep
from stocktake.exchange.resolutions.content import content_of
from stocktake.exchange.resolutions.reading import read
from stocktake.exchange.resolutions.steps import corrected
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history


def start_draft(
    actor: Actor,
    *,
    text: str = "",
    content: bytes = b"",
    file_name: str = "",
    media_type: str = "",
    language: str = "",
    symbol: str = "",
    document: Document | None = None,
) -> Draft:
    """Read a pasted text or a file into a draft that a person corrects.

    Args:
        text: what was pasted; left out when `content`, the bytes of a file, is given.
        language: one of the six; told from the text when left out.
        symbol: of the document, where the text does not print it.
        document: the record that the text is of, where it is known and has no paragraphs yet.

    Raises:
        PermissionDenied: nothing was written.
        ValidationError: the text cannot be read, or is none; the sentence says why.
    """
    require(actor, "exchange.draft")
    parsed = read(content or text, symbol=symbol, language=language)
    structure = content_of(parsed)
    head = structure["head"]
    draft = Draft(
        actor_key=actor.actor_key,
        symbol=head["symbol"][:120],
        title=head["title"][:1000],
        language=structure["language"],
        file_name=file_name[:300],
        media_type=media_type[:100],
        content=zlib.compress(content) if content else b"",
        source=parsed.source,
        structure=structure,
        document=document,
    )
    draft.give_public_id()
    with transaction.atomic():
        draft.save()
        told = {**_told(draft), "file_name": draft.file_name, "language": draft.language}
        history.record(actor, "create", draft, before={}, after=told)
    return draft


def correct_draft(
    actor: Actor, draft: Draft, step: Mapping[str, Any], *, expected_version: int | None
) -> Draft:
    """Make one correction (see `steps.corrected`); what was undone before cannot be redone then.

    Raises:
        StaleVersion: somebody else corrected the draft meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = open_draft(actor, draft, expected_version)
        after = corrected(current.structure, step)
        patch = _patch(current.structure, after)
        if not patch:
            return current
        current.steps.filter(number__gt=current.position).delete()
        number = current.position + 1
        DraftStep.objects.create(
            draft=current,
            number=number,
            step=dict(step),
            patch=patch,
            actor_key=actor.actor_key,
        )
        return _moved(actor, current, after, number, "correct", str(step["step"]))


def undo_step(actor: Actor, draft: Draft, *, expected_version: int | None) -> Draft:
    """Take the latest correction back.

    Raises:
        StaleVersion, PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = open_draft(actor, draft, expected_version)
        step = current.steps.filter(number=current.position).first()
        if step is None:
            raise ValidationError(_("There is no correction to undo."))
        after = _patched(current.structure, step.patch, old="new", new="old")
        return _moved(actor, current, after, step.number - 1, "undo", step.step["step"])


def redo_step(actor: Actor, draft: Draft, *, expected_version: int | None) -> Draft:
    """Make the correction again that was undone last.

    Raises:
        StaleVersion, PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = open_draft(actor, draft, expected_version)
        step = current.steps.filter(number=current.position + 1).first()
        if step is None:
            raise ValidationError(_("There is no correction to make again."))
        after = _patched(current.structure, step.patch, old="old", new="new")
        return _moved(actor, current, after, step.number, "redo", step.step["step"])


def discard_draft(
    actor: Actor, draft: Draft, *, expected_version: int | None, note: str = ""
) -> Draft:
    """Set a draft aside; it stays in the log and can be read by the secretariat.

    Raises:
        StaleVersion, PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = open_draft(actor, draft, expected_version)
        return close(actor, current, DraftState.DISCARDED, note=note)


def close(actor: Actor, current: Draft, state: DraftState, *, note: str = "") -> Draft:
    """Give an open draft, locked by the caller, its last state, and log it."""
    before = _told(current)
    current.state = state
    current.advance()
    current.save()
    history.record(actor, str(state.value), current, before=before, after=_told(current), note=note)
    return current


def content_bytes(draft: Draft) -> bytes:
    """Give the file that a draft was read from; for a pasted text, its words."""
    return zlib.decompress(draft.content) if draft.content else draft.source.encode()


def open_draft(actor: Actor, draft: Draft, expected_version: int | None) -> Draft:
    """Lock a draft that may still be corrected, at the version that was seen.

    Raises:
        StaleVersion, PermissionDenied, ValidationError: it may not.
    """
    current = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(actor, "exchange.draft", current)
    if current.state != DraftState.OPEN:
        raise ValidationError(_("The draft is closed: it was published or discarded."))
    current.expect_version(expected_version)
    return current


def _moved(
    actor: Actor, current: Draft, after: dict[str, Any], position: int, verb: str, step: str
) -> Draft:
    before = _told(current)
    current.structure, current.position = after, position
    current.symbol = after["head"]["symbol"][:120]
    current.title = after["head"]["title"][:1000]
    current.advance()
    current.save()
    history.record(actor, verb, current, before=before, after={**_told(current), "step": step})
    return current


def _told(draft: Draft) -> dict[str, Any]:
    """What the log keeps of a draft: never the text itself, which is not public."""
    return {
        "state": str(draft.state),
        "symbol": draft.symbol,
        "title": draft.title,
        "position": draft.position,
        "paragraphs": len(draft.structure["units"]),
        "document": draft.document.public_id if draft.document else "",
    }


def _patch(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Give what differs: the units from the first to the last that differ, or the head."""
    if before["head"] != after["head"]:
        return {"part": "head", "old": before["head"], "new": after["head"]}
    old, new = before["units"], after["units"]
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    if start == len(old) == len(new):
        return {}
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return {
        "part": "units",
        "start": start,
        "old": old[start : len(old) - end],
        "new": new[start : len(new) - end],
    }


def _patched(
    structure: dict[str, Any], patch: Mapping[str, Any], *, old: str, new: str
) -> dict[str, Any]:
    if patch["part"] == "head":
        return {**structure, "head": patch[new]}
    units: Sequence[Any] = structure["units"]
    start = patch["start"]
    rest = units[start + len(patch[old]) :]
    return {**structure, "units": [*units[:start], *patch[new], *rest]}
