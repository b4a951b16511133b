"""The coverage matrix on its own page and as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.frameworks.models import Framework
from stocktake.kernel.vocabularies.choices import GroupKind
from stocktake.web import addresses, wording
from stocktake.web.coverage.matrix import (
    COLUMNS,
    REGIONS,
    Counts,
    column_name,
    count,
    counted_in,
    matrix,
    matrix_title,
)
from stocktake.web.coverage.matrix import row_head as head_of
from stocktake.web.files import csv_file
from stocktake.web.naming import Naming
from stocktake.web.parts import Link, Silence, View
from stocktake.web.register import INVENTED, Register
from stocktake.web.structure import Structure, structure


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the matrix of a framework by regions or groups."""
    naming, known = Naming(), structure()
    register = Register(naming.language)
    framework, columns = _chosen(request, known)
    counts = count(register, framework, columns)
    title = matrix_title(framework, columns, naming)
    invented = register.invented(counted_in(framework, columns))
    note = wording.invented_too(invented)
    head = head_of(framework, naming)
    return render(
        request,
        "coverage/page.html",
        {
            "canonical": addresses.permanent(request, _href(framework, columns)),
            "matrix_title": title,
            "matrix": matrix(counts, naming, row_head=head, title=title, note=note),
            "invented": invented,
            "row_choices": [
                View(naming.plain(each.names), _href(each, columns), each == framework)
                for each in known.frameworks
            ],
            "column_choices": [
                View(label, _href(framework, name), name == columns)
                for name, label in column_choices()
            ],
            "silence": Silence(counts.silent, counts.fields, 0, 0, _href(framework, columns)),
            "downloads": [
                Link(_("CSV"), _href(framework, columns).replace("?", "download.csv?", 1))
            ],
            "notice": register.notice,
        },
    )


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Download the matrix: a row for each field, with codes and names."""
    naming = Naming()
    register = Register(naming.language)
    framework, columns = _chosen(request, structure())
    counts = count(register, framework, columns)
    invented = count(register, framework, columns, INVENTED)
    if register.is_missing:
        return HttpResponse(register.notice, status=503, content_type="text/plain; charset=utf-8")
    return csv_file(
        f"coverage-{framework.public_id}-{columns}.csv", _heads(), _rows(counts, invented, naming)
    )


def column_choices() -> list[tuple[str, str]]:
    """Give what the columns may be, with its name."""
    names = {
        GroupKind.DEVELOPMENT_GROUP: _("Groups of countries"),
        GroupKind.REGIONAL_COMMISSION: _("Regional commissions"),
    }
    others = [
        (kind, names.get(GroupKind(kind), str(GroupKind(kind).label))) for kind in COLUMNS[1:]
    ]
    return [(REGIONS, _("Regions")), *others]


def _chosen(request: HttpRequest, known: Structure) -> tuple[Framework, str]:
    framework = known.framework(request.GET.get("rows", "")) or known.main
    if framework is None:
        raise Http404
    columns = request.GET.get("columns", "")
    return framework, columns if columns in COLUMNS else REGIONS


def _href(framework: Framework, columns: str) -> str:
    filters: dict[str, Any] = {"rows": framework.public_id, "columns": columns}
    return addresses.with_query(reverse("coverage"), filters)


def _heads() -> list[str]:
    return [
        _("Element (code)"),
        _("Element"),
        _("Column (code)"),
        _("Column"),
        _("Activities"),
        _("Of them invented"),
    ]


def _rows(counts: Counts, invented: Counts, naming: Naming) -> list[list[str | int | float | None]]:
    return [
        [
            facts.qualified_code,
            naming.element_text(facts.qualified_code),
            name,
            column_name(counts.facet, name, naming),
            counts.cells[facts.qualified_code][name],
            invented.cells[facts.qualified_code][name],
        ]
        for facts in counts.rows
        for name in counts.columns
    ]
