"""What a report says was decided, agreed, requested or invited, and by whom. English only."""

import re

from stocktake.lib.resolutions.model import Decision, Paragraph

_PASSIVE = re.compile(
    r"\b(?:[Ii]t (?:was|is)|were|was|is|are|been) (?:also |further |then |therefore )?"
    r"(decided|agreed(?: on| upon)?|requested|resolved|invited|recommended|supported|"
    r"concluded)\b(?: by the (meeting|[A-Z][\w-]{0,40}"
    r"(?: [A-Z][\w-]{0,40}){0,6}))?"
)
_ACTOR = re.compile(
    r"(?<![\w/-])(?:the |The )?+([A-Z][\w/-]*+(?: (?:of the |of |on )?[A-Z][\w/-]*+)*+"
    r"(?: \d{4})?|meeting|membership|ad-hoc sub-group)"
)
_ACTS = re.compile(
    r"(?:,? \([^)]{1,40}\))? (?:also |further |considered and )?"
    r"(decided|agreed(?: upon| on)?|requested|resolved|invited|recommended|approved|adopted|"
    r"supported|instructed|accepted(?= to))\b"
)
_SENTENCE = re.compile(
    r"\.(?=\s)(?<!\bMr\.)(?<!\bDr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\b[A-Z]\.)\s++(?=[A-Z])"
)
_AGREEMENT = re.compile(r"\b[Tt]here was (?:an |general )?agreement\b")
_ALSO = re.compile(r" and (requested|decided|agreed|invited|recommended) ")
_LEMMAS = {
    "decided": "decide", "agreed": "agree", "requested": "request", "resolved": "resolve",
    "invited": "invite", "recommended": "recommend", "approved": "approve", "adopted": "adopt",
    "supported": "support", "instructed": "instruct", "accepted": "accept",
    "concluded": "conclude", "endorsed": "endorse",
}  # fmt: skip


def read_decisions(paragraphs: tuple[Paragraph, ...]) -> tuple[Decision, ...]:
    """Return one decision for each verb of deciding in the past tense, in order."""
    found: list[Decision] = []
    for paragraph in paragraphs:
        if paragraph.number is None:
            continue
        if _AGREEMENT.search(paragraph.text):
            points = " ".join(
                [paragraph.text.partition("\n\n")[0], *(item.text for item in paragraph.items)]
            )
            found.append(Decision(paragraph.number, None, "agree", points))
        for text in (paragraph.text, *(item.text for item in paragraph.items)):
            for sentence in _SENTENCE.split(text):
                found += _in_sentence(" ".join(sentence.split()), paragraph.number)
    return tuple(found)


def _in_sentence(sentence: str, number: str) -> list[Decision]:
    made: list[tuple[int, str | None, str]] = []
    for m in _PASSIVE.finditer(sentence):
        if m[1] == "invited" and "membership" not in sentence[: m.start()].lower():
            continue
        made.append((m.start(1), m[2], m[1]))
    taken = {start for start, _, _ in made}
    for m in _ACTOR.finditer(sentence):
        acts = _ACTS.match(sentence, m.end())
        if acts and acts.start(1) not in taken:
            made.append((acts.start(1), m[1], acts[1]))
    actor = made[0][1] if made else _subject(sentence)
    for m in _ALSO.finditer(sentence):
        if actor and not any(start == m.start(1) for start, _, _ in made):
            made.append((m.start(1), actor, m[1]))
    return [
        Decision(number, actor, _LEMMAS[verb.split()[0]], sentence)
        for _, actor, verb in sorted(made, key=lambda each: each[0])
    ]


def _subject(sentence: str) -> str | None:
    m = re.match(
        r"The ([A-Z][\w-]*(?: [A-Z][\w-]*){0,3}) (?:took note|considered|noted)\b", sentence
    )
    return m[1] if m else None
