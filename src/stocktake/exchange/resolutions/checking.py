"""Whether a text contradicts the record that we made of it: paragraph by paragraph, in sentences.

What the record leaves out is no contradiction; what it says must be what the text says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from stocktake.domain.asks.models import Ask
from stocktake.domain.documents.models import Document, Provision
from stocktake.exchange.resolutions.content import Content, Unit
from stocktake.exchange.resolutions.rows import session_named
from stocktake.lib.multilingual import spelling_key

FIELDS = {
    "symbol": gettext_noop("symbol"),
    "date": gettext_noop("date"),
    "number": gettext_noop("number"),
    "role": gettext_noop("kind of paragraph"),
    "verb": gettext_noop("verb and force"),
    "addressee": gettext_noop("addressee"),
    "due": gettext_noop("due date"),
    "recurrence": gettext_noop("recurrence"),
    "reference": gettext_noop("references"),
}
"""What is compared, and what each is called."""

_TOP = ("operative", "numbered", "heading", "preambular")


@dataclass(frozen=True)
class Contradiction:
    """One thing that the record and the text say differently; `paragraph` is a path or empty."""

    file: str
    paragraph: str
    field: str
    recorded: str
    read: str

    @property
    def message(self) -> str:
        """The sentence that names file, paragraph, field and both values."""
        told = {
            "file": self.file,
            "paragraph": self.paragraph,
            "field": _(FIELDS[self.field]),
            "recorded": self.recorded or _("nothing"),
            "read": self.read or _("nothing"),
        }
        if not self.paragraph:
            return _("%(file)s, %(field)s: recorded %(recorded)s, read %(read)s.") % told
        return _("%(file)s, %(paragraph)s, %(field)s: recorded %(recorded)s, read %(read)s.") % told


@dataclass(frozen=True)
class _Group:
    """A paragraph with all that stands below it, as recorded or as read."""

    verbs: list[tuple[str, int]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    cited: list[Document] = field(default_factory=list)
    symbols: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def contradictions(document: Document, content: Content, *, file: str) -> list[Contradiction]:
    """List what a text says differently from the record of it; nothing is the good case.

    Verbs, addressees and dates are compared in the language of the record only: names of verbs
    differ between languages, and dates are read in English. In other languages a reference that
    was not read is no contradiction either.
    """
    provisions = list(
        document.provisions.filter(is_withdrawn=False)
        .select_related("parent")
        .prefetch_related("citations__cited__symbols", "asks__addressees")
        .order_by("position", "pk")
    )
    found = [*_head(document, content), *_paths(provisions, content)]
    deep = content["language"] == language_of(document, provisions)
    found += _groups(provisions, content, deep=deep)
    return [Contradiction(file, *each) for each in found]


def language_of(document: Document, provisions: Sequence[Provision]) -> str:
    """Give the language in which verbs and tasks of a record are written."""
    asks = (ask for each in provisions for ask in each.asks.all())
    texts = [*(ask.task for ask in asks), *(each.summary for each in provisions)]
    texts += [each.text for each in provisions]
    return next((text.original for text in texts if text), document.title.original)


_Found = tuple[str, str, str, str]


def _head(document: Document, content: Content) -> Iterator[_Found]:
    head = content["head"]
    date = head["date"]
    shared = min(len(date), len(document.date))
    if shared and date[:shared] != document.date[:shared]:
        yield "", "date", document.date, date


def _paths(provisions: Sequence[Provision], content: Content) -> Iterator[_Found]:
    """Compare which paragraphs there are, kind by kind of those that the record holds."""
    recorded = {each.path: each for each in provisions}
    read = {unit["path"]: unit for unit in content["units"]}
    rooms = {_room(path, each.role, each.parent) for path, each in recorded.items()}
    for path, provision in recorded.items():
        unit = read.get(path)
        if unit is None:
            yield path, "number", provision.number or path, ""
        elif unit["role"] != provision.role:
            yield path, "role", provision.role, unit["role"]
        elif not unit["parent"] and unit["number"] != provision.number and _is_numbered(unit):
            yield path, "number", provision.number, unit["number"]
    for path, unit in read.items():
        is_named = unit["number"] or unit["role"] == "preambular"
        if path not in recorded and is_named and _room_of_unit(unit) in rooms:
            yield path, "number", "", unit["number"] or path


def _is_numbered(unit: Unit) -> bool:
    """Tell a paragraph with a printed number: the preamble's are counted by us."""
    return bool(unit["number"]) and unit["role"] != "preambular"


def _room(path: str, role: str, parent: Provision | None) -> str:
    """What a paragraph is counted among: those below the same one, else those of its kind."""
    if parent is not None:
        return parent.path
    return "preamble" if role == "preambular" else path.rpartition("para/")[0] + "para"


def _room_of_unit(unit: Unit) -> str:
    if unit["parent"]:
        return str(unit["parent"])
    if unit["role"] == "preambular":
        return "preamble"
    return str(unit["path"]).rpartition("para/")[0] + "para"


