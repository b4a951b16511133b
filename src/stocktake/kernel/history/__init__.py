"""The log: every write as an append-only, numbered, hash-chained change."""
