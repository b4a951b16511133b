"""The three-way merge by field: what the source said, what it says now, what the record holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stocktake.domain.activities.services import FIELDS, Values
from stocktake.domain.activities.services.values import TEXTS

_EMPTY: tuple[Any, ...] = ("", None, [], {}, False)


def kept(values: Mapping[str, Any]) -> Values:
    """Leave out what is empty."""
    return {name: value for name, value in values.items() if value not in _EMPTY}


@dataclass(frozen=True)
class Merge:
    """What to change in the record, and in which fields somebody's edit stands."""

    changes: Values = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()


def merge(base: Mapping[str, Any], theirs: Values, ours: Values) -> Merge:
    """Take from the source what nobody has edited since; what somebody edited stands.

    Args:
        base: what the source said before.
        theirs: what it says now, of the fields that it speaks of.
        ours: what the record holds.
    """
    changes: Values = {}
    conflicts = []
    for name in _spoken(theirs):
        new, mine, old = _or_none(theirs[name]), _or_none(ours[name]), _or_none(base.get(name))
        if new in (old, mine):
            continue
        if mine == old:
            changes[name] = theirs[name]
        elif name in TEXTS:
            text, stands = _merge_text(old or {}, new or {}, mine or {})
            if text != ours[name]:
                changes[name] = text
            if stands:
                conflicts.append(name)
        elif name == "last_confirmed_on":
            if new is not None and (mine is None or new > mine):
                changes[name] = new
        else:
            conflicts.append(name)
    return Merge(changes, tuple(conflicts))


def adopt(theirs: Values, ours: Values) -> Merge:
    """Fill what a record entered by hand leaves empty; what it says stands.

    Its origin, source and state stay without a word, as they claim nothing about the work.
    """
    changes: Values = {}
    conflicts = []
    for name in _spoken(theirs):
        new, mine = _or_none(theirs[name]), _or_none(ours[name])
        if new is None or new == mine or name in _OF_THE_RECORD:
            continue
        if name == "external_identifiers":
            fresh = [known for known in theirs[name] if known not in ours[name]]
            if fresh:
                changes[name] = sorted([*ours[name], *fresh], key=_scheme_and_value)
        elif mine is None:
            changes[name] = theirs[name]
        else:
            conflicts.append(name)
    return Merge(changes, tuple(conflicts))


def overwrite(theirs: Values, ours: Values) -> Merge:
    """Take every value that a source states for a record which it names by our own identifier.

    Of a text it replaces the languages that it has; the others stay.
    """
    changes = {
        name: theirs[name]
        for name in _spoken(theirs)
        if name not in _ALWAYS_OURS and _or_none(theirs[name]) is not None
    }
    for name in TEXTS:
        if name in changes and ours[name]:
            values = {**ours[name]["values"], **changes[name]["values"]}
            changes[name] = {**ours[name], "values": dict(sorted(values.items()))}
    return Merge({name: value for name, value in changes.items() if value != ours[name]})


_ALWAYS_OURS = ("origin", "state", "is_invented", "external_identifiers")
_OF_THE_RECORD = ("origin", "state", "is_invented", "source_name", "source_url")


def _merge_text(
    base: Mapping[str, Any], theirs: Mapping[str, Any], ours: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    """Merge a text language by language; says whether an edit stands against the source."""
    old, new, mine = (told.get("values", {}) for told in (base, theirs, ours))
    merged: dict[str, str] = {}
    stands = False
    for language in sorted({*old, *new, *mine}):
        text = mine.get(language)
        if new.get(language) not in (old.get(language), text):
            if text == old.get(language):
                text = new.get(language)
            else:
                stands = True
        if text is not None:
            merged[language] = text
    if not merged:
        return {}, stands
    originals = (theirs.get("original"), ours.get("original"), *merged)
    original = next(language for language in originals if language in merged)
    return {"original": original, "values": merged}, stands


def _spoken(theirs: Values) -> list[str]:
    return [name for name in FIELDS if name in theirs]


def _scheme_and_value(known: Mapping[str, str]) -> tuple[str, str]:
    return known["scheme"], known["value"]


def undo(now: Values, changed: Mapping[str, Sequence[Any]]) -> Merge:
    """Put back what a run changed, except where somebody has edited since.

    Args:
        now: what the record holds.
        changed: for each field that the run changed, the value before and the value it wrote.
    """
    changes: Values = {}
    conflicts = []
    for name, (before, written) in changed.items():
        mine = _or_none(now[name])
        if mine == _or_none(before):
            continue
        if mine == _or_none(written):
            changes[name] = before
        else:
            conflicts.append(name)
    return Merge(changes, tuple(conflicts))


def _or_none(value: Any) -> Any:
    return None if value in _EMPTY else value
