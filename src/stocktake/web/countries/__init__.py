"""Pages of countries, regions and groups of countries."""
