"""A directive verb and what follows it → asks: of whom, what, by when, how often, by which way."""

import re
from dataclasses import replace

from stocktake.lib.resolutions.addressees import Addressee, Bodies
from stocktake.lib.resolutions.infinitives import infinitives, split_tasks
from stocktake.lib.resolutions.model import Ask, Due
from stocktake.lib.resolutions.timing import condition_of, due_of, recurrence_of

_TO_BODY = re.compile(
    r"\b(?:report(?:s|ed|ing)?(?: back)?|submit(?:ted|ting)?|present(?:ed)?|transmit(?:ted)?|"
    r"convey(?:ed)?|communicate(?:d)?|forward(?:ed)?|provide|"
    r"(recommendations?|update|briefing|inputs?|information|advice|proposals))\b"
)
_TO_IT = re.compile(r"\b(?:submit|report|present|transmit|provide)\b(?: back| thereon)? to it\b")
_PROVIDE = re.compile(r"\b(?:provide|inform|apprise|brief|update|notify)\s+(?=the |its )")
_THROUGH = re.compile(r"\b(?:through|via|by way of)\s+(?=the )")
_MODAL = re.compile(r"\b(?:should|shall|must|may|be|consider|continue|will|are|is)\b")
_PASSIVE_JOINT = re.compile(
    r" and (?=(?:their|its|the|these|those|this|an?) (?:[\w-]+ ){1,6}?(?:be |is |are )?"
    r"(?:reported|submitted|presented|held|published|transmitted|considered|convened|issued|made|"
    r"included|circulated|posted|established|provided|given)\b)"
)
_SHALL = re.compile(r"\b(?:shall|should|may|must|is authorized to|are authorized to)\b")
_SELF = frozenset(("decide", "resolve", "establish", "adopt", "approve", "proclaim"))
_FORWARD, _NAME = 90, 160


