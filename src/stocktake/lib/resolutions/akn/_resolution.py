"""The body of a resolution as Akoma Ntoso."""

from stocktake.lib.resolutions.akn._common import Writer, plain, slug
from stocktake.lib.resolutions.model import (
    Operative,
    Preambular,
    Resolution,
    Section,
    Subparagraph,
)


class ResolutionWriter(Writer):
    def __init__(self, parsed: Resolution) -> None:
        super().__init__(parsed.footnotes)
        self._parsed = parsed
        self._next = 0
        self._named: dict[tuple[str | None, str | None], list[int]] = {}
        for at, section in enumerate(parsed.sections):
            self._named.setdefault((section.heading, section.part), []).append(at)
        self._used = {(op.section, op.part) for op in parsed.operative}
        self._intros: dict[str | None, list[Preambular]] = {}
        for each in parsed.preambular:
            self._intros.setdefault(each.part, []).append(each)

    def lines(self) -> list[str]:
        """Return preface, preamble, body and conclusions."""
        parsed, identity = self._parsed, self._parsed.identity
        made: list[str] = []
        head = []
        if identity.symbol:
            head.append(f"<p><docNumber>{plain(identity.symbol)}</docNumber></p>")
        if identity.title:
            head.append(f"<p><docTitle>{plain(identity.title)}</docTitle></p>")
        if head:
            made += ["<preface>", f'<longTitle eId="longTitle_1">{head[0]}</longTitle>']
            made += [*(f'<container name="title" eId="container_title">{h}</container>'
                       for h in head[1:]), "</preface>"]  # fmt: skip
        main = [each for each in parsed.preambular if each.part is None]
        if parsed.formula or main:
            made += ["<preamble>", *self._formula(parsed.formula), *self._recitals(main)]
            made.append("</preamble>")
        made += ["<mainBody>", *(self._body() or ["<p/>"]), "</mainBody>"]
        return made + self._conclusions()

    def _formula(self, formula: str | None) -> list[str]:
        if not formula:
            return []
        return [
            f'<formula name="enactingFormula" eId="formula_1"><p>{plain(formula)}</p></formula>'
        ]

    def _recitals(self, recitals: list[Preambular]) -> list[str]:
        made: list[str] = []
        heading: str | None = None
        opened = False
        for each in recitals:
            if not opened or each.heading != heading:
                made += ["</recitals>"] if opened else []
                made.append(f'<recitals eId="{self.id("recs")}">')
                if each.heading:
                    made.append(f"<intro><p><i>{plain(each.heading)}</i></p></intro>")
                opened, heading = True, each.heading
            words = self.text(each.text, each.footnotes, each.references)
            num = f"<num>{plain(each.printed)}</num>" if each.printed else ""
            made.append(f'<recital eId="{self.id(f"rec_{each.number}")}">{num}{words}</recital>')
        return [*made, "</recitals>"] if opened else made

    def _body(self) -> list[str]:
        """Sections around the paragraphs they cover, parts around all."""
        made: list[str] = []
        opened: str | None = None
        shown: set[int] = set()
        recited: set[str | None] = {None}
        for op in self._parsed.operative:
            if op.part not in recited:
                recited.add(op.part)
                made += ["</hcontainer>"] if opened is not None else []
                opened = None
                made += self._part_preamble(op.part)
            section = self._section_of(op)
            name = None if section is None else str(section)
            if name != opened:
                made += ["</hcontainer>"] if opened is not None else []
                made += self._bare_headings(shown, section)
                if section is not None:
                    made += self._open(self._parsed.sections[section])
                    shown.add(section)
                opened = name
            made.append(self._paragraph(op))
        made += ["</hcontainer>"] if opened is not None else []
        made += self._bare_headings(shown, None)
        parts = [each.part for each in self._parsed.preambular if each.part not in recited]
        return made + [line for part in dict.fromkeys(parts) for line in self._part_preamble(part)]

    def _section_of(self, op: Operative) -> int | None:
        for at in self._named.get((op.section, op.part), ()):
            section = self._parsed.sections[at]
            covers = section.first is None or op.number is None
            if covers or (section.first or 0) <= (op.number or 0) <= (section.last or 0):
                return at
        return None

    def _open(self, section: Section) -> list[str]:
        identifier = self.id(f"sec_{len(self._ids) + 1}")
        return [
            f'<hcontainer name="section" eId="{identifier}">',
            f"<heading>{plain(section.heading)}</heading>",
        ]

    def _bare_headings(self, shown: set[int], before: int | None) -> list[str]:
        """Headings with no paragraph of their own, which stand before the given one."""
        end = len(self._parsed.sections) if before is None else before
        made: list[str] = []
        for at in range(self._next, end):
            section = self._parsed.sections[at]
            empty = section.first is None and (section.heading, section.part) not in self._used
            if at not in shown and empty:
                shown.add(at)
                made += [*self._open(section), "<content><p/></content>", "</hcontainer>"]
        self._next = max(self._next, end)
        return made

    def _part_preamble(self, part: str | None) -> list[str]:
        return [
            f'<paragraph eId="{self.id("para_intro")}"><content>'
            f"{self.text(each.text, each.footnotes, each.references)}</content></paragraph>"
            for each in self._intros.get(part, ())
        ]

    def _paragraph(self, op: Operative) -> str:
        number = "unnumbered" if op.number is None else str(op.number)
        prefix = f"{slug(op.part).replace('-', '_')}__" if op.part else ""
        identifier = self.id(f"{prefix}para_{number}")
        label = op.printed or (f"{op.number}." if op.number is not None else "")
        num = f"<num>{plain(label)}</num>" if label else ""
        words = self.text(op.text, op.footnotes, op.references)
        if not op.subparagraphs:
            return f'<paragraph eId="{identifier}">{num}<content>{words}</content></paragraph>'
        points = self._points(list(op.subparagraphs), identifier, 1)
        intro = f"<intro>{words}</intro>" if op.text or op.footnotes else ""
        return f'<paragraph eId="{identifier}">{num}{intro}{points}</paragraph>'

    def _points(self, subs: list[Subparagraph], parent: str, level: int) -> str:
        """Pieces of one level, deeper ones inside the piece before them."""
        made = ""
        at = 0
        while at < len(subs):
            sub = subs[at]
            end = at + 1
            while end < len(subs) and subs[end].label.count("/") >= level:
                end += 1
            label = slug(sub.label.rpartition("/")[2]) or "item"
            identifier = self.id(f"{parent}__{label}")
            num = f"<num>{plain(sub.printed or _printed(sub.label))}</num>"
            words = self.text(sub.text)
            inner = self._points(subs[at + 1 : end], identifier, level + 1)
            body = f"<intro>{words}</intro>{inner}" if inner else f"<content>{words}</content>"
            made += f'<point eId="{identifier}">{num}{body}</point>'
            at = end
        return made

    def _conclusions(self) -> list[str]:
        identity = self._parsed.identity
        words = [each for each in (identity.meeting, identity.adopted) if each]
        notes = self.loose_notes()
        if not words and not notes:
            return []
        return ["<conclusions>", *(f"<p>{plain(each)}</p>" for each in words), *notes,
                "</conclusions>"]  # fmt: skip


def _printed(label: str) -> str:
    last = label.rpartition("/")[2]
    return "•" if last.startswith("•") else f"({last})"
