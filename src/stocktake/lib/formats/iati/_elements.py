"""One function for each element of an activity: what it adds to the model."""

from collections.abc import Callable
from decimal import Decimal

from stocktake.lib.formats.iati import _values as v
from stocktake.lib.formats.iati import codes, model
from stocktake.lib.formats.problems import gettext_noop
from stocktake.lib.formats.safexml import Element

Handler = Callable[[Element, model.Activity, v.Context], None]

_PLACES = frozenset({"sector", "recipient-country", "recipient-region"})


def organisation(element: Element, context: v.Context) -> model.OrganisationRef:
    """Read an organisation: `ref`, `type` and names."""
    kind = codes.normalized(codes.ORGANISATION_TYPE, v.attribute(element, "type"))
    ref = v.attribute(element, "ref").lstrip("'")
    names = v.narratives(element, context)
    return model.OrganisationRef(ref, kind, names, context.line_of(element))


def _reporting(element: Element, into: model.Activity, context: v.Context) -> None:
    read = organisation(element, context)
    if v.attribute(element, "secondary-reporter") in ("1", "true"):
        into.is_secondary_reporter = True
    if into.reporting is None:
        into.reporting = read
    else:
        v.merge(into.reporting.names, read.names)


def _title(element: Element, into: model.Activity, context: v.Context) -> None:
    v.merge(into.titles, v.narratives(element, context))


def _description(element: Element, into: model.Activity, context: v.Context) -> None:
    kind = codes.normalized(codes.DESCRIPTION_TYPE, v.attribute(element, "type"))
    texts = v.narratives(element, context, long=True)
    for known in into.descriptions:
        if known.type == kind:
            v.merge(known.texts, texts, long=True)
            return
    if texts:
        into.descriptions.append(model.Description(kind, texts))


def _participation(element: Element, into: model.Activity, context: v.Context) -> None:
    written = v.attribute(element, "role")
    role = codes.normalized(codes.ORGANISATION_ROLE, written)
    if role not in ("1", "2", "3", "4", ""):
        context.add(element, "role", _ROLE_UNKNOWN, attribute="role", written=written or "-")
        role = ""
    read = organisation(element, context)
    activity_id = v.attribute(element, "activity-id")
    if read.ref or read.names:
        into.participations.append(model.Participation(read, role, written, activity_id))


def _other_identifier(element: Element, into: model.Activity, context: v.Context) -> None:
    owner = v.children(element).get("owner-org")
    value = v.attribute(element, "ref") or v.flat(element.text).lstrip("'")
    ref = v.attribute(element, "owner-ref")
    names: model.Narratives = {}
    if owner is not None:
        ref = v.attribute(owner, "ref") or ref
        names = v.narratives(owner, context)
    elif v.attribute(element, "owner-name"):
        names = {context.default_language: v.flat(v.attribute(element, "owner-name"))}
    if value:
        kind = v.attribute(element, "type")
        into.other_identifiers.append(model.OtherIdentifier(value, kind, ref, names))


def _status(element: Element, into: model.Activity, context: v.Context) -> None:
    written = v.attribute(element, "code", "ref") or v.flat(v.content(element))
    into.status = codes.normalized(codes.ACTIVITY_STATUS, written)
    if into.status not in ("1", "2", "3", "4", "5", "6", ""):
        context.add(element, "status", _STATUS_UNKNOWN, attribute="code", written=written)
        into.status = ""


def _scope(element: Element, into: model.Activity, context: v.Context) -> None:
    into.scope = v.attribute(element, "code", "ref")


def _date(element: Element, into: model.Activity, context: v.Context) -> None:
    written = v.attribute(element, "type")
    kind = codes.normalized(codes.DATE_TYPE, written)
    on = v.date_of(element, context)
    if on is None and not written:
        return
    if kind not in ("1", "2", "3", "4"):
        context.add(element, "date-type", _DATE_TYPE_UNKNOWN, attribute="type", written=kind or "-")
        return
    assumed = codes.folded(written) in codes.ASSUMED_DATE_TYPES
    texts = v.narratives(element, context) if v.attribute(element, "iso-date") else {}
    into.dates.append(model.ActivityDate(kind, on, texts, context.line_of(element), assumed))


