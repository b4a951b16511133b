"""The body of a report as Akoma Ntoso."""

from stocktake.lib.resolutions.akn._common import Writer, plain
from stocktake.lib.resolutions.model import Paragraph, Report


class ReportWriter(Writer):
    def __init__(self, parsed: Report) -> None:
        super().__init__(parsed.footnotes)
        self._parsed = parsed

    def lines(self) -> list[str]:
        """Return preface and body."""
        title = self._parsed.identity.title
        made = []
        if title:
            made.append(
                f'<preface><longTitle eId="longTitle_1"><p><docTitle>{plain(title)}</docTitle></p>'
                "</longTitle></preface>"
            )
        body = [self._unit(each) for each in self._parsed.paragraphs]
        made += ["<mainBody>", *(body or ["<p/>"]), "</mainBody>"]
        notes = self.loose_notes()
        return [*made, "<conclusions>", *notes, "</conclusions>"] if notes else made

    def _unit(self, each: Paragraph) -> str:
        number = each.number or "unnumbered"
        identifier = self.id(f"para_{number.replace('.', '-')}")
        num = f"<num>{each.number}</num>" if each.number else ""
        heading = f"<heading>{plain(each.heading)}</heading>" if each.heading else ""
        words = self.text(each.text, each.footnotes, each.references)
        if not each.items:
            body = f"<content>{words}</content>"
        else:
            points = "".join(
                f'<point eId="{self.id(f"{identifier}__{at}")}">'
                f"{_num(item.label)}<content>{self.text(item.text)}</content></point>"
                for at, item in enumerate(each.items, start=1)
            )
            body = f"<intro>{words}</intro>{points}"
        return f'<paragraph eId="{identifier}">{num}{heading}{body}</paragraph>'


def _num(label: str | None) -> str:
    return f"<num>{plain(label)}</num>" if label else ""
