"""The pool of invented organizations that own and take part in generated activities."""

from collections.abc import Mapping, Sequence
from random import Random

from stocktake.lib.sampling._phrases import read_phrases
from stocktake.lib.sampling._records import Codes, GeneratedOrganization

POOL = 2000
TYPES = ("government", "private_sector", "civil_society", "academia", "international_organization")
_WEIGHTS = (38, 16, 26, 12, 8)


def invent_organizations(
    codes: Codes,
    chance: Random,
    *,
    names: Mapping[str, Sequence[str]],
    homes: Mapping[str, Sequence[str]],
    shares: Mapping[str, int],
    count: int = POOL,
) -> dict[str, list[GeneratedOrganization]]:
    """Invent organizations by language, each with its identifier, type and seat.

    Args:
        codes: where they may be seated.
        chance: the source of chance.
        names: invented names in the spelling of each language.
        homes: M49 codes of the countries where a language is at home.
        shares: percent of the pool for each language.
        count: size of the pool.
    """
    pool: dict[str, list[GeneratedOrganization]] = {}
    number = 0
    for language, share in shares.items():
        patterns = read_phrases(language).kinds["organization"]
        own = pool.setdefault(language, [])
        picked = chance.sample(range(len(names[language])), max(1, count * share // 100))
        for name in picked:
            number += 1
            kind = chance.choices(range(len(TYPES)), _WEIGHTS)[0]
            pattern = patterns[2 * kind + chance.getrandbits(1)]
            abroad = TYPES[kind] == "international_organization"
            own.append(
                GeneratedOrganization(
                    identifier=f"XX-INVENTED-{number:05d}",
                    name=pattern.format(name=names[language][name]),
                    language=language,
                    type=TYPES[kind],
                    country="" if abroad else chance.choice(homes[language]),
                )
            )
    return pool
