"""Readers, writers and checks of exchange formats; each package is usable alone."""
