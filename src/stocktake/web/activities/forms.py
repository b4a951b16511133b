"""The form that changes an activity, its texts in one language at a time."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services.values import clean_values
from stocktake.kernel.vocabularies.queries import codes_of
from stocktake.lib.multilingual import Text
from stocktake.web.environment import page_language

TEXTS = ("title", "summary", "description", "results")
_DATES = ("start_date", "end_date")
_ONE_LINE = ("title", "status", "start_date", "end_date", "last_confirmed_on")
PLAIN = ("status", "start_date", "end_date", "links", "last_confirmed_on")


@dataclass(frozen=True)
class Conflict:
    """One field in which record and form differ; `is_mine` when this person changed it."""

    label: str
    on_record: str
    sent: str
    is_mine: bool


class ActivityForm(forms.Form):
    """The main fields of an activity; `version`, `key` and `seen` travel with it unseen.

    `seen` holds a checksum of each field as this person was shown it, so that only what they
    changed is written. How long texts may be is for the service to say.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_lazy("Title"))
    summary = forms.CharField(
        label=_lazy("Summary"),
        help_text=_lazy("One or two sentences."),
        required=False,
        widget=forms.Textarea,
    )
    description = forms.CharField(label=_lazy("Description"), required=False, widget=forms.Textarea)
    results = forms.CharField(label=_lazy("Results"), required=False, widget=forms.Textarea)
    status = forms.ChoiceField(label=_lazy("Status"), required=False)
    start_date = forms.CharField(
        label=_lazy("Start"),
        help_text=_lazy("As far as known: 2007, 2007-10 or 2007-10-29."),
        required=False,
        max_length=10,
    )
    end_date = forms.CharField(
        label=_lazy("End"),
        help_text=_lazy("As far as known: 2007, 2007-10 or 2007-10-29."),
        required=False,
        max_length=10,
    )
    links = forms.CharField(
        label=_lazy("Links"),
        help_text=_lazy("One a line: the address, then a space and what it is."),
        required=False,
        widget=forms.Textarea,
    )
    last_confirmed_on = forms.DateField(
        label=_lazy("Last confirmed"),
        help_text=_lazy("The day on which the entry was last known to hold: 2007-10-29."),
        required=False,
        input_formats=["%Y-%m-%d"],
    )
    note = forms.CharField(
        label=_lazy("What you changed and why"),
        help_text=_lazy("Everybody can read this in the history."),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        status: Any = self.fields["status"]
        status.choices = [
            ("", _("Not known")),
            *(
                (entry.code, entry.names.best(language).text)
                for entry in codes_of("activity_status")
            ),
        ]

    @classmethod
    def of(cls, activity: Activity, language: str) -> Self:
        """Fill the form from the record."""
        shown = shown_values(activity, language)
        hidden = {"version": activity.version, "key": uuid.uuid4(), "seen": _checksums(shown)}
        return cls(initial={**shown, **hidden})

    def for_record(self, activity: Activity, language: str) -> "ActivityForm":
        """Give what this person changed as a form for the record as it is now."""
        on_record, mine = shown_values(activity, language), self.changed()
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in (*TEXTS, *PLAIN):
            if name not in mine:
                data[name] = on_record[name]
        data["version"] = str(activity.version)
        data["key"] = str(uuid.uuid4())
        data["seen"] = _checksums(on_record)
        form = ActivityForm(data)
        form.check(activity, language)
        return form

    def changed(self) -> set[str]:
        """Name the fields that differ from what this person was shown; all if nobody knows."""
        seen = str(self["seen"].value() or "").split()
        sent = _checksums({name: self.sent(name) for name in (*TEXTS, *PLAIN)}).split()
        return {each.partition("=")[0] for each in sent if each not in seen}

    def sent(self, name: str) -> str:
        """Give a field as it was filled in."""
        return str(self[name].value() or "")

    def is_stale(self, activity: Activity) -> bool:
        """Whether the record was changed since the form was made."""
        return self.sent("version") != str(activity.version)

    def changes(self, activity: Activity, language: str) -> Mapping[str, Any]:
        """Give the values for the service: of the fields that this person changed."""
        told, mine = self.cleaned_data, self.changed()
        found: dict[str, Any] = {}
        for name in (*TEXTS, *PLAIN):
            if name not in mine or name not in told:
                continue
            if name in TEXTS:
                found[name] = _with(getattr(activity, name), language, told[name]).to_json()
            elif name == "links":
                found[name] = _links(told[name], activity)
            elif name == "last_confirmed_on":
                found[name] = told[name].isoformat() if told[name] else None
            else:
                found[name] = told[name]
        return found

    def check(self, activity: Activity, language: str) -> bool:
        """Find every fault at once, those that the service would find too."""
        self.is_valid()
        changes = self.changes(activity, language)
        dates = {name: changes.get(name, getattr(activity, name)) for name in _DATES}
        others = {name: value for name, value in changes.items() if name not in _DATES}
        for values in (others, dates):
            try:
                clean_values(values)
            except ValidationError as error:
                self.take_faults(error)
        return not self.errors

    def clean_title(self) -> str:
        """Put the title on one line."""
        return " ".join(self.cleaned_data["title"].split())

    def take_faults(self, error: ValidationError) -> None:
        """Show what the service refused at the fields that it names."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            known = self.errors.get(name, ()) if name in self.fields else ()
            for fault in faults:
                if not set(fault.messages) <= set(known):
                    self.add_error(name if name in self.fields else None, fault)


def shown_values(activity: Activity, language: str) -> dict[str, str]:
    """Give the record's values as the form shows them."""
    texts = {name: getattr(activity, name).values.get(language, "") for name in TEXTS}
    day = activity.last_confirmed_on
    return {
        **texts,
        "status": activity.status,
        "start_date": activity.start_date,
        "end_date": activity.end_date,
        "links": "\n".join(f"{link.url} {link.title}".strip() for link in activity.links.all()),
        "last_confirmed_on": day.isoformat() if day else "",
    }


def conflicts(activity: Activity, form: ActivityForm, language: str) -> list[Conflict]:
    """List the fields in which the record now differs from what was sent."""
    on_record, mine = shown_values(activity, language), form.changed()
    found = []
    for name in (*TEXTS, *PLAIN):
        sent = form.sent(name)
        if _checksum(name, sent) != _checksum(name, on_record[name]):
            label = str(form.fields[name].label)
            there, here = (_in_words(form, name, value) for value in (on_record[name], sent))
            found.append(Conflict(label, there, here, name in mine))
    return found


def _in_words(form: ActivityForm, name: str, value: str) -> str:
    """Give a value as the form shows it: of a choice its words."""
    field: Any = form.fields[name]
    return str(dict(getattr(field, "choices", ())).get(value, value)) if value else ""


def _checksums(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={_checksum(name, value)}" for name, value in values.items())


def _checksum(name: str, value: str) -> str:
    """Give a short checksum that heeds no ends of lines, which browsers and fields change."""
    lines = [line.rstrip() for line in value.strip().splitlines()]
    plain = " ".join(value.split()) if name in _ONE_LINE else "\n".join(lines)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _with(text: Text, language: str, value: str) -> Text:
    """Put a text into one language or take it out; the original moves when it is taken out."""
    values = {**text.values, language: value}
    kept = {tag: each for tag, each in values.items() if each.strip()}
    if not kept:
        return Text()
    return Text(text.original if text.original in kept else next(iter(kept)), kept)


def _links(written: str, activity: Activity) -> list[dict[str, str]]:
    kinds = {link.url: link.kind for link in activity.links.all()}
    found = {}
    for line in written.splitlines():
        url, _space, title = line.strip().partition(" ")
        if url:
            found[url] = {"url": url, "title": title.strip(), "kind": kinds.get(url, "")}
    return list(found.values())
