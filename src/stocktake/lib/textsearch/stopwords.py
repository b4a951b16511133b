"""Words that only hold a sentence together, folded; a query may leave them out."""

from __future__ import annotations

from typing import Final

from stocktake.lib.textsearch.folding import fold

_WORDS: Final = """
    a an and are as at by for from in is of on or that the to was were with
    au aux avec ce ces d dans de des du en et est l la le les ou par pour sur un une
    al como con del e el es las los o para por que se sin su sus una unas unos y
    без в во для до за и из или к как ко на о об от по при с со что
    الى او ان عن على في من هذا هذه مع و
"""
STOP_WORDS: Final = frozenset(fold(word) for word in _WORDS.split())
