"""Floor 3: what comes in from files: import runs, dry runs, row errors, kept sources, the sample."""