def _groups(provisions: Sequence[Provision], content: Content, *, deep: bool) -> Iterator[_Found]:
    recorded = _recorded_groups(provisions)
    read = _read_groups(content)
    for path, ours in recorded.items():
        theirs = read.get(path)
        if theirs is None:
            continue
        if ours.cited:
            told, said = _reference_differences(ours.cited, theirs)
            if said or (deep and told):
                yield path, "reference", _list(told), _list(said)
        if deep and ours.verbs:
            if ours.verbs != theirs.verbs:
                yield path, "verb", _verbs(ours.verbs), _verbs(theirs.verbs)
            for difference in _ask_differences(ours.asks, theirs.asks):
                yield path, *difference


def _recorded_groups(provisions: Sequence[Provision]) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    tops = _tops({each.path: each.parent.path if each.parent else "" for each in provisions})
    for each in provisions:
        group = groups.setdefault(tops[each.path], _Group())
        group.verbs.extend((clause["lemma"], clause["force"]) for clause in each.clauses)
        group.asks.extend(_recorded_ask(ask) for ask in each.asks.all() if not ask.is_withdrawn)
        for citation in each.citations.all():
            group.cited.append(citation.cited)
    return groups


def _read_groups(content: Content) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    tops = _tops({unit["path"]: unit["parent"] for unit in content["units"]})
    for unit in content["units"]:
        group = groups.setdefault(tops[unit["path"]], _Group())
        group.verbs.extend((clause["lemma"], clause["force"]) for clause in unit["clauses"])
        group.asks.extend(_read_ask(ask) for ask in unit["asks"] if ask["force"] > 0)
        for citation in unit["citations"]:
            group.symbols.update(citation["symbols"])
            group.names.update(filter(None, (citation["document"],)))
    return groups


def _tops(parents: Mapping[str, str]) -> dict[str, str]:
    """Give the paragraph that each stands below, at the top."""
    tops: dict[str, str] = {}
    for path in parents:
        top = path
        while parents.get(top):
            top = parents[top]
        tops[path] = top
    return tops


def _reference_differences(cited: Sequence[Document], read: _Group) -> tuple[set[str], set[str]]:
    """Give what only the record cites and what only the text does, by symbol or name.

    A name that the text gives and the record does not is no difference: it may mean no single
    document, such as the outcome documents of a summit.
    """
    named = {spelling_key(name) for name in read.names}
    only_ours: set[str] = set()
    matched: set[str] = set()
    for document in cited:
        symbols = {each.symbol for each in document.symbols.all()}
        titles = {spelling_key(title) for title in document.title.values.values()}
        if symbols & read.symbols:
            matched |= symbols
        elif not any(f" {name} " in f" {title} " for title in titles for name in named):
            only_ours.add(document.symbol or str(document.title))
    return only_ours, read.symbols - matched


def _recorded_ask(ask: Ask) -> dict[str, Any]:
    return {
        "codes": {each.code for each in ask.addressees.all()},
        "due_on": ask.due_on.isoformat() if ask.due_on else "",
        "due_session": ask.due_session,
        "recurrence": ask.recurrence or ("?" if ask.nature == "periodic" else ""),
    }


def _read_ask(ask: Mapping[str, Any]) -> dict[str, Any]:
    unknown = "?" if ask["recurrence_as_written"] else ""
    return {
        "codes": {each["code"] for each in ask["addressees"]},
        "due_on": ask["due_on"],
        "due_session": session_named(ask["due_session"]),
        "due_year": str(ask["due_year"] or ""),
        "recurrence": ask["recurrence"] or unknown,
    }


def _ask_differences(
    ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str, str]]:
    told, said = _codes(ours), _codes(theirs)
    unnamed = any("" in ask["codes"] or not ask["codes"] for ask in theirs)
    if (said - told) or (told - said and not unnamed):
        yield "addressee", _list(told), _list(said)
    for name, called in (("due_session", "due"), ("recurrence", "recurrence")):
        told, said = _values(ours, name), _values(theirs, name)
        if told != said:
            yield called, _list(told), _list(said)
    days = _values(theirs, "due_on")
    stated = {
        ask["due_on"]
        for ask in ours
        if ask["due_on"] and (ask["due_on"] in days or not _follows(ask, theirs))
    }
    if stated != days:
        yield "due", _list(stated), _list(days)


def _follows(ask: Mapping[str, Any], theirs: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the day of a recorded ask is worked out from a session, year or interval."""
    if ask["due_session"] or ask["recurrence"]:
        return True
    return any(each["due_year"] and ask["due_on"].startswith(each["due_year"]) for each in theirs)


def _codes(asks: Iterable[Mapping[str, Any]]) -> set[str]:
    return {code for ask in asks for code in ask["codes"] if code}


def _values(asks: Iterable[Mapping[str, Any]], name: str) -> set[str]:
    return {ask[name] for ask in asks if ask[name]}


def _list(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))


def _verbs(verbs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{lemma} ({force})" for lemma, force in verbs)
