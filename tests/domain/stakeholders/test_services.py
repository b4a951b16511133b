"""Writing organizations: happy, denied and history cases, and finding them again in files."""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.stakeholders.models import Membership, Organization, Role
from stocktake.domain.stakeholders.services import (
    OrganizationRef,
    create_organization,
    delete_organizations,
    load_stakeholders,
    resolve_organizations,
    update_organization,
    values_of,
)
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history import queries as history
from stocktake.lib.multilingual import LANGUAGES, Text
from tests import factories

pytestmark = pytest.mark.django_db

VALUES = {
    "names": {"original": "fr", "values": {"fr": "Agence du numérique"}},
    "acronym": "ADN",
    "type": "government",
    "country": "686",
    "website": "https://adn.example",
    "origin": "entry",
    "source_url": "",
    "state": "published",
    "aliases": ["Agence numérique"],
    "parent": "",
    "identifiers": ["iati:SN-1"],
}


def test_create_organization_keeps_every_value(anna) -> None:
    organization = create_organization(anna, VALUES)

    assert values_of(Organization.objects.get(pk=organization.pk)) == VALUES


def test_create_organization_is_logged(anna) -> None:
    organization = create_organization(anna, VALUES)

    [change] = history.changes_of("organization", organization.public_id)
    assert (change.verb, change.actor_key) == ("create", anna.actor_key)


def test_create_organization_by_someone_without_grant_is_denied(bilal) -> None:
    with pytest.raises(PermissionDenied):
        create_organization(bilal, VALUES)


def test_create_organization_of_wrong_values_names_the_fields(anna) -> None:
    with pytest.raises(ValidationError) as caught:
        create_organization(anna, {"names": {}, "type": "cloud"})

    assert sorted(caught.value.message_dict) == ["names", "type"]


def test_update_organization_by_its_editor_is_logged_field_by_field(anna) -> None:
    organization = create_organization(anna, VALUES)
    editor = factories.user(
        role="editor", scope_kind="organization", scope_id=organization.public_id
    )

    update_organization(editor, organization, {"acronym": "ANS"}, expected_version=1)

    change = history.changes_of("organization", organization.public_id)[0]
    assert change.actor_key == editor.actor_key
    assert [(told.field, told.before, told.after) for told in history.diff(change)] == [
        ("acronym", "ADN", "ANS")
    ]


def test_update_organization_from_an_old_version_is_refused(anna) -> None:
    organization = create_organization(anna, VALUES)
    update_organization(anna, organization, {"acronym": "ANS"}, expected_version=1)

    with pytest.raises(StaleVersion):
        update_organization(anna, organization, {"acronym": "XXX"}, expected_version=1)


def test_update_organization_by_someone_without_grant_is_denied(anna, bilal) -> None:
    organization = create_organization(anna, VALUES)

    with pytest.raises(PermissionDenied):
        update_organization(bilal, organization, {"acronym": "X"}, expected_version=1)


def test_resolve_finds_by_identifier_before_name(anna, system) -> None:
    by_identifier = create_organization(anna, VALUES)
    other = factories.organization("Ministry of Posts")
    ref = OrganizationRef(Text.of("en", "Ministry of Posts"), "iati", "SN-1")

    found = resolve_organizations(system, [ref], origin="import")

    assert found[ref] == by_identifier != other


@pytest.mark.parametrize("spelling", ["AGENCE DU NUMERIQUE", "Agence  du numérique"])
def test_resolve_finds_by_name_whatever_its_spelling(anna, system, spelling: str) -> None:
    organization = create_organization(anna, VALUES)
    ref = OrganizationRef(Text.of("fr", spelling))

    assert resolve_organizations(system, [ref], origin="import")[ref] == organization


@pytest.mark.parametrize(
    "ref",
    [
        OrganizationRef(Text.of("fr", "Agence du numérique"), "iati", "SN-2"),
        OrganizationRef(Text.of("fr", "Agence du numérique"), country="834"),
    ],
)
def test_resolve_keeps_apart_what_another_identifier_or_country_tells_apart(
    anna, system, ref: OrganizationRef
) -> None:
    organization = create_organization(anna, VALUES)

    assert resolve_organizations(system, [ref], origin="import")[ref] != organization


def test_resolve_creates_an_unknown_organization_once_and_marks_it(system) -> None:
    one = OrganizationRef(Text.of("en", "New Body"), "iati", "ZZ-9")
    same = OrganizationRef(Text(), "iati", "ZZ-9", type="academia")

    found = resolve_organizations(system, [one, same], origin="import")
    again = resolve_organizations(system, [same], origin="import")

    assert found[one] == found[same] == again[same]
    made = found[one]
    assert (str(made.names), made.type, made.origin) == ("New Body", "academia", "import")


