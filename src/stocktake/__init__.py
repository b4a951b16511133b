"""Stocktake: the public ledger of a summit's follow-up."""
