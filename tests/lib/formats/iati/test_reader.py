"""Reading activities: versions 2 and 1, drafts of 2010, encodings, broken and hostile files."""

import gzip
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stocktake.lib.formats.iati import Activity, ActivityReader, Limits, open_source
from stocktake.lib.formats.iati import model as m

_ACTIVITY = (
    "<iati-activity><iati-identifier>XM-1-{n}</iati-identifier>"
    "<title><narrative>{text}</narrative></title></iati-activity>\n"
)


def _read(data: bytes | Path, **options: Limits) -> tuple[list[Activity], ActivityReader]:
    stream = io.BytesIO(data) if isinstance(data, bytes) else open_source(data)
    with stream:
        reader = ActivityReader(stream, **options)
        return list(reader), reader


def _file(*activities: str, encoding: str = "UTF-8") -> str:
    body = "".join(activities)
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        f'<iati-activities version="2.03">\n{body}</iati-activities>\n'
    )


def _codes(reader: ActivityReader) -> list[str]:
    return [problem.code for problem in reader.problems]


def test_reader_version_2_yields_every_field(samples: Path) -> None:
    activities, reader = _read(samples / "iati/activities-2.03.xml")

    first = activities[0]
    source = first.source
    first.source = b""

    fund = {
        "en": "Invented Telecommunication Fund",
        "fr": "Fonds inventé des télécommunications",
    }
    english = {"en": "Invented Telecommunication Fund"}
    assert reader.problems == []
    assert reader.header == m.FileHeader("activity", "2.03", "2012-05-16T09:00:00Z", "UTF-8", 3)
    assert b"<iati-identifier>XM-INVENTED-001</iati-identifier>" in source
    assert first == Activity(
        identifier="XM-INVENTED-001",
        line=4,
        version="2.03",
        default_language="en",
        default_currency="USD",
        last_updated_at=datetime(2012, 5, 15, 8, 30, tzinfo=UTC),
        hierarchy="1",
        is_humanitarian=False,
        reporting=m.OrganisationRef("XM-INVENTED", "40", fund, 6),
        titles={
            "en": "Community access points in rural districts",
            "fr": "Points d'accès communautaires en zone rurale",
            "ar": "نقاط نفاذ مجتمعية في المناطق الريفية",
        },
        descriptions=[
            m.Description("1", {"en": "Sets up forty access points.\n\nTrains their operators."}),
            m.Description("2", {"en": "Half of the villages within reach by 2013."}),
        ],
        other_identifiers=[m.OtherIdentifier("ITF/7", "A1", "XM-INVENTED", english)],
        participations=[
            m.Participation(m.OrganisationRef("XM-INVENTED", "40", english, 21), "1", "1"),
            m.Participation(
                m.OrganisationRef("MW-INV-7", "10", {"en": "Invented Ministry"}, 22),
                "4",
                "4",
                "MW-INV-7-A",
            ),
        ],
        status="2",
        scope="4",
        dates=[
            m.ActivityDate("1", date(2011, 1, 1), {}, 27),
            m.ActivityDate("2", date(2011, 2, 15), {"en": "First site opened"}, 28),
            m.ActivityDate("3", date(2013, 12, 31), {}, 29),
        ],
        countries=[
            m.Recipient("MW", Decimal(60), {"en": "Malawi"}, line=35),
            m.Recipient("ZM", Decimal(30), {}, line=36),
        ],
        regions=[m.Recipient("298", Decimal(10), {}, "1", 37)],
        sectors=[
            m.Sector("22040", "1", Decimal(75), {}, 38),
            m.Sector("22010", "1", Decimal(25), {}, 39),
            m.Sector("9", "7", None, {}, 40),
        ],
        tags=[
            m.Sector("9", "2", None, {"en": "Industry, innovation and infrastructure"}, 41),
            m.Sector("9.c", "3", None, {}, 42),
        ],
        policy_markers=[m.PolicyMarker("1", "1", "1", {})],
        budgets=[
            m.Budget(
                type="1",
                status="2",
                start=date(2011, 1, 1),
                end=date(2011, 12, 31),
                amount=Decimal("1250000.50"),
                currency="USD",
                value_date=date(2011, 1, 1),
                line=44,
            )
        ],
        transaction_totals=[
            m.TransactionTotal("2", "USD", Decimal(1000000), 1),
            m.TransactionTotal("3", "EUR", Decimal("350000.25"), 2),
        ],
        transaction_countries=[
            m.Recipient("MW", None, {}, line=59),
            m.Recipient("ZM", None, {}, line=66),
        ],
        transaction_sectors=[m.Sector("22040", "1", None, {}, 58)],
        results=[
            m.Result(
                "1",
                {"en": "Access points open"},
                {},
                (
                    m.Indicator(
                        {"en": "Number of access points"},
                        "1",
                        "0",
                        ((date(2011, 1, 1), date(2011, 12, 31), "20", "18"),),
                    ),
                ),
            )
        ],
        documents=[
            m.DocumentLink(
                "http://example.org/report.pdf",
                "application/pdf",
                {"en": "Report"},
                ("A01",),
                ("en", "fr"),
            )
        ],
        related=[m.RelatedActivity("XM-INVENTED-000", "1")],
    )
    assert (first.start, first.end) == (date(2011, 2, 15), date(2013, 12, 31))