class AskReader:
    """Reads the asks of directive clauses; `organ` and `year` are those of the document."""

    def __init__(
        self, bodies: Bodies, *, organ: str | None, year: int | None, adopted: str | None
    ) -> None:
        self.bodies = bodies
        self._organ = organ
        self._year = year
        self._adopted = adopted or ""

    def waits(self, words: str) -> bool:
        """True for an addressee without a task: `urges States, and invites others, to …`."""
        who, task = self._divide(words.strip(" ,;.:"))
        found = self.bodies.addressees(words) if task is None and not who else []
        return bool(found) and all(each.code is not None for each in found)

    def shared(self, words: str, asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
        """Return the asks of such an addressee: the tasks of the clause that follows."""
        return tuple(
            replace(ask, addressee=who.code, raw=who.raw, qualifier=who.qualifier)
            for who in self.bodies.addressees(words.strip(" ,;.:"))
            for ask in {ask.task: ask for ask in asks}.values()
        )

    def read(self, lemma: str, words: str, before: tuple[Ask, ...]) -> tuple[Ask, ...]:
        """Return the asks of one clause.

        Args:
            lemma: of the directive verb.
            words: what follows the verb, to the end of the clause.
            before: asks of the clause before, whose addressee a passive clause goes on with.
        """
        text = words.strip(" ,;.:")
        while text.startswith(("and ", "also ", "further ")):
            text = text.partition(" ")[2]
        if lemma in _SELF:
            return self._own(text)
        if text.startswith("that "):
            return self._that(text[5:], before)
        who, task = self._divide(text)
        if task is None:
            return self._without_task(text, lemma)
        found = self.bodies.addressees(who) if who else []
        if not found and before:
            found = [Addressee(before[-1].addressee, before[-1].raw or "", before[-1].qualifier)]
        return self._asks(found or [Addressee(None, "", None)], split_tasks(task), text)

    def with_tasks(self, words: str, tasks: list[str]) -> tuple[Ask, ...]:
        """Return the asks of a chapeau whose tasks stand in the pieces below it."""
        text = words.strip(" ,;.:")
        who, rest = self._divide(text)
        if rest is not None and not rest.endswith(("to", "inter alia")):
            who = who or text
        elif rest is None:
            who = text.removesuffix(" to").removesuffix(", inter alia").strip(" ,")
        found = self.bodies.addressees(who) or [Addressee(None, who, None)]
        return self._asks(found, [_lowered(task.strip(" ;.,")) for task in tasks], text)

    def of_heading(self, who: str, task: str, lemma: str) -> tuple[Ask, ...]:
        """Return the asks of a paragraph below a heading verb, which names the addressee."""
        text = task.strip(" ,;.:")
        if lemma in _SELF or not who:
            return self._own(text)
        found = self.bodies.addressees(who) or [Addressee(None, who, None)]
        return self._asks(found, split_tasks(text), text)

    def _divide(self, text: str) -> tuple[str, str | None]:
        """Divide addressee and task at the first infinitive that is no part of the former."""
        for m in infinitives(text):
            who = text[: m.start()].rstrip(" ,")
            if who.endswith((" in order", " so as", "order", " able", " position")):
                continue
            if re.search(r"\b(?:wishing|able|unable|intended|designed|aimed|seeking|failed|yet|"
                         r"efforts|need|process|measures|steps|right|aim)$", who):  # fmt: skip
                continue
            return who, text[m.start() :]
        return "", None

    def _without_task(self, text: str, lemma: str) -> tuple[Ask, ...]:
        """`encourages a prominent profile for …`: a task whose addressee is not said."""
        found = self.bodies.addressees(text)
        known = [each for each in found if each.code is not None]
        if known and lemma not in ("call for", "recommend", "suggest", "encourage"):
            return self._asks(known[:1], [text], text)
        return self._asks([Addressee(None, "", None)], [text], text)

    def _own(self, text: str) -> tuple[Ask, ...]:
        """What an organ decides asks nobody, unless the clause names somebody who shall."""
        if text.startswith(("that ", "that,")):
            m = _SHALL.search(text, 5, 305)
            subject = text[5 : m.start()].strip(" ,") if m else ""
            if subject.startswith(("if ", "when ", "in ", "unless ")) and "," in subject:
                subject = subject.rpartition(", ")[2]
            found = [each for each in self.bodies.addressees(subject) if each.code]
            if found and m:
                return self._asks(found, [text[m.end() :].strip()], text)
        return ()

    def _that(self, text: str, before: tuple[Ask, ...]) -> tuple[Ask, ...]:
        """`recommends that Member States consider …`, `requests that consultations be held …`."""
        m = _MODAL.search(text)
        subject = text[: m.start()] if m else ""
        passive = bool(m and re.match(r"(?:should |shall )?be\b", text[m.start() :]))
        found = [a for a in self.bodies.addressees(subject) if a.code] if not passive else []
        if found and m:
            text = text[m.start() :].removeprefix("should ").removeprefix("shall ")
        if not found and before:
            found = [Addressee(before[-1].addressee, before[-1].raw or "", before[-1].qualifier)]
        if not passive and not found:
            found, text = self._subject(text)
        tasks = _PASSIVE_JOINT.split(text) if passive else [text]
        return self._asks(found or [Addressee(None, "", None)], tasks, text, passive=passive)

    def _subject(self, text: str) -> tuple[list[Addressee], str]:
        """`that developing countries keep …`: a known addressee right before a bare verb."""
        found = self.bodies.subject(text)
        return ([found[0]], found[1]) if found else ([], text)

    def _asks(
        self, who: list[Addressee], tasks: list[str], whole: str, *, passive: bool = False
    ) -> tuple[Ask, ...]:
        condition = condition_of(whole)
        return tuple(
            Ask(
                addressee=each.code,
                raw=each.raw or None,
                qualifier=each.qualifier,
                task=task,
                due=self._due(task),
                recurrence=recurrence_of(task),
                condition=condition_of(task) or (condition if len(tasks) == 1 else None),
                report_to=self._recipients(task, passive=passive),
                through=self._channels(task),
            )
            for task in tasks
            for each in who
        )

    def _due(self, task: str) -> Due | None:
        """A date before the adoption is no date by which to act."""
        due = due_of(task, self.bodies, year=self._year)
        past = due is not None and due.not_later_than and due.not_later_than < self._adopted
        return None if past else due

    def _recipients(self, task: str, *, passive: bool) -> tuple[str, ...]:
        """Bodies that get a report: `submit to the Commission`, `an input … to the Assembly`."""
        codes: list[str] = []
        if _TO_IT.search(task) and self._organ:
            codes.append(self._organ)
        for m in _TO_BODY.finditer(task):
            if m.group().endswith("ed") and not passive:
                continue  # “documents submitted to the Conference” is no route
            at = m.end()
            limit = min(len(task), at + _FORWARD)
            while (found := task.find(" to ", at - 1, limit)) >= 0:
                body = self.bodies.first(task[found + 4 : found + _NAME])
                if m[1] and " on " in task[m.end() : found + 1]:
                    break
                if body is not None:
                    codes.append(body.code)
                    break
                at = found + 4
        for m in _PROVIDE.finditer(task):
            body = self.bodies.first(task[m.end() : m.end() + _NAME])
            if body is not None:
                codes.append(body.code)
        return tuple(dict.fromkeys(codes))

    def _channels(self, task: str) -> tuple[str, ...]:
        codes = []
        for m in _THROUGH.finditer(task):
            body = self.bodies.first(task[m.end() : m.end() + _NAME])
            after = task[m.end() + body.end :] if body else ""
            # “through the United Nations system”, “through the IGF secretariat” are no channels
            if body is not None and not after.strip()[:1].isupper() and not after[:1].isalnum():
                codes.append(body.code)
        return tuple(dict.fromkeys(codes))


def _lowered(task: str) -> str:
    """`To publish` below a chapeau is `to publish`."""
    return "to" + task[2:] if task.startswith("To ") else task
