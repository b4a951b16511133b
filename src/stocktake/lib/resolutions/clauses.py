"""Paragraph → clauses: each finite operative verb with its modifiers, force and asks."""

import re
from dataclasses import replace

from stocktake.lib.resolutions.addressees import Bodies
from stocktake.lib.resolutions.asks import AskReader
from stocktake.lib.resolutions.coordination import operative_verbs
from stocktake.lib.resolutions.heading_verbs import HeadingVerb
from stocktake.lib.resolutions.infinitives import is_task_verb
from stocktake.lib.resolutions.model import Ask, Clause, Identity
from stocktake.lib.resolutions.verbs import Found, Style, Verb, opening_verb

_TRAILING = ("in this regard", "in that regard", "in this context", "in that context",
             "in this respect", "in that respect", "to this end", "to that end",
             "in this connection", "in that connection")  # fmt: skip
_PRONOUN = re.compile(r"\s*(?:him|her)\b")
_OFFICE = re.compile(
    r"Secretary-General|Director-General|Executive Director|High Commissioner|Special Rapporteur|"
    r"Regional Director|President|Chair\b"
)
_SIGNS = " ,;.:，；。،؛"
_LEADS = ("Given ", "In order ", "Based on ", "Taking ", "Bearing ", "Noting ", "As ", "With ",
          "In ", "To ", "For ", "Acting ", "Also ", "Having ", "Pursuant ")  # fmt: skip


