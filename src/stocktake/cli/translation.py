"""`stocktake translation`: collects the words of the interface, compiles and checks catalogues.

Babel does the work, so that no gettext programs are needed.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import stocktake
from stocktake.lib.multilingual import LANGUAGES

PACKAGE = Path(stocktake.__file__).parent
LOCALE = PACKAGE / "locale"
DOMAIN = "django"
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
_DJANGO_NAMES = {"zh": "zh_Hans"}

_METHODS = [
    ("locale/**", "ignore"),
    ("data/**", "ignore"),
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**.py", "python"),
]
_OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
        "newstyle_gettext": "true",
    }
}
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@click.group()
def group() -> None:
    """The catalogues of the interface in the six languages."""


@group.command()
def extract() -> None:
    """Bring every catalogue up to date with the source; new words are left empty."""
    template = _extracted()
    for code in TRANSLATED:
        file = _file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalog = _read(code) if file.exists() else Catalog(locale=code, domain=DOMAIN)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.header_comment = f"# Words of the interface of Stocktake in {code}."
        catalog.fuzzy = False
        with file.open("wb") as stream:
            write_po(stream, catalog, width=100, sort_output=True, no_location=True)
        empty = sum(1 for message in catalog if message.id and not _is_whole(message))
        click.echo(f"{code}: {len(catalog)} messages, {empty} to translate")


@group.command("compile")
def compile_catalogues() -> None:
    """Compile the catalogues that are newer than their compiled form."""
    for code in TRANSLATED:
        source, target = _file(code), _file(code).with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target.with_suffix(".new")
        with fresh.open("wb") as stream:
            write_mo(stream, _read(code))
        fresh.replace(target)


@group.command()
def check() -> None:
    """Say what is missing or wrong in the catalogues; exit code 1 when anything is."""
    faults = list(_faults())
    for fault in faults:
        click.echo(fault, err=True)
    click.echo("complete" if not faults else f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


def _faults() -> Iterator[str]:
    wanted = {_key(message): message for message in _extracted() if message.id}
    for code in TRANSLATED:
        if not _file(code).exists():
            yield f"{code}: there is no catalogue."
            continue
        known = {_key(message): message for message in _read(code) if message.id}
        for key in wanted.keys() - known.keys():
            yield f"{code}: {key[1]!r} is missing; run `stocktake translation extract`."
        for key in known.keys() - wanted.keys():
            yield f"{code}: {key[1]!r} is no longer used; run `stocktake translation extract`."
        for key in wanted.keys() & known.keys():
            yield from (f"{code}: {key[1]!r} {fault}" for fault in _faults_of(known[key]))


def _faults_of(message: Message) -> Iterator[str]:
    if not _is_whole(message):
        yield "is not translated."
        return
    if message.fuzzy:
        yield "is marked as fuzzy."
    sources = _forms(message.id)
    wanted = set(_PLACEHOLDER.findall(" ".join(sources)))
    for form in _forms(message.string):
        used = set(_PLACEHOLDER.findall(form))
        if not used <= wanted or (len(sources) == 1 and used != wanted):
            yield f"has other placeholders in {form!r}."


def _forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _is_whole(message: Message) -> bool:
    return all(form.strip() for form in _forms(message.string)) and bool(message.string)


def _key(message: Message) -> tuple[str, str]:
    return (message.context or "", _forms(message.id)[0])


def _extracted() -> Catalog:
    catalog = Catalog(domain=DOMAIN, project="Stocktake", copyright_holder="Stocktake")
    found = extract_from_dir(PACKAGE, _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for _name, _line, message, comments, context in found:
        catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def _file(code: str) -> Path:
    return LOCALE / _DJANGO_NAMES.get(code, code) / "LC_MESSAGES" / f"{DOMAIN}.po"


def _read(code: str) -> Catalog:
    with _file(code).open("rb") as stream:
        return read_po(stream, locale=code, domain=DOMAIN)
