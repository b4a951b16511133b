"""Lines made to stall: every regular expression of the parser, and the whole parser, against them.

`python -m tests.lib.resolutions.adversarial [CHARACTERS]` prints what takes over 50 ms of the
processor on lines of 100 kB (or of the length given) and how fast a whole parse of each goes.
"""

import ast
import functools
import importlib
import inspect
import pkgutil
import re
import re._parser as sre
import sys
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from stocktake.lib import resolutions
from stocktake.lib.resolutions import parse

SIZE, BAR, STEEP = 100_000, 0.050, 8.0
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
WAYS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
PIECES = (
    " ", "\t", "\u00a0", "1", "1 ", "12/", "a", "A", "Aa ", "a b ", "A.", "(a) ", "1. ", "1.1.",
    "A/", "A/RES/", "A/RES/64/187", "A/RES /", "E/2010/1-", "—", "– ", "-", "“", "”", '"', "'", "(",
    ")", "((", "[", "].", "[^", ".", ". ", ", ", ",,", "; ", ":", "/", "_", "_ ", "*", "**a", "¹",
    "a¹ ", "paragraph 1, ", "paragraphs 1 to 9 and ", "and ", " and to ", "to do x, and to do ",
    "in order to do ", "the ", "The Aa ", "of the ", "its resolution 2006/46 of 1 May 2006, ",
    "resolutions 56/183 of 21 December 2001, ", "resolution 2625 (XXV) ", "1 May 2006 ", "at its ",
    "at its sixty-sixth session ", "sixty-", "requests ", ", requests ", "also further ", "which ",
    "Requests the Secretary-General to ", "before the end of 2010 ", "every two ", "should the ",
    "we ", "We ", "que ", "prie ", "decide ", "напоминая ", "просит ", "وإذ ", "تطلب ", "请",
    "请，", "第", "大会，", "\u00ad", "\ufeff", "\x0b", "ⅷ", "é", "<", "<p>", "&#", "http://",
    "www.", "WG-WSIS-", "WHA1", "Mr. Aa ", "was presented by Aa ", "Document A/1: ", "\r", "\f",
    "“a”, requests ", "“a” and calls upon States to do x, ", "efforts to do x ", "a) b; ", "1 a; ",
    "A/65/64 and resolution 56/183, ", "paragraph 5 of resolution 56/183, ", "if the a should the ",
    "the Tunis Agenda, resolution 56/183 ", "and requests the Council to report to the Assembly, ",
    "by the Council at its sixth session, ", "which notes and requests ",
    "decided. The Aa agreed. ", "in order to do x, and to do y, ",
    "held in Geneva in May 2010. The Aa met. ", "States, ", "the Aa, and ", "harmonize a, and ",
    "all other relevant aa organizations, including States, and ", ", instructs the Aa 1 to do ",
)  # fmt: skip
FEW = (" ", "1", "1 ", "A", "Aa ", "The Aa ", "A/", "“", "“a”, requests ", ". ", "_", "请")
JOINED = PIECES[-21:]
_ONLY = {
    **{f"verbs.finder({language})": ("match",) for language in LANGUAGES if language != "zh"},
    **{
        f"symbols.{name}": ("fullmatch",)
        for name in ("_NUMBER", "_BODY_PART", "_MODIFIER", "_NUMBERED", "_NATURE", "_SPECIAL")
    },
}
"""Where the code does not tell the way: verbs are tried at words alone, parts of symbols whole."""
REACH = {
    "identity._SESSION": 1500,
    "timing._BEFORE_YEAR": 80,
    "asks._GOVERNS": 40,
    "unfolding._VERB_AT_END": 240,
    **{f"verbs.adverb_pattern({language})": 400 for language in LANGUAGES},
}
"""Patterns that are only ever shown so many characters."""
OPENINGS = ("", "The General Assembly,\n\n1. Requests the Secretary-General ")


class Use(NamedTuple):
    """One pattern, where it stands, and one way in which the code uses it."""

    name: str
    pattern: re.Pattern[str]
    way: str

    def on(self, line: str) -> Callable[[], object]:
        """Make a call of this use on a line."""
        if self.way == "finditer":
            return lambda: sum(1 for _ in self.pattern.finditer(line))
        if self.way == "sub":
            return lambda: self.pattern.sub("", line)
        return lambda: getattr(self.pattern, self.way)(line)


@functools.cache
def uses() -> tuple[Use, ...]:
    """Every pattern of the package in every way its module uses it; all ways where none is told."""
    found: dict[tuple[str, str], Use] = {}
    for module in _modules():
        tree = ast.parse(inspect.getsource(module))
        ways = _ways(tree)
        for name, pattern in _patterns(module, tree):
            told = (
                ways.get(name.partition("(")[0])
                or _way_of_line(name)
                or ("match", "search", "finditer")
            )
            full = f"{_short(module)}.{name}"
            for way in _ONLY.get(full, told):
                key = (pattern.pattern, way)
                found.setdefault(key, Use(full, pattern, way))
    return tuple(found.values())


