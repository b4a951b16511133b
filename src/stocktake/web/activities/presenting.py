"""An activity as a row of a list and as a page."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from markupsafe import Markup

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity, ActivityElement
from stocktake.lib.multilingual import OWN_NAMES
from stocktake.web import addresses
from stocktake.web.environment import code, english, formatted_date, number
from stocktake.web.naming import Naming
from stocktake.web.parts import (
    ElementGroup,
    ElementTag,
    Entry,
    Fact,
    Label,
    Link,
    OutLink,
    Period,
    Tag,
    Value,
)
from stocktake.web.terms import period_of

_MOST_TAGS = 4
_MOST_PLACES = 4


def entry(activity: Activity, naming: Naming, *, title: Label = "", text: Label = "") -> Entry:
    """Show an activity as a row; title and text may be given with their hits marked."""
    return Entry(
        public_id=activity.public_id,
        href=addresses.activity(activity.public_id),
        title=title or activity.title,
        byline=kicker(activity, naming),
        period=period(activity),
        places=places(activity, naming),
        text=text or activity.summary,
        tags=tags(activity, naming),
        status=naming.status(activity.status),
        state=[confirmed(activity)] if activity.last_confirmed_on else [],
        is_invented=activity.is_invented,
    )


def brief(activity: Activity, naming: Naming) -> Entry:
    """Show an activity as a short row: title, owner and time."""
    return Entry(
        public_id=activity.public_id,
        href=addresses.activity(activity.public_id),
        title=activity.title,
        byline=kicker(activity, naming)[:1],
        period=period(activity),
        is_invented=activity.is_invented,
    )


def entered(activity: Activity, naming: Naming) -> Entry:
    """Show an activity as a short row with the day on which it was entered."""
    day = _("Entered %(day)s") % {"day": formatted_date(activity.created_at)}
    shown = brief(activity, naming)
    return replace(shown, byline=[*shown.byline, day], period=None)


def kicker(activity: Activity, naming: Naming) -> list[Value]:
    """Give owner and kind, as far as they are known."""
    owner = naming.owner(activity)
    kind = naming.code("activity_type", activity.type) if activity.type else ""
    return [value for value in (owner, kind) if value]


def period(activity: Activity) -> Period | None:
    """Say when it took place; without an end an ongoing activity goes on."""
    return period_of(activity.start_date, activity.end_date, is_open=activity.status == "ongoing")


def places(activity: Activity, naming: Naming) -> list[Value]:
    """Name the first countries and areas, and how many more there are."""
    codes = area_codes(activity)
    shown: list[Value] = [naming.area_link(code) for code in codes[:_MOST_PLACES]]
    if len(codes) > _MOST_PLACES:
        more = number(len(codes) - _MOST_PLACES)
        shown.append(_("and %(count)s more") % {"count": more})
    return shown


def area_codes(activity: Activity) -> list[str]:
    """List the M49 codes of an activity's areas."""
    return [link.area.m49 for link in activity.activity_areas.all()]


def element_links(activity: Activity, naming: Naming) -> list[ActivityElement]:
    """List the links to elements: the primary ones first, then in the order of the frameworks."""
    return sorted(
        activity.activity_elements.all(),
        key=lambda link: (not link.is_primary, naming.element_order(link.element.public_id)),
    )


def tags(activity: Activity, naming: Naming) -> list[Tag]:
    """Give the first elements it is filed under; those only suggested stand last and say so."""
    links = sorted(element_links(activity, naming), key=lambda link: link.is_suggested)
    return [
        replace(naming.element_tag(link.element.public_id), is_suggested=link.is_suggested)
        for link in links[:_MOST_TAGS]
    ]


def confirmed(activity: Activity) -> str:
    """Say when the entry was last confirmed."""
    if not activity.last_confirmed_on:
        return ""
    return _("Confirmed %(day)s") % {"day": formatted_date(activity.last_confirmed_on)}


