"""Where a task begins: `to` before a verb, told from `to` before a noun. English only."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from stocktake.lib.resolutions.wording import words

_TO = re.compile(
    r"\bto ((?:(?:also|further|continue to|fully|actively|periodically|jointly|urgently|regularly|"
    r"not|effectively|promptly|immediately|strictly|swiftly|fully and effectively|better|"
    r"rapidly|adequately|duly|closely|substantially|constructively|\w+ly) ){0,2})(\w[\w-]*)"
)
_NO_VERB = frozenset(
    words(
        "the a an all any its their his her this that these those which whom each every such "
        "other others both more most some many information developing developed least small "
        "countries member states international national regional local global access date life "
        "it them us whether what and or in on of at by with from for as be"
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


_JOINT = re.compile(r",? and (?=(?:also |further |in particular )?to \w)|[,;] (?=to \w)|; and ")
_BARE = re.compile(r"(?:, and |, | and )(?=((?:\w+ly |continue to )?\w[\w-]*) )")


def split_tasks(task: str) -> list[str]:
    """Split `to do this, to do that and to do a third` into its tasks, in order."""
    starts = [0]
    verbs = {m.start() for m in infinitives(task)}
    joints = list(_JOINT.finditer(task))
    final = max((m.start() for m in joints if "and" in m.group()), default=-1)
    for m in joints:
        if "and" not in m.group() and m.start() > final and m.group()[0] == ",":
            continue  # “appoint two facilitators, to lead …” tells what for
        skip = m.end()
        for adverb in ("also ", "further ", "in particular "):
            skip += len(adverb) if task.startswith(adverb, skip) else 0
        if skip in verbs and not _is_purpose(task[starts[-1] : m.start()], m.group()):
            starts.append(m.end())
    pieces = [task[a:b] for a, b in zip(starts, [*starts[1:], len(task)], strict=True)]
    tasks = [part for piece in pieces for part in _split_bare(_trim(piece))]
    return [each for each in tasks if each]


def _is_purpose(before: str, joint: str) -> bool:
    """True where the next infinitive goes on with a purpose and is no task of its own.

    `to take steps to avoid` + `and to refrain`: the last verb has no object yet;
    `in order to promote X` + `and to assist Y`: one purpose goes on.
    """
    last = list(infinitives(before))
    if not last:
        return False
    if not before[last[-1].end() :].strip(" ,"):
        return True
    purpose = before[: last[-1].start()].rstrip().endswith(("in order", "so as", "view"))
    return purpose and not joint.startswith(";")


def _split_bare(task: str) -> list[str]:
    """Split `to keep X, put into effect Y and continue to focus on Z`, where all three show."""
    cuts = []
    for m in _BARE.finditer(task):
        words = m[1].split()
        first = words[0] if not words[0].endswith("ly") or len(words) == 1 else words[-1]
        if is_task_verb(first) and _is_object_next(task, m.end(), first):
            cuts.append(m)
    commas = [m for m in cuts if m.group().startswith(",")]
    finals = [m for m in cuts if "and" in m.group()]
    if finals and not commas:
        return _split_once(task, finals[0])
    if not commas or not finals or commas[0].start() > finals[-1].start():
        return [task]
    chosen = [m for m in commas if m.start() <= finals[-1].start()]
    if finals[-1] not in chosen:
        chosen.append(finals[-1])
    starts = [0, *(m.end() for m in chosen)]
    ends = [*(m.start() for m in chosen), len(task)]
    return [_trim(task[a:b]) for a, b in zip(starts, ends, strict=True)]


def _split_once(task: str, m: re.Match[str]) -> list[str]:
    """`to take the necessary steps and commit to X`: the verb before has its own complement."""
    before = task[: m.start()]
    verbs = list(infinitives(before))
    first = verbs[0] if len(verbs) == 1 else None
    if first is None or before.count(" ") > 40 or _INNER.search(before):
        return [task]
    rest = before[first.end() :].strip()
    following = first[2] if first[2] != "continue" else ""
    if not rest or not following or len(rest.split()) < 2:
        return [task]
    return [_trim(before), _trim(task[m.end() :])]


_INNER = re.compile(
    r"\b(?:that|which|who|whose|in order|so as|with a view|by|of|for) (?:\w+ )?\w+(?:ing|s)?\b"
    r".*\bto \w+|\b(?:that|which|who) "
)


def _is_object_next(task: str, at: int, verb: str) -> bool:
    """True when an object or a particle follows the verb: not a noun such as `support`."""
    rest = task[at:].split(None, 4)
    position = next((n for n, word in enumerate(rest) if word == verb), 0)
    following = rest[position + 1] if position + 1 < len(rest) else ""
    return following in (
        "the", "a", "an", "all", "to", "into", "their", "its", "on", "with", "in", "effective",
        "new", "sound", "access", "further", "national", "capacity", "up", "out",
    )  # fmt: skip


_DANGLING = re.compile(r",? and,? (?:when|where|as|if|to the extent) \w+$")


def _trim(piece: str) -> str:
    text = _DANGLING.sub("", piece.strip(" ,;")).rstrip(" ,;")
    return text[: -len(" and")].rstrip(" ,;") if text.endswith(" and") else text
