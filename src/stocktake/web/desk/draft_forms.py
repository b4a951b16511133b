"""Forms of drafts: starting one, and each way to correct it as a step for the service."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.lib.multilingual import LANGUAGES, OWN_NAMES

Unit = Mapping[str, Any]
Step = dict[str, Any]

_MOST_BYTES = 25_000_000
_LISTS = ("report_to", "through")
ASK_FIELDS = (
    *("lemma", "force", "task", "addressees", "due_on", "due_session", "due_as_written"),
    *("recurrence", "condition", "report_to", "through"),
)


class StartForm(forms.Form):
    """Starts a draft from a pasted text or a file."""

    symbol = forms.CharField(
        label=_lazy("Symbol"),
        help_text=_lazy("Where the text does not print it, such as E/RES/2010/2."),
        required=False,
        max_length=120,
    )
    language = forms.ChoiceField(
        label=_lazy("Language"),
        help_text=_lazy("Told from the text when you leave it open."),
        required=False,
        choices=[
            ("", _lazy("As the text tells")),
            *((each, OWN_NAMES[each]) for each in LANGUAGES),
        ],
    )
    text = forms.CharField(label=_lazy("Text"), required=False, strip=False)
    file = forms.FileField(
        label=_lazy("Or a file"),
        help_text=_lazy("Plain text, HTML, DOCX, or PDF with a text layer; at most 25 MB."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Want a text or a file: one of them."""
        told = super().clean() or {}
        has_text = bool((told.get("text") or "").strip())
        if has_text == bool(told.get("file")) and not self.errors.get("file"):
            raise ValidationError(_("Paste a text or choose a file: one of the two."))
        return told

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > _MOST_BYTES:
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": 25})
        return file


def step_of(data: QueryDict, unit: Unit | None) -> Step:
    """Read a correction from a form.

    Raises:
        ValidationError: what was filled in makes no correction; the sentence says why.
    """
    name = data.get("step", "")
    if name == "head":
        return {"step": "head", "values": _values(data, HEAD_FIELDS)}
    if unit is None or name not in _READERS:
        raise ValidationError(_("There is no such correction."))
    return {"step": name, "unit": unit["id"], **_READERS[name](data, unit)}


HEAD_FIELDS = ("symbol", "title", "body", "session", "meeting", "date", "previous")


def _values(data: QueryDict, names: Sequence[str]) -> dict[str, str]:
    return {name: data.get(name, "").replace("\x00", "").strip() for name in names if name in data}


def _split(data: QueryDict, unit: Unit) -> Step:
    """Find the words with which the second part begins; white space does not matter."""
    wanted = data.get("begins", "").split()
    if not wanted:
        raise ValidationError(_("Copy the words with which the second part begins."))
    places = list(_places(unit["text"], wanted))
    if not places:
        raise ValidationError(_("These words do not stand in the paragraph."))
    if len(places) > 1:
        raise ValidationError(_("These words stand there more than once: copy some more of them."))
    return {"at": places[0]}


def _places(text: str, wanted: Sequence[str]) -> list[int]:
    """Find where a run of words begins in a text, wherever lines are broken."""
    plain, offsets = [], []
    for place, sign in enumerate(text):
        if not sign.isspace():
            plain.append(sign)
            offsets.append(place)
    joined, key = "".join(plain), "".join(wanted)
    found, at = [], joined.find(key)
    while at >= 0:
        if at > 0:
            found.append(offsets[at])
        at = joined.find(key, at + 1)
    return found


def _merge(data: QueryDict, unit: Unit) -> Step:
    return {}


def _retype(data: QueryDict, unit: Unit) -> Step:
    return {"role": data.get("role", "")}


def _reassign(data: QueryDict, unit: Unit) -> Step:
    to = data.get("to", "")
    return {"ask": _place(data), "to": to}


def _edit(data: QueryDict, unit: Unit) -> Step:
    if "ask" in data:
        return {"ask": _place(data), "values": _with_qualifiers(ask_values(data), data, unit)}
    return {"values": _values(data, ("number", "section"))}


def _with_qualifiers(values: dict[str, Any], data: QueryDict, unit: Unit) -> dict[str, Any]:
    """Keep what qualifies an addressee that stays as it was; the form does not show it."""
    asks, place = unit["asks"], _place(data)
    before = asks[place]["addressees"] if 0 <= place < len(asks) else []
    known = {(each.get("code", ""), each.get("raw", "")): each for each in before}
    kept = [known.get((each["code"], each["raw"]), each) for each in values["addressees"]]
    return {**values, "addressees": kept}


def _add_ask(data: QueryDict, unit: Unit) -> Step:
    return {"values": ask_values(data)}


def _remove_ask(data: QueryDict, unit: Unit) -> Step:
    return {"ask": _place(data)}


def _place(data: QueryDict) -> int:
    told = data.get("ask", "")
    return int(told) if told.isdecimal() and len(told) < 5 else -1


def ask_values(data: QueryDict) -> dict[str, Any]:
    """Read the fields of an ask; addressees stand one a line: a code, or the words of the text."""
    told: dict[str, Any] = _values(data, ASK_FIELDS)
    force = told.get("force", "")
    told["force"] = int(force) if force.isdecimal() and len(force) == 1 else 0
    for name in _LISTS:
        told[name] = [code.strip() for code in told.get(name, "").split(",") if code.strip()]
    told["addressees"] = [
        addressee_of(line) for line in told.get("addressees", "").splitlines() if line.strip()
    ]
    return told


def addressee_of(line: str) -> dict[str, str]:
    """Read an addressee: `UN-SG: Secretary-General` or a code or words alone."""
    code, colon, raw = line.partition(":")
    is_code = code.strip().replace("-", "").replace("_", "").isalnum() and code.strip().isupper()
    if colon and is_code:
        return {"code": code.strip(), "raw": raw.strip(), "qualifier": ""}
    if is_code:
        return {"code": line.strip(), "raw": "", "qualifier": ""}
    return {"code": "", "raw": line.strip(), "qualifier": ""}


def addressee_lines(addressees: Sequence[Mapping[str, str]]) -> str:
    """Write addressees for their field, one a line."""
    lines = []
    for each in addressees:
        code, raw = each.get("code", ""), each.get("raw", "")
        lines.append(f"{code}: {raw}" if code and raw else code or raw)
    return "\n".join(lines)


_READERS: Mapping[str, Callable[[QueryDict, Unit], Step]] = {
    "split": _split,
    "merge": _merge,
    "retype": _retype,
    "reassign": _reassign,
    "edit": _edit,
    "add_ask": _add_ask,
    "remove_ask": _remove_ask,
}
