"""Organizations of a run: found or created once, and remembered while the run lasts."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from stocktake.domain.activities.choices import Origin
from stocktake.domain.stakeholders.services import find_organizations, resolve_organizations
from stocktake.exchange.models import ImportedOrganization, ImportRun
from stocktake.exchange.staging import reference
from stocktake.kernel.common.actors import Actor

_REMEMBERED = 20_000


class Organizations:
    """Public identifiers of organizations by written reference; the latest are remembered."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()

    def find(self, refs: Iterable[str]) -> dict[str, str]:
        """Give the organizations that exist."""
        wanted = dict.fromkeys(refs)
        found = {ref: self._known[ref] for ref in wanted if ref in self._known}
        unknown = {reference(ref): ref for ref in wanted if ref not in found}
        for ref, organization in find_organizations(unknown).items():
            found[unknown[ref]] = organization.public_id
        return found

    def resolve(self, actor: Actor, refs: Iterable[str], run: ImportRun) -> dict[str, str]:
        """Give every organization, creating those that are missing as the run's own."""
        wanted = list(dict.fromkeys(refs))
        found = self.find(wanted)
        missing = {reference(ref): ref for ref in wanted if ref not in found}
        if missing:
            made = resolve_organizations(actor, missing, origin=Origin.IMPORT)
            for ref, organization in made.items():
                found[missing[ref]] = organization.public_id
            keys = dict.fromkeys(organization.pk for organization in made.values())
            ImportedOrganization.objects.bulk_create(
                ImportedOrganization(run=run, organization_id=key) for key in keys
            )
        return found

    def forget(self) -> None:
        """Look everything up again: something was removed meanwhile."""
        self._known.clear()

    def remember(self, found: Mapping[str, str]) -> None:
        """Keep what a committed transaction found or made."""
        self._known.update(found)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
