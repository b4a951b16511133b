"""Invented values for the page that shows every component once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import NO_REPORT_RECEIVED
from stocktake.lib import charts, maps
from stocktake.lib.multilingual import Text
from stocktake.web import ask_parts, parts
from stocktake.web.asks.listing import LedgerRow
from stocktake.web.documents import parts as documents
from stocktake.web.environment import code, page_language

_HERE = "#main"
_REGIONS = ("Northland", "Southland", "Islands")
_PLACES = (("NA", 1, 1), ("NB", 2, 1), ("NC", 3, 2), ("SA", 2, 3), ("SB", 3, 3), ("IA", 5, 2))
_COUNTS = (96, 41, 7, 2, 18, 0)


@dataclass(frozen=True)
class Specimen:
    """One value for each component."""

    foreign: parts.Label
    statuses: tuple[parts.Status, ...]
    marks: tuple[ask_parts.Mark, ...]
    asks: tuple[ask_parts.AskRow, ...]
    ledger: tuple[LedgerRow, ...]
    tags: tuple[parts.Tag, ...]
    search: parts.Search
    pills: tuple[parts.Pill, ...]
    facets: tuple[parts.Facet, ...]
    views: tuple[parts.View, ...]
    sorting: tuple[parts.Option, ...]
    downloads: tuple[parts.Link, ...]
    entries: tuple[parts.Entry, ...]
    pages: parts.Pages
    facts: tuple[parts.Fact, ...]
    roles: tuple[parts.RoleLine, ...]
    counted: tuple[parts.Counted, ...]
    changes: tuple[parts.Change, ...]
    citation: parts.Citation
    paras: tuple[documents.Para, ...]
    steps: tuple[documents.Step, ...]
    years: tuple[documents.LineItem, ...]
    matrix: parts.Matrix
    world: maps.TileMap
    bars: parts.Bars
    columns: parts.Drawing
    stacked: parts.Drawing
    table: parts.Table


def specimen(*, number: Callable[[int], str], style: charts.Style) -> Specimen:
    """Make the values; `number` and `style` write figures for the page's language."""
    organization = parts.Link(_own("Society for Invented Examples"), _HERE)
    tags = tuple(
        parts.Tag(code, _own(name), _HERE)
        for code, name in (("X1", "First line"), ("X2", "Second line"))
    )
    period = parts.Period(date(2008, 5, 1), None, "month", is_open=True)
    status = parts.Status("ongoing", _("Ongoing"))
    entry = parts.Entry(
        public_id="A-00000000",
        href=_HERE,
        title=_own("A network of community centres"),
        byline=(organization, _("Project")),
        period=period,
        places=(_own("Northland"),),
        text=_own("Centres where people learn to use computers, with lessons in four languages."),
        tags=tags,
        status=status,
        is_invented=True,
    )
    change = parts.Change(
        date(2010, 9, 12), _("Confirmed"), who=_("secretariat"), link=parts.Link(entry.title, _HERE)
    )
    return Specimen(
        foreign=Text.of("fr", "Un texte qui n’existe que dans sa langue"),
        statuses=(
            parts.Status("planned", _("Planned")),
            status,
            parts.Status("completed", _("Completed")),
            parts.Status("discontinued", _("Discontinued")),
            parts.Status("silent", _("No report received")),
        ),
        tags=tags,
        search=parts.Search(_HERE, _("Search the register"), "", _("Activities, organizations")),
        pills=(parts.Pill(_("Region"), _own("Northland"), _HERE),),
        facets=_facets(),
        views=(parts.View(_("List"), _HERE, True), parts.View(_("Table"), _HERE)),
        sorting=(parts.Option("relevance", _("Relevance")), parts.Option("start", _("Start date"))),
        downloads=(parts.Link("CSV", _HERE), parts.Link("XLSX", _HERE)),
        entries=(entry,),
        pages=parts.Pages(
            1, 20, 96, None, _HERE, ((1, _HERE, True), (2, _HERE, False), None, (5, _HERE, False))
        ),
        marks=tuple(ask_parts.mark(shown) for shown in ask_parts.STATUS_WORDS),
        asks=(_ask(),),
        ledger=(_ledger_row(),),
        facts=(parts.Fact(_("Owner"), (organization,)), parts.Fact(_("Kind"), (_("Project"),))),
        roles=(parts.RoleLine(_("Facilitator"), organization, period),),
        counted=(parts.Counted(_own("First line"), _HERE, 96, "X1"),),
        changes=(change, parts.Change(date(2010, 2, 3), _("Entered"), link=change.link)),
        citation=parts.Citation(
            _own("Stocktake, entry A-00000000."), "https://example.org/A-00000000"
        ),
        paras=_paras(),
        steps=(
            documents.Step("equal", "Asks all States to"),
            documents.Step("delete", "count"),
            documents.Step("insert", "publish the number of"),
            documents.Step("equal", "their bridges"),
        ),
        years=(
            documents.LineItem("2009", parts.Link(code("X/2009/1"), _HERE)),
            documents.LineItem("2010", parts.Link(code("X/2010/1"), _HERE), is_here=True),
        ),
        matrix=_matrix(number),
        world=_world(number),
        bars=_bars(),
        columns=_columns(style),
        stacked=_stacked(style),
        table=_table(),
    )


