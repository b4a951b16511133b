"""Several texts in one file: `documentCollection` of Akoma Ntoso 3.0, out and in."""

from lxml import etree

from stocktake.lib.resolutions.akn._common import plain
from stocktake.lib.resolutions.akn._nodes import all_named, children
from stocktake.lib.resolutions.akn.reading import (
    from_akn,
    is_document,
    read_document,
    read_root,
)
from stocktake.lib.resolutions.akn.writing import meta_lines, opened, to_akn
from stocktake.lib.resolutions.errors import NO_AKN, UnreadableTextError
from stocktake.lib.resolutions.model import Collection, Identity, Report, Resolution

_LINKS = ("href", "source", "refersTo")


def every_from_akn(data: bytes | str) -> Resolution | Report | Collection:
    """Read what `from_akn` reads, or all such documents of a collection.

    Raises:
        UnreadableTextError: as `from_akn`.
    """
    root = read_root(data)
    if not children(root, "documentCollection"):
        return from_akn(data)
    found = [
        child
        for component in all_named(root, "component")
        for child in component
        if is_document(child)
    ]
    if not found:
        raise UnreadableTextError(NO_AKN)
    return Collection(tuple(read_document(each) for each in found), (), "", ())


def collection_to_akn(parsed: Collection) -> str:
    """Return the XML of a collection; ids of its parts begin with `cmp_1__`, `cmp_2__` …"""
    whole = Identity(title="Collection", language=parsed.resolutions[0].identity.language)
    lines = [*opened(), '<documentCollection name="collection">', *meta_lines(whole, "doc")]
    front = [part for part in parsed.front.split("\n\n") if part.strip()]
    if front:
        paragraphs = "".join(f"<p>{plain(part)}</p>" for part in front)
        lines.append(f"<preface>{paragraphs}</preface>")
    lines.append("<collectionBody>")
    for number, each in enumerate(parsed.resolutions, start=1):
        lines += [f'<component eId="cmp_{number}">', _component(each, number), "</component>"]
    lines += ["</collectionBody>", "</documentCollection>", "</akomaNtoso>"]
    return "\n".join(lines) + "\n"


def _component(parsed: Resolution | Report, number: int) -> str:
    """One text whose ids, and the links to them, are its own in the collection."""
    document = read_root(to_akn(parsed))[0]
    for element in document.iter():
        if "eId" in element.attrib:
            element.set("eId", f"cmp_{number}__{element.get('eId')!s}")
        for name in _LINKS:
            target = str(element.get(name, ""))
            if target.startswith("#"):
                element.set(name, f"#cmp_{number}__{target[1:]}")
    return etree.tostring(document, encoding="unicode").strip()
