"""Groups of addressees told by their last noun: `other relevant humanitarian organizations`."""

import re

from stocktake.lib.resolutions.wording import words

_OF_SYSTEM = re.compile(
    r"([^;:.]{1,140}?) (?:of|within) the united nations(?: (?:development )?system)?(?![\w-])"
)
_UN = re.compile(
    r"(?:[\w-]+ ){0,3}?united nations (?:[\w-]+ ){0,3}?"
    r"(?:entities|organizations|agencies|bodies|funds(?: and programmes)?|programmes)\b"
)
_NAMED = re.compile(
    r"((?:(?:[\w’-]+, )*[\w’-]+ and )?(?:[\w’-]+ ){1,4}?)"
    r"(organizations|agencies|bodies|institutions|actors|stakeholders|partners|states|countries|"
    r"governments|state)\b"
)
_PARTS = frozenset(
    words(
        "funds programmes organs agencies organizations bodies entities institutions offices "
        "commissions parts components"
    )
)
_STOPS = frozenset(
    words(
        "states state countries governments secretary-general that which who to of in with for by "
        "as on at including its their this these those subsidiary president chair report reports "
        "system all resolution decision not be is are"
    )
)
_OTHERS = _STOPS | frozenset(
    words("inter alia actors organizations stakeholders partners sector media united nations")
)
"""Words that do not narrow a group but name another one before it."""
_KINDS = (
    (frozenset(("financial", "lending")), "FINANCIAL_INSTITUTIONS"),
    (frozenset(("non-governmental", "civil", "community-based", "women’s")), "CIVIL_SOCIETY"),
    (frozenset(("academic", "research", "scientific", "educational")), "ACADEMIA"),
)
_ABROAD = frozenset(words("intergovernmental international regional subregional"))


def group_of(bare: str) -> tuple[str, int] | None:
    """Return code and width of the group that words in small letters begin with."""
    system = _OF_SYSTEM.match(bare)
    if system:
        parts = system[1].replace(",", " ").split()
        if parts[-1] in _PARTS and not _STOPS & {*parts} - {"all"}:
            return "UN_ENTITIES", system.end()
    own = _UN.match(bare)
    if own and not {"and", "or", *_STOPS} & {*own.group().split()[:-1]} - {"all", *_PARTS}:
        return "UN_ENTITIES", own.end()
    named = _NAMED.match(bare)
    if named is None or _OTHERS & {*named[1].replace(",", " ").split()}:
        return None
    return _of_noun(named[2], named[1]), named.end()


def _of_noun(noun: str, adjectives: str) -> str:
    told = {*adjectives.replace(",", " ").split()}
    if noun in ("states", "countries", "governments", "state"):
        return "DONORS" if "donor" in told else "ALL_STATES"
    kind = next((code for marks, code in _KINDS if told & marks), None)
    if kind is not None:
        return kind
    if noun in ("actors", "stakeholders", "partners"):
        return "PRIVATE_SECTOR" if "private" in told else "ALL_STAKEHOLDERS"
    return "INTL_REGIONAL_ORGS" if told & _ABROAD and "other" not in told else "OTHER_ORGS"
