"""Processes (a summit and its follow-up), frameworks, elements of any depth, mappings."""