class ClauseReader:
    """Reads the clauses of one document; the first verb sets the style of the rest."""

    def __init__(self, identity: Identity, source: str, *, numbered: bool) -> None:
        self.language = identity.language
        self.numbered = numbered
        year = int(identity.adopted[:4]) if identity.adopted else _year_of(identity.symbol)
        self.asks = AskReader(
            Bodies(source, identity.body_code),
            organ=identity.body_code,
            year=year,
            adopted=identity.adopted,
        )
        self._style: Style = "third"
        self.uncertain: set[str] = set()

    def read(self, text: str, subs: list[str], heading: HeadingVerb | None) -> list[Clause]:
        """Return the clauses of a paragraph; tasks in the pieces below it become its asks."""
        if heading is not None and heading.found is not None:
            return self._below_heading(text, subs, heading, heading.found)
        opening = opening_verb(text, self.language) or self._after_clause(text)
        if opening is None:
            return []
        self._style = opening.style
        found = operative_verbs(text, opening, self.language)
        self.uncertain.update(
            each.verb.lemma for each in found if not each.verb.certain and each.verb.force
        )
        made: list[Clause] = []
        before: tuple[Ask, ...] = ()
        for at, each in enumerate(found):
            end = found[at + 1].opened if at + 1 < len(found) else len(text)
            words = _without_joint(text[each.closed : end])
            words = self._named(words, text[: each.opened])
            last = at + 1 == len(found)
            asks = self._asks_of(each, words, subs if last else [], before)
            made.append(self._clause(each, asks, None))
            before = asks or before
        return self._with_shared(text, found, made) if self.language == "en" else made

    def _named(self, words: str, before: str) -> str:
        """Put the office that was named last for the pronoun: `requests him to report`."""
        m = _PRONOUN.match(words)
        named = _OFFICE.findall(before) if m else []
        return f" the {named[-1]}{words[m.end() :]}" if m and named else words

    def _with_shared(self, text: str, found: list[Found], made: list[Clause]) -> list[Clause]:
        """Give a verb that has an addressee only the tasks of the verb after it."""
        for at in range(len(found) - 2, -1, -1):
            each, following = found[at], made[at + 1]
            if not (
                each.verb.force and following.asks and following.asks[0].task.startswith("to ")
            ):
                continue
            words = _without_joint(text[each.closed : found[at + 1].opened])
            if self.asks.waits(words):
                made[at] = replace(made[at], asks=self.asks.shared(words, following.asks))
        return made

    def read_sub(self, text: str, label: str, index: int) -> list[Clause]:
        """Return the finite verbs inside a piece below a chapeau."""
        opening = opening_verb(text, self.language)
        if opening is None or (self.language == "en" and opening.style != "third"):
            return []
        made = []
        before: tuple[Ask, ...] = ()
        found = operative_verbs(text, opening, self.language)
        for at, each in enumerate(found):
            end = found[at + 1].opened if at + 1 < len(found) else len(text)
            words = _without_joint(text[each.closed : end])
            asks = self._asks_of(each, words, [], before)
            made.append(self._clause(each, asks, label))
            before = asks or before
        return made

    def _after_clause(self, text: str) -> Found | None:
        """`Given the strong association …, commit to …`; or a plain verb of a commitment."""
        if self.language != "en":
            return None
        if text.startswith(_LEADS):
            at = 0
            for _ in range(8):
                at = text.find(", ", at) + 2
                if at < 2 or at > 500:
                    return None
                found = opening_verb_at(text, at, self.language)
                if found is not None and found.opened == at:
                    return found
        word = text.split(None, 1)[0].lower() if text[:1].isalpha() else ""
        if self._style == "base" and text[:1].isupper() and is_task_verb(word):
            end = len(word)
            verb = Verb("en", word, 4, False)
            return Found(verb, 0, end, 0, end, text[:end], (), "base")
        return None

    def _asks_of(
        self, each: Found, words: str, subs: list[str], before: tuple[Ask, ...]
    ) -> tuple[Ask, ...]:
        if each.verb.force == 0 or (each.style == "base" and not _asks_others(each)):
            return ()
        if self.language != "en":
            return self._plain_ask(each, words, subs)
        if subs:
            return self.asks.with_tasks(words, subs)
        return self.asks.read(each.verb.lemma, words, before)

    def _plain_ask(self, each: Found, words: str, subs: list[str]) -> tuple[Ask, ...]:
        """Outside English: the addressee where the table knows the first words, one task each."""
        text = words.strip(_SIGNS)
        for joint in (" et", " y", " e", " и", " و", "并"):
            text = text.removesuffix(joint).strip(_SIGNS)
        who = self.asks.bodies.opening(text)
        if who is None and each.verb.force == 4:
            return ()
        code, raw = who if who else (None, None)
        tasks = subs or [text[len(raw or "") :].strip()]
        return tuple(Ask(code, raw, None, task.strip(_SIGNS)) for task in tasks)

    def _below_heading(
        self, text: str, subs: list[str], heading: HeadingVerb, found: Found
    ) -> list[Clause]:
        task = text if not subs else f"{text} {' '.join(subs)}".strip()
        asks: tuple[Ask, ...] = ()
        if found.verb.force:
            asks = self.asks.of_heading(heading.rest, task, found.verb.lemma)
        return [
            Clause(
                found.surface, found.verb.lemma, found.modifiers, found.verb.force, 0, asks, None
            )
        ]

    @staticmethod
    def _clause(each: Found, asks: tuple[Ask, ...], label: str | None) -> Clause:
        return Clause(
            each.surface,
            each.verb.lemma,
            each.modifiers,
            each.verb.force,
            each.start,
            asks,
            label,
        )


def opening_verb_at(text: str, at: int, language: str) -> Found | None:
    """Return the verb that opens the rest of a text, offsets in the whole text."""
    found = opening_verb(text[at:], language)
    if found is None:
        return None
    return Found(
        found.verb,
        found.start + at,
        found.end + at,
        found.opened + at,
        found.closed + at,
        found.surface,
        found.modifiers,
        found.style,
    )


def _year_of(symbol: str | None) -> int | None:
    m = re.match(r"(?:A/RES/(\d{2,3})/|E/RES/(\d{4})/)", symbol or "")
    if m is None:
        return None
    return int(m[1]) + 1945 if m[1] else int(m[2])


def _asks_others(each: Found) -> bool:
    """False for undertakings: who says “we commit to” or “we ensure” asks nobody else."""
    return each.verb.certain or each.verb.force < 4


def _without_joint(words: str) -> str:
    """Take off what joins a clause to the next: `, and in this regard`."""
    text = words.rstrip(" ,;")
    while True:
        joint = next((j for j in (" and", " or", " but") if text.endswith(j)), None)
        joint = joint or next((j for j in _TRAILING if text.endswith(j)), None)
        if joint is None:
            return text
        text = text[: -len(joint)].rstrip(" ,;")
