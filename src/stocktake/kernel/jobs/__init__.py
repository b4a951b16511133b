"""The timetable: what the worker does at intervals; each job is idempotent and calls services."""
