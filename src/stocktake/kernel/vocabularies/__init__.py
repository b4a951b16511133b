"""Codelists, areas of the world and groups of countries: reference data loaded from files."""
