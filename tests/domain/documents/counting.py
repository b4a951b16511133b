"""Counting the queries of what is done."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(do: Callable[[], object]) -> int:
    """Do something and say how many queries it took."""
    with CaptureQueriesContext(connection) as seen:
        do()
    return len(seen)
