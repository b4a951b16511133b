"""Views that are imported when one is first asked for, as the first page need not wait for them."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponseBase


class Later:
    """The view of a module that takes long to import: one that reads whole texts."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, request: HttpRequest, **names: Any) -> HttpResponseBase:
        """Answer as the view does."""
        view = getattr(import_module(self._module), self._name)
        answer: HttpResponseBase = view(request, **names)
        return answer
