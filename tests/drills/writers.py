"""Visitors who edit through the web form without a pause, and remember what was acknowledged."""

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.drills.visitor import Answer, FilledForm, Unanswered, Visitor

_PAUSE = 0.05


@dataclass
class Told:
    """What the visitors were told: acknowledged titles by activity, in order, and the rest."""

    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many edits were acknowledged."""
        return sum(map(len, self.acknowledged.values()))

    @property
    def longest_gap(self) -> float:
        """The longest time in seconds between two acknowledgements, whoever got them."""
        pairs = pairwise(sorted(self.times))
        return max((after - before for before, after in pairs), default=0.0)


class Writers:
    """Some visitors, each editing activities of their own; one sign-in serves all."""

    def __init__(
        self, address: str, visitor: Visitor, activities: Sequence[str], seed: int
    ) -> None:
        self.told = Told({public_id: [] for public_id in activities})
        self._address = address
        self._cookies = visitor.cookies
        self._stop = threading.Event()
        self._lock = threading.Lock()
        shares = [activities[start::3] for start in range(min(3, len(activities)))]
        self._threads = [
            threading.Thread(target=self._write, args=(share, f"{seed}-{number}"), daemon=True)
            for number, share in enumerate(shares)
        ]

    def start(self) -> None:
        """Begin to edit."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> Told:
        """Finish what is begun, and give what was told."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)
        return self.told

    def wait_for_more(self, seconds: float = 60) -> bool:
        """Wait until one more edit is acknowledged than now; says whether it was."""
        before, until = self.told.count, time.monotonic() + seconds
        while self.told.count <= before:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def _write(self, activities: Sequence[str], name: str) -> None:
        chance = random.Random(name)
        visitor = Visitor(self._cookies)
        number = 0
        while not self._stop.is_set():
            number += 1
            public_id, title = chance.choice(activities), f"Edit {name}-{number}"
            form = self._opened(visitor, public_id)
            if form is not None:
                self._send(visitor, public_id, form.with_fields(title=title), chance)
            time.sleep(_PAUSE)

    def _opened(self, visitor: Visitor, public_id: str) -> FilledForm | None:
        try:
            form = visitor.form(f"{self._address}/activities/{public_id}/edit/?text=en")
        except Unanswered:
            self._note("no form: the site was gone")
            return None
        if form is None:
            self._fault(f"no form to edit {public_id}")
        return form

    def _send(
        self, visitor: Visitor, public_id: str, form: FilledForm, chance: random.Random
    ) -> None:
        """Send a form; when no answer comes, send the same again or leave it, as people do."""
        while True:
            try:
                answer = visitor.send(form)
            except Unanswered:
                self._note("no answer")
                if self._stop.is_set() or chance.random() < 0.5:
                    return
                time.sleep(_PAUSE)
                continue
            self._take(public_id, form.fields["title"], answer)
            return

    def _take(self, public_id: str, title: str, answer: Answer) -> None:
        if answer.status == 302 and public_id in answer.location:
            with self._lock:
                self.told.acknowledged[public_id].append(title)
                self.told.times.append(time.monotonic())
                self.told.answers["acknowledged"] += 1
        elif answer.status == 409:
            self._note("changed meanwhile")
        else:
            self._fault(f"{answer.status} {answer.location} for {title} of {public_id}")

    def _note(self, what: str) -> None:
        with self._lock:
            self.told.answers[what] += 1

    def _fault(self, what: str) -> None:
        with self._lock:
            self.told.answers["refused"] += 1
            self.told.faults.append(what)
