"""Pages about the record, and small pages for machines."""