def test_reader_contact_persons_are_not_in_the_model(samples: Path) -> None:
    activities, _ = _read(samples / "iati/activities-2.03.xml")

    first = activities[0]
    first.source = b""

    assert "nobody" not in repr(first).lower()


def test_reader_bad_activity_keeps_the_others_and_names_each_mistake(samples: Path) -> None:
    activities, reader = _read(samples / "iati/activities-2.03.xml")

    bad = activities[1]

    assert [a.identifier for a in activities] == [f"XM-INVENTED-00{n}" for n in (1, 2, 3)]
    assert activities[2].titles == {"es": "Ciudad en línea"}
    assert reader.problems == []
    assert {p.identifier for p in bad.problems} == {"XM-INVENTED-002"}
    assert [(p.line, p.field, p.message) for p in bad.problems] == [
        (
            92,
            "participating-org/@role",
            (
                "“7” in participating-org/@role is no role of the standard; "
                "the organization is kept without a role."
            ),
        ),
        (
            93,
            "activity-status/@code",
            (
                "“under way” in activity-status/@code is no activity status of the standard; "
                "it was left out."
            ),
        ),
        (
            94,
            "activity-date/@iso-date",
            (
                "“31/12/2011” in activity-date/@iso-date is no date of the form YYYY-MM-DD; "
                "it was left out."
            ),
        ),
        (
            95,
            "activity-date/@type",
            "“9” in activity-date/@type is no type of date of the standard; the date was left out.",
        ),
        (
            96,
            "recipient-country/@percentage",
            (
                "“140” in recipient-country/@percentage is no percentage from 0 to 100; "
                "it was left out."
            ),
        ),
        (
            97,
            "sector/@percentage",
            "“a half” in sector/@percentage is no number; it was left out.",
        ),
    ]


def test_reader_version_1_comes_out_in_codes_of_version_2(samples: Path) -> None:
    activities, reader = _read(samples / "iati/activities-1.05.xml")

    [activity] = activities

    assert reader.header.version == "1.05"
    assert activity.problems == []
    assert activity.titles == {"fr": "Café numérique", "en": "Digital café"}
    assert activity.descriptions == [
        m.Description("1", {"fr": "Première partie.", "en": "First part."})
    ]
    assert activity.reporting is not None
    assert activity.reporting.names == {"fr": "Association inventée"}
    assert activity.other_identifiers == [
        m.OtherIdentifier("A-9", "", "XM-OTHER", {"fr": "Autre association"})
    ]
    assert activity.status == "3"
    assert [(d.type, d.on) for d in activity.dates] == [
        ("1", date(2009, 1, 1)),
        ("2", date(2009, 2, 1)),
        ("4", date(2010, 4, 30)),
    ]
    assert [(p.organisation.ref, p.role) for p in activity.participations] == [
        ("XM-OTHER", "1"),
        ("XM-INVENTED", "2"),
    ]
    assert [(s.vocabulary, s.code) for s in activity.sectors] == [("1", "22040"), ("2", "220")]
    assert activity.policy_markers[0].vocabulary == "1"
    assert activity.transaction_totals == [m.TransactionTotal("3", "EUR", Decimal(500), 1)]
    assert activity.documents == [
        m.DocumentLink("http://example.org/cafe", "text/html", {}, is_website=True)
    ]


