"""Search: a derived index of the published records that follows the log of changes."""
