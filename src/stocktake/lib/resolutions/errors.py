"""What is raised for a text that can not be read; each message is a full sentence."""

from stocktake.lib.formats.problems import Problem, gettext_noop


class UnreadableTextError(Exception):
    """The input holds no text that can be parsed; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


EMPTY = Problem("text-empty", gettext_noop("The file holds no text."))
SCANNED = Problem(
    "pdf-scanned",
    gettext_noop("The PDF holds pictures of pages and no text: run text recognition on it first."),
)
BAD_PDF = Problem("pdf-damaged", gettext_noop("The PDF can not be read: it is damaged or locked."))
BAD_DOCX = Problem("docx-damaged", gettext_noop("The file is no Word document (DOCX)."))
BINARY = Problem("text-binary", gettext_noop("The file is neither text, HTML, DOCX nor PDF."))
ENCODING_UNKNOWN = gettext_noop(
    "The file is not in UTF-8: in line %(line)s stands the byte %(byte)s (number %(place)s of the "
    "file). Save it as UTF-8, or name its encoding, such as %(names)s."
)
ENCODING_MISFIT = gettext_noop(
    "The file is not in %(encoding)s: in line %(line)s stands the byte %(byte)s (number "
    "%(place)s of the file). Name another encoding, such as %(names)s."
)
TOO_HEAVY = Problem(
    "text-heavy",
    gettext_noop(
        "The file is damaged or needs more memory or time than is allowed (1 GB, 120 s): save its "
        "text as a file of its own and take that."
    ),
)
SEVERAL = gettext_noop(
    "The file holds %(count)s resolutions (%(symbols)s): name one of them by its symbol."
)
TOO_LONG = Problem(
    "text-too-long", gettext_noop("The file holds more than 20 million characters of text.")
)
NO_AKN = Problem(
    "akn-missing", gettext_noop("The file holds no Akoma Ntoso statement and no document.")
)
NO_STRUCTURE = Problem(
    "text-unstructured",
    gettext_noop(
        "The text is neither a resolution nor a numbered report: no opening formula and no "
        "numbered paragraph was found."
    ),
)
