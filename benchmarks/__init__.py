"""Measurements against named peers, ours and theirs in one run."""
