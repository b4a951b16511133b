"""The forms by which asks are followed: evidence, decisions, statuses, conditions, answers."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _lazy

from stocktake.domain.asks.choices import CLAIMS, Acceptance, AskStatus
from stocktake.lib.multilingual import LANGUAGES, OWN_NAMES
from stocktake.web.environment import page_language

_DAY = _lazy("A day such as 2010-12-31.")
_PARTIAL = _lazy("As far as known: 2007, 2007-10 or 2007-10-29.")
_LONGEST = 10_000


class ActForm(forms.Form):
    """What every form carries unseen: the version that was read, and a key sent only once.

    What the services check is left to them, so that all faults are told in the same words.
    """

    is_wide: ClassVar[Sequence[str]] = ()
    """The fields of several lines."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, values: Mapping[str, Any], *, version: int | None) -> "ActForm":
        """Make the form with first values."""
        return cls(initial={**values, "version": version, "key": uuid.uuid4()})

    def offer(self, choices: Mapping[str, Sequence[tuple[str, Any]]]) -> None:
        """Give fields with a choice what may be chosen."""
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered

    def rows(self) -> list[tuple[Any, str]]:
        """List the fields that are seen, each with how it is shown."""
        return [(self[name], self._type(name)) for name in self.fields if not self[name].is_hidden]

    def _type(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return "select"
        if isinstance(field, forms.BooleanField):
            return "check"
        return "textarea" if name in self.is_wide else "text"

    def take_faults(self, error: ValidationError) -> None:
        """Show what a service refused at the fields that it names, else above the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            for fault in faults:
                if name in self.fields and fault.messages[0] not in self.errors.get(name, ()):
                    self.add_error(name, fault)
                elif name not in self.fields:
                    self.add_error(None, fault)

    def renewed(self, version: int) -> "ActForm":
        """Give the same form for the version of the record as it is now."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"], data["key"] = str(version), str(uuid.uuid4())
        form = type(self)(data)
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                form.offer({name: list(field.choices)})  # type: ignore[arg-type]
        return form


def _text(label: Any, help_text: Any = "", *, longest: int = 1_000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=longest, strip=True
    )


def _day(label: Any, help_text: Any = _DAY) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _lazy("Write the day as 2010-12-31.")},
    )


def _choice(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=help_text, required=False)


class EvidenceForm(ActForm):
    """Brings an activity, a document or a named source as evidence."""

    is_wide = ("note",)

    on_behalf_of = _choice(_lazy("In the name of"))
    activity = _text(
        _lazy("An activity of the register"),
        _lazy("Its identifier, or its title as the search offers it."),
    )
    document = _text(_lazy("Or a document"), _lazy("Its symbol, such as A/66/64."))
    title = _text(_lazy("Or another source: its title"))
    url = _text(_lazy("Address of that source"), _lazy("It begins with https://"))
    paragraph = _text(_lazy("Paragraph or page"), longest=60)
    dated = _text(_lazy("Day of the source"), _PARTIAL, longest=10)
    note = _text(_lazy("What it shows, in your own words"), longest=_LONGEST)
    claims = _choice(
        _lazy("It is said to show"),
        _lazy("The status follows only when somebody else accepts the evidence."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer({"claims": [("", _lazy("No status")), *((c.value, c.label) for c in CLAIMS)]})


class DecisionForm(ActForm):
    """Accepts or declines evidence."""

    acceptance = _choice(_lazy("Decision"))
    reason = _text(_lazy("Reason"), _lazy("Needed for declining. Everybody can read it."))
    set_status = forms.BooleanField(
        label=_lazy("Also give the ask the status that the evidence is said to show"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = (Acceptance.ACCEPTED, Acceptance.DECLINED)
        words = (_lazy("Accept it"), _lazy("Decline it"))
        values = [(each.value, word) for each, word in zip(offered, words, strict=True)]
        self.offer({"acceptance": [("", _lazy("Choose")), *values]})


class StatusForm(ActForm):
    """Gives an ask in a period another status, with its source."""

    status = _choice(_lazy("Status"))
    evidence = _choice(_lazy("Shown by accepted evidence"))
    document = _text(_lazy("Or by a document"), _lazy("Its symbol, such as A/66/64."))
    name = _text(_lazy("Or by another source: its name"), longest=500)
    url = _text(_lazy("Address of that source"), _lazy("It begins with https://"))
    superseded_by = _text(
        _lazy("The ask that takes its place"),
        _lazy("Only for “Superseded”: the identifier of the other ask, Q-…"),
    )
    on = _day(_lazy("Day of the status"), _lazy("As the source tells it; today if left empty."))
    note = _text(_lazy("Note"), _lazy("Everybody can read this in the history."), longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer({"status": [(each.value, each.label) for each in AskStatus]})


class ConditionForm(ActForm):
    """Records that the condition of an ask is met."""

    met_on = _day(_lazy("Day on which it was met"))
    source_name = _text(_lazy("Source"), _lazy("What shows that it was met."), longest=500)
    source_url = _text(_lazy("Address of the source"), _lazy("It begins with https://"))


class AnswerForm(ActForm):
    """Answers an ask in public, in one language."""

    is_wide = ("text",)

    organization = _choice(_lazy("In the name of"))
    language = forms.ChoiceField(
        label=_lazy("Language of the answer"),
        choices=[(code, OWN_NAMES[code]) for code in LANGUAGES],
    )
    text = _text(
        _lazy("Answer"), _lazy("Shown in public beside the ask, as you write it."), longest=_LONGEST
    )
    answered_on = _day(_lazy("Day of the answer"))


class WithdrawForm(ActForm):
    """Takes evidence or an answer back."""

    reason = _text(_lazy("Reason"), _lazy("Kept in the history."), longest=500)


def language_now() -> str:
    """Give the language in which a form's texts are written at first."""
    language = page_language()
    return language if language in LANGUAGES else "en"
