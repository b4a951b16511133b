"""Sort keys that do not depend on a database's collation."""

import unicodedata
from functools import lru_cache

_ARABIC_ARTICLE = "ال"


def sort_key(text: str, language: str) -> str:
    """Give a key whose code point order is the reading order of `language`.

    Accents, case and Arabic marks are set aside. Chinese is put in the order of the national
    standard GB 18030, whose first level follows the sounds. The key ends in the text itself, so
    that equal keys stay in a stable order.
    """
    order = language[:2]
    return _key(text, order if order in ("zh", "ar") else "")


@lru_cache(maxsize=4096)  # a title is asked for once a language, one after another
def _key(text: str, order: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    if order == "zh":
        code = plain.encode("gb18030", errors="replace").hex()
        return f"{code} {plain}"
    bare = _bare(plain)
    if order == "ar":
        bare = " ".join(word.removeprefix(_ARABIC_ARTICLE) or word for word in bare.split())
    return f"{bare} {plain}"


def spelling_key(text: str) -> str:
    """Give a key that is equal for two spellings of one name: case, accents, marks set aside."""
    return _bare(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=1024)
def _bare(plain: str) -> str:
    decomposed = unicodedata.normalize("NFD", plain)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c != "ـ")
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())
