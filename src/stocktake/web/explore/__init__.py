"""Lists of every kind of record: query, results, facets, map, charts, files."""
