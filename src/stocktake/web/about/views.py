"""Pages about the record, the page of all components, and small pages for machines."""

import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stocktake.kernel.history.queries import head
from stocktake.lib import charts
from stocktake.lib.multilingual import LANGUAGES, direction
from stocktake.web import addresses
from stocktake.web.environment import number, page_language
from stocktake.web.parts import Link, Source
from stocktake.web.specimen import Specimen, specimen
from stocktake.web.structure import sourced


def plain(template: str, name: str) -> Callable[[HttpRequest], HttpResponse]:
    """Make the view of a page that is all words."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        canonical = addresses.permanent(request, reverse(name))
        return render(request, template, {"canonical": canonical})

    return view


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Show every data file that Stocktake ships, with its source."""
    values: dict[str, Any] = {
        "canonical": addresses.permanent(request, reverse("about_sources")),
        "sources": data_sources(Path(settings.STOCKTAKE_DATA_DIR)),
    }
    return render(request, "about/sources.html", values)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component once, with invented figures."""
    return render(request, "components.html", {"specimen": _specimen(page_language())})


@lru_cache(maxsize=len(LANGUAGES))
def _specimen(language: str) -> Specimen:
    style = charts.Style(is_rtl=direction(language) == "rtl")
    return specimen(number=number, style=style)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the site answers, and which entry of the log is the last."""
    last, _hash = head()
    return HttpResponse(f"ok {last}\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots away from what is no page of the record."""
    paths = [reverse("desk:home"), reverse("account"), "/*/edit/", "/*?*page="]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@lru_cache(maxsize=4)
def data_sources(folder: Path) -> tuple[Source, ...]:
    """Read title, source, licence and date of every data file, in the order of their names."""
    found = []
    for file in sorted(folder.rglob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        if "title" not in told or "source" not in told:
            continue
        source = sourced(str(told["source"]))
        found.append(
            Source(
                title=str(told["title"]),
                name=file.relative_to(folder).with_suffix("").as_posix(),
                source=str(source.label) if isinstance(source, Link) else str(source),
                href=source.href if isinstance(source, Link) else "",
                licence=str(told.get("licence", "")),
                date=str(told.get("date", "")),
            )
        )
    return tuple(found)
