"""Floor 3: what comes in from files: import runs, row errors, kept sources, the sample."""
