"""Invented activities for trials and measurements: plausible, in six languages, repeatable."""

from stocktake.lib.sampling._generator import PROPORTIONS, generate
from stocktake.lib.sampling._iati import write_iati
from stocktake.lib.sampling._organizations import invent_organizations
from stocktake.lib.sampling._records import (
    Codes,
    GeneratedActivity,
    GeneratedArea,
    GeneratedElement,
    GeneratedOrganization,
    GeneratedParticipation,
)

__all__ = [
    "PROPORTIONS",
    "Codes",
    "GeneratedActivity",
    "GeneratedArea",
    "GeneratedElement",
    "GeneratedOrganization",
    "GeneratedParticipation",
    "generate",
    "invent_organizations",
    "write_iati",
]
