"""Floor 0: pure Python, values in, values out; no Django, database, network, clock, settings."""