def test_reader_draft_of_2010_is_read_with_its_own_names(samples: Path) -> None:
    activities, _ = _read(samples / "iati/draft-2010.xml")

    [activity] = activities

    assert activity.problems == []
    assert activity.identifier == ""
    assert activity.key == ("Invented Bank", "Q100")
    assert activity.status == "3"
    assert [(d.type, d.on, d.is_assumed) for d in activity.dates] == [
        ("1", date(2008, 1, 1), True),
        ("3", date(2011, 12, 31), True),
    ]
    assert [(p.organisation.ref, p.organisation.type, p.role) for p in activity.participations] == [
        ("", "40", "1"),
        ("0042", "10", ""),
    ]
    assert activity.countries[0].code == "MWI"
    assert (activity.sectors[0].vocabulary, activity.sectors[0].code) == ("WB", "CT")
    assert activity.total_cost == Decimal(600)
    assert (activity.budgets[0].amount, activity.budgets[0].start) == (
        Decimal("502.11"),
        date(2009, 1, 1),
    )
    assert activity.transaction_totals == [
        m.TransactionTotal("2", "USD", Decimal(500), 1),
        m.TransactionTotal("3", "USD", Decimal(400), 1),
    ]


def test_reader_organisation_file_is_told_by_its_root(samples: Path) -> None:
    activities, reader = _read(samples / "iati/organisations-2.03.xml")

    assert (activities, reader.header.kind, reader.problems) == ([], "organisation", [])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("UTF-8", "Café — 信息 информация معلومات"),
        ("UTF-16", "Café — 信息 информация معلومات"),
        ("UTF-16LE", "Café — 信息"),
        ("UTF-16BE", "Café — 信息"),
        ("windows-1252", "Café — €"),
        ("ISO-8859-1", "Café"),
        ("ISO-8859-15", "Café €"),
        ("ISO-8859-5", "информация"),
        ("ISO-8859-6", "معلومات"),
        ("windows-1251", "информация"),
        ("windows-1256", "معلومات"),
        ("KOI8-R", "информация"),
        ("GB18030", "信息社会"),
        ("Big5", "資訊社會"),
        ("Shift_JIS", "情報"),
    ],
)
def test_reader_declared_encoding_is_followed(encoding: str, text: str) -> None:
    data = _file(_ACTIVITY.format(n=1, text=text), encoding=encoding).encode(encoding)

    activities, reader = _read(data)

    assert (activities[0].titles, reader.problems) == ({"": text}, [])


def test_reader_utf_8_byte_order_mark_is_accepted() -> None:
    data = b"\xef\xbb\xbf" + _file(_ACTIVITY.format(n=1, text="é")).encode()

    activities, reader = _read(data)

    assert (activities[0].titles, reader.problems) == ({"": "é"}, [])


def test_reader_language_without_activity_default_comes_from_the_root() -> None:
    data = b'<iati-activities xml:lang="FR"><iati-activity><iati-identifier>a</iati-identifier>'
    data += b'<title><narrative>Un</narrative><narrative xml:lang="en-GB">One</narrative></title>'
    data += b"</iati-activity></iati-activities>"

    activities, _ = _read(data)

    assert activities[0].titles == {"fr": "Un", "en": "One"}


