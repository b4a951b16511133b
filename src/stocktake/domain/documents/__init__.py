"""Documents and their provisions: symbols, texts, citations, ancestry between years."""
