"""IATI activities without the persons to contact: what may be kept of a source.

Of `contact-info` only the office stays (its type, organisation, department and website); names,
job titles, telephone numbers, e-mail and postal addresses go, and so does whatever is unknown.
"""

import re
from collections.abc import Iterator

_NAME = b"contact-info"
_OFFICE = (b"organisation", b"department", b"website")
_WORDING = b"narrative"
_ASIDES = (b"<!--", b"<![CDATA[", b"<?")
_ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ELEMENT = rb"<(?:[^\s<>/!?:]++:)?contact-info(?=[\s/>])"
_START = re.compile(_ASIDE + rb"|" + _ELEMENT, re.DOTALL)
_PLAIN_START = re.compile(_ELEMENT)
_TOKEN = re.compile(
    rb"(?P<comment><!--.*?-->)|(?P<aside><!\[CDATA\[.*?\]\]>|<\?.*?\?>)"
    rb"|<(?P<end>/?)(?P<name>[^\s<>/!?]+)(?P<rest>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
_PLAIN = re.compile(rb"\s(?:type|xmlns(?::[^\s=]+)?)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def without_contacts(source: bytes) -> bytes:
    """Give a source without the personal parts of its contacts; nothing else is changed.

    Comments that speak of a contact go as a whole. A source without contacts is given back as it
    is, at the price of one search.

    Args:
        source: a well-formed element or document in UTF-8.
    """
    if _NAME not in source:
        return source
    return b"".join(_kept(source))


def _kept(source: bytes) -> Iterator[bytes]:
    start = _START if any(aside in source for aside in _ASIDES) else _PLAIN_START
    done = 0
    while found := start.search(source, done):
        begin, end = found.span()
        if not source.startswith((b"<!", b"<?"), begin):
            yield source[done:begin]
            office, done = _office(source, begin)
            yield office
        elif _NAME in found.group():
            yield source[done:begin]
            done = end
            if source.startswith(b"<![", begin):
                yield found.group()
        else:
            yield source[done:end]
            done = end
    yield source[done:]


def _office(source: bytes, begin: int) -> tuple[bytes, int]:
    """Give what stays of the contact that begins there, and where it ends."""
    kept: list[bytes] = []
    path: list[bytes] = []
    at = begin
    while token := _TOKEN.search(source, at):
        if _stays(path):
            kept.append(source[at : token.start()])
        at = token.end()
        name = token["name"]
        if name is None:
            if token["aside"] and _stays(path):
                kept.append(token.group())
            continue
        if token["end"]:
            if _stays(path) or len(path) == 1:
                kept.append(token.group())
            path.pop()
        else:
            path.append(name)
            is_empty = token["rest"].endswith(b"/")
            if len(path) == 1:
                kept.append(_opened(name, token["rest"], is_empty=is_empty))
            elif _stays(path):
                kept.append(token.group())
            if is_empty:
                path.pop()
        if not path:
            return b"".join(kept), at
    return b"".join(kept), len(source)


def _opened(name: bytes, rest: bytes, *, is_empty: bool) -> bytes:
    """Give the start tag of a contact with no attributes but its type and namespaces."""
    return b"<" + name + b"".join(_PLAIN.findall(rest)) + (b"/>" if is_empty else b">")


def _stays(path: list[bytes]) -> bool:
    """Whether the element of a path, counted from its contact, is of the office."""
    if len(path) == 2:
        return path[1] in _OFFICE
    return len(path) == 3 and path[1] in _OFFICE and path[2] == _WORDING