def test_reader_element_named_like_a_record_inside_another_is_not_an_activity() -> None:
    inner = "<x><iati-activity><iati-identifier>inner</iati-identifier></iati-activity></x>"
    data = _file(_ACTIVITY.format(n=1, text="T").replace("<title>", inner + "<title>"))

    activities, _ = _read(data.encode())

    assert [a.identifier for a in activities] == ["XM-1-1"]


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.999])
def test_reader_truncated_file_yields_what_was_whole_and_a_problem(cut: float) -> None:
    data = _file(*(_ACTIVITY.format(n=n, text="T") for n in range(3000))).encode()
    part = data[: int(len(data) * cut)]

    activities, reader = _read(part)

    assert len(activities) == part.count(b"</iati-activity>")
    assert _codes(reader) == ["xml-truncated"]
    assert reader.problems[0].line > 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml-empty"),
        (b"not xml at all", "xml-start"),
        (b"   \n", "xml-start"),
        (b"%PDF-1.4 ...", "xml-start"),
        (gzip.compress(b"<iati-activities/>"), "xml-gzip"),
        (b"PK\x03\x04rest", "xml-zip"),
        (b"<html><body/></html>", "iati-root"),
        (b'<iati-activities xmlns="urn:x"/>', "iati-root"),
        (
            b'<!DOCTYPE iati-activities SYSTEM "file:///etc/passwd"><iati-activities/>',
            "xml-doctype",
        ),
        (b"<!-- a --><?b c?>\n<!DOCTYPE a []><iati-activities/>", "xml-doctype"),
        ("<!DOCTYPE a []><iati-activities/>".encode("utf-16"), "xml-doctype"),
        (b"<iati-activities>" + b"<a>" * 400, "xml-depth"),
        (b"<iati-activities><a></b></iati-activities>", "xml-mismatch"),
        (b"<iati-activities>caf\xe9</iati-activities>", "xml-encoding"),
        (b'<?xml version="1.0" encoding="nonsense"?><iati-activities/>', "xml-encoding"),
        (b"<iati-activities>a\x00b</iati-activities>", "xml-encoding"),
        (b"<iati-activities>&nbsp;</iati-activities>", "xml-entity"),
        (b'<iati-activities a="&lol;"/>', "xml-entity"),
        (b"<iati-activities/>more", "xml-broken"),
        (b'<iati-activities a="1" a="2"/>', "xml-broken"),
        (b"<!-- never closed", "xml-broken"),
    ],
)
def test_reader_unreadable_file_is_one_problem_and_no_activity(data: bytes, code: str) -> None:
    activities, reader = _read(data)

    assert (activities, _codes(reader)) == ([], [code])
    assert reader.problems[0].message.endswith(".")


def test_reader_entity_bomb_ends_before_it_expands(
    measured: Callable[[str, str], tuple[str, int]], tmp_path: Path
) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "bomb.xml"
    path.write_text(
        f'<!DOCTYPE b [<!ENTITY l0 "lol">{levels}]><iati-activities>&l11;</iati-activities>'
    )

    output, peak = measured(_CHILD, str(path))

    assert output == "0 xml-doctype"
    assert peak < 600


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        ("<iati-activities><iati-activity>", "<a/>"),
        ("<iati-activities><iati-activity>", '<a b="" c="" d="" e="" f="" g=""/>'),
        ("<iati-activities><iati-activity>", "<a>text</a> <!-- comment -->"),
        ("<iati-activities>", "<other/>"),
        ("<iati-activities>", "<!-- comment -->"),
        ("<iati-activities>", "text and text"),
        ("", "<!-- comment -->"),
        ("<!DOCTYPE a [", "<!-- comment -->"),
        ("<iati-activities ", 'a{n}="" '),
        ("<iati-activities><iati-activity>", '<a xmlns:b{n}="urn:{n}"/>'),
    ],
)
def test_reader_endless_entry_stops_within_5_seconds_and_600_mb(
    measured: Callable[[str, str], tuple[str, int]], tmp_path: Path, start: str, unit: str
) -> None:
    path = tmp_path / "endless.xml"
    with path.open("w") as file:
        file.write(start)
        for block in range(100):
            file.write("".join(unit.replace("{n}", f"{block}_{n}") for n in range(25_000)))

    output, peak = measured(_CHILD, str(path))

    assert output.split()[0] == "0"
    assert output.split()[1].startswith("xml-")
    assert peak < 600


def test_reader_gzip_bomb_stops_within_5_seconds_and_600_mb(
    measured: Callable[[str, str], tuple[str, int]], tmp_path: Path
) -> None:
    path = tmp_path / "bomb.xml.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"<iati-activities>")
        for _ in range(400):
            file.write(b" " * 1_000_000)

    output, peak = measured(_CHILD, str(path))

    assert output in ("0 xml-record-too-big", "0 xml-huge")
    assert peak < 600


def test_reader_gzip_file_reads_like_the_plain_one(samples: Path, tmp_path: Path) -> None:
    plain = samples / "iati/activities-2.03.xml"
    packed = tmp_path / "a.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert _read(packed)[0] == _read(plain)[0]


def test_reader_damaged_gzip_is_a_problem(samples: Path, tmp_path: Path) -> None:
    packed = tmp_path / "a.xml.gz"
    packed.write_bytes(gzip.compress((samples / "iati/activities-2.03.xml").read_bytes())[:-200])

    _, reader = _read(packed)

    assert _codes(reader) == ["file-unreadable"]


