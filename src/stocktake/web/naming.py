"""Names of codes, areas and elements as a page shows them, from what is kept in memory."""

from collections.abc import Iterable
from functools import cached_property

from markupsafe import Markup

from stocktake.domain.activities.models import Activity
from stocktake.domain.frameworks import queries as frameworks
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.choices import AreaKind
from stocktake.lib.multilingual import Text
from stocktake.web import addresses
from stocktake.web.environment import code as code_of
from stocktake.web.environment import page_language, run
from stocktake.web.parts import Label, Link, Status, Tag


class Naming:
    """Names in one language; made once a page, it asks the database nothing for single names."""

    def __init__(self, language: str = "") -> None:
        self.language = language or page_language()
        self._vocabulary = vocabularies.current()
        self._elements = frameworks.elements()

    def code(self, codelist: str, code: str) -> str:
        """Name a code of a list; an unknown one names itself."""
        entry = self._vocabulary.codes.get(codelist, {}).get(code)
        return entry.names.best(self.language).text if entry else code

    def codes(self, codelist: str, codes: Iterable[str]) -> list[str]:
        """Name some codes of a list."""
        return [self.code(codelist, code) for code in codes]

    def status(self, code: str) -> Status | None:
        """Give a state with its word, nothing when there is none."""
        return Status(code, self.code("activity_status", code)) if code else None

    def area(self, m49: str) -> str:
        """Name a country, area or region."""
        entry = self._vocabulary.areas.get(m49)
        return entry.names.best(self.language).text if entry else m49

    def area_link(self, m49: str) -> Link:
        """Give a country, area or region with the address of its page."""
        return Link(self.area(m49), addresses.area(m49))

    def is_country(self, m49: str) -> bool:
        """Say whether an area is a country, and no region."""
        entry = self._vocabulary.areas.get(m49)
        return entry is not None and entry.kind == AreaKind.COUNTRY

    def letters(self, m49: str) -> str:
        """Give the two letters of ISO 3166-1 for a country."""
        entry = self._vocabulary.areas.get(m49)
        return entry.iso2 if entry and entry.iso2 else m49

    def group(self, code: str) -> str:
        """Name a group of countries."""
        entry = self._vocabulary.groups.get(code)
        return entry.names.best(self.language).text if entry else code

    def element(self, qualified_code: str) -> Label:
        """Name an element, in its own language where the page's is missing."""
        facts = self._elements.get(qualified_code)
        return facts.names if facts else qualified_code

    def element_text(self, qualified_code: str) -> str:
        """Name an element as plain text."""
        facts = self._elements.get(qualified_code)
        return facts.names.best(self.language).text if facts else qualified_code

    def element_line(self, qualified_code: str) -> Markup:
        """Name an element with its code before it, each in its own direction."""
        facts = self._elements.get(qualified_code)
        if facts is None:
            return code_of(qualified_code)
        return Markup("{} {}").format(code_of(facts.code), run(facts.names))

    def element_tag(self, qualified_code: str) -> Tag:
        """Give an element as a tag."""
        facts = self._elements.get(qualified_code)
        code = facts.code if facts else qualified_code
        return Tag(code, self.element(qualified_code), addresses.element(qualified_code))

    def element_order(self, qualified_code: str) -> tuple[int, str]:
        """Give the place of an element among all, for sorting."""
        return (self._places.get(qualified_code, len(self._places)), qualified_code)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._elements)}

    def organization(self, organization: Organization) -> Label:
        """Name an organization, its acronym behind in brackets."""
        return with_acronym(organization.names, organization.acronym)

    def organization_link(self, organization: Organization | None) -> Link | None:
        """Give an organization with the address of its page; nothing when it is not public."""
        if organization is None or organization.state != OrganizationState.PUBLISHED:
            return None
        return Link(self.organization(organization), addresses.organization(organization.public_id))

    def owner(self, activity: Activity) -> Link | None:
        """Give the owner of an activity, as far as it is public."""
        return self.organization_link(activity.owner)

    def process(self, code: str) -> str:
        """Name a process."""
        names = self._processes.get(code)
        return names.best(self.language).text if names else code

    @cached_property
    def _processes(self) -> dict[str, Text]:
        return {process.public_id: process.names for process in frameworks.processes()}

    def plain(self, text: Text) -> str:
        """Give a text in the page's language or the nearest there is."""
        return text.best(self.language).text


def with_acronym(names: Text, acronym: str) -> Text:
    """Put the acronym behind a name in each language, unless it is the name."""
    if not acronym or acronym in names.values.values():
        return names
    return Text(names.original, {tag: f"{name} ({acronym})" for tag, name in names.values.items()})
