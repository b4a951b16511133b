"""Fields of work: how often they occur, what they relate to, where languages are at home."""

from collections.abc import Mapping, Sequence

from stocktake.lib.sampling._tables import Table, spread

_WEIGHTS = {
    "C1": 9, "C2": 13, "C3": 12, "C4": 13, "C5": 6, "C6": 5,
    "C7.government": 9, "C7.business": 5, "C7.learning": 9, "C7.health": 6, "C7.employment": 3,
    "C7.environment": 4, "C7.agriculture": 5, "C7.science": 3,
    "C8": 5, "C9": 3, "C10": 2, "C11": 5,
}  # fmt: skip
_RELATED = {
    "C1": ("17.14", "16.6", "17.17"),
    "C2": ("9.c", "9.1", "11", "7"),
    "C3": ("16.10", "9.c", "10.2"),
    "C4": ("4.4", "5.b", "8.6"),
    "C5": ("16.2", "16.a", "9.1"),
    "C6": ("9.c", "10.3", "17.14"),
    "C7.government": ("16.6", "16.10", "16.5"),
    "C7.business": ("8.3", "9.3", "17.11"),
    "C7.learning": ("4", "4.a", "4.1"),
    "C7.health": ("3.8", "3.c", "3.d"),
    "C7.employment": ("8.5", "8.6", "4.4"),
    "C7.environment": ("13.1", "11.5", "12.5"),
    "C7.agriculture": ("2.3", "2.a", "1.4"),
    "C7.science": ("9.5", "17.6", "9.b"),
    "C8": ("11.4", "4.7", "10.2"),
    "C9": ("16.10", "4.7", "5.b"),
    "C10": ("16.2", "10.2", "16.7"),
    "C11": ("17.16", "17.18", "17.9"),
}
_TYPE_WEIGHTS = {"project": 40, "programme": 16, "training": 12, "website": 8, "conference": 7,
                 "infrastructure": 6, "publication": 4, "policy": 4, "toolkit": 2}  # fmt: skip
_HOMES = {
    "en": "404 288 566 710 800 834 356 586 050 144 608 242 598 388 780 826 372 840 124 036 554 "
          "646 454 894 716 690 480 270 694 548 776 882",
    "fr": "686 466 854 562 204 384 120 450 180 178 266 768 324 148 262 174 108 250 056 756 332",
    "es": "170 604 068 218 152 032 858 600 484 320 222 340 558 188 591 214 192 862 724 226",
    "ru": "643 112 398 417 762",
    "ar": "818 504 788 012 434 729 682 784 512 414 634 048 400 422 368 760 887 478 275",
    "zh": "156 702",
}  # fmt: skip


def fields_among(elements: Sequence[str]) -> dict[str, str]:
    """Map the fields of work to the qualified codes of the elements that stand for them."""
    found: dict[str, str] = {}
    for element in elements:
        found.setdefault(own_code(element), element)
    return {field: found[field] for field in _WEIGHTS if field in found}


def own_code(element: str) -> str:
    """Give the code of an element without its framework."""
    return element.partition(":")[2]


def weights(fields: Mapping[str, str]) -> list[float]:
    """Weigh fields of work about as the register's real reports do."""
    return [float(_WEIGHTS[field]) for field in fields]


def type_weights(types: Sequence[str]) -> list[float]:
    """Weigh types of activity; unknown ones occur rarely."""
    return [float(_TYPE_WEIGHTS.get(code, 1)) for code in types]


def further_elements(elements: Sequence[str], fields: Mapping[str, str]) -> dict[str, Table[str]]:
    """Give each field a table of elements outside the fields, related ones far more often."""
    others = [element for element in elements if element not in fields.values()]
    if not others:
        return {}
    tables = {}
    for field in fields:
        related = [element for element in others if own_code(element) in _RELATED[field]]
        rest = [element for element in others if element not in related]
        shares = [30.0 / len(related)] * len(related) if related else []
        tables[field] = spread(related + rest, shares + [10.0 / max(1, len(rest))] * len(rest), 12)
    return tables


def homes(language: str, countries: Mapping[str, str]) -> list[str]:
    """List the given countries where a language is at home; all of them if none is given."""
    return [code for code in _HOMES[language].split() if code in countries] or list(countries)
