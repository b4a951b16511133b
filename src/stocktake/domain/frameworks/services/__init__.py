"""Writing frameworks: only loading from data files does so."""

from stocktake.domain.frameworks.services.loading import load_frameworks

__all__ = ["load_frameworks"]
