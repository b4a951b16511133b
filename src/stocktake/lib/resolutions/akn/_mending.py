"""Mark-up that swallowed a verb, an annex or a number: they are put where they should stand.

ITU's files hold `…, instructs the Secretary-General` at the end of a paragraph above a new `1`,
and paragraphs without a number whose words begin with it.
"""

from itertools import pairwise

from stocktake.lib.formats.safexml import Element
from stocktake.lib.resolutions.akn._nodes import label_of, local_name
from stocktake.lib.resolutions.unfolding import ANNEX, swallowed_verb

_UNITS = frozenset(("paragraph", "article", "clause", "rule"))


def mend(document: Element) -> None:
    """Change the tree of a document in place; no word is lost."""
    for container in [each for each in document.iter() if _is_list(each)]:
        units = [child for child in container if local_name(child) in _UNITS]
        _number_first(units)
        _cut_headings(container)


def _is_list(node: Element) -> bool:
    return any(local_name(child) == "heading" for child in node) and local_name(node) != "recitals"


def _number_first(units: list[Element]) -> None:
    """`1 that …` without a number, above the paragraph numbered 2."""
    for unit, following in pairwise(units):
        first = _first_words(unit)
        if first is None or label_of(unit) or label_of(following).rstrip(".") != "2":
            continue
        words = (first.text or "").lstrip()
        if words.startswith("1 "):
            first.text = words[2:]
            number = unit.makeelement(_named(unit, "num"))
            number.text = "1"
            unit.insert(0, number)


def _first_words(unit: Element) -> Element | None:
    """The first element of a unit that holds words of its own."""
    return next((each for each in unit.iter() if (each.text or "").strip()), None)


def _cut_headings(container: Element) -> None:
    """A verb at the end of a paragraph above a new `1`, or an annex, opens its own container."""
    parent = container.getparent()
    if parent is None:
        return
    nodes = list(container)
    place = container
    for at, node in enumerate(nodes):
        if place is not container:
            place.append(node)
        last = _last_words(node) if local_name(node) in _UNITS else None
        words = (last.text or "") if last is not None else ""
        cuts = _cuts(words, nodes[at + 1 : at + 2])
        if last is not None and cuts:
            last.text = words[: cuts[0][0]].rstrip()
        stops = [*(start for start, _ in cuts[1:]), len(words)]
        for (start, end), stop in zip(cuts, stops, strict=False):
            made = _section(container, words[start:end], words[end:stop])
            parent.insert(parent.index(place) + 1, made)
            place = made


def _section(like: Element, title: str, words: str) -> Element:
    """A container with a heading and, where there are more words, a paragraph of them."""
    made = like.makeelement(_named(like, "hcontainer"), {"name": "section"})
    _below(made, "heading").text = title.strip()
    if words.strip():
        _below(_below(_below(made, "paragraph"), "content"), "p").text = words.strip()
    return made


def _below(parent: Element, name: str) -> Element:
    """Add an empty element at the end of another."""
    made = parent.makeelement(_named(parent, name))
    parent.append(made)
    return made


def _cuts(words: str, following: list[Element]) -> list[tuple[int, int]]:
    """Where headings begin and end within the words of a paragraph."""
    found = [(m.start(), m.end()) for m in ANNEX.finditer(words)]
    verb = swallowed_verb(words)
    if verb is not None and following and label_of(following[0]).rstrip(".") == "1":
        found.append((verb, len(words)))
    return found


def _last_words(unit: Element) -> Element | None:
    """The element whose words end a unit, where it holds nothing else."""
    last = [each for each in unit.iter() if (each.text or "").strip()]
    if not last or len(last[-1]) or any((each.tail or "").strip() for each in unit.iter()):
        return None
    return last[-1]


def _named(node: Element, name: str) -> str:
    """Return a name in the namespace of a node."""
    tag = str(node.tag)
    return f"{tag.rpartition('}')[0]}}}{name}" if "}" in tag else name
