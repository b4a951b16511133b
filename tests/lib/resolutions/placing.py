"""What every test of losslessness asks of a parsed text."""

from collections import defaultdict

from stocktake.lib.resolutions import Report, Resolution

_GONE = str.maketrans("", "", "\u00ad#:")


def bare(text: str) -> str:
    """The characters of a text without white space, soft hyphens and heading signs."""
    return "".join(text.translate(_GONE).split())


def unplaced(parsed: Resolution | Report) -> list[str]:
    """Stretches of the source that are in no piece, or in two."""
    faults, at = [], 0
    for piece in parsed.pieces:
        if piece.start != at:
            faults.append(parsed.source[min(at, piece.start) : max(at, piece.start)])
        at = max(at, piece.end)
    return faults + ([parsed.source[at:]] if at != len(parsed.source) else [])


def told(parsed: Resolution | Report) -> dict[str, str]:
    """The words of the result by place, as the source should give them."""
    words: dict[str, str] = defaultdict(str)
    for kind, parts in (("furniture", parsed.furniture), ("head", parsed.head)):
        for at, part in enumerate(parts, start=1):
            words[f"{kind} {at}"] = part.text
    for note in parsed.footnotes:
        words[f"footnote {note.number}"] += note.text
    words["title"] = parsed.identity.title or ""
    if isinstance(parsed, Report):
        for at, unit in enumerate(parsed.paragraphs, start=1):
            name = unit.number or f"unnumbered-{at}"
            words[f"paragraph {name}"] += (unit.heading or "") + unit.text
            for count, item in enumerate(unit.items, start=1):
                words[f"item {name}/{count}"] += item.text
        return words
    words["formula"] = parsed.formula or ""
    for each in parsed.preambular:
        words[f"preambular {each.number}"] = each.text
    for at, section in enumerate(parsed.sections, start=1):
        words[f"section {at}"] = section.heading
    for op in parsed.operative:
        name = "operative " + op.path.removeprefix("para/").replace("/para/", "/")
        words[name] += op.text
        for sub in op.subparagraphs:
            words[f"{name}/{sub.label}"] += sub.text
    return words


def misplaced(parsed: Resolution | Report) -> dict[str, tuple[str, str]]:
    """Places whose words are not those that the source has there."""
    placed: dict[str, list[str]] = defaultdict(list)
    for piece in parsed.pieces:
        if piece.role == "text":
            placed[piece.place].append(parsed.source[piece.start : piece.end])
    words = told(parsed)
    found = {}
    for place in {*placed, *words}:
        if place == "adoption" or place.startswith("preambular heading"):
            continue
        source, result = bare("".join(placed.get(place, []))), bare(words.get(place, ""))
        if source != result and sorted(source) != sorted(result):
            found[place] = (source, result)
    return found
