"""The parts of a resolution in the making: what the structure pass hands to the builder."""

from dataclasses import dataclass, field

from stocktake.lib.resolutions.blocks import Block
from stocktake.lib.resolutions.heading_verbs import HeadingVerb


@dataclass(slots=True)
class Sub:
    """A sub-paragraph in the making."""

    path: tuple[str, ...]
    blocks: list[Block]


@dataclass(slots=True)
class Op:
    """An operative paragraph in the making."""

    number: int | None
    part: str | None
    section: int | None
    blocks: list[Block]
    subs: list[Sub] = field(default_factory=list)
    heading: HeadingVerb | None = None
    run: int = 0
    tail: list[tuple[int, Block]] = field(default_factory=list)


@dataclass(slots=True)
class Heading:
    """A heading in the making, with the index of the first operative paragraph below it."""

    blocks: list[Block]
    part: str | None
    first: int
    verb: HeadingVerb | None = None


@dataclass(slots=True)
class Outline:
    """What a structure pass found; every block is in exactly one list or dropped."""

    formula: Block | None = None
    title: list[Block] = field(default_factory=list)
    preamble: list[tuple[str | None, list[Block]]] = field(default_factory=list)
    preamble_heads: list[tuple[HeadingVerb, Block]] = field(default_factory=list)
    preamble_titles: dict[int, list[Block]] = field(default_factory=dict)
    operative: list[Op] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    adoption: list[Block] = field(default_factory=list)