def _paras() -> tuple[documents.Para, ...]:
    """Invent a paragraph that asks something, with quoted matter in it."""
    language = page_language()
    asked = documents.AskLine(
        href=_HERE,
        task=_own("Publish the number of bridges"),
        addressees=(parts.Link(_own("Society for Invented Examples"), _HERE),),
        due="2010",
        mark=ask_parts.mark("in_progress"),
        force=ask_parts.force(3, "request"),
    )
    quoted = documents.Para(
        *("sample-1-a", "para/1/a", "(a)", _HERE, "quoted", ""),
        text=_own("Bridges are counted at both ends.").best(language),
        is_ours=True,
    )
    return (
        documents.Para(
            *("sample-1", "para/1", "1", _HERE, "operative", ""),
            text=_own("Asks all States to publish the number of their bridges.").best(language),
            is_ours=True,
            forces=(ask_parts.force(3, "request"),),
            lines=(asked,),
            children=(quoted,),
        ),
    )


def _ask() -> ask_parts.AskRow:
    return ask_parts.AskRow(
        public_id="Q-00000000",
        href=_HERE,
        task=_own("Report on the harbours"),
        force=ask_parts.force(3, "request"),
        addressees=(parts.Link(_own("Office of Invented Harbours"), _HERE),),
        due="2011",
        periods=(
            ask_parts.PeriodLine("2010", "", ask_parts.mark("reported_done")),
            ask_parts.PeriodLine("2011", "", ask_parts.mark(NO_REPORT_RECEIVED)),
        ),
        is_invented=True,
    )


def _ledger_row() -> LedgerRow:
    row = _ask()
    return LedgerRow(
        public_id="L-00000000",
        href=_HERE,
        task=row.task,
        force=row.force,
        addressees=row.addressees,
        place=parts.Link(code("X/2010/1"), _HERE),
        due=row.due,
        is_due_known=True,
        period="2011",
        mark=row.periods[-1].mark,
        is_invented=True,
    )


def _own(text: str) -> Text:
    """Invented names exist in English only; the page marks them as such."""
    return Text.of("en", text)


def _legend(shades: maps.Shades, number: Callable[[int], str]) -> tuple[maps.Step, ...]:
    return shades.legend(none=_("None"), or_more=_("%(count)s or more"), number=number)


def _facets() -> tuple[parts.Facet, ...]:
    values = tuple(
        parts.FacetValue(name, _own(name), count, name == "Northland")
        for name, count in zip(_REGIONS, (96, 41, 0), strict=True)
    )
    return (
        parts.Facet("area", _("Region"), values, kept=2),
        parts.Facet("year", _("Year"), kind="years", from_year=2007),
    )


