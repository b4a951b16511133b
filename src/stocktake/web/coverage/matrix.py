"""The coverage matrix: how many activities each element has in each region or group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stocktake.domain.frameworks.models import Framework
from stocktake.domain.frameworks.queries import ElementFacts
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.choices import GroupKind
from stocktake.lib import maps
from stocktake.lib.multilingual import Text
from stocktake.web import addresses
from stocktake.web.figures import legend
from stocktake.web.naming import Naming
from stocktake.web.parts import LegendStep, Matrix, MatrixCell, MatrixColumn, MatrixRow
from stocktake.web.register import Filters, Register
from stocktake.web.structure import shown_elements, top_elements

REGIONS = "region"
COLUMNS = (REGIONS, *GroupKind.values)
"""What the columns may be: regions of M49, or a kind of groups of countries."""


@dataclass(frozen=True)
class Counts:
    """Counts of a matrix by qualified code and column; `totals` count each activity once."""

    rows: Sequence[ElementFacts]
    columns: Sequence[str]
    facet: str
    cells: Mapping[str, Mapping[str, int]]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    total: int

    @property
    def silent(self) -> int:
        """How many fields hold no activity."""
        return sum(not count for row in self.cells.values() for count in row.values())

    @property
    def fields(self) -> int:
        """How many fields there are."""
        return len(self.rows) * len(self.columns)


def count(
    register: Register, framework: Framework, columns: str, within: Filters | None = None
) -> Counts:
    """Count the fields with one question to the index for each column and one for the sums.

    Args:
        within: filters that narrow what is counted.
    """
    kept = within or {}
    rows = shown_elements(framework.public_id)
    codes = [facts.qualified_code for facts in rows]
    top = tuple(facts.qualified_code for facts in rows if not facts.parent)
    facet, names = columns_of(columns)
    counted = f"element/{framework.public_id}"
    found = {name: register.counts(counted, {**kept, facet: (name,)}) for name in names}
    sums = register.counts(counted, {**kept, facet: tuple(names)})
    per_column = register.search({**kept, "element": top}, facets=(facet,)) if top else None
    column_totals = dict(per_column.facets.get(facet, ())) if per_column else {}
    return Counts(
        rows=rows,
        columns=names,
        facet=facet,
        cells={code: {name: found[name].get(code, 0) for name in names} for code in codes},
        row_totals={code: sums.get(code, 0) for code in codes},
        column_totals={name: column_totals.get(name, 0) for name in names},
        total=register.total({**kept, **counted_in(framework, columns)}) if top else 0,
    )


def counted_in(framework: Framework, columns: str) -> Filters:
    """Give the filters behind the sum of a matrix."""
    top = tuple(facts.qualified_code for facts in top_elements(framework.public_id))
    facet, names = columns_of(columns)
    return {"element": top, facet: tuple(names)}


def columns_of(columns: str) -> tuple[str, list[str]]:
    """Give the facet behind a choice of columns, and its codes in order."""
    if columns == REGIONS:
        return "region", [region.m49 for region in vocabularies.regions()]
    return "group", [group.code for group in vocabularies.groups(columns)]


def matrix(counts: Counts, naming: Naming, *, row_head: str, title: str, note: str = "") -> Matrix:
    """Lay the counts out, each field leading to the list that it counts."""
    shades = maps.thresholds(each for row in counts.cells.values() for each in row.values())
    return Matrix(
        caption=_("%(title)s: number of activities") % {"title": title},
        row_head=row_head,
        columns=[
            MatrixColumn(
                label=column_name(counts.facet, name, naming),
                href=addresses.area(name),
                total=counts.column_totals[name],
                short=_short(counts.facet, name, naming),
            )
            for name in counts.columns
        ],
        rows=[_row(counts, facts, shades) for facts in counts.rows],
        total=counts.total,
        steps=[LegendStep(step.step, step.label) for step in legend(shades)],
        note=note,
    )


def column_name(facet: str, name: str, naming: Naming) -> str:
    """Name a column."""
    return naming.area(name) if facet == "region" else naming.group(name)


def _row(counts: Counts, facts: ElementFacts, shades: maps.Shades) -> MatrixRow:
    code = facts.qualified_code
    return MatrixRow(
        code=facts.code,
        label=facts.names,
        href=addresses.element(code),
        cells=[
            MatrixCell(
                count,
                shades.step_of(count),
                addresses.list_of("activity", element=code, **{counts.facet: name}),
            )
            for name, count in counts.cells[code].items()
        ],
        total=counts.row_totals[code],
        is_part=bool(facts.parent),
    )


def _short(facet: str, name: str, naming: Naming) -> str:
    """Give the few letters that a narrow screen has room for."""
    if facet == "group":
        return name.upper()
    return column_name(facet, name, naming)[:3] + "."


def row_head(framework: Framework, naming: Naming) -> str:
    """Name what the rows are: the first level of the framework, else elements."""
    levels = framework.levels
    name = Text.from_json(levels[0]).best(naming.language).text if levels else ""
    return name or _("Element")


def matrix_title(framework: Framework, columns: str, naming: Naming) -> str:
    """Name a matrix."""
    name = naming.plain(framework.names)
    titles = {
        REGIONS: _("%(framework)s by region"),
        GroupKind.DEVELOPMENT_GROUP.value: _("%(framework)s by group of countries"),
        GroupKind.REGIONAL_COMMISSION.value: _("%(framework)s by regional commission"),
    }
    return titles[columns] % {"framework": name}
