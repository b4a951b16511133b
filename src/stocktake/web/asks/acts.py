"""What can be done to an ask on its page: who may, with which form, by which service."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.domain.activities.models import Activity
from stocktake.domain.asks import services
from stocktake.domain.asks.choices import Acceptance
from stocktake.domain.asks.models import Answer, Ask, AskInstance, Evidence
from stocktake.domain.asks.rules import own_organizations
from stocktake.domain.asks.services import StatusSource
from stocktake.domain.documents.queries import document_visible_to
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.permissions import is_allowed
from stocktake.kernel.search.requests import IndexUnavailable
from stocktake.kernel.search.searcher import suggest
from stocktake.lib.multilingual import Text, spelling_key
from stocktake.web.asks import forms
from stocktake.web.environment import page_language, plain
from stocktake.web.naming import Naming

_IDENTIFIER = re.compile(r"[A-Z]-[0-9A-Z]{4,}", re.IGNORECASE)
_OFFERED = 5

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """One thing that can be done.

    Args:
        name: its part of the address. title, button: its words.
        form: the form that asks for what it needs.
        subject: finds what it is done to: (person, ask, identifier) -> record or None.
        may: says whether a person may do it to that.
        first: gives the first values of the form; `choices`: what its fields offer.
        save: calls the service with what was filled in.
        hint: a sentence over the form.
    """

    name: str
    title: Promise
    button: Promise
    form: type[forms.ActForm]
    subject: Callable[[Any, Ask, str], Any]
    may: Callable[[Any, Any], bool]
    save: Callable[[Any, Any, Values], Any]
    first: Callable[[Any, Any], Values] = lambda _user, _subject: {}
    choices: Callable[[Any, Any], Mapping[str, Sequence[tuple[str, Any]]]] = field(
        default=lambda _user, _subject: {}
    )
    hint: Promise | str = ""
    is_versioned: bool = True


def _instance(user: Any, ask: Ask, public_id: str) -> AskInstance | None:
    found = AskInstance.objects.visible_to(user).select_related("ask__provision__document")
    return found.filter(ask=ask, public_id=public_id).first()


def _evidence(user: Any, ask: Ask, public_id: str) -> Evidence | None:
    found = Evidence.objects.visible_to(user).select_related(
        "instance__ask__provision__document", "asserted_by", "activity", "document"
    )
    return found.filter(instance__ask=ask, public_id=public_id).first()


def _answer(user: Any, ask: Ask, public_id: str) -> Answer | None:
    found = Answer.objects.visible_to(user).select_related("instance__ask", "organization")
    return found.filter(instance__ask=ask, public_id=public_id).first()


def _itself(user: Any, ask: Ask, public_id: str) -> Ask | None:
    return ask if public_id == ask.public_id else None


def may_bring(user: Any, _subject: Any = None) -> bool:
    """Whether a person may bring evidence or answer for anybody at all."""
    return is_allowed(user, "asks.set_status") or bool(own_organizations(user))


def organizations_for(user: Any, ask: Ask, *, is_answer: bool) -> list[tuple[str, str]]:
    """List in whose name a person may act: the asked first where it is an answer."""
    if is_allowed(user, "asks.set_status"):
        named = Organization.objects.filter(asked__ask=ask).distinct()
        found = named if is_answer else Organization.objects.none()
    else:
        found = Organization.objects.filter(public_id__in=own_organizations(user))
    naming = Naming()
    return [
        (each.public_id, plain(naming.organization(each)))
        for each in found.order_by("name_key", "pk")
    ]


def _text_of(language: str, text: str) -> dict[str, Any]:
    told = text.replace("\r\n", "\n").strip()
    return Text.of(language, told).to_json() if told else Text("", {}).to_json()


def _organization(user: Any, public_id: str) -> Organization | None:
    if not public_id:
        return None
    return Organization.objects.visible_to(user).filter(public_id=public_id).first()


def _bring(user: Any, instance: AskInstance, values: Values) -> None:
    language = forms.language_now()
    told = {
        "activity": activity_named(user, values.get("activity", "")),
        "document": values.get("document", ""),
        "title": _text_of(language, values.get("title", "")),
        "note": _text_of(language, values.get("note", "")),
        **{name: values.get(name, "") for name in ("url", "paragraph", "dated", "claims")},
    }
    services.bring_evidence(
        user, instance, told, on_behalf_of=_organization(user, values.get("on_behalf_of", ""))
    )


def activity_named(user: Any, typed: str) -> str:
    """Give the identifier of the activity that somebody typed, by identifier or title.

    Raises:
        ValidationError: nothing, or several, are called so; the sentence names them.
    """
    if not typed or _IDENTIFIER.fullmatch(typed):
        return typed.upper()
    try:
        found = suggest(typed, page_language(), limit=_OFFERED, kind=Activity.kind)
    except IndexUnavailable:
        found = []
    exact = [each for each in found if spelling_key(each.title) == spelling_key(typed)]
    if len(exact or found) == 1:
        return (exact or found)[0].id
    if not found:
        told = _("No activity is called “%(title)s”. Give its identifier.") % {"title": typed}
        raise ValidationError({"activity": [told]})
    names = "; ".join(f"{each.id} {each.title}" for each in found)
    told = _("Several activities may be meant: %(names)s. Give the identifier of one.")
    raise ValidationError({"activity": [told % {"names": names}]})


def _decide(user: Any, evidence: Evidence, values: Values) -> None:
    services.decide_evidence(
        user,
        evidence,
        values.get("acceptance", ""),
        reason=values.get("reason", ""),
        set_status=bool(values.get("set_status")),
        expected_version=values.get("version"),
    )


def _set_status(user: Any, instance: AskInstance, values: Values) -> None:
    faults = {}
    evidence = instance.evidence.filter(public_id=values.get("evidence") or "").first()
    document = None
    if values.get("document"):
        document = document_visible_to(user, values["document"])
        if document is None:
            faults["document"] = [_("There is no %(code)s here.") % {"code": values["document"]}]
    other = None
    if values.get("superseded_by"):
        told = values["superseded_by"].upper()
        other = Ask.objects.visible_to(user).filter(public_id=told).first()
        if other is None:
            faults["superseded_by"] = [_("There is no %(code)s here.") % {"code": told}]
    source = StatusSource(
        evidence=evidence,
        document=document,
        name=values.get("name", ""),
        url=values.get("url", ""),
    )
    with _with_faults(faults):
        services.set_status(
            user,
            instance,
            values.get("status", ""),
            source=source,
            note=values.get("note", ""),
            expected_version=values.get("version"),
            superseded_by=other,
            on=values.get("on"),
        )


class _with_faults:  # noqa: N801
    """Tell faults found before a service together with those that it finds itself."""

    def __init__(self, faults: Mapping[str, list[str]]) -> None:
        self.faults = faults

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, _trace: Any) -> None:
        if not self.faults:
            return
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            raise ValidationError({**error.message_dict, **self.faults}) from error
        raise ValidationError(dict(self.faults)) from error


def _record_condition(user: Any, ask: Ask, values: Values) -> None:
    if not values.get("met_on"):
        raise ValidationError({"met_on": [_("This is needed.")]})
    services.record_condition(
        user,
        ask,
        met_on=values["met_on"],
        source_name=values.get("source_name", ""),
        source_url=values.get("source_url", ""),
        expected_version=values.get("version"),
    )


def _respond(user: Any, instance: AskInstance, values: Values) -> None:
    organization = _organization(user, values.get("organization", ""))
    if organization is None:
        raise ValidationError({"organization": [_("Say in whose name the answer is given.")]})
    services.answer_ask(
        user,
        instance,
        organization,
        _text_of(values.get("language", "en"), values.get("text", "")),
        answered_on=values.get("answered_on") or timezone.localdate(),
    )


def _change_answer(user: Any, answer: Answer, values: Values) -> None:
    language = values.get("language", answer.text.original)
    text = {**answer.text.values, language: values.get("text", "").replace("\r\n", "\n").strip()}
    kept = {tag: words for tag, words in text.items() if words}
    original = answer.text.original if answer.text.original in kept else language
    changes: dict[str, Any] = {"text": {"original": original, "values": kept}}
    if values.get("answered_on"):
        changes["answered_on"] = values["answered_on"].isoformat()
    services.update_answer(user, answer, changes, expected_version=values.get("version"))


def _withdraw(user: Any, subject: Any, values: Values) -> None:
    service: Any = services.withdraw_evidence
    if isinstance(subject, Answer):
        service = services.withdraw_answer
    service(user, subject, reason=values.get("reason", ""), expected_version=values.get("version"))


def _evidence_choices(user: Any, instance: AskInstance) -> Mapping[str, Any]:
    found = instance.evidence.filter(acceptance=Acceptance.ACCEPTED)
    offered = [("", _("None"))]
    for each in found.select_related("activity", "document"):
        title = each.title or (each.activity.title if each.activity else each.document)
        words = plain(title) if isinstance(title, Text) else str(title)
        offered.append((each.public_id, f"{each.public_id} {words}"))
    return {"evidence": offered}


def _in_whose_name(user: Any, instance: AskInstance) -> Mapping[str, Any]:
    offered = organizations_for(user, instance.ask, is_answer=False)
    if is_allowed(user, "asks.set_status"):
        offered = [("", _("The secretariat")), *offered]
    return {"on_behalf_of": offered}


def _answering(user: Any, subject: Any) -> Mapping[str, Any]:
    if isinstance(subject, Answer):
        naming = Naming()
        mine = subject.organization
        return {"organization": [(mine.public_id, plain(naming.organization(mine)))]}
    return {"organization": organizations_for(user, subject.ask, is_answer=True)}


def _today(_user: Any, _subject: Any) -> Values:
    return {"answered_on": timezone.localdate(), "language": forms.language_now()}


def _answered(_user: Any, answer: Answer) -> Values:
    told = answer.text.best(forms.language_now())
    return {
        "organization": answer.organization.public_id,
        "language": told.language,
        "text": told.text,
        "answered_on": answer.answered_on,
    }


def _may(permission: str) -> Callable[[Any, Any], bool]:
    return lambda user, subject: is_allowed(user, permission, subject)


def _may_change(user: Any, answer: Answer) -> bool:
    return is_allowed(user, "asks.answer", answer.organization)


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "evidence",
            _lazy("Bring evidence"),
            _lazy("Bring it forward"),
            forms.EvidenceForm,
            _instance,
            may_bring,
            _bring,
            choices=_in_whose_name,
            hint=_lazy(
                "One of three: an activity, a document, or a source with title and address. It is "
                "shown in public once the other side has accepted it."
            ),
            is_versioned=False,
        ),
        Act(
            "decide",
            _lazy("Decide on evidence"),
            _lazy("Decide"),
            forms.DecisionForm,
            _evidence,
            _may("asks.decide_evidence"),
            _decide,
        ),
        Act(
            "withdraw-evidence",
            _lazy("Take evidence back"),
            _lazy("Take it back"),
            forms.WithdrawForm,
            _evidence,
            _may("asks.withdraw_evidence"),
            _withdraw,
        ),
        Act(
            "status",
            _lazy("Change the status"),
            _lazy("Save"),
            forms.StatusForm,
            _instance,
            _may("asks.set_status"),
            _set_status,
            first=lambda _user, instance: {"status": instance.status},
            choices=_evidence_choices,
            hint=_lazy("A status changes only with a source that shows it."),
        ),
        Act(
            "condition",
            _lazy("Record that the condition is met"),
            _lazy("Record it"),
            forms.ConditionForm,
            _itself,
            _may("asks.record_condition"),
            _record_condition,
        ),
        Act(
            "answer",
            _lazy("Answer in public"),
            _lazy("Publish the answer"),
            forms.AnswerForm,
            _instance,
            may_bring,
            _respond,
            first=_today,
            choices=_answering,
            hint=_lazy("Any organization that is asked can answer, at any time."),
            is_versioned=False,
        ),
        Act(
            "change-answer",
            _lazy("Change an answer"),
            _lazy("Save"),
            forms.AnswerForm,
            _answer,
            _may_change,
            _change_answer,
            first=_answered,
            choices=_answering,
        ),
        Act(
            "withdraw-answer",
            _lazy("Withdraw an answer"),
            _lazy("Withdraw it"),
            forms.WithdrawForm,
            _answer,
            _may_change,
            _withdraw,
        ),
    )
}
"""Everything that can be done, by its part of the address."""
