"""Pages of frameworks and their elements."""
