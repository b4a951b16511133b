"""Files of several kinds, and those that hold no text that can be read."""

import io
import zipfile

import pytest

from stocktake.lib.resolutions import Resolution, UnreadableTextError, parse
from stocktake.lib.resolutions._extraction import ExtractionLimits, extract
from stocktake.lib.resolutions.sources import Source, read_source
from tests.lib.resolutions.gold import DATA
from tests.lib.resolutions.texts import resolution

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(*paragraphs: str, numbering: str = "", notes: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        body = "".join(f"<w:p>{words}</w:p>" for words in paragraphs)
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        if numbering:
            archive.writestr("word/numbering.xml", numbering)
        if notes:
            archive.writestr("word/footnotes.xml", notes)
    return stream.getvalue()


def _run(words: str, more: str = "") -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t>{more}</w:r>'


def test_parse_docx_counts_automatic_numbers_and_ties_footnotes() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    mark = '<w:footnoteReference w:id="1"/>'
    note = f'<w:footnote w:id="1"><w:p>{_run("E/2049/7.")}</w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    data = _docx(
        _run("Resolution"), _run("2049/1"), _run("Lamps"), _run("The Economic and Social Council,"),
        _run("Recalling lamps", mark) + _run(","),
        number + _run("Notes oil;"), number + _run("Invites all States to lend oil."),
        numbering=numbering, notes=notes,
    )  # fmt: skip

    parsed = parse(data)

    assert isinstance(parsed, Resolution)
    assert [(op.number, op.text) for op in parsed.operative] == [
        (1, "Notes oil;"),
        (2, "Invites all States to lend oil."),
    ]
    assert [(n.number, n.text, n.anchor) for n in parsed.footnotes] == [
        ("1", "E/2049/7.", "preambular 1")
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"]
)
def test_read_source_of_unicode_with_or_without_its_mark_gives_the_same(encoding: str) -> None:
    text = resolution("Notes the café of the keepers;")

    assert read_source(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ru", "windows-1251"),
        ("ru", "koi8-r"),
        ("ar", "windows-1256"),
        ("ar", "iso-8859-6"),
        ("zh", "gb18030"),
        ("fr", "windows-1252"),
        ("es", "windows-1252"),
    ],
)
def test_read_source_of_an_old_encoding_recognises_it_and_names_it(
    language: str, encoding: str
) -> None:
    text = _of_language(language, encoding)

    source = read_source(text.encode(encoding))

    assert source.text == text
    assert [each.code for each in source.caveats] == ["text-encoding"]
    assert f"it was read as {encoding}." in source.caveats[0].message


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<html><meta charset="windows-1251">', "windows-1251"),
        ("<html><META content='text/html; charset=koi8-r'>", "koi8-r"),
        ("<!DOCTYPE html><html><meta charset=gb2312>", "gb18030"),
        ("<html><meta charset=iso-8859-1>", "windows-1252"),
    ],
)
def test_read_source_of_a_page_honours_the_encoding_that_it_names(head: str, encoding: str) -> None:
    words = {"gb18030": "大会，", "windows-1252": "L’Assemblée"}.get(encoding, "Генеральная")

    source = read_source(f"{head}<p>{words}</p>".encode(encoding))

    assert source.text == f"{words}\n"
    assert f"was read as {encoding}, as the page itself says" in source.caveats[0].message


def test_read_source_of_a_page_that_names_a_wrong_encoding_says_so() -> None:
    source = read_source('<html><meta charset="windows-1251"><p>Генеральная</p>'.encode())

    assert source.text == "Генеральная\n"
    assert "says that it is in windows-1251, but it is in UTF-8" in source.caveats[0].message


