"""Analysis of text in six languages for search: words to terms, queries, highlighting, prefixes."""

from stocktake.lib.textsearch.analysis import Terms, Token, analyse, index_terms
from stocktake.lib.textsearch.folding import fold
from stocktake.lib.textsearch.highlighting import highlight
from stocktake.lib.textsearch.prefixes import prefixes_of_query, words_for_prefix
from stocktake.lib.textsearch.queries import Clause, Query, parse_query, query_terms

__all__ = [
    "Clause",
    "Query",
    "Terms",
    "Token",
    "analyse",
    "fold",
    "highlight",
    "index_terms",
    "parse_query",
    "prefixes_of_query",
    "query_terms",
    "words_for_prefix",
]
