"""A directive verb and what follows it → asks: of whom, what, by when, how often, by which way."""

import re
from dataclasses import replace

from stocktake.lib.resolutions.addressees import Addressee, Bodies
from stocktake.lib.resolutions.infinitives import infinitives, is_task_verb, split_tasks
from stocktake.lib.resolutions.model import Ask, Due
from stocktake.lib.resolutions.timing import condition_of, due_of, recurrence_of

_TO_BODY = re.compile(
    r"\b(?:report(?:s|ed|ing)?(?: back)?|submit(?:ted|ting)?|present(?:ed)?|transmit(?:ted)?|"
    r"convey(?:ed)?|communicate(?:d)?|forward(?:ed)?|provide|"
    r"(recommendations?|update|briefing|inputs?|information|advice|proposals))\b"
)
_TO_IT = re.compile(
    r"\b(?:submit|report|present|transmit|provid)(?:e|ing)?\b(?: back| thereon)? to it\b"
    r"|\bkeep it (?:\w+ )?(?:informed|apprised|updated|abreast)"
)
_KEEP = re.compile(r"\bkeep (?=the [^,;.]{3,80}? (?:informed|apprised|updated|abreast)\b)")
_ALSO_TO = re.compile(
    r"(?: at (?:its|their) [\w -]{3,40}? session)?(?:,? under the (?:sub-)?item entitled "
    r"[“\"][^”\"]{3,90}[”\"])?,? (?:and|as well as) (?:to )?(?=the )"
)
_PROVIDE = re.compile(r"\b(?:provide|inform|apprise|brief|update|notify)\s+(?=the |its )")
_THROUGH = re.compile(r"\b(?:through|via|by way of)\s+(?=the )")
_MODAL = re.compile(r"\b(?:should|shall|must|may|be|consider|continue|will|are|is)\b")
_PASSIVE_JOINT = re.compile(
    r" and (?=(?:their|its|the|these|those|this|an?) (?:[\w-]+ ){1,6}?(?:be |is |are )?"
    r"(?:reported|submitted|presented|held|published|transmitted|considered|convened|issued|made|"
    r"included|circulated|posted|established|provided|given)\b)"
)
_SHALL = re.compile(r"\b(?:shall|should|may|must|is authorized to|are authorized to)\b")
_GOVERNS = re.compile(
    r"(?: so as|order| position|\b(?:wishing|able|unable|intended|designed|aimed|seeking|failed|"
    r"claiming|claimed|said|known|believed|found|alleged|likely|expected|intending|planning|trying|"
    r"attempting|continuing|required|entitled|enabled|yet|efforts(?: (?:of|by) \w+)?|need|process|"
    r"measures|steps|right|aim))[ ,]*$"
)
"""Words whose infinitive is no task of the addressee."""
_NEAR = 40
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

    def with_tasks(self, words: str, pieces: list[str]) -> tuple[Ask, ...]:
        """Return the asks of a chapeau whose tasks stand in the pieces below it.

        Where the chapeau says the whole task, the pieces are what it is about.
        """
        text = words.strip(" ,;.:")
        who, rest = self._divide(text)
        if rest is not None and _bare_task(rest) != "to":
            if who and not any(map(_begins_task, pieces)):
                return self._asks(self.bodies.addressees(who), split_tasks(_bare_task(rest)), text)
            who = who or text
        elif rest is None:
            who = text.removesuffix(" to").removesuffix(", inter alia").strip(" ,")
        found = self.bodies.addressees(who) or [Addressee(None, who, None)]
        return self._asks(found, [_lowered(task.strip(" ;.,")) for task in pieces], text)

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
            if not _GOVERNS.search(text[max(0, m.start() - _NEAR) : m.start()]):
                return text[: m.start()].rstrip(" ,"), text[m.start() :]
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
                    codes += [body.code, *self._more_recipients(task, found + 4 + body.end)]
                    break
                at = found + 4
        for m in (*_PROVIDE.finditer(task), *_KEEP.finditer(task)):
            body = self.bodies.first(task[m.end() : m.end() + _NAME])
            if body is not None:
                codes.append(body.code)
        return tuple(dict.fromkeys(codes))

    def _more_recipients(self, task: str, at: int) -> list[str]:
        """`… at its forty-first session and to the General Assembly`."""
        codes: list[str] = []
        while link := _ALSO_TO.match(task, at):
            body = self.bodies.first(task[link.end() : link.end() + _NAME])
            if body is None:
                break
            codes.append(body.code)
            at = link.end() + body.end
        return codes

    def _channels(self, task: str) -> tuple[str, ...]:
        codes = []
        for m in _THROUGH.finditer(task):
            body = self.bodies.first(task[m.end() : m.end() + _NAME])
            after = task[m.end() + body.end :] if body else ""
            # “through the United Nations system”, “through the IGF secretariat” are no channels
            if body is not None and not after.strip()[:1].isupper() and not after[:1].isalnum():
                codes.append(body.code)
        return tuple(dict.fromkeys(codes))


def _bare_task(rest: str) -> str:
    """`to intensify action, through, inter alia` → `to intensify action`."""
    return rest.removesuffix("inter alia").rstrip(" ,").removesuffix(" through").rstrip(" ,")


def _begins_task(piece: str) -> bool:
    """`(a) To publish …`, `(a) Publish …`: a piece that names something to be done."""
    word = piece.split(None, 1)[0] if piece.strip() else ""
    return word in ("To", "to") or is_task_verb(word)


def _lowered(task: str) -> str:
    """`To publish` below a chapeau is `to publish`."""
    return "to" + task[2:] if task.startswith("To ") else task
