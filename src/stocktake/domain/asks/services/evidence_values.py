"""Evidence as plain JSON values, read, checked and joined to the records it names."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import is_web_address
from stocktake.domain.asks.choices import CLAIMS, Acceptance, AskNature, EvidenceKind
from stocktake.domain.asks.models import AskInstance, Evidence
from stocktake.domain.asks.services.checks import check_plain, check_text, day_text
from stocktake.domain.documents.models import Document
from stocktake.domain.documents.queries import symbol_keys
from stocktake.kernel.common.actors import Actor, System
from stocktake.kernel.common.errors import Conflict
from stocktake.kernel.vocabularies.terms import partial_date
from stocktake.lib.multilingual import Text

Values = dict[str, Any]

_TEXTS = ("title", "note")
_LIMITS = {"paragraph": 60, "url": 1000, "dated": 10, "source_name": 500, "source_url": 1000}
_GIVEN = (*_TEXTS, *_LIMITS, "evidence_kind", "activity", "document", "claims", "acceptance")


def evidence_values(evidence: Evidence) -> Values:
    """Give the values of evidence; who brought it as a person is in the log alone."""
    return {
        "instance": evidence.instance.public_id,
        "evidence_kind": evidence.evidence_kind,
        "activity": evidence.activity.public_id if evidence.activity else "",
        "document": evidence.document.public_id if evidence.document else "",
        **{name: getattr(evidence, name).to_json() for name in _TEXTS},
        **{name: getattr(evidence, name) for name in _LIMITS},
        "claims": evidence.claims,
        "asserted_by": evidence.asserted_by.public_id if evidence.asserted_by else "",
        "acceptance": evidence.acceptance,
        "decided_on": day_text(evidence.decided_on),
        "reason": evidence.reason,
    }


def check_acceptance(actor: Actor, values: Mapping[str, Any]) -> None:
    """Let nobody but the system bring evidence as accepted.

    Raises:
        PermissionDenied: the actor is a person.
    """
    if values.get("acceptance") and not isinstance(actor, System):
        raise PermissionDenied("Who brings evidence does not accept it.")


def prepared(actor: Actor, instance: AskInstance, values: Mapping[str, Any]) -> Evidence:
    """Make evidence, not yet written, of values; what it names must be visible to the actor.

    Raises:
        ValidationError: a mapping of field names to full sentences.
    """
    faults = _faults(values)
    activity = _activity(actor, values, faults)
    document = _document(actor, values, faults)
    if faults:
        raise ValidationError(faults)
    return Evidence(
        instance=instance,
        evidence_kind=values.get("evidence_kind") or _kind(activity, document),
        activity=activity,
        document=document,
        **{name: Text.from_json(values.get(name)) for name in _TEXTS},
        **{name: values.get(name) or "" for name in _LIMITS},
        claims=values.get("claims") or "",
        acceptance=values.get("acceptance") or Acceptance.PROPOSED.value,
    )


def check_evidence(evidence: Evidence) -> None:
    """Check that evidence is one thing, fits its ask, and is not there yet.

    Raises:
        ValidationError: a mapping of field names to full sentences.
        Conflict: the same was brought for this ask and period already.
    """
    faults: dict[str, list[str]] = {}
    ways = [evidence.activity is not None, evidence.document is not None, bool(evidence.url)]
    if ways.count(True) != 1:
        told = _("Evidence is an activity, a document, or a source with title and address: one.")
        faults["evidence"] = [told]
    elif evidence.url and not evidence.title:
        faults["title"] = [_("The source needs a name.")]
    is_activity = evidence.evidence_kind == EvidenceKind.ACTIVITY
    if not faults and is_activity != (evidence.activity is not None):
        faults["evidence_kind"] = [_("The kind of evidence does not fit what is brought.")]
    if evidence.claims and evidence.instance.ask.nature == AskNature.STANDING:
        faults["claims"] = [_("A standing norm carries no status.")]
    if faults:
        raise ValidationError(faults)
    same = evidence.instance.evidence.filter(
        activity=evidence.activity,
        document=evidence.document,
        url=evidence.url,
        paragraph=evidence.paragraph,
    ).exclude(acceptance=Acceptance.WITHDRAWN)
    if same.exists():
        raise Conflict({"evidence": [_("This is brought as evidence here already.")]})


def _faults(values: Mapping[str, Any]) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {
        name: [_("There is no field of this name.")] for name in set(values) - set(_GIVEN)
    }
    for name in _TEXTS:
        faults[name] = check_text(name, values.get(name))
    for name, limit in _LIMITS.items():
        faults[name] = check_plain(values.get(name) or "", limit)
    for name in ("url", "source_url"):
        url = values.get(name)
        if url and not faults[name] and not is_web_address(url):
            faults[name] = [_("%(url)s is no web address.") % {"url": url[:200]}]
    if values.get("dated") and not faults["dated"]:
        try:
            partial_date(values["dated"])
        except ValidationError as error:
            faults["dated"] = list(error.messages)
    for name, known in (
        ("evidence_kind", EvidenceKind.values),
        ("claims", [str(status.value) for status in CLAIMS]),
        ("acceptance", Acceptance.values),
    ):
        if values.get(name) and values[name] not in known:
            told = {"code": str(values[name])[:80], "list": name}
            faults[name] = [_("%(code)s is not on the list %(list)s.") % told]
    return {name: told for name, told in faults.items() if told}


def _activity(
    actor: Actor, values: Mapping[str, Any], faults: dict[str, list[str]]
) -> Activity | None:
    public_id = values.get("activity")
    if not public_id:
        return None
    known = Activity.objects.all()
    if not isinstance(actor, System):
        known = known.visible_to(actor)
    found = known.filter(public_id=str(public_id)[:80]).first()
    if found is None:
        faults["activity"] = [_("There is no %(code)s here.") % {"code": str(public_id)[:80]}]
    return found


def _document(
    actor: Actor, values: Mapping[str, Any], faults: dict[str, list[str]]
) -> Document | None:
    wanted = values.get("document")
    if not wanted:
        return None
    known = Document.objects.all()
    if not isinstance(actor, System):
        known = known.visible_to(actor)
    written = str(wanted)[:200]
    named = Q(public_id=written) | Q(symbols__symbol__in=symbol_keys(written))
    found = known.filter(named).order_by("pk").first()
    if found is None:
        faults["document"] = [_("There is no %(code)s here.") % {"code": str(wanted)[:80]}]
    return found


def _kind(activity: Activity | None, document: Document | None) -> str:
    if activity is not None:
        return EvidenceKind.ACTIVITY.value
    return EvidenceKind.DOCUMENT.value if document else EvidenceKind.REPORT.value
