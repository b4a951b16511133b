"""Documents: list, document, paragraph, comparison, follow-up report, files."""
