"""Floor 2: one Django app per field of work; foreign keys point down only."""
