"""Akoma Ntoso 3.0, the mark-up of parliamentary documents: out and in."""

from stocktake.lib.resolutions.akn._collection import collection_to_akn, every_from_akn
from stocktake.lib.resolutions.akn.reading import from_akn, looks_like_akn
from stocktake.lib.resolutions.akn.writing import frbr_work, to_akn

__all__ = [
    "collection_to_akn",
    "every_from_akn",
    "frbr_work",
    "from_akn",
    "looks_like_akn",
    "to_akn",
]
