"""What people write in a cell, as a code of the register: codes themselves, or names in any of
the six languages.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from stocktake.domain.frameworks.queries import elements
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.services import OUR_SCHEME, OrganizationRef
from stocktake.kernel.vocabularies.queries import area, area_by_iso, area_labels, codes_of
from stocktake.lib.multilingual import LANGUAGES, Text, spelling_key


class Lookup:
    """Codes by what people call them; made once for a file."""

    def __init__(self) -> None:
        self._codelists: dict[str, Mapping[str, str]] = {}
        self._frameworks: dict[str, Mapping[str, str]] = {}
        self._organizations: dict[str, frozenset[str] | None] = {}

    def code(self, codelist: str, written: str) -> str:
        """Give the code of a list, "" when nothing of the list is called so."""
        if codelist not in self._codelists:
            rows = codes_of(codelist, with_withdrawn=True)
            self._codelists[codelist] = _by_name((row.code, row.names) for row in rows)
        return self._codelists[codelist].get(spelling_key(written), "")

    def area(self, written: str) -> str:
        """Give the M49 code of a country or area by M49, ISO code or name."""
        code = written.strip()
        if code.isascii() and code.isdigit() and area(code.zfill(3)):
            return code.zfill(3)
        if code.isascii() and len(code) in (2, 3) and (country := area_by_iso(code)):
            return country.m49
        return self._areas.get(spelling_key(written), "")

    def element(self, framework: str, written: str) -> str:
        """Give the qualified code of an element by qualified code, own code or name."""
        known = elements()
        if written in known:
            return written
        if framework not in self._frameworks:
            rows = [facts for facts in known.values() if facts.framework == framework]
            names = _by_name((facts.qualified_code, facts.names) for facts in rows)
            codes = {_plain(facts.code): facts.qualified_code for facts in rows}
            self._frameworks[framework] = {**names, **codes}
        found = self._frameworks[framework]
        first_word = written.split()[0].rstrip(".:") if written.split() else ""
        for told in (_plain(written), spelling_key(written), _plain(first_word)):
            if told in found:
                return found[told]
        return ""

    def load_organizations(self, public_ids: Iterable[str]) -> None:
        """Look some organizations of the register up at once."""
        wanted = set(public_ids) - self._organizations.keys()
        self._organizations.update(dict.fromkeys(wanted))
        for found in Organization.objects.filter(public_id__in=wanted) if wanted else ():
            self._organizations[found.public_id] = _labels(found)

    def organization(self, public_id: str) -> OrganizationRef | None:
        """Give a reference to an organization of the register, None where there is none."""
        if self._labels(public_id) is None:
            return None
        return OrganizationRef(scheme=OUR_SCHEME, value=public_id)

    def is_code_of(self, codelist: str, code: str, name: str) -> bool:
        """Say whether a name does not speak against a code of a list."""
        rows = codes_of(codelist, with_withdrawn=True)
        names = next((row.names for row in rows if row.code == code), Text())
        return _is_among(name, (code, *names.values.values())) or not self.code(codelist, name)

    def is_area_of(self, m49: str, name: str) -> bool:
        """Say whether a name does not speak against the code of an area."""
        return self.area(name) in ("", m49)

    def is_element_of(self, qualified_code: str, name: str) -> bool:
        """Say whether a name does not speak against the code of an element."""
        facts = elements()[qualified_code]
        names = (qualified_code, facts.code, *facts.names.values.values())
        if _is_among(name, names):
            return True
        return self.element(facts.framework, name) in ("", qualified_code)

    def is_organization_of(self, public_id: str, name: str) -> bool:
        """Say whether an organization of the register goes by a name."""
        return spelling_key(name) in (self._labels(public_id) or ())

    def _labels(self, public_id: str) -> frozenset[str] | None:
        """Give the spellings of an organization's names, None where there is none."""
        self.load_organizations([public_id])
        return self._organizations[public_id]

    @cached_property
    def _areas(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for language in LANGUAGES:
            for m49, label in area_labels(language).items():
                names.setdefault(spelling_key(label), m49)
        return names


def _labels(organization: Organization) -> frozenset[str]:
    names = (*organization.names.values.values(), *organization.aliases)
    acronym = organization.acronym
    with_acronym = (f"{name} ({acronym})" for name in names if acronym)
    return frozenset(map(spelling_key, (*names, *with_acronym, *filter(None, (acronym,)))))


def _is_among(name: str, names: Iterable[str]) -> bool:
    return spelling_key(name) in set(map(spelling_key, names))


def _by_name(rows: Iterable[tuple[str, Text]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in rows:
        for name in (code, *names.values.values()):
            found.setdefault(spelling_key(name), code)
    return found


def _plain(code: str) -> str:
    return f"code {code.strip().casefold()}"
