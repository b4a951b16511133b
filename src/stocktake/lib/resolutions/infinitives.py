"""Where a task begins: `to` before a verb, told from `to` before a noun. English only."""

import bisect
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from stocktake.lib.resolutions.wording import words

_TO = re.compile(
    r"\bto ((?:(?:also|further|continue to|fully|actively|periodically|jointly|urgently|regularly|"
    r"not|effectively|promptly|immediately|strictly|swiftly|fully and effectively|better|"
    r"rapidly|adequately|duly|closely|substantially|constructively|"
    r"(?!(?:comp|app|supp|rep|re|multip|imp)ly )\w+ly) ){0,2})(\w[\w-]*)"
)
_NO_VERB = frozenset(
    words(
        "the a an all any its their his her this that these those which whom each every such "
        "other others both more most some many information developing developed least small "
        "countries member states international national regional local global access date life "
        "people women men children youth it them us whether what and or in on of at by with from "
        "for as be"
    )
)
_GOVERNORS = frozenset(
    words(
        "access regard relation respect attention response addition due according pursuant "
        "relevant related relating subject contrary prior parties party contribution "
        "contributions commitment commitments threat threats answer exposure approach "
        "approaches applicable similar linked added up back transition return thanks open "
        "vulnerable reference references solution solutions barriers obstacles key next close "
        "equal common specific particular adherence accession assistance support"
    )
)


@cache
def _verbs() -> frozenset[str]:
    text = resources.files(__package__).joinpath("words", "infinitives.txt")
    return frozenset(text.read_text(encoding="utf-8").split())


def is_task_verb(word: str) -> bool:
    """True for a verb that tasks are made of."""
    return word.lower() in _verbs()


