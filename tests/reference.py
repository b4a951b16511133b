"""Loading the shipped reference data into a database of tests."""

from django.conf import settings

from stocktake.domain.frameworks.services import load_frameworks
from stocktake.domain.stakeholders.services import load_stakeholders
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.vocabularies.services import load_vocabularies


def load_reference(actor: Actor) -> None:
    """Load codelists, areas, frameworks, processes and their organizations."""
    load_vocabularies(actor)
    load_frameworks(actor)
    load_stakeholders(actor, sorted((settings.STOCKTAKE_DATA_DIR / "processes").iterdir()))
