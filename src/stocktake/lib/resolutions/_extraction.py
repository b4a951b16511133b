"""The text of a PDF or DOCX file, read in a process of its own whose memory and time are limited.

Run as `python -m stocktake.lib.resolutions._extraction KIND MEMORY SECONDS`, the file on the
standard input: the first line of the output is a problem as JSON or null, the rest the text in
UTF-8.
"""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

from stocktake.lib.formats.problems import Problem
from stocktake.lib.resolutions import errors
from stocktake.lib.resolutions.errors import TOO_HEAVY, UnreadableTextError

MAX_CHARACTERS = 20_000_000


@dataclass(frozen=True)
class ExtractionLimits:
    """What one file may take: bytes of memory, seconds of the processor."""

    memory: int = 1024 * 1024 * 1024
    seconds: int = 120


def extract(data: bytes, kind: str, *, limits: ExtractionLimits | None = None) -> str:
    """Return the text of a file of the kind `pdf` or `docx`.

    Raises:
        UnreadableTextError: damaged, without text, or heavier than is allowed.
    """
    bounds = limits or ExtractionLimits()
    numbers = [str(bounds.memory), str(bounds.seconds)]
    command = [sys.executable, "-P", "-m", "stocktake.lib.resolutions._extraction", kind, *numbers]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * bounds.seconds + 10,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableTextError(TOO_HEAVY) from error
    told, _, text = done.stdout.partition(b"\n")
    if done.returncode:
        raise UnreadableTextError(TOO_HEAVY)
    problem = json.loads(told)
    if problem is not None:
        raise UnreadableTextError(Problem(**problem))
    return text.decode("utf-8", errors="replace")


def _limit(memory: int, seconds: int) -> None:
    """Limit this process; where the system knows no such limits (Windows), the caller's hold."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _pdf(data: bytes) -> str:
    # Slow to import, and needed in this process alone.
    import pypdf
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    length = 0
    try:
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            pages.append(page.extract_text(extraction_mode="layout"))
            length += len(pages[-1])
            if length > MAX_CHARACTERS:
                raise UnreadableTextError(errors.TOO_LONG)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableTextError(errors.BAD_PDF) from error
    text = "\n\f".join(pages)
    if not text.strip():
        raise UnreadableTextError(errors.SCANNED)
    return text


def _docx(data: bytes) -> str:
    from stocktake.lib.resolutions._docx import read_docx

    return read_docx(data)


_READERS: dict[str, Callable[[bytes], str]] = {"pdf": _pdf, "docx": _docx}


def _main(kind: str, memory: int, seconds: int) -> None:
    _limit(memory, seconds)
    told, text = None, ""
    try:
        text = _READERS[kind](sys.stdin.buffer.read())
    except UnreadableTextError as error:
        told = asdict(error.problem)
    sys.stdout.buffer.write(json.dumps(told).encode("ascii") + b"\n")
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
