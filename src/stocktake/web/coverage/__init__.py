"""The coverage matrix: elements by regions or groups."""
