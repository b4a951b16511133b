"""The verbs of provisions that ask nothing, by lemma, as the page's language says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from stocktake.web import ask_parts
from stocktake.web.ask_parts import Force
from stocktake.web.environment import english

_VERBS: Mapping[str, Promise] = {
    "acknowledge": pgettext_lazy("verb of a resolution", "acknowledges"),
    "affirm": pgettext_lazy("verb of a resolution", "affirms"),
    "agree": pgettext_lazy("verb of a resolution", "agrees"),
    "commend": pgettext_lazy("verb of a resolution", "commends"),
    "consider": pgettext_lazy("verb of a resolution", "considers"),
    "draw attention": pgettext_lazy("verb of a resolution", "draws attention"),
    "emphasize": pgettext_lazy("verb of a resolution", "emphasizes"),
    "endorse": pgettext_lazy("verb of a resolution", "endorses"),
    "express appreciation": pgettext_lazy("verb of a resolution", "expresses appreciation"),
    "express concern": pgettext_lazy("verb of a resolution", "expresses concern"),
    "highlight": pgettext_lazy("verb of a resolution", "highlights"),
    "look forward": pgettext_lazy("verb of a resolution", "looks forward"),
    "note": pgettext_lazy("verb of a resolution", "notes"),
    "reaffirm": pgettext_lazy("verb of a resolution", "reaffirms"),
    "recall": pgettext_lazy("verb of a resolution", "recalls"),
    "recognize": pgettext_lazy("verb of a resolution", "recognizes"),
    "reiterate": pgettext_lazy("verb of a resolution", "reiterates"),
    "stress": pgettext_lazy("verb of a resolution", "stresses"),
    "support": pgettext_lazy("verb of a resolution", "supports"),
    "take note": pgettext_lazy("verb of a resolution", "takes note"),
    "underline": pgettext_lazy("verb of a resolution", "underlines"),
    "welcome": pgettext_lazy("verb of a resolution", "welcomes"),
}


def force(level: int, lemma: str) -> Force:
    """Give a verb with its force; one that nobody has put into words yet stays English."""
    if level:
        return ask_parts.force(level, lemma)
    known = _VERBS.get(lemma)
    return Force(0, str(known) if known else english(lemma), ask_parts.force(0).words)