def test_reader_plain_file_named_gz_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.xml.gz"
    path.write_bytes(b"<iati-activities/>")

    activities, reader = _read(path)

    assert (activities, _codes(reader)) == ([], ["file-unreadable"])


def test_reader_memory_stays_flat_over_many_activities(
    measured: Callable[[str, str], tuple[str, int]], tmp_path: Path
) -> None:
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    for path, count in ((small, 100), (large, 10_000)):
        text = _file(*(_ACTIVITY.format(n=n, text="x" * 2000) for n in range(count)))
        path.write_text(text)

    few, few_peak = measured(_CHILD, str(small))
    many, many_peak = measured(_CHILD, str(large))

    assert (few, many) == ("100", "10000")
    assert many_peak - few_peak < 10


def test_reader_time_limit_stops_a_slow_entry() -> None:
    seconds = iter(range(0, 10_000, 40))
    limits = Limits(clock=lambda: float(next(seconds)))
    data = b"<iati-activities><iati-activity>" + b"<a/>" * 100_000

    activities, reader = _read(data, limits=limits)

    assert (activities, _codes(reader)) == ([], ["xml-record-too-slow"])


def test_reader_source_parses_to_the_same_activity(samples: Path) -> None:
    activities, _ = _read(samples / "iati/activities-2.03.xml")

    again = [
        _read(b'<iati-activities version="2.03">' + a.source + b"</iati-activities>")[0][0]
        for a in activities
    ]

    assert [a.identifier for a in again] == [a.identifier for a in activities]
    assert [a.titles for a in again] == [a.titles for a in activities]
    assert [a.source for a in again] == [a.source for a in activities]


@given(st.binary(max_size=400))
def test_reader_random_bytes_never_raise(data: bytes) -> None:
    activities, reader = _read(b"<iati-activities>" + data)

    assert activities == [] or reader.header.kind == "activity"
    assert reader.problems


_XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe")
)


@given(_XML_TEXT, _XML_TEXT)
def test_reader_text_survives_but_for_white_space(title: str, ref: str) -> None:
    root = etree.Element("iati-activities")
    activity = etree.SubElement(root, "iati-activity")
    etree.SubElement(activity, "iati-identifier").text = "a"
    etree.SubElement(etree.SubElement(activity, "title"), "narrative").text = title
    etree.SubElement(activity, "related-activity").set("ref", ref)

    [read], _ = _read(etree.tostring(root))

    assert read.titles.get("", "") == " ".join(title.split())
    assert [r.ref for r in read.related] == ([ref.strip()] if ref.strip() else [])


def test_reader_real_publisher_and_example_files_are_read(shared_data: Path) -> None:
    expected = {
        "publishers/undp-sample-1.0-draft.xml": 1,
        "publishers/worldbank-1.0-draft.xml": 16,
        "publishers/worldbank-sample-1.0-draft.xml": 1,
        "examples/activity-standard-example-annotated-2.03.xml": 1,
        "examples/cove-basic_iati_org_valid.xml": 0,
        "examples/cove-basic_iati_unordered_valid.xml": 2,
        "examples/cove-iati_openag_tag.xml": 6,
        "examples/organisation-standard-example-annotated-2.03.xml": 0,
    }

    counts = {}
    for name in expected:
        activities, reader = _read(shared_data / "iati" / name)
        counts[name] = len(activities)
        assert reader.problems == []
        assert all(a.titles and a.key != ("", "") for a in activities)

    assert counts == expected


def test_reader_schema_test_files_never_raise(
    shared_data: Path, unpacked: Callable[[Path], Path]
) -> None:
    folder = unpacked(shared_data / "iati/schema-tests/schema-tests.tar.gz")

    kinds = [_read(path)[1].header.kind for path in sorted(folder.rglob("*.xml"))]

    # The root of three of the tests that are meant to fail is `iati-organisation`.
    assert len(kinds) == 343
    assert kinds.count("unknown") == 3


_CHILD = """
import sys
from pathlib import Path
from stocktake.lib.formats.iati import ActivityReader, open_source
with open_source(Path(sys.argv[1])) as stream:
    reader = ActivityReader(stream)
    count = sum(1 for _ in reader)
print(" ".join([str(count)] + [p.code for p in reader.problems]))
"""
