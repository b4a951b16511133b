"""Adding the official text of a document in a language, to the document and its provisions."""

import hashlib
import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Document, LanguageVersion
from stocktake.domain.documents.queries import MAX_FILE
from stocktake.domain.documents.services import checks
from stocktake.domain.documents.services.provisions import edit_provisions, provisions_held
from stocktake.domain.documents.services.writing import locked
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.multilingual import Text

_PLAIN = ("url", "file_name", "media_type", "sha256")


def add_language_version(
    actor: Actor,
    document: Document,
    *,
    language: str,
    text: str,
    content: bytes,
    file_name: str,
    media_type: str,
    url: str = "",
    provision_texts: Mapping[str, str] | None = None,
    footnotes: Mapping[str, Mapping[str, str]] | None = None,
    note: str = "",
) -> LanguageVersion:
    """Add or replace the official text of a document in a language.

    The file is kept compressed beside what was read of it. Adding the same again writes nothing.
    A language that the document was not known to exist in is added to its languages.

    Args:
        provision_texts: the words of each provision by path.
        footnotes: of provisions by path, the words of their notes by number.

    Raises:
        PermissionDenied: nothing was written.
        ValidationError: faults by field; nothing was written.
    """
    told = {
        "url": url,
        "file_name": file_name,
        "media_type": media_type,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    with transaction.atomic():
        document = locked(document)
        require(actor, "documents.edit", document)
        _check(language, text, content, told)
        known = provisions_held(document)
        wanted = _provision_rows(language, known, provision_texts or {}, footnotes or {})
        version = document.versions.filter(language=language).first()
        before = _described(document)
        if version is None:
            version = LanguageVersion(document=document, language=language)
        is_new = version.pk is None or version.text != text
        if is_new or any(getattr(version, name) != value for name, value in told.items()):
            version.text, version.content = text, zlib.compress(content, 9)
            for name, value in told.items():
                setattr(version, name, value)
            version.save()
            _tell(actor, document, language, before, note)
        edit_provisions(actor, document, known, wanted, note)
    return version


def _check(language: str, text: str, content: bytes, told: Mapping[str, str]) -> None:
    faults: dict[str, list[str]] = {}
    checked: dict[str, list[str]] = {
        "text": checks.official_text(text),
        "language": checks.code(language, "language"),
        "url": checks.web_address(told["url"]),
        "file_name": checks.plain(told["file_name"], 300),
        "media_type": checks.plain(told["media_type"], 100),
    }
    faults |= {name: sentences for name, sentences in checked.items() if sentences}
    if not language:
        faults["language"] = [_("A language is needed.")]
    if len(content) > MAX_FILE:
        limit = {"limit": MAX_FILE // (1024 * 1024)}
        faults["content"] = [_("The file is larger than %(limit)s MB.") % limit]
    if faults:
        raise ValidationError(faults)


def _provision_rows(
    language: str,
    known: Mapping[str, Any],
    texts: Mapping[str, str],
    footnotes: Mapping[str, Mapping[str, str]],
) -> list[dict[str, Any]]:
    """Give the new texts and notes of provisions, joined to those in other languages."""
    faults: dict[str, list[str]] = {}
    rows: dict[str, dict[str, Any]] = {}
    for path in dict.fromkeys((*texts, *footnotes)):
        if path not in known:
            faults[path] = [_("There is no %(code)s here.") % {"code": path}]
            continue
        row = rows.setdefault(path, {"path": path})
        if path in texts:
            joined = _joined(known[path].text, language, texts[path])
            row["text"] = joined.to_json()
            if sentences := checks.text(row["text"]):
                faults[path] = sentences
        if path in footnotes:
            row["footnotes"] = _notes(known[path].footnotes, language, footnotes[path])
    if faults:
        raise ValidationError(faults)
    return list(rows.values())


def _joined(text: Text, language: str, words: str) -> Text:
    return text.with_translation(language, words) if words.strip() else text


def _notes(
    held: list[dict[str, Any]], language: str, fresh: Mapping[str, str]
) -> list[dict[str, Any]]:
    by_number = {each["number"]: Text.from_json(each.get("text")) for each in held}
    join = partial(_joined, language=language)
    for number, words in fresh.items():
        by_number[number] = join(by_number.get(number, Text()), words=words)
    return [{"number": number, "text": text.to_json()} for number, text in by_number.items()]


def _described(document: Document) -> dict[str, Any]:
    rows = LanguageVersion.objects.filter(document=document).order_by("language")
    return {
        row["language"]: {name: row[name] for name in _PLAIN}
        for row in rows.values("language", *_PLAIN)
    }


def _tell(
    actor: Actor, document: Document, language: str, before: Mapping[str, Any], note: str
) -> None:
    languages = sorted({*document.languages, language})
    old: dict[str, Any] = {"versions": before} if before else {}
    new: dict[str, Any] = {"versions": _described(document)}
    if languages != sorted(document.languages):
        old["languages"], new["languages"] = sorted(document.languages), languages
    document.languages = languages
    document.advance()
    document.save(update_fields=["languages", "version", "updated_at"])
    history.record(actor, "add_text", document, before=old, after=new, note=note)