def element_groups(
    activity: Activity, naming: Naming, frameworks: dict[str, Label]
) -> list[ElementGroup]:
    """Give the elements of each framework with how each came to be filed."""
    groups: dict[str, list[ElementTag]] = {framework: [] for framework in frameworks}
    for link in element_links(activity, naming):
        qualified = link.element.public_id
        tag = naming.element_tag(qualified)
        groups.setdefault(qualified.partition(":")[0], []).append(
            ElementTag(
                tag.code,
                tag.label,
                tag.href,
                link.is_primary,
                link.is_suggested,
                note(link.note, activity),
            )
        )
    return [
        ElementGroup(
            Link(frameworks.get(framework, framework), addresses.framework(framework)), found
        )
        for framework, found in groups.items()
        if found
    ]


def note(text: str, activity: Activity) -> str:
    """Give a note on an entry: those of our own data are English, of others nobody knows."""
    if activity.origin in (Origin.SAMPLE, Origin.GENERATED):
        return english(text)
    return Markup('<span dir="auto">{}</span>').format(text) if text else ""


def facts(activity: Activity, naming: Naming) -> list[Fact]:
    """Give the facts at the side."""
    owner = naming.owner(activity)
    return [
        Fact(_("Owner"), [owner] if owner else []),
        Fact(_("Kind"), _filled([naming.code("activity_type", activity.type)])),
        Fact(_("Countries and areas"), _places(activity, naming)),
        Fact(_("Scope"), _filled([naming.code("scope_level", activity.scope_level)])),
        *_partners(activity, naming),
        Fact(_("Budget"), _budget(activity)),
        Fact(_("Beneficiaries"), naming.codes("beneficiary_group", activity.beneficiaries)),
        Fact(_("Languages of the activity"), naming.codes("language", activity.languages)),
        Fact(_("Last confirmed"), _filled([formatted_date(activity.last_confirmed_on)])),
    ]


def provenance(activity: Activity) -> list[Fact]:
    """Say where the entry comes from."""
    source: list[Value] = []
    if activity.source_url:
        source = [Link(activity.source_name or _host(activity.source_url), activity.source_url)]
    elif activity.source_name:
        source = [activity.source_name]
    identifiers = [
        code(f"{known.value} ({known.scheme})") for known in activity.external_identifiers.all()
    ]
    return [
        Fact(_("Origin"), [str(Origin(activity.origin).label)]),
        Fact(_("Source"), source),
        Fact(_("Entered"), [formatted_date(activity.created_at)]),
        Fact(_("Changed"), [formatted_date(activity.updated_at)]),
        Fact(_("Other identifiers"), identifiers),
    ]


def out_links(activity: Activity, naming: Naming) -> list[OutLink]:
    """Give the links that leave the site."""
    return [
        OutLink(
            label=link.title or _host(link.url),
            href=link.url,
            host=_host(link.url),
            kind=naming.code("link_kind", link.kind) if link.kind else "",
        )
        for link in activity.links.all()
    ]


def fallback(activity: Activity, naming: Naming) -> tuple[str, str] | None:
    """Give the asked and the shown language where the title is missing in the page's."""
    chosen = activity.title.best(naming.language)
    if not chosen.is_fallback:
        return None
    shown = OWN_NAMES.get(chosen.language) or naming.code("language", chosen.language)
    return (OWN_NAMES[naming.language], shown)


def _partners(activity: Activity, naming: Naming) -> list[Fact]:
    by_role: dict[str, list[Value]] = {}
    for link in activity.participations.all():
        partner = naming.organization_link(link.organization)
        if partner:
            by_role.setdefault(link.role, []).append(partner)
    return [
        Fact(naming.code("participation_role", role), partners)
        for role, partners in by_role.items()
    ]


def _places(activity: Activity, naming: Naming) -> Sequence[Value]:
    shares = {link.area.m49: link.percentage for link in activity.activity_areas.all()}
    found: list[Value] = []
    for m49, share in shares.items():
        told = {"area": naming.area(m49), "share": number(share)}
        label = _("%(area)s (%(share)s %%)") % told if share is not None else told["area"]
        found.append(Link(label, addresses.area(m49)))
    return found


def _budget(activity: Activity) -> list[Value]:
    if activity.budget_amount is None:
        return []
    amount = number(activity.budget_amount)
    return [f"{amount} {activity.budget_currency}".strip()]


def _filled(values: list[str]) -> list[str]:
    return [value for value in values if value]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
