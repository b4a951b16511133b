"""Killing web, worker and importer with no warning while people edit and files are imported."""

import json
import random
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stocktake.kernel.common.identifiers import stable_public_id
from tests.drills.importing import Imports
from tests.drills.looking import ask
from tests.drills.material import DATA
from tests.drills.site import Site
from tests.drills.visitor import Visitor
from tests.drills.writers import Told, Writers
from tests.homes import Home

_SAMPLE = DATA / "sample" / "activities.json"
_EDITED = 6
"""Activities of the sample that the visitors edit."""


@dataclass(frozen=True)
class Plan:
    """How many processes of each kind are killed, and how much the verification asks.

    Args:
        pause: the most seconds that people edit undisturbed between two kills of the site.
    """

    web: int
    worker: int
    importer: int
    queries: int = 100
    pause: float = 4.0


@dataclass(frozen=True)
class Killing:
    """What was done, and what the record, the log and the index said of it afterwards."""

    kills: Counter[str]
    told: Told
    endings: Counter[str]
    lost: list[str]
    twice: list[str]
    halves: list[str]
    log_faults: list[str]
    search_differences: list[str]
    import_differences: list[str]
    left_running: list[str]
    imported: int

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, doubled, halved, refused or left behind."""
        faults = [*self.lost, *self.twice, *self.halves, *self.log_faults]
        faults += [*self.search_differences, *self.import_differences, *self.told.faults]
        return not faults and not self.left_running


def kill(home: Home, control: Home, files: list[Path], plan: Plan, seed: int) -> Killing:
    """Kill and look.

    Args:
        home: an installation, with the sample where web or worker are killed.
        control: the same again, into which the files are imported without interruption.
        files: IATI files that share no activity, several for each kill of an importer.
    """
    imports = Imports(home, files, random.Random(seed + 1))
    told, kills, left = Told(), Counter[str](), list[str]()
    with ThreadPoolExecutor(1) as aside:
        importing = aside.submit(imports.run, plan.importer)
        if plan.web or plan.worker:
            told, kills, left = _kill_site(home, plan, seed, importing)
        importing.result()
    kills["importer"] = imports.kills
    edited = list(told.acknowledged)
    kept = map(str, imports.kept)
    with ThreadPoolExecutor(2) as both:
        here = both.submit(ask, home, "judge", str(plan.queries), str(seed), *edited)
        there = both.submit(ask, control, "import_all", *kept) if plan.importer else None
    judged = here.result()
    alike = there.result() if there else judged["imported"]
    return _judged(judged, alike, told, kills, imports.endings, left)


def _kill_site(
    home: Home, plan: Plan, seed: int, meanwhile: Future[None]
) -> tuple[Told, Counter[str], list[str]]:
    """Kill parts of a running site while people edit, until something else is over as well."""
    keys = [row["key"] for row in json.loads(_SAMPLE.read_text(encoding="utf-8"))[:_EDITED]]
    site = Site(home)
    try:
        visitor = Visitor()
        visitor.sign_in(site.link)
        activities = [stable_public_id("A", key) for key in keys]
        writers = Writers(site.address, visitor, activities, seed)
        writers.start()
        kills = _kill_by_turns(site, writers, plan, random.Random(seed))
        wait([meanwhile])
        if not writers.wait_for_more():
            raise AssertionError("".join(site.lines[-20:]))
        told = writers.stop()
    finally:
        left = site.stop()
    return told, kills, left


def _kill_by_turns(site: Site, writers: Writers, plan: Plan, chance: random.Random) -> Counter[str]:
    """Kill web and worker in a random order, each time after an edit was acknowledged again."""
    kills: Counter[str] = Counter()
    turns = ["web"] * plan.web + ["worker"] * plan.worker
    chance.shuffle(turns)
    for turn in turns:
        if not writers.wait_for_more():
            raise AssertionError("".join(site.lines[-20:]))
        time.sleep(chance.uniform(0, plan.pause))
        if turn == "web":
            kills[f"web, {site.kill_web(chance)}"] += 1
        else:
            site.kill_worker()
            kills["worker"] += 1
    return kills


def _judged(
    here: dict[str, Any],
    there: dict[str, Any],
    told: Told,
    kills: Counter[str],
    endings: Counter[str],
    left: list[str],
) -> Killing:
    lost, twice = [], []
    for public_id, titles in told.acknowledged.items():
        logged = here["titles"][public_id][:-1]
        lost += [title for title in titles if title not in logged]
        twice += [title for title, number in Counter(logged).items() if number > 1]
        places = [logged.index(title) for title in titles if title in logged]
        if places != sorted(places) or here["titles"][public_id][-1] != logged[-1]:
            lost.append(f"the order of the edits of {public_id}")
    return Killing(
        kills,
        told,
        endings,
        lost,
        twice,
        here["halves"],
        here["log faults"],
        here["search differences"],
        differences(here["imported"], there),
        left,
        len(here["imported"]["activities"]),
    )


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Say in what two installations differ that imported the same files."""
    found = []
    for key in sorted({*ours["activities"], *theirs["activities"]}):
        one, other = ours["activities"].get(key), theirs["activities"].get(key)
        if one != other:
            found.append(f"{key}: {one} instead of {other}")
    if ours["organizations"] != theirs["organizations"]:
        parts = set(ours["organizations"]) ^ set(theirs["organizations"])
        found.append(f"organizations: {sorted(parts) or 'some are double'}")
    found += [f"{public_id} has no source" for public_id in ours["without source"]]
    return found