def _write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    facts = 'title = "x"\nsource = "x"\nlicence = "CC0-1.0"\ndate = "2012-06-01"\n'
    (folder / name).with_suffix(".toml").write_text(facts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of an invented process with two organizations, a membership and a role."""
    columns = {f"name_{code}": f"Body {code}" for code in LANGUAGES}
    common = {"type": "government", "country": "", "website": "", "source": "x"}
    _write(
        tmp_path,
        "organizations.csv",
        [
            {"key": "zz-a", "acronym": "ZA", "parent": "zz-b", **common, **columns},
            {"key": "zz-b", "acronym": "ZB", "parent": "", **common, **columns},
        ],
    )
    _write(
        tmp_path,
        "memberships.csv",
        [{"organization": "zz-a", "group": "zz-b", "joined": "2006", "left": "", "source": "x"}],
    )
    role = {"organization": "zz-a", "role": "facilitator", "scope_kind": "element"}
    term = {"scope_id": "wsis-al:C6", "starts": "2008-05", "ends": "2009-04"}
    _write(tmp_path, "roles.csv", [{**role, **term, "source": "x", "note": "one year"}])
    return tmp_path


def test_load_stakeholders_twice_writes_once(system, folder: Path) -> None:
    first = load_stakeholders(system, [folder])
    before = history.head()
    second = load_stakeholders(system, [folder])

    assert (first, second) == (4, 0)
    assert history.head() == before
    organization = Organization.objects.get(acronym="ZA")
    assert organization.parent == Organization.objects.get(acronym="ZB")
    assert Membership.objects.get(organization=organization).joined == "2006"
    assert Role.objects.get(organization=organization).ends == "2009-04"


def test_load_stakeholders_names_the_file_of_an_unknown_organization(system, folder: Path) -> None:
    text = (folder / "roles.csv").read_text().replace("zz-a", "zz-nobody")
    (folder / "roles.csv").write_text(text)

    with pytest.raises(ValidationError, match="roles.csv names organizations .*: zz-nobody"):
        load_stakeholders(system, [folder])

    assert not Organization.objects.filter(acronym="ZA").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("roles.csv", "facilitator", "king", "roles.csv, row 2: king is no office; .*facilitator"),
        ("roles.csv", "element", "planet", "row 2: planet is no kind of scope; .* process"),
        ("roles.csv", "wsis-al:C6", "wsis-al:C99", "row 2: There is no element wsis-al:C99"),
        ("roles.csv", "2008-05", "May 2008", "row 2: May 2008 is no date"),
        ("roles.csv", "scope_id", "scope", "The columns scope_id are missing"),
        ("memberships.csv", "2006", "then", "memberships.csv, row 2: then is no date"),
        ("organizations.csv", "zz-b,ZB", "zz-a,ZB", "row 3: zz-a is listed twice"),
        ("organizations.csv", "government", "planet", "row 2: planet is no type"),
        ("organizations.csv", "zz-b,ZB", "itu,ZB", "row 3: Other data has brought itu already"),
        ("roles.toml", "licence", "license", "roles.toml: The facts licence are missing"),
    ],
)
def test_load_stakeholders_of_a_faulty_file_names_the_row_and_writes_nothing(
    system, folder: Path, file: str, old: str, new: str, sentence: str
) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    before = history.head()

    with pytest.raises(ValidationError, match=sentence):
        load_stakeholders(system, [folder])

    assert history.head() == before


def test_load_stakeholders_enters_parents_before_their_children(system, folder: Path) -> None:
    text = (folder / "organizations.csv").read_text()
    row = next(line for line in text.splitlines() if line.startswith("zz-a"))
    row = row.replace("zz-a,ZA,zz-b", "zz-c,ZC,zz-a")
    (folder / "organizations.csv").write_text(f"{text}{row}\n")

    load_stakeholders(system, [folder])

    assert Organization.objects.get(acronym="ZC").parent == Organization.objects.get(acronym="ZA")


def test_load_stakeholders_by_someone_without_grant_is_denied(bilal, folder: Path) -> None:
    with pytest.raises(PermissionDenied):
        load_stakeholders(bilal, [folder])


def test_reference_by_acronym_finds_the_only_organization_that_bears_it(system) -> None:
    one = factories.organization("Invented Union", acronym="INVU")
    ref = OrganizationRef(Text.of("en", "INVU"))

    assert resolve_organizations(system, [ref], origin="import") == {ref: one}

    factories.organization("Invented University", acronym="INVU")
    found = resolve_organizations(system, [ref], origin="import")[ref]
    assert str(found) == "INVU"


def test_references_by_identifier_and_by_name_alone_become_one_organization(system) -> None:
    by_name = OrganizationRef(Text.of("en", "New Body"))
    by_identifier = OrganizationRef(Text.of("en", "new body"), "iati", "ZZ-8")

    found = resolve_organizations(system, [by_name, by_identifier], origin="import")

    assert found[by_name] == found[by_identifier]


def test_organizations_that_nothing_refers_to_are_deleted_and_logged(system, bilal) -> None:
    made = factories.organization("Brief")

    with pytest.raises(PermissionDenied):
        delete_organizations(bilal, [made], note="Undo")
    delete_organizations(system, [made], note="Undo")

    assert not Organization.objects.filter(public_id=made.public_id).exists()
    assert history.changes_of("organization", made.public_id)[0].verb == "delete"
