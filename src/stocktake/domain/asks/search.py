"""What the search knows of an ask in a period: the public view of it, as of the day of indexing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stocktake.domain.asks.choices import SHOWN, AskForce, AskNature
from stocktake.domain.asks.models import AskInstance, InstanceQuerySet
from stocktake.domain.asks.queries import addressee_labels, standing
from stocktake.domain.documents.choices import Origin
from stocktake.domain.documents.models import Document as SourceDocument
from stocktake.domain.frameworks import queries as frameworks
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.kernel.search.declarations import (
    Declaration,
    Document,
    Facet,
    TextRun,
    Weight,
)
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.lib.multilingual import Text

_UNREAD = (
    "ask__provision__clauses",
    "ask__provision__footnotes",
    "ask__provision__document__summary",
    "ask__provision__document__events",
    "ask__provision__document__decisions",
)


def published() -> InstanceQuerySet:
    """Give what everybody may see, with all that a document needs."""
    found = AskInstance.objects.published().with_rows()
    return found.prefetch_related("ask__provision__document__symbols").defer(*_UNREAD)


def documents(instances: InstanceQuerySet) -> Iterable[Document]:
    """Describe instances to the index, in a number of queries that their number does not move."""
    today = timezone.localdate()
    return (document(instance, today) for instance in instances)


def document(instance: AskInstance, today: date) -> Document:
    """Describe one instance to the index, as the public sees it on a day."""
    ask = instance.ask
    due, start = instance.due_on, instance.starts_on
    first = start if start and due and start <= due else due or start
    return Document(
        id=instance.public_id,
        titles=ask.task.values,
        original=ask.task.original,
        texts=tuple(_texts(instance)),
        facets=_facets(instance, today),
        sort_date=due,
        period=(first, due or first) if first else None,
        updated_at=max(instance.updated_at, ask.updated_at),
    )


def _texts(instance: AskInstance) -> Iterable[TextRun]:
    ask = instance.ask
    provision = ask.provision
    source = provision.document
    yield from _runs(Weight.LEAD, provision.summary)
    yield from _runs(Weight.BODY, provision.text)
    yield from _runs(Weight.BODY, ask.condition)
    yield from _runs(Weight.NAMES, source.title)
    for symbol in source.symbols.all():
        yield TextRun(Weight.NAMES, "", symbol.symbol)
    for each in ask.addressees.all():
        if each.code:
            entry = vocabularies.code("addressee", each.code)
            yield from _runs(Weight.NAMES, entry.names) if entry else ()
        elif each.raw:
            yield TextRun(Weight.NAMES, "", each.raw)
        organization = each.organization
        if organization is not None and organization.state == OrganizationState.PUBLISHED:
            yield from _runs(Weight.NAMES, organization.names)
            for name in (organization.acronym, *organization.aliases):
                yield TextRun(Weight.NAMES, "", name)
    for link in ask.ask_elements.all():
        yield from _runs(Weight.NAMES, link.element.names)
        yield TextRun(Weight.NAMES, "", link.element.code)


def _runs(weight: Weight, text: Text) -> Iterable[TextRun]:
    return (TextRun(weight, language, value) for language, value in text.values.items())


def _facets(instance: AskInstance, today: date) -> Mapping[str, Collection[str]]:
    ask = instance.ask
    source = ask.provision.document
    is_invented = ask.is_invented or source.is_invented
    return {
        "body": {source.body} - {""},
        "document": {source.public_id},
        "addressee": _addressees(instance),
        "force": {str(ask.force)},
        "element": {
            code
            for link in ask.ask_elements.all()
            for code in (*link.element.ancestors, link.element.public_id)
        },
        "due_year": {str(instance.due_on.year)} if instance.due_on else set(),
        "status": {standing(instance, today=today, is_desk=False).shown},
        "nature": {ask.nature},
        "origin": {Origin.GENERATED.value if is_invented else source.origin},
    }


def _addressees(instance: AskInstance) -> set[str]:
    """Give organizations that are public by identifier, all others by code."""
    found = set()
    for each in instance.ask.addressees.all():
        organization = each.organization
        if organization is not None and organization.state == OrganizationState.PUBLISHED:
            found.add(organization.public_id)
        elif each.code:
            found.add(each.code)
    return found


def _bodies(codes: Collection[str], language: str) -> Mapping[str, str]:
    return vocabularies.labels("document_body", language, codes)


def _documents(codes: Collection[str], language: str) -> Mapping[str, str]:
    found = SourceDocument.objects.filter(public_id__in=codes).only("public_id", "symbol", "title")
    return {row.public_id: row.symbol or row.title.best(language).text for row in found}


def _forces(codes: Collection[str], language: str) -> Mapping[str, str]:
    known = {str(force.value): str(force.label) for force in AskForce}
    return {code: known.get(code, code) for code in codes}


def _years(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: code for code in codes}


def _statuses(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: str(SHOWN.get(code, code)) for code in codes}


def _natures(codes: Collection[str], language: str) -> Mapping[str, str]:
    known = {nature.value: str(nature.label) for nature in AskNature}
    return {code: known.get(code, code) for code in codes}


def _origins(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: str(Origin(code).label) if code in Origin.values else code for code in codes}


FACETS = (
    Facet("status", _("Status"), _statuses),
    Facet("body", _("Body"), _bodies, limit=20),
    Facet("document", _("Document"), _documents, limit=20),
    Facet("addressee", _("Addressee"), addressee_labels, limit=20),
    Facet("force", _("Force of the verb"), _forces, order="code"),
    Facet(
        "element",
        _("Framework"),
        frameworks.element_labels,
        order="code",
        parents=frameworks.element_parents,
        groups=frameworks.framework_labels,
    ),
    Facet("due_year", _("Year due"), _years, order="code"),
    Facet("nature", _("How often"), _natures),
    Facet("origin", _("Where the entry came from"), _origins),
)


def _through(*paths: str) -> Callable[[Collection[str]], Iterable[str]]:
    """Find the instances from which one of some paths leads to records of some identifiers."""

    def borrowers(identifiers: Collection[str]) -> Iterable[str]:
        for path in paths:
            found = AskInstance.objects.filter(**{f"{path}__public_id__in": identifiers})
            yield from found.order_by().values_list("public_id", flat=True).distinct().iterator()

    return borrowers


DECLARATIONS = (
    Declaration(
        kind=AskInstance.kind,
        label=_("Asks"),
        published=published,
        documents=documents,
        facets=FACETS,
        borrows={
            "ask": _through("ask"),
            "provision": _through("ask__provision"),
            "document": _through("ask__provision__document", "evidence__document"),
            "organization": _through("ask__addressees__organization"),
            "element": _through("ask__ask_elements__element"),
            "evidence": _through("evidence"),
            "answer": _through("answers"),
            "activity": _through("evidence__activity"),
        },
    ),
)
