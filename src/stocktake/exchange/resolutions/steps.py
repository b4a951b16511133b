"""Corrections of a parsed text by a person: pure functions from units to units, nothing lost.

Every correction keeps all characters of all texts in their order (white space between two merged
texts aside), so that undoing one gives back exactly what was there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.documents.choices import ProvisionRole
from stocktake.exchange.resolutions import step_values
from stocktake.exchange.resolutions.content import Content, Unit, free_path, preamble_path, unit_of

STEPS = ("split", "merge", "retype", "reassign", "edit", "head", "add_ask", "remove_ask")
"""What a person can do to a draft; each is undone and done again as one."""

_BELOW = (ProvisionRole.TASK, ProvisionRole.QUOTED, ProvisionRole.ITEM)
_TOP = (ProvisionRole.OPERATIVE, ProvisionRole.NUMBERED, ProvisionRole.HEADING)
_UNFIT = re.compile(r"[^\w.()–-]+")


def corrected(content: Content, step: Mapping[str, Any]) -> Content:
    """Give the content after one correction; the one given stays as it was.

    Args:
        step: `step` names one of `STEPS`, `unit` the id of the unit it is about. `split` takes
            `at`, a character of the text; `merge` joins the unit with the one before it; `retype`
            takes `role`; `reassign` moves the ask `ask` (its place in the list), or the clause
            `clause` with its asks, to the unit `to`; `edit` takes `values` of the unit, of its
            clause `clause` or its ask `ask`; `head` takes `values` of the document; `add_ask`
            takes `values`, `remove_ask` takes `ask`.

    Raises:
        ValidationError: the correction cannot be made; the sentence says why.
    """
    name = str(step.get("step"))
    if name not in _MAKERS:
        told = {"names": ", ".join(STEPS)}
        raise ValidationError(_("A correction is one of: %(names)s.") % told)
    if name == "head":
        return {**content, "head": {**content["head"], **step_values.of_head(step)}}
    units = [dict(unit) for unit in content["units"]]
    at = _place(units, step.get("unit"))
    units = _MAKERS[name](units, at, step)
    return {**content, "units": _renumbered(units)}


def words_of(units: Sequence[Unit]) -> str:
    """Give all characters of all texts in order, white space aside."""
    return "".join("".join(unit["text"].split()) for unit in units)


def _split(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    unit = units[at]
    text, cut = unit["text"], _number(step, "at")
    if not text[:cut].strip() or not text[cut:].strip():
        raise ValidationError(_("A paragraph is split where words stand before and after."))
    skipped = len(text[cut:]) - len(text[cut:].lstrip())
    cut += skipped
    fresh = unit_of(
        free_path(unit["path"], {each["path"] for each in units}),
        unit["role"],
        text[cut:],
        id=_fresh_id(units),
        **{name: unit[name] for name in ("parent", "part", "section")},
        clauses=[
            {**each, "position": each["position"] - cut}
            for each in unit["clauses"]
            if each["position"] >= cut
        ],
        asks=[{**each, "at": each["at"] - cut} for each in unit["asks"] if each["at"] >= cut],
    )
    first = {
        **unit,
        "text": text[:cut],
        "clauses": [each for each in unit["clauses"] if each["position"] < cut],
        "asks": [each for each in unit["asks"] if each["at"] < cut],
    }
    return [*units[:at], first, fresh, *units[at + 1 :]]


def _merge(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    if at == 0:
        raise ValidationError(_("There is no paragraph before this one to merge it with."))
    first, second = units[at - 1], units[at]
    between = "" if first["text"][-1:].isspace() or second["text"][:1].isspace() else "\n"
    text = f"{first['text']}{between}{second['text']}"
    moved = len(first["text"]) + len(between)
    merged = {
        **first,
        "text": text,
        "footnotes": [*first["footnotes"], *second["footnotes"]],
        "citations": _joined(first["citations"], second["citations"]),
        "clauses": [
            *first["clauses"],
            *({**each, "position": each["position"] + moved} for each in second["clauses"]),
        ],
        "asks": [
            *first["asks"],
            *({**each, "at": each["at"] + moved} for each in second["asks"]),
        ],
    }
    left = [*units[: at - 1], merged, *units[at + 1 :]]
    return _moved_below(left, second["path"], first["path"])


def _retype(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    unit, role = units[at], step.get("role")
    if role not in ProvisionRole.values:
        told = {"code": role, "list": "role"}
        raise ValidationError(_("%(code)s is not on the list %(list)s.") % told)
    parent = ""
    if role in _BELOW:
        parent = unit["parent"] or _above(units, at)
        if not parent:
            raise ValidationError(
                _("A sub-paragraph stands below a paragraph: there is none before this one.")
            )
    return _placed(units, at, {**unit, "role": role, "parent": parent})


def _reassign(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    unit, to = units[at], _place(units, step.get("to"))
    if "clause" in step:
        place = _listed(unit, "clauses", step["clause"])
        clause = unit["clauses"][place]
        moving = [each for each in unit["asks"] if each["at"] == clause["position"]]
        staying = [each for each in unit["asks"] if each["at"] != clause["position"]]
        units[at] = {**unit, "clauses": _without(unit["clauses"], place), "asks": staying}
        goal = units[to]
        clauses = [*goal["clauses"], {**clause, "position": 0}]
        units[to] = {**goal, "clauses": clauses, "asks": [*goal["asks"], *_at_start(moving)]}
        return units
    place = _listed(unit, "asks", step.get("ask"))
    moving = [unit["asks"][place]]
    units[at] = {**unit, "asks": _without(unit["asks"], place)}
    units[to] = {**units[to], "asks": [*units[to]["asks"], *_at_start(moving)]}
    return units


def _edit(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    unit = units[at]
    for name, read in (("ask", step_values.of_ask), ("clause", step_values.of_clause)):
        if name in step:
            key = f"{name}s"
            place = _listed(unit, key, step[name])
            edited = {**unit[key][place], **read(step, unit[key][place])}
            units[at] = {**unit, key: [*unit[key][:place], edited, *unit[key][place + 1 :]]}
            return units
    values = step_values.of_unit(step)
    if "number" in values:
        return _placed(units, at, {**unit, **values})
    units[at] = {**unit, **values}
    return units


def _add_ask(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    unit = units[at]
    position = unit["clauses"][0]["position"] if unit["clauses"] else 0
    ask = {**step_values.NO_ASK, "at": position}
    ask |= step_values.of_ask(step, ask)
    units[at] = {**unit, "asks": [*unit["asks"], ask]}
    return units


def _remove_ask(units: list[Unit], at: int, step: Mapping[str, Any]) -> list[Unit]:
    unit = units[at]
    units[at] = {**unit, "asks": _without(unit["asks"], _listed(unit, "asks", step.get("ask")))}
    return units


_MAKERS: Mapping[str, Callable[[list[Unit], int, Mapping[str, Any]], list[Unit]]] = {
    "split": _split,
    "merge": _merge,
    "retype": _retype,
    "reassign": _reassign,
    "edit": _edit,
    "head": lambda units, _at, _step: units,
    "add_ask": _add_ask,
    "remove_ask": _remove_ask,
}


def _placed(units: list[Unit], at: int, unit: Unit) -> list[Unit]:
    """Put a unit back whose role, number or parent changed: its path and those below follow."""
    old = units[at]["path"]
    taken = {each["path"] for place, each in enumerate(units) if place != at}
    path = free_path(_path(unit, at), taken)
    units[at] = {**unit, "path": path}
    return _moved_below(units, old, path)


def _path(unit: Unit, at: int) -> str:
    role, number = unit["role"], _UNFIT.sub("-", unit["number"]).strip("-.")
    if role in _BELOW:
        return f"{unit['parent']}/{number or 'unnumbered'}"
    room = "preamble" if role == ProvisionRole.PREAMBULAR else "para"
    name = f"{room}/{number or ('unnumbered' if room == 'para' else at + 1)}"
    return f"{unit['part']}/{name}" if unit["part"] else name


def _moved_below(units: list[Unit], old: str, new: str) -> list[Unit]:
    """Rename the paths of all that stands below a path."""
    if old == new:
        return units
    taken = {each["path"] for each in units}
    moved: list[Unit] = []
    for unit in units:
        if unit["parent"] == old or unit["parent"].startswith(f"{old}/"):
            taken.discard(unit["path"])
            path = free_path(new + unit["path"].removeprefix(old), taken)
            taken.add(path)
            moved.append({**unit, "path": path, "parent": new + unit["parent"].removeprefix(old)})
        else:
            moved.append(unit)
    return moved


def _renumbered(units: list[Unit]) -> list[Unit]:
    """Number the preambular paragraphs of each part in order: they carry no printed number."""
    counts: dict[str, int] = {}
    paths: dict[str, str] = {}
    for unit in units:
        if unit["role"] == ProvisionRole.PREAMBULAR:
            part = unit["part"]
            counts[part] = counts.get(part, 0) + 1
            paths[unit["path"]] = preamble_path(part, counts[part])
    return [{**unit, **_followed(unit, paths)} for unit in units]


def _followed(unit: Unit, paths: Mapping[str, str]) -> dict[str, str]:
    """The path and parent of a unit after some paths were renamed, all at once."""
    if unit["path"] in paths:
        return {"path": paths[unit["path"]]}
    for old, new in paths.items():
        if unit["parent"] == old or unit["parent"].startswith(f"{old}/"):
            return {name: new + unit[name].removeprefix(old) for name in ("path", "parent")}
    return {}


def _above(units: Sequence[Unit], at: int) -> str:
    """The path of the paragraph before a unit below which it can stand."""
    return next((each["path"] for each in reversed(units[:at]) if each["role"] in _TOP), "")


def _place(units: Sequence[Unit], unit_id: Any) -> int:
    for place, unit in enumerate(units):
        if unit["id"] == unit_id:
            return place
    raise ValidationError(_("The draft has no paragraph %(unit)s.") % {"unit": unit_id})


def _listed(unit: Unit, key: str, place: Any) -> int:
    if isinstance(place, int) and 0 <= place < len(unit[key]):
        return place
    raise ValidationError(_("The paragraph has no such ask or clause: look at it again."))


def _number(step: Mapping[str, Any], name: str) -> int:
    value = step.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _without(rows: Sequence[Any], place: int) -> list[Any]:
    return [*rows[:place], *rows[place + 1 :]]


def _at_start(asks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "at": 0} for each in asks]


def _joined(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    return [*first, *(each for each in second if each not in first)]


def _fresh_id(units: Sequence[Unit]) -> str:
    return f"u{max(int(each['id'][1:]) for each in units) + 1}"
