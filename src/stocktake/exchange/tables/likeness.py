"""New rows that look like entries known under another spelling of their organization."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from stocktake.domain.activities.models import ExternalIdentifier
from stocktake.domain.stakeholders.models import Organization
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables.mapping import SCHEME, Key, Mapped
from stocktake.lib.formats.problems import gettext_noop, shortened
from stocktake.lib.multilingual import spelling_key

_ALIKE = 0.85
"""How equal two spellings must be, from 0 to 1, by `difflib`: one letter in seven may differ."""

_MOST = 20
"""Organizations that use one number and are compared; where more do, it is mere counting."""


@dataclass(frozen=True)
class _Known:
    """An entry of the register or of a row before: where it is, its title, its organization."""

    where: str
    title: str
    names: tuple[str, ...]


class Likeness:
    """What the new rows of one file look like."""

    def notes(self, rows: Sequence[Mapped]) -> dict[Key, list[Fault]]:
        """Say of each new entry which known one it looks like, and count it among the known."""
        found: dict[Key, list[Fault]] = {}
        for mapped in rows:
            whose, number = _parts(*mapped.key)
            if not number:
                continue
            others = self._organizations.setdefault(number, {})
            if whose not in others:
                title = str(mapped.draft.title)
                for known in self._entries(number, others):
                    same_title = spelling_key(title) == spelling_key(known.title)
                    if same_title or any(_is_alike(whose, name) for name in known.names):
                        found[mapped.key] = [_note(mapped, known)]
                        break
                others[whose] = _Known(str(mapped.row.record.row), title, (whose,))
        return found

    def _entries(self, number: str, others: dict[str, _Known | None]) -> Iterable[_Known]:
        """Give the entries of a number, those of the register looked up now."""
        asked = list(others)[:_MOST]
        values = [f"{whose}/{number}" for whose in asked if others[whose] is None]
        if values:
            rows = ExternalIdentifier.objects.filter(scheme=SCHEME, value__in=values)
            for row in rows.select_related("activity__owner"):
                whose, _number = _parts(SCHEME, row.value)
                names = (whose, *_names(row.activity.owner))
                others[whose] = _Known(row.activity.public_id, str(row.activity.title), names)
        return [known for whose in asked if (known := others[whose])]

    @cached_property
    def _organizations(self) -> dict[str, dict[str, _Known | None]]:
        """Give the organizations of the register by the numbers that they use."""
        found: dict[str, dict[str, _Known | None]] = {}
        values = ExternalIdentifier.objects.filter(scheme=SCHEME).values_list("value", flat=True)
        for value in values.iterator():
            whose, number = _parts(SCHEME, value)
            if number:
                found.setdefault(number, {})[whose] = None
        return found


def _parts(scheme: str, value: str) -> tuple[str, str]:
    """Give an organization's spelling and its number; "" where the key is of another kind."""
    whose, _slash, number = value.partition("/")
    is_number = scheme == SCHEME and not value.startswith(("~", "iati:"))
    return (whose, number) if is_number else ("", "")


def _names(owner: Organization | None) -> tuple[str, ...]:
    if owner is None:
        return ()
    names = (*owner.names.values.values(), *owner.aliases, owner.acronym)
    return tuple(spelling_key(name) for name in names if name)


@lru_cache(maxsize=50_000)  # the same organizations meet at each number that they share
def _is_alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one == other or one in _initials(other) or other in _initials(one):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _initials(name: str) -> tuple[str, ...]:
    """Give the initials of a name of several words, with and without its small words."""
    words = name.split()
    letters = ("".join(word[0] for word in words), "".join(w[0] for w in words if len(w) > 3))
    return tuple(each for each in letters if len(each) > 1)


def _note(mapped: Mapped, known: _Known) -> Fault:
    row = mapped.row
    told = {
        "identifier": shortened(row.identifier),
        "title": shortened(known.title),
        "where": known.where,
    }
    template = _LIKE_ROW if known.where.isdigit() else _LIKE
    column = row.header("organization", "owner_id")
    return Fault(template, told, row.file, row.record.row, row.identifier, column, "looks-like")


_LIKE = gettext_noop(
    "%(identifier)s looks like %(where)s (“%(title)s”), which has the same identifier under "
    "another spelling of the organization; it is an entry of its own."
)
_LIKE_ROW = gettext_noop(
    "%(identifier)s looks like row %(where)s (“%(title)s”), which has the same identifier under "
    "another spelling of the organization; it is an entry of its own."
)