def infinitives(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield each `to` + verb from an offset on."""
    for m in _TO.finditer(text, start):
        word = m[2].lower()
        if word in _verbs():
            governed = _word_before(text, m.start()) in _GOVERNORS
            if not governed or word not in ("access", "information", "report", "use", "work"):
                yield m
        elif (
            word not in _NO_VERB
            and m[2][0].islower()
            and _word_before(text, m.start()) not in _GOVERNORS
            and not word.endswith(("ing", "ion", "ment", "ity", "ness", "ies", "ance", "ence", "s"))
        ):
            yield m


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - 40) : at].split()
    return words[-1].strip(",;:()").lower() if words else ""


_JOINT = re.compile(
    r",? and(?:, (?:as|where|if) \w+(?: as \w+)?,)? (?=(?:also |further |in particular )?to \w)"
    r"|[,;] (?=to \w)|; and "
)
_BARE = re.compile(r"(?:, and |, | and )(?=((?:\w+ly |continue to )?\w[\w-]*) )")


def split_tasks(task: str) -> list[str]:
    """Split `to do this, to do that and to do a third` into its tasks, in order."""
    starts, ends = [0], list[int]()
    verbs = list(infinitives(task))
    places = [m.start() for m in verbs]
    joints = list(_JOINT.finditer(task))
    final = max((m.start() for m in joints if "and" in m.group()), default=-1)
    for m in joints:
        if "and" not in m.group() and m.start() > final and m.group()[0] == ",":
            continue  # “appoint two facilitators, to lead …” tells what for
        skip = m.end()
        for adverb in ("also ", "further ", "in particular "):
            skip += len(adverb) if task.startswith(adverb, skip) else 0
        at = bisect.bisect_left(places, skip)
        if at == len(places) or places[at] != skip:
            continue
        before = bisect.bisect_left(places, m.start()) - 1
        last = verbs[before] if before >= 0 and places[before] >= starts[-1] else None
        if last is None or not _is_purpose(task, last, m):
            starts.append(m.end())
            ends.append(m.start())
    pieces = [task[a:b] for a, b in zip(starts, [*ends, len(task)], strict=True)]
    tasks = [part for piece in pieces for part in _split_bare(_trim(piece))]
    return [each for each in tasks if each]


def _is_purpose(task: str, last: re.Match[str], joint: re.Match[str]) -> bool:
    """True where the next infinitive goes on with a purpose and is no task of its own.

    `to take steps to avoid` + `and to refrain`: the last verb has no object yet;
    `in order to promote X` + `and to assist Y`: one purpose goes on.
    """
    if not task[last.end() : joint.start()].strip(" ,"):
        return True
    lead = task[max(0, last.start() - 12) : last.start()].rstrip()
    purpose = lead.endswith(("in order", "so as", "view", "means", "ways"))
    return purpose and not joint.group().startswith(";")


def _split_bare(task: str) -> list[str]:
    """Split `to keep X, put into effect Y and continue to focus on Z`, where all three show."""
    cuts = []
    for m in _BARE.finditer(task):
        words = m[1].split()
        first = words[0] if not words[0].endswith("ly") or len(words) == 1 else words[-1]
        if task.endswith("inter alia", 0, m.start()):
            continue
        if is_task_verb(first) and (
            _is_object_next(task, m.end(), first) or _is_plain_verb(task, m, first)
        ):
            cuts.append(m)
    commas = [m for m in cuts if m.group().startswith(",")]
    finals = [m for m in cuts if "and" in m.group()]
    if finals and not commas:
        return _split_once(task, finals[0])
    if not commas or not finals or commas[0].start() > finals[-1].start():
        return [task]
    if _is_inner(task[: commas[0].start()]):
        return [task]
    chosen = [m for m in commas if m.start() <= finals[-1].start()]
    if finals[-1] not in chosen:
        chosen.append(finals[-1])
    starts = [0, *(m.end() for m in chosen)]
    ends = [*(m.start() for m in chosen), len(task)]
    return [_trim(task[a:b]) for a, b in zip(starts, ends, strict=True)]


def _is_plain_verb(task: str, m: re.Match[str], verb: str) -> bool:
    """True for a verb that is no noun, after a task with an object: `, harmonize response and`."""
    if verb in _NOUNS_TOO or m.group().startswith(" "):
        return m.group() == " and " and verb not in _NOUNS_TOO and _comma_before(task, m)
    return " " in task[: m.start()].removeprefix("to ")


def _comma_before(task: str, m: re.Match[str]) -> bool:
    """True for the last of a list of three: `improve A, harmonize B and strengthen C`."""
    head = task[: m.start()].removeprefix("to ")
    first, comma, rest = head.partition(", ")
    return bool(comma) and " " in first and is_task_verb(rest.partition(" ")[0])


def _split_once(task: str, m: re.Match[str]) -> list[str]:
    """`to take the necessary steps and commit to X`: the verb before has its own complement."""
    before = task[: m.start()]
    verbs = list(infinitives(before))
    first = verbs[0] if len(verbs) == 1 else None
    if first is None or before.count(" ") > 40 or _is_inner(before):
        return [task]
    rest = before[first.end() :].strip()
    following = first[2] if first[2] != "continue" else ""
    if not rest or not following or len(rest.split()) < 2:
        return [task]
    return [_trim(before), _trim(task[m.end() :])]


_NOUNS_TOO = frozenset(
    words(
        "support report access plan review study research share exchange process use work help "
        "increase decrease change demand supply offer document fund lead market test transfer "
        "finance focus form frame guide host issue link map note order place practise program "
        "progress project record reform release request rescue respect result return reward risk "
        "set stand start step structure survey target term trade transport travel treat trust "
        "update value view visit vote watch control contact comment benefit call care cause track "
        "contract cost count debate design drive effect end escape estimate experience experiment "
        "export import influence interest judge lack limit measure monitor need object outline "
        "balance answer approach attempt attack channel challenge"
    )
)
_LEAD = re.compile(r"\b(?:that|which|who|whose|in order|so as|with a view|by|of|for) \w++")
_RELATIVE = re.compile(r"\b(?:that|which|who) ")


def _is_inner(before: str) -> bool:
    """True where the infinitive belongs to words inside the task: `of those that wish to …`."""
    lead = _LEAD.search(before)
    inside = lead is not None and next(infinitives(before, lead.end()), None) is not None
    return inside or _RELATIVE.search(before) is not None


def _is_object_next(task: str, at: int, verb: str) -> bool:
    """True when an object or a particle follows the verb: not a noun such as `support`."""
    rest = task[at:].split(None, 4)
    position = next((n for n, word in enumerate(rest) if word == verb), 0)
    following = rest[position + 1] if position + 1 < len(rest) else ""
    return following in (
        "the", "a", "an", "all", "to", "into", "their", "its", "on", "with", "in", "effective",
        "new", "sound", "access", "further", "national", "capacity", "up", "out", "appropriate",
        "necessary", "measures", "steps", "action", "into", "it", "them",
    )  # fmt: skip


_DANGLING = re.compile(r",? and,? (?:when|where|as|if|to the extent) \w+$")


def _trim(piece: str) -> str:
    text = _DANGLING.sub("", piece.strip(" ,;")).rstrip(" ,;")
    return text[: -len(" and")].rstrip(" ,;") if text.endswith(" and") else text
