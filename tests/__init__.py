"""The suite; it mirrors src/stocktake."""