def lines(use: Use, size: int, pieces: tuple[str, ...] = PIECES) -> Iterator[tuple[str, str]]:
    """Give lines of a size by name: each piece repeated, and the words of the pattern itself."""
    for piece in (*pieces, *_own_pieces(use.pattern)):
        yield repr(piece), repeated(piece, min(size, REACH.get(use.name, size)))


def texts(size: int, pieces: tuple[str, ...] = PIECES) -> Iterator[tuple[str, str, str]]:
    """Give whole texts of one line each by name, and the same at a quarter of the length."""
    for opening in OPENINGS:
        for piece in pieces:
            whole, part = (opening + repeated(piece, at) for at in (size, size // 4))
            yield f"{piece!r} {'in a paragraph' if opening else 'alone'}", whole, part


@functools.cache
def repeated(piece: str, size: int) -> str:
    """Repeat a piece to a size, with an end that fits nothing."""
    return piece * (size // len(piece)) + "\x00"


def cpu(call: Callable[[], object], *, times: int = 3, little: float = BAR / 10) -> float:
    """Give the least seconds of the processor that a call took, once where that is little."""
    best = 1e9
    for _ in range(times):
        began = time.process_time()
        call()
        best = min(best, time.process_time() - began)
        if best < little:
            break
    return best


def _way_of_line(name: str) -> tuple[str, ...]:
    return (name[3:],) if name.startswith("re.") else ()


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(resolutions.__path__, f"{resolutions.__name__}."):
        yield importlib.import_module(info.name)


def _short(module: ModuleType) -> str:
    return module.__name__.removeprefix(f"{resolutions.__name__}.")


def _ways(tree: ast.AST) -> dict[str, tuple[str, ...]]:
    """Which methods a module calls on which names (`NAME.match`, `function(…).search`)."""
    told: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WAYS:
            base = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(base, ast.Name):
                told.setdefault(base.id, set()).add(node.attr)
    return {name: tuple(sorted(ways)) for name, ways in told.items()}


def _patterns(module: ModuleType, tree: ast.AST) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns of a module: its names, what its cached functions make, and those in its lines."""
    ours = {node.id for node in ast.walk(tree) if _is_assigned(node)}
    for name, value in vars(module).items():
        for each in _inside(value) if name in ours else ():
            yield name, each
        if hasattr(value, "cache_info") and value.__module__ == module.__name__:
            yield from _made(name, value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            on_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            first, way = node.args[0], node.func.attr
            if on_re and way in WAYS and isinstance(first, ast.Constant):
                yield f"re.{way}", re.compile(str(first.value))


def _is_assigned(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _inside(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _inside(each)


def _made(name: str, function: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    asked = inspect.signature(function).parameters
    if asked and list(asked) != ["language"]:
        return
    for arguments in [(language,) for language in LANGUAGES] if asked else [()]:
        for each in _inside(function(*arguments)):
            yield f"{name}({', '.join(arguments)})", each


def _own_pieces(pattern: re.Pattern[str]) -> list[str]:
    """Runs of plain characters in a pattern, the first few, alone and parted by spaces."""
    runs: list[str] = []
    _collect(sre.parse(pattern.pattern, pattern.flags & ~re.DEBUG), runs)
    words = list(dict.fromkeys(run for run in runs if len(run) > 1))[:6]
    return [*words, *(f"{word} " for word in words), *([" ".join(words) + " "] if words else [])]


def _collect(parsed: Any, runs: list[str]) -> None:
    run = ""
    for code, value in parsed:
        if str(code) == "LITERAL":
            run += chr(value)
            continue
        runs.append(run)
        run = ""
        for part in value if isinstance(value, tuple | list) else (value,):
            for each in part if isinstance(part, list) else (part,):
                if isinstance(each, sre.SubPattern):
                    _collect(each, runs)
    runs.append(run)


def main(size: int) -> None:
    """Print the slow uses of patterns, then the pace of whole parses; exit code 1 on any."""
    every, slow, worst, count = uses(), 0, 0.0, 0
    for use in every:
        for name, line in lines(use, size):
            seconds = cpu(use.on(line))
            count, worst = count + 1, max(worst, seconds)
            if seconds > BAR:
                slow += 1
                print(f"{seconds * 1000:9.0f} ms  {use.name}.{use.way} on {name}", flush=True)
    print(f"{len(every)} uses of patterns, {count} lines; worst {worst * 1000:.1f} ms; {slow} slow")
    least, bent = 1e9, 0
    for name, text, part in texts(size):
        seconds, quarter = cpu(lambda: parse(text), times=1), cpu(lambda: parse(part), times=1)  # noqa: B023  called at once
        pace, growth = len(text) / 1e6 / seconds, seconds / quarter
        least = min(least, pace)
        if growth > STEEP:
            bent += 1
            print(f"{pace:7.2f} MB/s, four times the length takes {growth:.1f} times: {name}")
    print(f"whole parses: slowest {least:.2f} MB/s; {bent} of {2 * len(PIECES)} not linear")
    raise SystemExit(1 if slow or bent else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZE)
