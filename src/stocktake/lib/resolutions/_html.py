"""HTML → text by one pass over its tags; blocks become paragraphs, lists keep their numbers."""

import html
import re

from stocktake.lib.resolutions.wording import words

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLOCKS = frozenset(
    words(
        "address article aside blockquote body center dd div dl dt fieldset figure footer form "
        "h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table tr ul"
    )
)
_HIDDEN = frozenset(("script", "style", "head", "template", "noscript", "svg"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def looks_like_html(text: str) -> bool:
    """True when the text begins as an HTML file, or as a piece of one, does."""
    head = text[:2048].lstrip("\ufeff \t\r\n").lower()
    opening = ("<!doctype html", "<html", "<body", "<div", "<p>", "<p ", "<table", "<h1", "<ol")
    return head.startswith(opening)


def read_html(text: str) -> str:
    """Return the text that a reader of the page would see; unknown tags are left out."""
    reader = _Reader()
    at = 0
    while (opened := text.find("<", at)) >= 0:
        reader.text(text[at:opened])
        if text.startswith("<!--", opened):
            closed = text.find("-->", opened + 4)
            at = len(text) if closed < 0 else closed + 3
            continue
        closed = text.find(">", opened)
        if closed < 0:
            at = opened
            break
        at = closed + 1
        at = reader.tag(text[opened + 1 : closed], text, at)
    reader.text(text[at:])
    return reader.result()


class _Reader:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._superscript = False

    def text(self, raw: str) -> None:
        if not raw:
            return
        plain = html.unescape(raw)
        flat = " ".join(plain.split())
        if not flat:
            flat = " "
        else:
            flat = (" " if plain[0].isspace() else "") + flat + (" " if plain[-1].isspace() else "")
        stripped = flat.strip()
        if self._superscript and stripped.isdigit():
            flat = stripped.translate(SUPERSCRIPT)
        self._parts.append(flat)

    def tag(self, inner: str, text: str, after: int) -> int:
        """Take one tag; return where to go on reading."""
        closing = inner.startswith("/")
        words = inner.strip("/").split(None, 1)
        name = words[0].lower() if words else ""
        attributes = words[1] if len(words) > 1 else ""
        if name in _HIDDEN and not closing:
            ended = re.compile(f"</{name}", re.IGNORECASE).search(text, after)
            return ended.start() if ended else len(text)
        if name == "sup":
            self._superscript = not closing
        elif name == "br":
            self._parts.append("\n")
        elif name == "li" and not closing:
            self._parts.append("\n" + self._next_label())
        elif name in _BLOCKS:
            self._parts.append("\n\n")
            self._list(name, closing, attributes)
        elif name in ("td", "th"):
            self._parts.append("  ")
        return after

    def _list(self, name: str, closing: bool, attributes: str) -> None:
        if name not in ("ol", "ul"):
            return
        if closing:
            if self._lists:
                self._lists.pop()
            return
        kind = "•" if name == "ul" else "a" if 'type="a"' in attributes else "1"
        self._lists.append((kind, 0))

    def _next_label(self) -> str:
        if not self._lists:
            return "• "
        kind, count = self._lists[-1]
        self._lists[-1] = (kind, count + 1)
        if kind == "a":
            return f"({_LETTERS[count % 26]}) "
        return "• " if kind == "•" else f"{count + 1}. "

    def result(self) -> str:
        lines = [line.strip(" ") for line in "".join(self._parts).split("\n")]
        kept: list[str] = []
        for line in lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        return "\n".join(kept).strip("\n") + "\n"
