"""The ledger of asks, their pages, feeds and calendar, and the forms by which they are followed."""
