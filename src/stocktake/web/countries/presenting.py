"""A country, a region or a group of countries as one kind of page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.choices import AreaKind, GroupKind, MembershipStatus
from stocktake.kernel.vocabularies.queries import AreaEntry, GroupEntry, MembershipEntry
from stocktake.lib.multilingual import Text
from stocktake.web import addresses
from stocktake.web.environment import code as code_of
from stocktake.web.environment import formatted_date
from stocktake.web.naming import Naming
from stocktake.web.parts import Fact, Link, Value, View
from stocktake.web.register import Filters


@dataclass(frozen=True)
class Place:
    """What a page about some part of the world needs.

    Args:
        code: M49 or the code of a group.
        filters: what narrows a list to it.
        members: M49 codes of its countries, for a country its own.
        areas: M49 codes that activities there name.
    """

    code: str
    names: Text
    kind: str
    filters: Filters
    members: tuple[str, ...]
    areas: tuple[str, ...]
    facts: list[Fact]

    @property
    def is_country(self) -> bool:
        """Whether it is a single country."""
        return self.kind == AreaKind.COUNTRY


def place(code: str, naming: Naming) -> Place | None:
    """Find a country or region by M49, or a group by its code."""
    area = vocabularies.area(code)
    if area:
        return _of_area(area, naming)
    group = next((each for each in vocabularies.groups() if each.code == code.lower()), None)
    return _of_group(group) if group else None


def _of_area(area: AreaEntry, naming: Naming) -> Place:
    members = tuple(vocabularies.countries_in(area.m49))
    filters: Filters
    if area.kind == AreaKind.WORLD:
        filters = {}
    elif area.kind == AreaKind.REGION:
        filters = {"region": (area.m49,)}
    else:
        filters = {"country": members}
    return Place(
        code=area.m49,
        names=area.names,
        kind=area.kind,
        filters=filters,
        members=members,
        areas=(area.m49, *members),
        facts=_area_facts(area, naming),
    )


def _of_group(group: GroupEntry) -> Place:
    members = tuple(sorted(vocabularies.members_of(group.code)))
    return Place(
        code=group.code,
        names=group.names,
        kind=group.kind,
        filters={"group": (group.code,)},
        members=members,
        areas=members,
        facts=[Fact(_("Kind of group"), [str(GroupKind(group.kind).label)])],
    )


def _area_facts(area: AreaEntry, naming: Naming) -> list[Fact]:
    above = [each for each in vocabularies.ancestors_of(area.m49) if each.kind != AreaKind.WORLD]
    larger = [
        Fact(str(AreaKind(each.kind).label), [naming.area_link(each.m49)])
        for each in reversed(above)
    ]
    groups = [_term(term, naming) for term in vocabularies.terms_of(area.m49)]
    member: list[Value] = [_("Yes") if area.is_un_member else _("No")]
    return [
        *larger,
        Fact(_("Groups"), groups),
        Fact(_("Member of the United Nations"), member if area.kind == AreaKind.COUNTRY else []),
        Fact(_("Code M49"), [area.m49]),
        Fact(_("Codes ISO 3166-1"), [code_of(each) for each in (area.iso2, area.iso3) if each]),
    ]


def _term(term: MembershipEntry, naming: Naming) -> Value:
    """Name a group with the term of the membership, as far as it is known."""
    told = {
        "group": naming.group(term.group),
        "start": formatted_date(term.joined),
        "end": formatted_date(term.left),
    }
    if term.joined and term.left:
        label = _("%(group)s, %(start)s to %(end)s") % told
    elif term.joined:
        label = _("%(group)s, since %(start)s") % told
    elif term.left:
        label = _("%(group)s, until %(end)s") % told
    else:
        label = told["group"]
    if term.status == MembershipStatus.ASSOCIATE:
        label = _("%(group)s (associate member)") % {"group": label}
    return Link(label, addresses.area(term.group))


def members_of(group: str) -> frozenset[str] | None:
    """Give the countries of a group, nothing when there is no such group."""
    known = {each.code for each in vocabularies.groups()}
    return vocabularies.members_of(group) if group in known else None


def group_views(naming: Naming, path: str, wanted: str) -> list[View]:
    """Give the choices of a map: the world or one of the development groups."""
    groups = vocabularies.groups(GroupKind.DEVELOPMENT_GROUP)
    is_known = wanted in {each.code for each in vocabularies.groups()}
    return [
        View(_("All countries"), f"{path}#world", not is_known),
        *(
            View(naming.group(each.code), f"{path}?group={each.code}#world", each.code == wanted)
            for each in groups
        ),
    ]
