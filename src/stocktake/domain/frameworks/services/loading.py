"""Loading processes, frameworks, elements and mappings from a folder of data files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.models import Element, Framework, Mapping, Process, Reference
from stocktake.domain.frameworks.services.reading import Reading, read_folder
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.vocabularies.files import DataFileError
from stocktake.kernel.vocabularies.reconcile import Outcome, Table, reconcile

_FACTS = ("source", "licence", "date", "position", "collection", "withdrawn_on")
_PROCESSES = Table(Process, ("names", "description", "phases", "related_to_id", *_FACTS))
_FRAMEWORKS = Table(Framework, ("process_id", "names", "description", "levels", "note", *_FACTS))
_ELEMENTS = Table(
    Element,
    (
        "broader_id",
        "ancestors",
        "position",
        "names",
        "description",
        "valid_from",
        "valid_to",
        "collection",
        "withdrawn_on",
    ),
)
_MAPPINGS = Table(
    Mapping,
    (
        "table",
        "from_scheme",
        "from_code",
        "from_element_id",
        "relation",
        "to_element_id",
        "source",
        "note",
        "position",
        "collection",
        "withdrawn_on",
    ),
)


def load_frameworks(actor: Actor, folder: Path | None = None) -> Outcome:
    """Bring processes, frameworks and mappings in line with a folder and log each difference.

    A second load writes nothing. An element that vanished from its file is marked as withdrawn,
    never deleted. Folders do not touch what other folders brought.

    Args:
        folder: holds `frameworks/`, `processes/` and `mappings/`, each optional; the shipped data
            by default. Its name is the name of the collection.

    Raises:
        PermissionDenied: the actor may not load frameworks.
        DataFileError: a file is missing or contradicts itself or what other folders brought;
            nothing was written.
    """
    require(actor, "frameworks.load")
    shipped = Path(settings.STOCKTAKE_DATA_DIR)
    folder = folder or shipped
    collection = "" if folder.resolve() == shipped.resolve() else folder.resolve().name
    elsewhere = Element.objects.exclude(collection=collection)
    reading = read_folder(
        folder,
        collection,
        other_elements=set(elsewhere.values_list("public_id", flat=True)),
        other_processes=set(_keys(Process, collection)),
    )
    _refuse_taken(folder, reading, collection)
    steps: list[tuple[Table, Sequence[Reference]]] = [
        (_PROCESSES, reading.processes),
        (_FRAMEWORKS, reading.frameworks),
        (_ELEMENTS, reading.elements),
        (_MAPPINGS, reading.mappings),
    ]
    outcome = Outcome()
    try:
        for table, wanted in steps:
            manager: Any = table.model._default_manager
            existing = manager.filter(collection=collection)
            outcome += reconcile(actor, table, wanted=wanted, existing=existing)
    finally:
        queries.forget()
    return outcome


def _keys(model: type[Reference], collection: str) -> Sequence[str]:
    return list(model.objects.exclude(collection=collection).values_list("public_id", flat=True))


def _refuse_taken(folder: Path, reading: Reading, collection: str) -> None:
    """Refuse codes that another folder brought, else two loads would undo each other for ever."""
    wanted: tuple[tuple[type[Reference], Sequence[Reference]], ...] = (
        (Process, reading.processes),
        (Framework, reading.frameworks),
        (Mapping, reading.mappings),
    )
    for model, records in wanted:
        taken = set(_keys(model, collection)) & {each.public_id for each in records}
        if taken:
            told = {"codes": ", ".join(sorted(taken))}
            raise DataFileError(folder, _("Other data has brought %(codes)s already.") % told)
