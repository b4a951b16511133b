"""Contacts taken out of the sources that are kept."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stocktake.lib.formats.iati import without_contacts
from stocktake.lib.formats.safexml import parse_whole

_BEFORE = "<iati-activity><title><narrative>Wells &amp; pumps</narrative></title>"
_AFTER = "<activity-status code='2'/></iati-activity>"


def _stripped(contact: str) -> str:
    told = without_contacts((_BEFORE + contact + _AFTER).encode()).decode()
    assert told.startswith(_BEFORE)
    assert told.endswith(_AFTER)
    parse_whole(told.encode())
    return told.removeprefix(_BEFORE).removesuffix(_AFTER)


def test_contacts_none_gives_the_same_bytes() -> None:
    source = (_BEFORE + _AFTER).encode()

    assert without_contacts(source) is source


def test_contacts_person_is_left_out_and_the_office_stays() -> None:
    contact = (
        '<contact-info type="1">\n'
        '<organisation><narrative xml:lang="en">Ministry of Water</narrative></organisation>'
        "<department><narrative>Wells</narrative></department>"
        "<person-name><narrative>Ada Example</narrative></person-name>"
        "<job-title><narrative>Head</narrative></job-title>"
        "<telephone>+00 1</telephone><email>ada@example.org</email>"
        "<website>https://example.org</website>"
        "<mailing-address><narrative>1 Road</narrative></mailing-address></contact-info>"
    )

    assert _stripped(contact) == (
        '<contact-info type="1">'
        '<organisation><narrative xml:lang="en">Ministry of Water</narrative></organisation>'
        "<department><narrative>Wells</narrative></department>"
        "<website>https://example.org</website></contact-info>"
    )


def test_contacts_several_and_empty_ones_are_each_stripped() -> None:
    contact = (
        "<contact-info/><contact-info ><email>a@example.org</email></contact-info >"
        "<contact-info type='2' x='a>b'>text<organisation/></contact-info>"
    )

    assert _stripped(contact) == (
        "<contact-info/><contact-info></contact-info >"
        "<contact-info type='2'><organisation/></contact-info>"
    )


def test_contacts_nested_and_foreign_elements_are_left_out() -> None:
    contact = (
        "<contact-info><person-name><organisation>Ada</organisation></person-name>"
        "<contact-info><organisation>Ada</organisation></contact-info>"
        "<organisation><email>ada@example.org</email><narrative>Office<b>Ada</b></narrative>"
        "</organisation><x:extra xmlns:x='urn:x' y='/contact-info>'>Ada</x:extra></contact-info>"
    )

    assert _stripped(contact) == (
        "<contact-info><organisation><narrative>Office</narrative></organisation></contact-info>"
    )


def test_contacts_with_a_prefix_are_stripped_too() -> None:
    contact = '<p:contact-info xmlns:p="urn:p" who="Ada"><p:email>Ada</p:email></p:contact-info>'

    assert _stripped(contact) == '<p:contact-info xmlns:p="urn:p"></p:contact-info>'


def test_contacts_in_comments_go_and_other_comments_stay() -> None:
    contact = (
        "<!-- wells --><!-- <contact-info><email>a@example.org</email></contact-info> -->"
        "<contact-info><!-- Ada </contact-info> --><?ada contact?>"
        "<website>https://example.org<!-- Ada --></website></contact-info>"
    )

    assert _stripped(contact) == (
        "<!-- wells --><contact-info><website>https://example.org</website></contact-info>"
    )


def test_contacts_named_in_cdata_are_text_and_stay() -> None:
    told = "<description><narrative><![CDATA[<contact-info>of wells]]></narrative></description>"
    contact = (
        f"{told}<contact-info><email><![CDATA[</email></contact-info>Ada]]></email>"
        "<website><![CDATA[https://example.org]]></website></contact-info>"
    )

    assert _stripped(contact) == (
        f"{told}<contact-info><website><![CDATA[https://example.org]]></website></contact-info>"
    )


def test_contacts_elements_of_a_like_name_stay() -> None:
    other = "<contact-information>Ada</contact-information>"

    assert _stripped(other) == other


@given(
    st.recursive(
        st.sampled_from(["SECRET", "<!--SECRET-->", "<![CDATA[<SECRET>]]>", "<?p SECRET?>", ""]),
        lambda inner: st.builds(
            lambda name, parts: f"<{name} a='SECRET>'>{''.join(parts)}</{name}>",
            st.sampled_from(["person-name", "email", "contact-info", "x"]),
            st.lists(inner, max_size=3),
        ),
        max_leaves=8,
    )
)
def test_contacts_of_any_shape_leave_no_person_and_well_formed_xml(inside: str) -> None:
    kept = without_contacts(f"<a>wells<contact-info>{inside}</contact-info><b/></a>".encode())

    assert b"SECRET" not in kept
    assert etree.tostring(parse_whole(kept)) == b"<a>wells<contact-info/><b/></a>"