def recipient(element: Element, context: v.Context) -> model.Recipient:
    """Read a recipient country or region."""
    code = v.attribute(element, "code", "ref").upper()
    vocabulary = ""
    if element.tag == "recipient-region":
        vocabulary = v.attribute(element, "vocabulary") or "1"
    share = v.percentage_of(element, context)
    names = v.narratives(element, context)
    return model.Recipient(code, share, names, vocabulary, context.line_of(element))


def sector(element: Element, context: v.Context) -> model.Sector:
    """Read a sector; tags have the same shape."""
    vocabulary = v.attribute(element, "vocabulary")
    if element.tag == "sector":
        vocabulary = codes.normalized(codes.SECTOR_VOCABULARY, vocabulary)
    code = v.attribute(element, "code", "ref")
    share = v.percentage_of(element, context) if element.tag == "sector" else None
    names = v.narratives(element, context)
    return model.Sector(code, vocabulary, share, names, context.line_of(element))


def _country(element: Element, into: model.Activity, context: v.Context) -> None:
    read = recipient(element, context)
    if read.code or read.names:
        into.countries.append(read)


def _region(element: Element, into: model.Activity, context: v.Context) -> None:
    read = recipient(element, context)
    if read.code or read.names:
        into.regions.append(read)


def _sector(element: Element, into: model.Activity, context: v.Context) -> None:
    read = sector(element, context)
    if read.code or read.names:
        into.sectors.append(read)


def _tag(element: Element, into: model.Activity, context: v.Context) -> None:
    into.tags.append(sector(element, context))


def _policy_marker(element: Element, into: model.Activity, context: v.Context) -> None:
    written = v.attribute(element, "vocabulary")
    vocabulary = codes.normalized(codes.POLICY_MARKER_VOCABULARY, written)
    code = v.attribute(element, "code", "ref")
    significance = v.attribute(element, "significance")
    names = v.narratives(element, context)
    if code or names:
        into.policy_markers.append(model.PolicyMarker(code, vocabulary, significance, names))


def _budget(element: Element, into: model.Activity, context: v.Context) -> None:
    inside = v.children(element)
    value, start, end = map(inside.get, ("value", "period-start", "period-end"))
    if value is None:
        return
    kind = codes.normalized(codes.BUDGET_TYPE, v.attribute(element, "type"))
    into.budgets.append(
        model.Budget(
            type=kind or "1",
            status=v.attribute(element, "status") or "1",
            start=v.date_of(start, context) if start is not None else None,
            end=v.date_of(end, context) if end is not None else None,
            amount=v.amount_of(value, context),
            currency=(v.attribute(value, "currency") or context.default_currency).upper(),
            value_date=v.date_of(value, context, "value-date"),
            line=context.line_of(element),
        )
    )


def _total_cost(element: Element, into: model.Activity, context: v.Context) -> None:
    into.total_cost = v.amount_of(element, context)


def _document(element: Element, into: model.Activity, context: v.Context) -> None:
    url = v.attribute(element, "url")
    if not url:
        return
    titles: model.Narratives = {}
    codes_of: dict[str, list[str]] = {"category": [], "language": []}
    for child in element:
        tag = child.tag
        if tag == "title":
            v.merge(titles, v.narratives(child, context))
        elif tag in codes_of and (code := v.attribute(child, "code")):
            codes_of[tag].append(code)
    categories = tuple(codes_of["category"])
    languages = tuple(code.lower() for code in codes_of["language"])
    form = v.attribute(element, "format")
    into.documents.append(model.DocumentLink(url, form, titles, categories, languages))


def _website(element: Element, into: model.Activity, context: v.Context) -> None:
    url = v.flat(v.content(element)).replace(" ", "")
    if url:
        into.documents.append(model.DocumentLink(url, "text/html", {}, is_website=True))