def _matrix(number: Callable[[int], str]) -> parts.Matrix:
    counts = ((96, 41, 0), (7, 0, 18))
    shades = maps.thresholds(count for row in counts for count in row)
    columns = tuple(
        parts.MatrixColumn(name, _HERE, sum(row[place] for row in counts), name[:2] + ".")
        for place, name in enumerate(_REGIONS)
    )
    rows = tuple(
        parts.MatrixRow(
            code,
            _own(name),
            _HERE,
            tuple(parts.MatrixCell(count, shades.step_of(count), _HERE) for count in row),
            sum(row),
        )
        for (code, name), row in zip(
            (("X1", "First line"), ("X2", "Second line")), counts, strict=True
        )
    )
    return parts.Matrix(
        caption=_("Activities by action line and region"),
        row_head=_("Action line"),
        columns=columns,
        rows=rows,
        total=sum(row.total for row in rows),
        steps=tuple(parts.LegendStep(step.step, step.label) for step in _legend(shades, number)),
    )


def _world(number: Callable[[int], str]) -> maps.TileMap:
    codes = {code: code for code, _column, _row in _PLACES}
    return maps.tile_map(
        (maps.Place(*place) for place in _PLACES),
        counts=dict(zip(codes, _COUNTS, strict=True)),
        codes=codes,
        names=codes,
        href=lambda _code: _HERE,
        legend=lambda shades: _legend(shades, number),
    )


def _bars() -> parts.Bars:
    rows = tuple(
        parts.Bar(_own(name), _HERE, count)
        for name, count in zip(_REGIONS, (96, 41, 0), strict=True)
    )
    return parts.Bars(_("Activities by region"), _("Region"), _("Activities"), rows)


def _table() -> parts.Table:
    columns = (parts.Column(_("Region")), parts.Column(_("Activities"), is_number=True))
    rows = tuple((_own(name), count) for name, count in zip(_REGIONS, (96, 41, 0), strict=True))
    return parts.Table(_("Activities by region"), columns, rows, totals=(_("All"), 137))


def _columns(style: charts.Style) -> parts.Drawing:
    years = [str(year) for year in range(2003, 2011)]
    values = [4, 14, 40, 88, 120, 96, 60, 22]
    title = _("Activities by year")
    wide, narrow = (
        charts.column_chart(
            years, values, title=title, description=_("Invented figures."), width=width, style=style
        ).svg
        for width in (860, 340)
    )
    table = parts.Table(
        title,
        (parts.Column(_("Year")), parts.Column(_("Activities"), is_number=True)),
        list(zip(years, values, strict=True)),
        is_caption_unseen=True,
    )
    return parts.Drawing(title, _safe(wide), _safe(narrow), table)


def _stacked(style: charts.Style) -> parts.Drawing:
    series = (
        charts.Series(_("Planned"), (10, 4, 1)),
        charts.Series(_("Ongoing"), (46, 17, 2)),
        charts.Series(_("Completed"), (40, 20, 6)),
    )
    title = _("Status by region")
    wide, narrow = (
        charts.stacked_bar_chart(
            _REGIONS,
            series,
            title=title,
            description=_("Invented figures."),
            width=width,
            style=style,
        ).svg
        for width in (860, 340)
    )
    table = parts.Table(
        title,
        (parts.Column(_("Region")), *(parts.Column(part.name, is_number=True) for part in series)),
        [
            (name, *(round(part.values[place]) for part in series))
            for place, name in enumerate(_REGIONS)
        ],
        is_caption_unseen=True,
    )
    return parts.Drawing(
        title, _safe(wide), _safe(narrow), table, legend=tuple(part.name for part in series)
    )


def _safe(svg: str) -> str:
    """Mark a drawing of our own chart library as safe: it escapes every word it is given."""
    return mark_safe(svg)  # noqa: S308
