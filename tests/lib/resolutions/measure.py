"""Precision, recall and F1 of `stocktake.lib.resolutions` against the gold.

`python -m tests.lib.resolutions.measure [SHARED]` prints a table; SHARED holds `seeds`, `data`.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.lib.resolutions._reports import report_items
from tests.lib.resolutions._units import Matched, match_units
from tests.lib.resolutions.gold import (
    Json,
    Text,
    addressee,
    bare,
    outcome_document,
    own_texts,
    shared_texts,
    symbol,
)

Items = Mapping[str, tuple[Iterable[Any], Iterable[Any], Iterable[Any]]]


class Score(NamedTuple):
    """How many items are right, invented and missed; `wrong` names the first of them."""

    right: int = 0
    invented: int = 0
    missed: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Give right of all given, 1 where none was given."""
        return self.right / (self.right + self.invented) if self.right + self.invented else 1.0

    @property
    def recall(self) -> float:
        """Give right of all due, 1 where none was due."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        total = 2 * self.right + self.invented + self.missed
        return 2 * self.right / total if total else 1.0

    @property
    def exact(self) -> bool:
        """Tell whether nothing is missed and nothing invented."""
        return not self.invented and not self.missed

    def __add__(self, other: "Score") -> "Score":
        """Count both together."""
        return Score(
            self.right + other.right,
            self.invented + other.invented,
            self.missed + other.missed,
            (*self.wrong, *other.wrong),
        )


def count(due: Iterable[Any], given: Iterable[Any], free: Iterable[Any] = ()) -> Score:
    """Compare two bags of items; what is in `free` neither counts for nor against."""
    want, have, spare = Counter(due), Counter(given), set(free)
    right = want & have
    invented = Counter({k: n for k, n in (have - want).items() if k not in spare})
    missed = want - have
    wrong = [f"+ {item}" for item in invented] + [f"- {item}" for item in missed]
    return Score(right.total(), invented.total(), missed.total(), tuple(wrong))


def measure(text: Text, answer: Json) -> dict[str, Score]:
    """Compare one answer, in the shape of `parse --json`, with the gold of its text."""
    matched = match_units(text, answer)
    scores = {name: count(*bags) for name, bags in matched.items.items()}
    scores["identity"] = _identity(text.gold, answer)
    scores |= {name: count(*bags) for name, bags in _clause_items(text, matched).items()}
    scores |= {name: count(*bags) for name, bags in _reference_items(text, answer).items()}
    if text.gold["kind"] == "report":
        scores |= {name: count(*bags) for name, bags in report_items(text, answer).items()}
    return {name: score for name, score in scores.items() if score != Score()}


def _identity(gold: Json, answer: Json) -> Score:
    """Compare the symbol and the day of adoption where the text states them."""
    due = [(k, gold[k]) for k in ("symbol", "adopted") if gold.get(k)]
    given = [(k, answer.get(k)) for k, _ in due if answer.get(k)]
    return count(due, [(k, symbol(str(v)) if k == "symbol" else v) for k, v in given])


def _clause_items(text: Text, matched: Matched) -> Items:
    """Give the bags of clauses, forces, asks, due dates, recurrences, routes and conditions."""
    bags: dict[str, tuple[list[Any], list[Any], list[Any]]] = defaultdict(lambda: ([], [], []))
    certain = {(c["unit"], c["lemma"]) for c in text.gold["clauses"] if not c.get("optional")}
    doubtful = {(c["unit"], c["lemma"]) for c in text.gold["clauses"]} - certain
    free_units = {unit for unit, _ in doubtful} - {unit for unit, _ in certain}
    for clause in text.gold["clauses"]:
        unit, optional = clause["unit"], bool(clause.get("optional"))
        _put(bags, 2 if optional else 0, unit, clause)
        for ask in clause.get("asks", []):
            free = optional or bool(ask.get("optional")) or ask["addressee"] is None
            _put_ask(bags, 2 if free else 0, (unit, clause["lemma"]), ask, _words(text))
    for unit, operative in matched.operatives.items():
        for clause in operative.get("clauses") or []:
            key = (unit, clause["lemma"])
            if key in doubtful or unit in free_units:
                continue
            _put(bags, 1, unit, clause)
            for ask in clause.get("asks") or []:
                if ask.get("addressee"):
                    _put_ask(bags, 1, key, ask, lambda words: words)
    coded = {task[:3] for task in bags["tasks"][0]}
    bags["tasks"][1][:] = [task for task in bags["tasks"][1] if task[:3] in coded]
    once = ("asks", "dues", "recurrences", "conditions", "report to", "through", "qualifiers")
    return {k: tuple(set(b) for b in v) if k in once else v for k, v in bags.items()}


def _words(text: Text) -> Callable[[Any], str]:
    return lambda start: text.source[start : start + 60]


def _put(bags: Any, side: int, unit: str, clause: Json) -> None:
    lemma, modifiers = clause["lemma"], tuple(sorted(clause.get("modifiers") or ()))
    bags["clauses"][side].append((unit, lemma))
    bags["forces"][side].append((unit, lemma, clause["force"]))
    bags["modifiers"][side].append((unit, lemma, modifiers))


def _put_ask(
    bags: Any, side: int, key: tuple[str, str], ask: Json, words: Callable[[Any], str]
) -> None:
    """Add one ask to the bags of `side`: 0 due, 1 given, 2 free."""
    unit, who = key[0], addressee(ask["addressee"])
    bags["asks"][side].append((*key, who))
    if ask.get("task") is not None:
        bags["tasks"][side].append((*key, who, _first(words(ask["task"]))))
    if ask.get("due"):
        free = bool(ask["due"].get("optional"))
        bags["dues"][2 if free else side].append((unit, who, _due(ask["due"])))
    if ask.get("recurrence"):
        every = ask["recurrence"].get("iso8601") or "periodic, interval unknown"
        bags["recurrences"][side].append((unit, who, every))
    if ask.get("condition"):
        bags["conditions"][side].append((unit, who))
    if ask.get("qualifier"):
        bags["qualifiers"][side].append((unit, who))
    for name, field in (("report to", "report_to"), ("through", "through")):
        bags[name][side].extend((unit, who, addressee(c)) for c in ask.get(field) or [])


def _first(task: str) -> str:
    """Give the first letters of a task, by which two readings of it are compared."""
    words = task.strip().removeprefix("to ").removeprefix("that ")
    return bare(words)[:10].lower()


def _due(due: Json) -> tuple[str, Any]:
    """Give what a due date says: the number of a session, else a day, else that it is relative."""
    session = str(due.get("session") or "")
    if session and due.get("kind", "session") != "absolute":
        digits = "".join(c if c.isdigit() else " " for c in session).split()
        return ("session", int(digits[-1])) if digits else ("session", session)
    if due.get("not_later_than"):
        return "day", str(due["not_later_than"])
    return ("year", due["year"]) if due.get("year") else ("relative", None)


def _reference_items(text: Text, answer: Json) -> Items:
    """Give the bags of symbols (once each), of resolutions by number and of named documents."""
    gold = text.gold["references"]
    numbers = {n for r in gold for n in r.get("resolutions", [])}
    free = {s for r in gold if r.get("optional") for s in r["symbols"]}
    free |= {symbol(str(text.gold.get("symbol"))), symbol(str(answer.get("symbol")))}
    due = {symbol(s) for s in text.gold["symbols"]}
    found = list(_references(answer))
    given = {symbol(s) for r in found for s in r.get("symbols") or []}
    given |= {symbol(d["symbol"]) for d in answer.get("documents") or [] if d.get("symbol")}
    given = {s for s in given if s in due or not _is_numbered(s, numbers)}
    named, free_named, told = _named(gold, False), _named(gold, True), _named(found, None)
    cited = {n for r in found for n in _resolution_numbers(r) if numbers}
    return {
        "symbols": (due, given, free),
        "resolutions": (numbers, cited, ()),
        "outcome documents": (named, told, free_named),
    }


def _is_numbered(code: str, numbers: set[str]) -> bool:
    """Tell whether a code stands for a resolution that the gold knows by its number alone."""
    return code.replace("-", "/").rsplit("/", 1)[-1] in numbers


def _named(references: Iterable[Json], optional: bool | None) -> set[tuple[str, str]]:
    """Give (document, paragraph) pairs; the paragraph is empty where none is named."""
    pairs = set()
    for reference in references:
        code = outcome_document(reference.get("document"))
        if code and optional in (None, bool(reference.get("optional"))):
            pairs |= {(code, str(p)) for p in reference.get("paragraphs") or [""]}
    return pairs


def _resolution_numbers(reference: Json) -> set[str]:
    written = str(reference.get("as_written", ""))
    if "Res" not in written and "RES" not in str(reference.get("symbols")):
        return set()
    words = " ".join([*(reference.get("symbols") or []), written])
    numbers = "".join(c if c.isdigit() else " " for c in words).split()
    return {n for n in numbers if not (len(n) == 4 and n.startswith(("19", "20")))}


def _references(value: Any) -> Iterable[Json]:
    """Walk an answer for everything that is a reference, wherever it stands."""
    if isinstance(value, dict):
        if "symbols" in value and "as_written" in value:
            yield value
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _references(part)


def parsed(text: Text) -> Json:
    """Parse the text with the library and give its answer as JSON gives it."""
    from stocktake.lib import resolutions  # inside, so that the gold is checked without it

    result: Any = resolutions.parse(text.source)
    for name in ("as_json", "to_json", "to_dict", "as_dict"):
        if hasattr(resolutions, name):
            result = getattr(resolutions, name)(result)
            break
        if hasattr(result, name):
            result = getattr(result, name)()
            break
    answer: Json = json.loads(result if isinstance(result, str) else json.dumps(result))
    return answer


def total(scores: Iterable[dict[str, Score]]) -> dict[str, Score]:
    """Count several texts together, metric by metric."""
    result: dict[str, Score] = {}
    for one in scores:
        for name, score in one.items():
            result[name] = result.get(name, Score()) + score
    return result


def table(scores: dict[str, Score], *, wrong: int = 0) -> str:
    """Set the scores as a table, each with its first `wrong` errors."""
    lines = [f"{'metric':20}{'right':>6}{'extra':>6}{'missed':>7}{'P':>7}{'R':>7}{'F1':>7}"]
    for name, s in scores.items():
        lines.append(
            f"{name:20}{s.right:6}{s.invented:6}{s.missed:7}"
            f"{s.precision:7.3f}{s.recall:7.3f}{s.f1:7.3f}"
        )
        lines += [f"    {item}" for item in s.wrong[:wrong]]
    return "\n".join(lines)


def main(shared: Path) -> None:
    """Print the scores of every text and of all together."""
    everything = {t.name: measure(t, parsed(t)) for t in [*shared_texts(shared), *own_texts()]}
    for name, scores in everything.items():
        print(f"\n== {name}\n{table(scores, wrong=12)}")
    print(f"\n== all texts\n{table(total(everything.values()))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[4] / "shared")
