"""Rows that name records of ours, beside what the record holds: what a file of ours says anew.

What reads back as the record already is stays exactly as it is there; what no cell can hold, or no
column of the file speaks of, stays as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import ActivityDraft, DraftElement, DraftLink
from stocktake.domain.activities.services.values import TEXTS
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.domain.stakeholders.services import OUR_SCHEME, OrganizationRef
from stocktake.exchange.tables.cells import FRAMEWORKS
from stocktake.exchange.tables.mapping import Mapped
from stocktake.lib.formats.problems import gettext_noop
from stocktake.lib.formats.tabular import cut_text, join_items, link_item, split_list, strip_prefix
from stocktake.lib.multilingual import Text

_DAY = len("2010-05-14")


def records_of(rows: Iterable[Mapped]) -> Mapping[str, Activity]:
    """Fetch the records that rows name, by public identifier."""
    wanted = [row.key[1] for row in rows if row.is_ours]
    found = Activity.objects.filter(public_id__in=wanted).with_links() if wanted else ()
    return {activity.public_id: activity for activity in found}


def settled(mapped: Mapped, activity: Activity) -> ActivityDraft:
    """Give the draft of a row that names a record, with what the record holds and it does not."""
    draft = mapped.draft
    changes: dict[str, Any] = {
        name: _text(mapped, name, getattr(activity, name))
        for name in TEXTS
        if name in mapped.fields
    }
    for name in ("source_name", "source_url"):
        if _same(getattr(draft, name), getattr(activity, name)):
            changes[name] = getattr(activity, name)
    if "elements" in mapped.fields:
        changes["elements"] = _elements(mapped, activity)
    if "participations" in mapped.fields:
        changes["participations"] = _participations(mapped, activity)
    if "links" in mapped.fields:
        changes["links"] = _links(mapped, activity)
    if "areas" in mapped.fields and mapped.row.record.cut & {"country", "region"}:
        areas = {link.area.m49 for link in activity.activity_areas.all()}
        _refuse_cut(mapped, "country", {area.area for area in draft.areas} <= areas)
        mapped.fields.discard("areas")
    return replace(draft, **changes)


def check_amount(mapped: Mapped, activity: Activity | None) -> None:
    """Refuse an amount below zero, unless it is what the record holds already."""
    amount: Decimal | None = mapped.draft.budget_amount
    if amount is not None and amount < 0 and (not activity or activity.budget_amount != amount):
        mapped.row.fault("budget", _NEGATIVE, str(amount))


def check_age(mapped: Mapped, activity: Activity) -> None:
    """Refuse a row that was written before the record was edited: it would take the edit back."""
    written = mapped.row.record.text("changed")
    try:
        known = datetime.fromisoformat(written)
    except ValueError:
        return
    now = activity.updated_at.astimezone(UTC).replace(microsecond=0)
    if len(written) <= _DAY:
        known, now = known.replace(tzinfo=UTC), datetime.combine(now.date(), time(), UTC)
    if now > (known if known.tzinfo else known.replace(tzinfo=UTC)):
        mapped.row.fault("changed", _STALE, str(now.isoformat(" ", "seconds")))


def _text(mapped: Mapped, name: str, ours: Text) -> Text:
    theirs: Text = getattr(mapped.draft, name)
    is_cut = name in mapped.row.record.cut
    named = mapped.row.record.texts.get(name, {})
    values: dict[str, str] = {}
    for (given, _written), (language, text) in zip(
        named.items(), theirs.values.items(), strict=False
    ):
        known = {language: ours.values.get(language, "")} if given else dict(ours.values)
        equal = [tag for tag, mine in known.items() if mine and _is_read_from(text, mine, is_cut)]
        if equal:
            values[equal[0]] = known[equal[0]]
        elif is_cut:
            _refuse_cut(mapped, name, is_whole=False)
        else:
            values[language] = text
    return Text(next(iter(values)), values) if values else theirs


def _is_read_from(text: str, mine: str, is_cut: bool) -> bool:
    return _same(text, cut_text(mine) if is_cut else mine)


def _same(read: str, mine: str) -> bool:
    """Say whether a cell reads as a text of ours would: blanks, line ends and marks aside."""
    return _plain(read) == _plain(mine)


def _plain(text: str) -> str:
    return strip_prefix(text.replace("\r\n", "\n").replace("\r", "\n").strip()).strip()


def _elements(mapped: Mapped, activity: Activity) -> tuple[DraftElement, ...]:
    """Keep the elements of columns that the file lacks, and notes, which no column holds."""
    lists = mapped.row.record.lists
    frameworks = {FRAMEWORKS[name] for name in FRAMEWORKS if name in lists}
    ours = {link.element.public_id: link for link in activity.activity_elements.all()}
    told: dict[tuple[str, bool], DraftElement] = {}
    for each in mapped.draft.elements:
        mine = ours.get(each.element)
        if mine is not None and mine.is_suggested == each.is_suggested:
            is_primary = each.is_primary or ("element" not in lists and mine.is_primary)
            each = replace(each, is_primary=is_primary, note=mine.note)
        told[each.element, each.is_suggested] = each
    kept = [
        DraftElement(code, mine.is_primary, mine.is_suggested, mine.note)
        for code, mine in ours.items()
        if not _is_spoken_of(code, lists, frameworks, is_suggested=mine.is_suggested)
    ]
    for column in mapped.row.record.cut & {"element", "suggested_element", *FRAMEWORKS}:
        _refuse_cut(mapped, column, {code for code, _suggested in told} <= ours.keys())
        mapped.fields.discard("elements")
    return (*told.values(), *(each for each in kept if (each.element, False) not in told))


def _is_spoken_of(
    code: str, lists: Mapping[str, Sequence[str]], frameworks: set[str], *, is_suggested: bool
) -> bool:
    if is_suggested:
        return "suggested_element" in lists
    return "element" in lists or code.partition(":")[0] in frameworks


def _participations(mapped: Mapped, activity: Activity) -> tuple[tuple[OrganizationRef, str], ...]:
    """Keep who takes part without being public, and the roles that the file has no column for."""
    record = mapped.row.record
    told = mapped.draft.participations
    kept = [
        (OrganizationRef(scheme=OUR_SCHEME, value=link.organization.public_id), link.role)
        for link in activity.participations.all()
        if link.organization.state != OrganizationState.PUBLISHED
        or ("partner" not in record.lists and link.role not in record.lists)
    ]
    if "partner" in record.cut:
        ours = {(link.organization.public_id, link.role) for link in activity.participations.all()}
        _refuse_cut(mapped, "partner", {(ref.value, role) for ref, role in told} <= ours)
        mapped.fields.discard("participations")
    return (*told, *(each for each in kept if each not in told))


def _links(mapped: Mapped, activity: Activity) -> tuple[DraftLink, ...]:
    mine = tuple(DraftLink(link.url, link.title, link.kind) for link in activity.links.all())
    written = [link_item(link.url, link.kind, link.title) for link in mine]
    ours = split_list(join_items(written))
    theirs = mapped.row.record.lists["link"]
    if "link" in mapped.row.record.cut:
        _refuse_cut(mapped, "link", theirs == ours[: len(theirs)])
        mapped.fields.discard("links")
    if theirs != ours:
        return mapped.draft.links
    if len({link.url for link in mine}) < len(mine):
        # a draft holds an address once
        mapped.fields.discard("links")
    return mine


def _refuse_cut(mapped: Mapped, column: str, is_whole: bool) -> None:
    """Refuse a change to a cell that does not hold the whole."""
    if not is_whole:
        mapped.row.fault(column, _CUT)


_NEGATIVE = gettext_noop("“%(value)s” is negative, which this amount can not be.")
_STALE = gettext_noop(
    "The entry was edited at %(value)s, after this row was written: download it anew, or delete "
    "this column to enter the row all the same."
)
_CUT = gettext_noop(
    "The cell was changed, but does not hold the whole: a workbook has no room for so long a text. "
    "Change it in a CSV file."
)
