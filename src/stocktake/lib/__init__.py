"""Floor 0: pure Python, values in and values out; no Django, database, network, clock or settings."""
