"""The form that changes an activity, its texts in one language at a time."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.domain.activities.models import Activity
from stocktake.kernel.vocabularies.queries import codes_of
from stocktake.lib.multilingual import Text
from stocktake.web.environment import page_language

TEXTS = ("title", "summary", "description", "results")
PLAIN = ("status", "start_date", "end_date", "links", "last_confirmed_on")


@dataclass(frozen=True)
class Conflict:
    """One field that someone else changed: what stands on record and what was sent."""

    label: str
    on_record: str
    sent: str


class ActivityForm(forms.Form):
    """The main fields of an activity; `version` and `key` travel with it unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_lazy("Title"), max_length=500)
    summary = forms.CharField(
        label=_lazy("Summary"),
        help_text=_lazy("One or two sentences."),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
    )
    description = forms.CharField(
        label=_lazy("Description"), required=False, max_length=50_000, widget=forms.Textarea
    )
    results = forms.CharField(
        label=_lazy("Results"), required=False, max_length=50_000, widget=forms.Textarea
    )
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
        max_length=20_000,
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
        hidden = {"version": activity.version, "key": uuid.uuid4()}
        return cls(initial={**shown_values(activity, language), **hidden})

    def for_version(self, version: int) -> "ActivityForm":
        """Give what was filled in as a form for the newer version of the record."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        data["key"] = str(uuid.uuid4())
        return ActivityForm(data)

    def changes(self, activity: Activity, language: str) -> Mapping[str, Any]:
        """Give the values for the service."""
        told = self.cleaned_data
        texts = {
            name: _with(getattr(activity, name), language, told[name]).to_json() for name in TEXTS
        }
        day = told["last_confirmed_on"]
        return {
            **texts,
            "status": told["status"],
            "start_date": told["start_date"],
            "end_date": told["end_date"],
            "links": _links(told["links"], activity),
            "last_confirmed_on": day.isoformat() if day else None,
        }

    def take_faults(self, error: ValidationError) -> None:
        """Show what the service refused at the fields that it names."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)


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
    on_record = shown_values(activity, language)
    found = []
    for name in (*TEXTS, *PLAIN):
        sent = str(form[name].value() or "")
        if _same(sent) != _same(on_record[name]):
            found.append(Conflict(str(form.fields[name].label), on_record[name], sent))
    return found


def _same(text: str) -> list[str]:
    return text.split()


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
