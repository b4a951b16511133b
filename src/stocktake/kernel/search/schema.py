"""The one schema of the index: fields follow the declared facets, never the data."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version

import tantivy

from stocktake.kernel.search.declarations import Declaration, Weight
from stocktake.lib.multilingual import LANGUAGES

VERSION = 1  # raised when documents or analysis change, so that every index is made again

TEXT_FIELDS: Mapping[Weight, str] = {weight: f"text_{weight.name.lower()}" for weight in Weight}
WORDS = "words"
INTEGERS = ("newest", "oldest", "updated", "starts", "ends")
STATE_KEY = "state"  # key of the one document that says which log number the index holds


def facet_field(name: str) -> str:
    """Return the field of a facet."""
    return f"facet_{name}"


def title_field(language: str) -> str:
    """Return the field that holds the sort key of the title in a language."""
    return f"title_{language if language in LANGUAGES else 'en'}"


def facet_names(declared: Mapping[str, Declaration]) -> list[str]:
    """Return all facet names; facets of one name share a field over record types."""
    return sorted({facet.name for each in declared.values() for facet in each.facets})


def build(declared: Mapping[str, Declaration]) -> tantivy.Schema:
    """Make the schema for the declared record types."""
    builder = tantivy.SchemaBuilder()
    # Deletes go by this text key: by an unsigned field they would delete nothing, silently.
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("stored", stored=True)
    for name in TEXT_FIELDS.values():
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(WORDS, tokenizer_name="whitespace", index_option="basic")
    for facet in facet_names(declared):
        name = facet_field(facet)
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for language in LANGUAGES:
        name = title_field(language)
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in INTEGERS:
        builder.add_integer_field(name, fast=True)
    return builder.build()


def fingerprint(declared: Mapping[str, Declaration]) -> str:
    """Return a mark that differs when an index made by other code cannot be read by this one."""
    parts = [str(VERSION), version("tantivy"), *sorted(declared), *facet_names(declared)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
