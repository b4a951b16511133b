"""Invented names of places and projects: the same syllables in Latin, Cyrillic, Arabic, Chinese."""

from collections.abc import Sequence
from random import Random

NAMES = 3000

_LATIN = (
    "ba be bo da de do ga go ka ke ki ko la le li lo ma me mi mo na ne ni no "
    "ra re ri ro sa se so ta te ti to va ve vi vo za zo sha mar tel ven dor"
)
_CYRILLIC = (
    "ба бе бо да де до га го ка ке ки ко ла ле ли ло ма ме ми мо на не ни но "
    "ра ре ри ро са се со та те ти то ва ве ви во за зо ша мар тел вен дор"
)
_ARABIC = (
    "با بي بو دا دي دو غا غو كا كي كي كو لا لي لي لو ما مي مي مو نا ني ني نو "
    "را ري ري رو سا سي سو تا تي تي تو فا في في فو زا زو شا مار تيل فين دور"
)
_CHINESE = (
    "巴 贝 博 达 德 多 加 戈 卡 凯 基 科 拉 莱 利 洛 马 梅 米 莫 纳 内 尼 诺 "
    "拉 雷 里 罗 萨 塞 索 塔 特 蒂 托 瓦 韦 维 沃 扎 佐 沙 马尔 特尔 文 多尔"
)
_SYLLABLES = {
    "en": _LATIN.split(),
    "fr": _LATIN.split(),
    "es": _LATIN.split(),
    "ru": _CYRILLIC.split(),
    "ar": _ARABIC.split(),
    "zh": _CHINESE.split(),
}
_SHORTEST, _LONGEST = 3, 4


def invent_names(chance: Random, count: int = NAMES) -> list[tuple[int, ...]]:
    """Draw distinct names as tuples of syllable numbers, to be spelled in any language."""
    drawn: dict[tuple[int, ...], None] = {}
    many = len(_SYLLABLES["en"])
    while len(drawn) < count:
        length = chance.randint(_SHORTEST, _LONGEST)
        drawn[tuple(chance.randrange(many) for _ in range(length))] = None
    return list(drawn)


def spell(names: Sequence[tuple[int, ...]], language: str) -> tuple[str, ...]:
    """Write the names in the script of a language."""
    syllables = _SYLLABLES[language]
    return tuple("".join(syllables[part] for part in name).capitalize() for name in names)