def test_read_source_takes_the_encoding_that_is_named() -> None:
    source = read_source("Łódź notes lamps;".encode("windows-1250"), encoding="windows-1250")

    assert source == Source("Łódź notes lamps;")


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        ("Łódź, żółw i źdźbło".encode("windows-1250"), "", "The file is not in UTF-8: in line 1"),
        ("Notes\nŁódź".encode("windows-1250"), "utf-8", "The file is not in utf-8: in line 2"),
        (b"Notes lamps;", "klingon", "No such encoding is known; name one of: windows-1256"),
    ],
)
def test_read_source_of_an_encoding_that_nobody_knows_is_refused(
    data: bytes, encoding: str, told: str
) -> None:
    with pytest.raises(UnreadableTextError) as caught:
        read_source(data, encoding=encoding)

    assert caught.value.problem.code == "text-encoding"
    assert caught.value.problem.message.startswith(told)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Notes the caf\ufffd;", "text-lost"),
        ("Note les rÃ©centes avancÃ©es prÃ©sentÃ©es;", "text-garbled"),
    ],
)
def test_read_source_of_a_text_damaged_before_says_so(text: str, code: str) -> None:
    assert [each.code for each in read_source(text).caveats] == [code]


def test_parse_names_the_encoding_among_its_warnings() -> None:
    parsed = parse(resolution("Notes the café of the keepers;").encode("windows-1252"))

    assert [each.code for each in parsed.warnings] == ["text-encoding"]


def _of_language(language: str, encoding: str) -> str:
    """A text of our own, without the signs that an encoding does not have."""
    text = (DATA / "languages" / f"{language}.txt").read_text(encoding="utf-8")
    return text.encode(encoding, errors="ignore").decode(encoding)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "text-empty"),
        (" \n\f ", "text-empty"),
        (b"\x00\x01\x02binary", "text-binary"),
        (b"PK\x03\x04broken", "zip-damaged"),
        (_docx().replace(b"word/document.xml", b"word/documents.xm"), "docx-damaged"),
        ("7" * 20_000_001, "text-too-long"),
    ],
)
def test_read_source_of_what_holds_none_says_what_is_wrong(data: bytes | str, code: str) -> None:
    with pytest.raises(UnreadableTextError) as caught:
        read_source(data)

    assert caught.value.problem.code == code
    assert caught.value.problem.message.endswith(".")


def test_read_source_of_a_damaged_pdf_says_so() -> None:
    with pytest.raises(UnreadableTextError) as caught:
        read_source(b"%PDF-1.4 nothing")

    assert caught.value.problem.code == "pdf-damaged"


def test_parse_of_a_novel_keeps_its_words_and_says_it_has_no_structure() -> None:
    parsed = parse("It was a dark night.\n\nThe rain fell on the lamps.\n\n" * 50)

    assert [each.code for each in parsed.warnings] == ["text-unstructured"]


def test_parse_of_mixed_languages_says_which_they_are() -> None:
    french = "Prie le Secrétaire général de lire les lettres des gardiens et de les publier;"
    english = "Notes the oil of the keepers of lamps and of the harbours of the coast;"

    parsed = parse(resolution(english, english, english, french, french))

    assert isinstance(parsed, Resolution)
    assert len(parsed.operative) == 5
    assert [each.message for each in parsed.warnings] == [
        "The text was read as English, but parts are in French: verbs and asks there may be wrong."
    ]


def _pdf(*pages: list[str]) -> bytes:
    """A PDF with one line of text below the other, or with none at all."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td {shown} ET" if lines else ""
        page = len(objects) + 1
        kids.append(f"{page} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {font} "
            f"/Contents {page + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    data += "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return data.encode("ascii")


def test_parse_pdf_text_layer_heals_the_break_between_pages() -> None:
    first = ["Resolution", "2049/1", "Lamps", "The Economic and Social Council,"]
    first += ["Recalling its resolution 2044/17,", "1. Notes the lamps of the coast and of"]
    second = ["the islands;", "2. Invites all States to lend oil."]

    parsed = parse(_pdf(first, second))

    assert isinstance(parsed, Resolution)
    assert [op.text for op in parsed.operative] == [
        "Notes the lamps of the coast and of the islands;",
        "Invites all States to lend oil.",
    ]


def test_extract_of_a_pdf_that_needs_more_memory_than_is_allowed_says_so() -> None:
    with pytest.raises(UnreadableTextError) as caught:
        extract(_pdf(["Notes oil;"]), "pdf", limits=ExtractionLimits(memory=24_000_000))

    assert caught.value.problem.code == "text-heavy"


def test_read_source_of_a_scanned_pdf_says_so() -> None:
    with pytest.raises(UnreadableTextError) as caught:
        read_source(_pdf([], []))

    assert caught.value.problem.code == "pdf-scanned"
