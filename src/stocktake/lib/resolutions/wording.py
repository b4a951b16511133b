"""Lists of words written as one text, so that a table of hundreds stays readable."""


def words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return text.split()