def _related(element: Element, into: model.Activity, context: v.Context) -> None:
    ref = v.attribute(element, "ref")
    if ref:
        into.related.append(model.RelatedActivity(ref, v.attribute(element, "type")))


def _result(element: Element, into: model.Activity, context: v.Context) -> None:
    inside = v.children(element)
    into.results.append(
        model.Result(
            type=v.attribute(element, "type"),
            titles=v.narratives(inside.get("title"), context),
            descriptions=v.narratives(inside.get("description"), context, long=True),
            indicators=tuple(_indicator(e, context) for e in element if e.tag == "indicator"),
        )
    )


def _indicator(element: Element, context: v.Context) -> model.Indicator:
    inside = v.children(element)
    baseline = inside.get("baseline")
    titles = v.narratives(inside.get("title"), context)
    measure = v.attribute(element, "measure")
    value = v.attribute(baseline, "value") if baseline is not None else ""
    periods = []
    for period in element:
        if period.tag != "period":
            continue
        told = v.children(period)
        start, end = told.get("period-start"), told.get("period-end")
        target, actual = told.get("target"), told.get("actual")
        periods.append(
            (
                v.date_of(start, context) if start is not None else None,
                v.date_of(end, context) if end is not None else None,
                v.attribute(target, "value") if target is not None else "",
                v.attribute(actual, "value") if actual is not None else "",
            )
        )
    return model.Indicator(titles, measure, value, tuple(periods))


def read_transactions(elements: list[Element], into: model.Activity, context: v.Context) -> None:
    """Add up the transactions by type and currency, and collect where and for what they went."""
    sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
    seen: set[tuple[str, str, str]] = set()
    for element in elements:
        inside = v.children(element)
        child = inside.get("transaction-type")
        written = v.attribute(element, "type") if child is None else v.attribute(child, "code")
        value = inside.get("value")
        amount = v.amount_of(value, context) if value is not None else None
        if value is not None and amount is not None:
            kind = codes.normalized(codes.TRANSACTION_TYPE, written)
            currency = (v.attribute(value, "currency") or context.default_currency).upper()
            total, count = sums.get((kind, currency), (Decimal(0), 0))
            sums[kind, currency] = (total + amount, count + 1)
        if not _PLACES.isdisjoint(inside):
            _transaction_places(element, into, context, seen)
    into.transaction_totals = [
        model.TransactionTotal(kind, currency, amount, count)
        for (kind, currency), (amount, count) in sorted(sums.items())
    ]


def _transaction_places(
    element: Element,
    into: model.Activity,
    context: v.Context,
    seen: set[tuple[str, str, str]],
) -> None:
    for child in element:
        if child.tag not in _PLACES:
            continue
        key = (child.tag, v.attribute(child, "vocabulary"), v.attribute(child, "code"))
        if not key[2] or key in seen:
            continue
        seen.add(key)
        if child.tag == "sector":
            into.transaction_sectors.append(sector(child, context))
        elif child.tag == "recipient-country":
            into.transaction_countries.append(recipient(child, context))
        else:
            into.transaction_regions.append(recipient(child, context))


HANDLERS: dict[str, Handler] = {
    "reporting-org": _reporting,
    "title": _title,
    "description": _description,
    "participating-org": _participation,
    "other-identifier": _other_identifier,
    "activity-status": _status,
    "activity-scope": _scope,
    "activity-date": _date,
    "recipient-country": _country,
    "recipient-region": _region,
    "sector": _sector,
    "tag": _tag,
    "policy-marker": _policy_marker,
    "budget": _budget,
    "budget-planned": _budget,
    "total-cost": _total_cost,
    "document-link": _document,
    "activity-website": _website,
    "related-activity": _related,
    "result": _result,
}

_ROLE_UNKNOWN = gettext_noop(
    "“%(value)s” in %(field)s is no role of the standard; the organization is kept without a role."
)
_STATUS_UNKNOWN = gettext_noop(
    "“%(value)s” in %(field)s is no activity status of the standard; it was left out."
)
_DATE_TYPE_UNKNOWN = gettext_noop(
    "“%(value)s” in %(field)s is no type of date of the standard; the date was left out."
)
